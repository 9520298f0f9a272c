"""Nobody who sees what the public sees can tell a small count from another: see ``attacker``."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any, Final

import pandas as pd
import pytest

from dashboard.filters import Filters
from dashboard.metrics import (
    breakdown,
    completeness,
    contrast,
    districts,
    events,
    formats,
    groups,
    months,
    parts,
    people,
    representation,
    returns,
    rhythm,
    spaces,
    themes,
    workshops,
)
from dashboard.metrics.disclosure import HIDDEN, Disclosure, is_too_small
from dashboard.metrics.selection import Selection, select
from dashboard.settings import Role
from dashboard.store import Snapshot
from tests.unit.dashboard.metrics.attacker import Block, Knowledge, Rules, Shown, Terms, minus, total

WORLDS: Final = int(os.environ.get("CIVICSPACE_ATTACKED_WORLDS", "1"))
K: Final = 5
PUBLIC, ANALYST = Disclosure(Role.PUBLIC, K), Disclosure(Role.ANALYST)
MONTHS: Final = (date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1))
RANGES: Final = tuple((start, end) for start in MONTHS for end in MONTHS if start <= end)
CHOICES: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"districts": ("D1",)},
    {"districts": ("D2",)},
    {"themes": ("ecology",)},
    {"themes": ("culture",)},
    {"kinds": ("hub",)},
    {"space": "a"},
    {"workshops": False},
    {"districts": ("D1",), "themes": ("ecology",)},
)
GROUP: Final = "participant_group"
GROUPS: Final = ("ngo", "artist", "student")
HOMES: Final = (("district", "D1"), ("district", "D2"), ("outside_city", None), ("not_stated", None))
DISTRICTS: Final = ("D1", "D2")
HOME_ROWS: Final = (*DISTRICTS, "outside_city", "not_stated")
"""Homes in the order in which they are told."""
UNTOLD: Final = (0.0, float("inf"))
SIZES: Final = (0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13)


def world(make_scene: Callable[..., Any], seed: int, *, more: int = 0) -> Any:
    """A small city with lists of all sizes around the threshold; ``more`` sign-ups came for its second edition."""
    chance = random.Random(seed)  # noqa: S311 - worlds to be repeated, no secret
    scene = make_scene()
    scene.space("a")
    scene.space("b", district="D2", kind="library")
    for month in MONTHS:
        for number in range(chance.choice((1, 2, 2))):
            name = f"{month:%m}-{number}"
            place = chance.choice((("a", "D1"), ("b", "D2")))
            recorded = chance.random() < 0.75
            scene.event(
                name, f"{month:%Y-%m}-{5 + number:02d}", at="18:00", recorded=recorded, space_id=place[0],
                district_code=place[1], themes=chance.choice((("ecology",), ("culture",), ("ecology", "culture"), ())),
                is_workshop=chance.random() < 0.2,
            )  # fmt: skip
            statuses = ("attended", "no_show", "cancelled") if recorded else ("registered", "cancelled")
            known = chance.sample(range(1, 41), 40)
            for status in statuses:
                for _ in range(chance.choice(SIZES[:6] if status == "cancelled" else SIZES)):
                    _sign_up(scene, chance, name, known, status)
    for _ in range(more):
        name = chance.choice(scene.rows["events"])["event_id"]
        known = list({*range(1, 61)} - {row["person_id"] for row in scene.rows["registrations"]})
        _sign_up(scene, chance, name, known, "cancelled")
    return scene


def _sign_up(scene: Any, chance: random.Random, event: str, known: list[int], status: str) -> None:
    person = known.pop() if chance.random() < 0.9 else None
    home, district = chance.choice(HOMES)
    group = chance.choice((*GROUPS, "ngo", "ngo"))
    scene.register(event, [person], status, participant_group=group, home_status=home, home_district_code=district)


def selections(snapshot: Snapshot, choices: Sequence[dict[str, Any]]) -> Iterator[Selection]:
    for choice in choices:
        for start, end in RANGES[2:3] if choice else RANGES:
            yield select(snapshot, Filters("kyiv", **choice), start, end)


@dataclass
class Attack:
    """What one edition told, and the hidden counts in it with their true values.

    ``step`` makes a weak protection to attack instead: what each count is rounded to by itself, from 5 people on,
    wherever it stands.
    """

    knowledge: Knowledge
    snapshot: Snapshot
    step: int | None = None
    choices: int | None = None
    """How many choices of filters are tried; all of them where none is given."""
    rules: Rules = field(init=False)
    took_part: dict[int, Block] = field(default_factory=dict)
    missed: dict[int, Block] = field(default_factory=dict)
    rest: dict[int, Block] = field(default_factory=dict)
    identified: dict[int, Block] = field(default_factory=dict)
    recorded: set[int] = field(default_factory=set)
    month_of: dict[int, date] = field(default_factory=dict)
    in_public: set[int] = field(default_factory=set)
    """Lists whose people are counted among the distinct ones."""
    distinct: dict[frozenset[int], Terms] = field(default_factory=dict)
    cells: dict[str, Terms] = field(default_factory=dict)
    """Participants of a part of a month."""
    hidden: list[tuple[str, Terms, int]] = field(default_factory=list)
    """What it is, the count and its true value, of those that are not 0."""

    def __post_init__(self) -> None:
        self.rules = Rules(self.knowledge, K, self.step or PUBLIC.base)
        self.visitor = ANALYST if self.step else PUBLIC
        self._lists()
        for selection in selections(self.snapshot, CHOICES[: self.choices]):
            self._sums(selection)
        self._of_distinct_people()
        for month in MONTHS:
            self._parts(month)

    def _shown(self, row: pd.Series, name: str) -> Shown:
        if pd.isna(row[name]):
            return Shown(None, is_hidden=bool(row[name + HIDDEN]))
        value = int(row[name])
        if not self.step:
            return Shown(value, is_hidden=False)
        if 0 < value < K:
            return Shown(None, is_hidden=True)
        return Shown((value + self.step // 2) // self.step * self.step, is_hidden=False)

    def _sees(self, blocks: list[Block], cell: Shown) -> None:
        if self.step:
            self.rules.sees_alone(total(block.exact for block in blocks), cell, hidden=(1, K - 1))
        else:
            self.rules.sees(blocks, cell)

    def _lists(self) -> None:
        """Each event by itself, as the list of events has it."""
        whole = select(self.snapshot, Filters("kyiv"), MONTHS[0], MONTHS[-1])
        told, truth = (events.listing(whole, who).set_index("event_id") for who in (self.visitor, ANALYST))
        numbers = dict(zip(whole.events["event_id"], whole.events["event_number"], strict=True))
        for name, number in numbers.items():
            row, exact = told.loc[name], truth.loc[name]
            self.month_of[number] = row["month"].date()
            for blocks in (self.took_part, self.missed, self.rest, self.identified):
                blocks[number] = self.rules.block()
            if row["is_attendance_recorded"]:
                self.recorded.add(number)
            identified = self._shown(row, "identified_participations_count")
            if identified.value or (self.step and identified.is_hidden):
                self.in_public.add(number)
            self.knowledge.at_most(self.identified[number].exact, self.took_part[number].exact)
            for column, blocks in self._columns([number]).items():
                cell = self._shown(row, column)
                self._sees(blocks, cell)
                if cell.is_hidden and len(blocks) == 1:
                    self.hidden.append((f"{column} of {name}", blocks[0].exact, int(exact[column])))

    def _columns(self, lists: list[int]) -> dict[str, list[Block]]:
        took_part, missed, rest = ([of[number] for number in lists] for of in (self.took_part, self.missed, self.rest))
        came = [self.took_part[number] for number in lists if number in self.recorded]
        columns = {
            "registrations_count": [*took_part, *missed, *rest],
            "participations_count": took_part,
            "identified_participations_count": [self.identified[number] for number in lists],
        }
        if came:
            columns |= {
                "attendances_count": came,
                "no_shows_count": missed,
                "attendance_base_count": [*came, *missed],
            }
        return columns

    def _sums(self, selection: Selection) -> None:
        """Totals by month, district, theme, space and format under every choice, and distinct people in them."""
        held = selection.events.set_index("event_number")
        of_theme = selection.event_themes.groupby("theme_id")["event_number"].agg(list)
        frames = {
            "month": months.by_month(selection, self.visitor),
            "district_code": districts.by_district(selection, self.visitor),
        }
        if selection.filters == Filters("kyiv"):
            frames |= {
                "space_id": spaces.by_space(selection, self.visitor),
                "format": formats.by_format(selection, self.visitor),
                "theme_id": themes.by_theme(selection, self.visitor),
                "kind": breakdown.by_part(selection, "kind", ("hub", "library"), self.visitor).rename(
                    columns={"part": "kind"}
                ),
                "hour": self._rhythm(selection),
            }
            held = held.assign(hour=held["starts_at"].dt.day_of_week * 24 + held["starts_at"].dt.hour)
            self._sees_row(list(held.index), contrast.totals(selection, self.visitor).iloc[0])
            # A weak protection is broken by less.
            if not self.step and selection.start != selection.end:
                self._compared(selection, held)
        for key, frame in frames.items():
            for _, row in frame.iterrows():
                if pd.isna(row[key]):
                    continue
                if key == "theme_id":
                    lists = [number for number in of_theme.get(row[key], []) if number in held.index]
                else:
                    lists = list(held.index[held[key] == row[key]])
                self._sees_row(lists, row)

    def _compared(self, selection: Selection, held: pd.DataFrame) -> None:
        """Districts in the last month beside the first, with their change."""
        figure_id = "registrations_count"
        frame = districts.compared(selection, figure_id, selection.end, selection.start, self.visitor)
        for row in frame[frame["district_code"].notna()].to_dict("records"):
            sides: list[list[Block]] = []
            for name, month in (("value", selection.end), ("base_value", selection.start)):
                is_there = (held["district_code"] == row["district_code"]) & (held["month"] == pd.Timestamp(month))
                lists = list(held.index[is_there])
                blocks = self._columns(lists).get(figure_id, [])
                is_hidden = bool(row[f"{name}_is_hidden"])
                shown = Shown(None if is_hidden or pd.isna(row[name]) else int(row[name]), is_hidden)
                if blocks and (is_hidden or shown.value is not None):
                    self._sees(blocks, shown)
                sides.append(blocks)
            if not pd.isna(row["change"]) and all(sides):
                # Each side is rounded by itself, so their difference may be twice as far from the truth.
                now, base = (total(block.value for block in blocks) for blocks in sides)
                reach = 2 * PUBLIC.base
                self.knowledge.between(minus(now, base), 2 * row["change"] - reach, 2 * row["change"] + reach)

    def _rhythm(self, selection: Selection) -> pd.DataFrame:
        frame = rhythm.by_hour(selection, self.visitor)
        return frame.assign(hour=frame["weekday"] * 24 + frame["hour"])

    def _sees_row(self, lists: list[int], row: pd.Series) -> None:
        if not lists:
            return
        for column, blocks in self._columns(lists).items():
            if column in row:
                self._sees(blocks, self._shown(row, column))
        if "participants_count" not in row:
            return
        counted = frozenset(number for number in lists if number in self.in_public)
        if counted and counted not in self.distinct:
            self.distinct[counted] = {self.knowledge.unknown(): 1}
            cell = self._shown(row, "participants_count")
            self.rules.sees_alone(self.distinct[counted], cell, hidden=(1, K - 1))

    def _of_distinct_people(self) -> None:
        """A union has no fewer people than each of its parts and no more than all of them."""
        for lists, found in self.distinct.items():
            self.knowledge.at_most(found, total(self.identified[number].exact for number in lists))
            for number in lists:
                self.knowledge.at_most(self.identified[number].exact, found)
        by_size = sorted(self.distinct.items(), key=lambda item: len(item[0]))
        for (left, fewer), (right, more) in combinations(by_size, 2):
            if left < right:
                self.knowledge.at_most(fewer, more)
                others = [self.identified[number].exact for number in right - left]
                self.knowledge.at_most(more, total([fewer, *others]))
                if (rest := right - left) in self.distinct:
                    self.knowledge.at_most(more, total([fewer, self.distinct[rest]]))

    def _parts(self, month: date) -> None:
        """Groups and homes of one month, and new and returning participants."""
        selection = select(self.snapshot, Filters("kyiv"), month, month)
        lists = [number for number, found in self.month_of.items() if found == month]
        everyone = self.distinct.get(frozenset(number for number in lists if number in self.in_public))
        self._table(groups.by_group, GROUP, selection, lists, everyone)
        homes = self._table(people.by_home, "home_status", selection, lists, everyone)
        if not self.step:
            self._representation(selection, dict(zip(HOME_ROWS, homes, strict=True)))
        if everyone is None:
            return
        row = people.by_month(selection, self.visitor).iloc[0]
        names = ("new_participants_count", "returning_participants_count")
        new = {self._part_of_month("new", month): self._part(row, names[0])}
        self.cells |= new
        # In the first month of all nobody is told apart.
        if not any(pd.isna(row[name]) and not row[name + HIDDEN] for name in names):
            self.knowledge.equal(total([*new.values(), self._part(row, names[1])]), everyone)
        for workshop in selection.events.loc[selection.events["is_workshop"], "event_id"]:
            self._goals(workshop, selection, [number for number in lists if number in self.in_public])

    def _representation(self, selection: Selection, homes: dict[str, Terms]) -> None:
        """Shares of home districts: with what they are shares of, a share says a count again."""
        for row in representation.by_district(selection, self.visitor).to_dict("records"):
            home, everyone = homes[row["district_code"]], row["all_home_registrations_count"]
            self.rules.sees_alone(home, self._shown(pd.Series(row), "home_registrations_count"), hidden=UNTOLD)
            if pd.isna(everyone):
                continue
            reach = PUBLIC.base / 2 * len(DISTRICTS)
            together = total(homes[code] for code in DISTRICTS)
            self.knowledge.between(together, int(everyone) - reach, int(everyone) + reach)
            for share in (row["home_share_pct"], row["representation_index"] * row["population_share_pct"] / 100):
                if not pd.isna(share):
                    again = Shown(round(share * int(everyone) / 100), is_hidden=False)
                    self.rules.sees_alone(home, again, hidden=UNTOLD)

    @staticmethod
    def _part_of_month(part: str, month: date) -> str:
        return f"{part} in {month:%Y-%m}"

    def _goals(self, workshop: str, selection: Selection, shown: list[int]) -> None:
        """What a workshop's goals tell of its people: parts of its list, and of the same parts of its month."""
        told, truth = (
            workshops.goals(selection, workshop, who).set_index("figure_id") for who in (self.visitor, ANALYST)
        )
        number = int(selection.events.set_index("event_id").loc[workshop, "event_number"])
        for name, part in (("newcomers", "new"), ("ngo_participants", "ngo"), ("outside_participants", "outside_city")):
            row = told.loc[f"workshop_{name}_count"]
            count: Terms = {self.knowledge.unknown(): 1}
            cell = self._shown(row, "value")
            self.rules.sees_alone(count, cell, hidden=(1, K - 1))
            self.knowledge.at_most(count, self.identified[number].exact)
            of_month = self.cells.get(self._part_of_month(part, selection.start))
            if of_month is not None and number in shown:
                self.knowledge.at_most(count, of_month)
                if shown == [number]:
                    self.knowledge.equal(count, of_month)
            if cell.is_hidden and number in shown:
                exact = int(truth.loc[f"workshop_{name}_count", "value"])
                self.hidden.append((f"{name} of {workshop}", count, exact))

    def _part(self, row: pd.Series, name: str) -> Terms:
        """A count that is no sum of blocks; where it is hidden, the public knows nothing of it."""
        part: Terms = {self.knowledge.unknown(): 1}
        hidden = (1, K - 1) if self.step else (0, float("inf"))
        self.rules.sees_alone(part, self._shown(row, name), hidden=hidden)
        return part

    def _table(
        self,
        table: Callable[[Selection, Disclosure], pd.DataFrame],
        key: str,
        selection: Selection,
        lists: list[int],
        everyone: Terms | None,
    ) -> list[Terms]:
        of_lists = self._columns(lists)
        names = ["registrations_count", "participants_count", *(["attendances_count"] if key == GROUP else [])]
        cells: dict[str, list[Terms]] = {name: [] for name in names}
        told, truth = (table(selection, who).to_dict("records") for who in (self.visitor, ANALYST))
        for row, exact in zip(told, truth, strict=True):
            for name in names:
                cell = self._part(row, name)
                cells[name].append(cell)
                self.knowledge.at_most(cell, cells["registrations_count"][-1])
                if self._shown(row, name).is_hidden and name != "participants_count" and exact[name] > 0:
                    self.hidden.append((f"{name} of {row[key]} in {selection.start:%m}", cell, int(exact[name])))
            self.cells[self._part_of_month(row[key], selection.start)] = cells["participants_count"][-1]
        for name in set(names) & set(of_lists):
            self.knowledge.equal(total(cells[name]), total(block.exact for block in of_lists[name]))
        if everyone is not None:
            self.knowledge.at_most(everyone, total(cells["participants_count"]))
            for cell in cells["participants_count"]:
                self.knowledge.at_most(cell, everyone)
        return cells["registrations_count"]

    def narrowed(self) -> Iterator[tuple[str, int, int, int]]:
        """Small counts that cannot be every number below the threshold, and larger hidden ones that are known.

        What it is, its true value, and the least and greatest that it can be.
        """
        for name, count, exact in self.hidden:
            least, most = self.knowledge.range_of(count)
            assert least <= exact <= most, f"the attacker is wrong about {name}: {least}..{most}, not {exact}"
            if (least > 1 or most < K - 1) if exact < K else least == most:
                yield name, exact, least, most


