"""What is computed for one visitor is kept for the others: by snapshot, filters and role, and never without bound."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pandas as pd
import pytest

from dashboard.filters import Filters
from dashboard.metrics import events, months
from dashboard.metrics.disclosure import Disclosure
from dashboard.settings import Role, Settings
from dashboard.store import Snapshot
from dashboard.text.names import names_of
from dashboard.ui import cache, runtime
from dashboard.ui.view import Months, View

pytestmark = pytest.mark.filterwarnings("default::UserWarning")
MONTH = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def view(full_scene) -> View:
    snapshot = full_scene.snapshot()
    return View(
        snapshot, Filters("kyiv"), Months(MONTH, MONTH, MONTH), "uk", names_of(snapshot, "kyiv", "uk"),
        Disclosure(Role.ANALYST), is_dark=False,
    )  # fmt: skip


def counted(view: View) -> pd.DataFrame:
    return view.metric(months.by_month, view.in_month(), view.disclosure)


def test_the_same_view_is_computed_once(view) -> None:
    assert counted(view) is counted(view)
    assert counted(view) is counted(replace(view, lang="en", is_dark=True))


@pytest.mark.parametrize(
    "change",
    [
        {"filters": Filters("kyiv", districts=("D1",))},
        {"filters": Filters("kyiv", workshops=False)},
        {"disclosure": Disclosure(Role.PUBLIC, 5)},
        {"disclosure": Disclosure(Role.PUBLIC, 7)},
        {"months": Months(MONTH, MONTH, date(2026, 11, 1)), "month_in_view": date(2026, 9, 1)},
    ],
    ids=["district", "workshops", "public", "another threshold", "month"],
)
def test_another_choice_role_or_month_is_computed_anew(view, change) -> None:
    changed = dict(change)
    month = changed.pop("month_in_view", MONTH)
    other = replace(view, **changed)
    other = replace(other, months=replace(other.months, month=month))
    assert counted(other) is not counted(view)


def test_a_part_of_a_selection_is_not_taken_for_the_whole_or_another(view) -> None:
    """One event opened after another shows its own sessions."""
    whole = view.in_month()
    listed = [
        set(view.metric(events.listing, part, view.disclosure)["event_id"])
        for part in (whole, whole.of_event("e13"), whole.of_event("f13"), whole.from_public_sources)
    ]
    assert listed[0] > listed[1] == {"e13"}
    assert listed[2] == {"f13"}
    assert listed[3] == set()


def test_another_snapshot_is_computed_anew(view, full_scene) -> None:
    first = counted(view)
    manifest = replace(view.snapshot.manifest, snapshot_id="20261201T000000Z-abcdef02")
    published = Snapshot.from_frames(manifest, {"cities": view.snapshot.table("cities")})
    assert counted(replace(view, snapshot=published)) is not first


def test_the_public_never_gets_what_was_computed_for_an_analyst(view) -> None:
    exact = counted(view)
    public = counted(replace(view, disclosure=Disclosure(Role.PUBLIC, 5)))
    assert exact["participants_count"].iloc[0] == 34
    assert public["participants_count"].iloc[0] % 5 == 0


def test_a_snapshot_published_meanwhile_is_opened_without_a_restart(full_scene, tmp_path, monkeypatch) -> None:
    runtime.configure(Settings(store=tmp_path))
    opened = []

    def open_last_good(_store: object) -> str:
        opened.append(in_force[0])
        return in_force[0]

    in_force = ["first"]
    monkeypatch.setattr(cache, "current_id", lambda _store: in_force[0])
    monkeypatch.setattr(cache, "open_last_good", open_last_good)
    assert [cache.snapshot(), cache.snapshot()] == ["first", "first"]
    in_force[0] = "second"
    assert [cache.snapshot(), cache.snapshot()] == ["second", "second"]
    assert opened == ["first", "second"]


def test_what_is_kept_is_bounded() -> None:
    made = []

    def compute() -> int:
        made.append(1)
        return len(made)

    cache.computed(compute, "a number", 0)
    for number in range(1, 2001):
        cache.computed(compute, "a number", number)
    assert cache.computed(compute, "a number", 2000) == 2001
    assert cache.computed(compute, "a number", 0) == 2002  # the oldest made room


def test_what_is_drawn_is_kept_under_everything_it_depends_on(view) -> None:
    made = []

    def draw(of: View, *what: object) -> str:
        made.append(what)
        return f"{of.lang} {what}"

    for other in (
        view,
        replace(view, lang="en"),
        replace(view, is_dark=True),
        replace(view, is_high_contrast=True),
        replace(view, months=replace(view.months, end=date(2026, 11, 1))),
        replace(view, filters=Filters("kyiv", month=MONTH)),
        replace(view, disclosure=Disclosure(Role.PUBLIC, 5)),
    ):
        first = other.drawn(draw, "by theme")
        assert first == other.drawn(draw, "by theme") == f"{other.lang} ('by theme',)"
    assert len(made) == 7
    assert view.drawn(draw, "by district") == "uk ('by district',)"
    assert len(made) == 8


def test_two_ways_to_draw_are_never_taken_for_each_other(view) -> None:
    ways = [lambda _view, way=way: way for way in ("lines", "bars")]
    assert [view.drawn(way) for way in ways] == ["lines", "bars"]


def test_what_is_made_of_a_kept_thing_goes_with_it() -> None:
    class Thing:
        pass

    made = []

    def make() -> int:
        made.append(1)
        return len(made)

    thing = Thing()
    assert [cache.of_kept(thing, make, "uk"), cache.of_kept(thing, make, "uk"), cache.of_kept(thing, make, "en")] == [
        1, 1, 2
    ]  # fmt: skip
    del thing
    gc.collect()
    assert cache.of_kept(Thing(), make, "uk") == 3


def test_several_who_ask_at_once_wait_for_the_one_who_computes(view) -> None:
    made = []
    begun = Barrier(4)

    def compute() -> int:
        made.append(1)
        return len(made)

    def ask(_number: int) -> int:
        begun.wait()
        return view.kept(compute, "asked at once")

    with ThreadPoolExecutor(4) as visitors:
        assert set(visitors.map(ask, range(4))) == {1}


def test_an_error_is_not_kept() -> None:
    def fail() -> int:
        raise ValueError("now")

    with pytest.raises(ValueError, match="now"):
        cache.computed(fail, "an error")
    assert cache.computed(lambda: 1, "an error") == 1


def test_selections_are_kept_by_weight_and_the_one_not_asked_for_longest_goes(view) -> None:
    first = view.in_month()
    heavy = replace(first, events=pd.DataFrame({"number": range(800_000)}))
    for name in ("oldest", "middle"):
        assert cache.selected(lambda: heavy, name) is heavy
    assert view.in_month() is first
    assert cache.selected(lambda: heavy, "newest") is heavy
    assert view.in_month() is first
    assert cache.selected(lambda: first, "middle") is heavy
    assert cache.selected(lambda: first, "oldest") is first