@pytest.mark.parametrize("seed", range(1, WORLDS + 1))
def test_no_hidden_count_can_be_narrowed(make_scene, seed: int) -> None:
    attack = Attack(Knowledge(), world(make_scene, seed).snapshot())
    assert attack.hidden
    assert list(attack.narrowed()) == []


def test_a_further_edition_narrows_nothing(make_scene) -> None:
    """Even for one who knows that rows were only added."""
    knowledge = Knowledge()
    first, second = (Attack(knowledge, world(make_scene, 0, more=more).snapshot()) for more in (0, 3))
    for blocks in ("took_part", "missed", "rest"):
        for number, block in getattr(first, blocks).items():
            knowledge.at_most(block.exact, getattr(second, blocks)[number].exact)
    assert list(first.narrowed()) == []


@pytest.mark.parametrize("step", [1, 5])
def test_counts_rounded_each_by_itself_are_broken(make_scene, step: int) -> None:
    """The attacker is no paper tiger: exact numbers, and numbers rounded to 5, give small ones away by subtraction."""
    assert next(Attack(Knowledge(), world(make_scene, 1).snapshot(), step, choices=1).narrowed(), None)


def test_parts_of_which_only_the_small_ones_are_hidden_are_broken(make_scene, monkeypatch) -> None:
    monkeypatch.setattr(parts, "rows_to_hide", lambda columns, who: is_too_small(columns[0], who))
    monkeypatch.setattr(parts, "_tells_of_lists", lambda *_: False)
    assert next(Attack(Knowledge(), world(make_scene, 1).snapshot(), choices=1).narrowed(), None)


def test_returns_cannot_be_subtracted_from_one_another(make_scene) -> None:
    """A return is a block: what a month and what a space's months say together leaves a small one every value."""
    chance = random.Random(4)  # noqa: S311 - a world to be repeated, no secret
    scene = make_scene()
    exact = {}
    for space, district in (("a", "D1"), ("b", "D2"), ("c", "D1")):
        scene.space(space, district)
        for month in MONTHS:
            exact[space, month] = chance.choice(SIZES)
            scene.returned(space, f"{month:%Y-%m}", 2, exact[space, month])
    knowledge = Knowledge()
    rules = Rules(knowledge, K, PUBLIC.base)
    sent = {key: rules.block() for key in exact}

    def sees(frame: pd.DataFrame, of_row: Callable[[pd.Series], list[tuple[str, date]]]) -> None:
        for _, row in frame.iterrows():
            value = row["reported_visitors_count"]
            cell = Shown(None if pd.isna(value) else int(value), bool(row["reported_visitors_count" + HIDDEN]))
            rules.sees([sent[key] for key in of_row(row)], cell)

    for space in (None, "a", "b", "c"):
        chosen = select(scene.snapshot(), Filters("kyiv", space=space), MONTHS[0], MONTHS[-1])
        mine = [key for key in exact if space in {None, key[0]}]
        sees(returns.by_month(chosen, PUBLIC), lambda row, mine=mine: [k for k in mine if k[1] == row["month"].date()])
        sees(spaces.by_space(chosen, PUBLIC), lambda row, mine=mine: [k for k in mine if k[0] == row["space_id"]])
    small = [key for key, visitors in exact.items() if 0 < visitors < K]
    assert small
    assert [knowledge.range_of(sent[key].exact) for key in small] == [(1, K - 1)] * len(small)


def test_the_account_of_files_leaves_small_outcomes_unknown(make_scene) -> None:
    """What became of a file's rows are blocks: read, and all files together, are sums of what is published."""
    chance = random.Random(2)  # noqa: S311 - a world to be repeated, no secret
    scene = make_scene()
    outcomes = ("rows_loaded_count", "rows_duplicate_count", "rows_rejected_count")
    for number in range(4):
        counted = {name: chance.choice(SIZES) for name in outcomes}
        scene.rows["sources"].append(
            {"source_id": f"s{number}", "kind": "inbox", "city_id": "kyiv", "file_name": f"{number}.csv", "format": "f",
             "origin": "own", "rows_read_count": sum(counted.values()), **counted}
        )  # fmt: skip
    frame = completeness.account(scene.snapshot(), "kyiv", PUBLIC)
    knowledge = Knowledge()
    rules = Rules(knowledge, K, PUBLIC.base)
    blocks = {(row["source_id"], name): rules.block() for row in scene.rows["sources"] for name in outcomes}
    for _, row in frame.iterrows():
        for name in (*outcomes, "rows_read_count"):
            mine = [
                block
                for (source, outcome), block in blocks.items()
                if (row["is_total"] or source == row["source_id"]) and name in {outcome, "rows_read_count"}
            ]
            value = row[name]
            rules.sees(mine, Shown(None if pd.isna(value) else int(value), bool(row[name + HIDDEN])))
    small = [(row["source_id"], name) for row in scene.rows["sources"] for name in outcomes if 0 < row[name] < K]
    assert small
    assert [knowledge.range_of(blocks[key].exact) for key in small] == [(1, K - 1)] * len(small)
