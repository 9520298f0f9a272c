"""A plan as the files that hubs would send: path under the city's folder, and bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from etl.demo import mess, words
from etl.demo.chance import Objects, objects, stream, where
from etl.demo.encode import Dialect, csv_bytes, workbook_bytes
from etl.demo.exports import file_name, registration_files
from etl.demo.plan import CityPlan

SPACES_HEADER: Final = (
    "Назва простору", "Назва англійською", "Інші назви", "Вид", "Мережа", "Район", "Адреса", "Широта", "Довгота",
    "Місткість", "Працює з", "Закрито",
)  # fmt: skip
EVENTS_HEADER: Final = (
    "Код події", "Назва події", "Дата", "Час початку", "Дата завершення", "Час завершення", "Простір", "Місце", "Район",
    "Теми", "Формат", "Кількість місць", "Серія", "Входить до події", "Організатори", "Партнери", "За підтримки",
    "Статус",
)  # fmt: skip
RETURNS_HEADER: Final = ("Простір", "Місяць", "Кількість заходів", "Кількість відвідувачів", "Примітка")
MEETUPS_HEADER: Final = ("Код події", "Подія", "Дата", "Простір", "Роль", "Менторство")
SESSIONS_HEADER: Final = ("Захід", "Дата", "Час", "Місце", "Теми", "Формат", "Кількість місць")
PROPOSALS_HEADER: Final = (
    "Назва проєкту", "Автор", "Телефон автора", "Тема", "Стадія", "Район", "Дата подання",
)  # fmt: skip

_CSV: Final = {
    "cp1251": Dialect(encoding="cp1251", delimiter=";", line_end="\n"),
    "utf8": Dialect(encoding="utf-8-sig"),
}
_SURPLUS: Final = "зал 2"
_PLACEHOLDER: Final = (0.0, 0.0)


def city_files(plan: CityPlan) -> Iterator[tuple[str, bytes]]:
    """Every file of the city, one at a time: path with forward slashes, and bytes. The same plan, the same bytes."""
    yield "Перелік просторів.xlsx", _spaces(plan)
    yield from _events(plan)
    yield from registration_files(plan)
    yield from _returns(plan)
    if len(plan.meetups):
        yield "Зустрічі хабів.csv", _meetups(plan)
    yield from _workshops(plan)


def _spaces(plan: CityPlan) -> bytes:
    rng = stream(plan.seed, plan.city.city_id, "spelling of spaces")
    stated = mess.districts(rng, plan.city, plan.spaces["stated_district"].to_numpy())
    rows: list[tuple[Any, ...]] = [(f"Простори міста {plan.city.name_uk} (демонстраційні дані)",), (), SPACES_HEADER]
    for space, district in zip(_records(plan.spaces), stated, strict=True):
        place = str(space.stated_place)
        lat, lon = _PLACEHOLDER if place == "placeholder" else (space.lat_deg, space.lon_deg)
        has_point = place in {"point", "placeholder"}
        rows.append(
            (
                space.name_uk,
                _cell(space.name_en),
                space.alias,
                words.KIND_WORDS[str(space.kind)],
                _cell(space.network),
                district,
                None if place in {"district", "nothing"} else space.address,
                lat if has_point else None,
                lon if has_point else None,
                _cell(space.capacity_count),
                _cell(space.opened_on),
                _cell(space.closed_on),
            )
        )
    return workbook_bytes([("Простори", rows)])


def _events(plan: CityPlan) -> Iterator[tuple[str, bytes]]:
    """One list a sender, in the sender's own way."""
    cells = _event_cells(plan)
    for sender in sorted(plan.event_rows["sender"].unique()):
        listed = plan.event_rows.loc[plan.event_rows["sender"] == sender]
        sheet = str(plan.spaces["sheet"].iloc[sender])
        in_order = listed.sort_values(["event_no", "fate"], kind="stable")[["event_no", "fate"]]
        rows = [_event_row(cells[number], fate) for number, fate in in_order.itertuples(index=False)]
        name = "Події/" + file_name(f"Перелік подій – {plan.spaces['sender_name'].iloc[sender]}")
        if sheet == "xlsx":
            heading = [("Перелік подій (демонстраційні дані)",), EVENTS_HEADER]
            yield f"{name}.xlsx", workbook_bytes([("Події", [*heading, *rows])])
        else:
            yield f"{name}.csv", csv_bytes(EVENTS_HEADER, rows, _CSV[sheet])


def _event_cells(plan: CityPlan) -> list[list[Any]]:
    """The cells of every event under `EVENTS_HEADER`, spelled as its sender spells them."""
    rng = stream(plan.seed, plan.city.city_id, "spelling of events")
    events = plan.events
    count = len(events)
    day, last_day = events["starts_at"].dt.date, events["ends_at"].dt.date
    in_workbook = plan.spaces["sheet"].to_numpy(dtype=object)[events["sender"]] == "xlsx"
    # Most cells of a workbook are real dates; some were typed as text.
    as_date = in_workbook & (rng.random(count) < 0.9)
    has_last = (day != last_day).to_numpy() | (rng.random(count) < 0.3)
    says_district = (events["space_no"] < 0).to_numpy() | (rng.random(count) < 0.5)
    says_status = (events["status"] != "held").to_numpy() | (rng.random(count) < 0.65)
    columns = [
        events["event_code"],
        events["title"],
        where(as_date, _objects(day), mess.dates(rng, day)),
        events["starts_at"].dt.strftime("%H:%M"),
        where(has_last, where(as_date, _objects(last_day), mess.dates(rng, last_day))),
        events["ends_at"].dt.strftime("%H:%M"),
        mess.spaces(rng, plan.spaces, events["space_no"].to_numpy()),
        events["venue"],
        where(says_district, mess.districts(rng, plan.city, events["district"].to_numpy())),
        mess.themes(rng, plan.city, events["themes"].tolist()),
        events["format"].map(words.FORMAT_WORDS),
        events["seats_count"],
        events["series"],
        _objects([None] * count),
        events["organisers"].map("; ".join),
        events["partners"].map("; ".join),
        events["funders"].map("; ".join),
        where(says_status, _objects(events["status"].map(words.STATUS_WORDS))),
    ]
    return [[_cell(value) for value in row] for row in zip(*(_objects(column) for column in columns), strict=True)]


def _event_row(cells: list[Any], fate: str) -> list[Any]:
    row = list(cells)
    if fate == "unreadable_date":
        row[0], row[2], row[4] = None, mess.UNREADABLE_DATES[len(str(row[1])) % len(mess.UNREADABLE_DATES)], None
    elif fate == "missing_value":
        row[0] = row[1] = None
    elif fate == "broken_line":
        row.append(_SURPLUS)
    return row


def _returns(plan: CityPlan) -> Iterator[tuple[str, bytes]]:
    """One workbook a month; the first of them lies in the inbox twice."""
    rng = stream(plan.seed, plan.city.city_id, "spelling of returns")
    for turn, month in enumerate(plan.returns["month"].unique()):
        listed = plan.returns.loc[plan.returns["month"] == month]
        shown = mess.month_name(month)
        heading: list[tuple[Any, ...]] = [
            (f"Зведений звіт просторів міста {plan.city.name_uk} (демонстраційні дані)",),
            (f"Звітний місяць: {shown}",),
            (),
            RETURNS_HEADER,
        ]
        month_cell = (shown, f"{month:%m.%Y}", f"{month:%Y-%m}")[turn % 3]
        space = mess.spaces(rng, plan.spaces, listed["space_no"].to_numpy())
        is_text = rng.random(len(listed)) < 0.06
        rows = [
            (
                name or "Разом",
                month_cell,
                _cell(row.events_count),
                mess.UNREADABLE_NUMBER if row.fate == "unreadable_number" else _visitors(row.visitors_count, spaced),
                None,
            )
            for name, row, spaced in zip(space, _records(listed), is_text, strict=True)
        ]
        content = workbook_bytes([("Звіт", [*heading, *rows])])
        yield f"Місячні звіти/Місячний звіт {month:%Y-%m}.xlsx", content
        if turn == 0:
            yield f"Місячні звіти/Місячний звіт {month:%Y-%m} (1).xlsx", content


def _visitors(count: Any, spaced: bool) -> int | str:
    """A number, or the number as text with a no-break space between thousands."""
    return f"{int(count):,}".replace(",", mess.NBSP) if spaced else int(count)


def _meetups(plan: CityPlan) -> bytes:
    rng = stream(plan.seed, plan.city.city_id, "spelling of meet-ups")
    event = plan.events.loc[plan.meetups["event_no"]]
    space = mess.spaces(rng, plan.spaces, plan.meetups["space_no"].to_numpy())
    rows = zip(
        event["event_code"],
        event["title"],
        event["starts_at"].dt.strftime("%d.%m.%Y"),
        space,
        plan.meetups["role"].map(words.ROLE_WORDS),
        (_cell(words.MENTORING_WORDS.get(str(said))) for said in plan.meetups["mentoring"]),
        strict=True,
    )
    return csv_bytes(MEETUPS_HEADER, rows, _CSV["utf8"])


def _workshops(plan: CityPlan) -> Iterator[tuple[str, bytes]]:
    """One workbook a workshop: its programme and the questionnaires handed in."""
    rng = stream(plan.seed, plan.city.city_id, "spelling of workshops")
    theme = _objects([one.name_uk for one in plan.city.themes])
    for number, workshop in plan.events.loc[plan.events["is_workshop"]].iterrows():
        about = [("Подія:", workshop["title"]), ("Код події:", workshop["event_code"]), ()]
        sessions = plan.sessions.loc[plan.sessions["event_no"] == number]
        programme = [
            (
                row.title,
                row.starts_at.date(),
                f"{row.starts_at:%H:%M}–{row.ends_at:%H:%M}",
                row.venue,
                theme[row.theme],
                words.FORMAT_WORDS[str(row.format)],
                row.seats_count,
            )
            for row in _records(sessions)
        ]
        handed_in = plan.proposals.loc[plan.proposals["event_no"] == number]
        author = plan.people.iloc[rng.integers(len(plan.people), size=len(handed_in))]
        names, phones = mess.names(rng, author), mess.phones(rng, author["phone"].to_numpy(dtype=object))
        district = mess.districts(rng, plan.city, handed_in["district"].to_numpy())
        proposals = [
            (
                row.title,
                name,
                phone,
                theme[row.theme],
                words.STAGE_WORDS[str(row.stage)],
                where,
                row.submitted_on.date(),
            )
            for row, name, phone, where in zip(_records(handed_in), names, phones, district, strict=True)
        ]
        yield (
            f"Майстерня міста {workshop['starts_at'].year}.xlsx",
            workbook_bytes(
                [
                    ("Програма", [("Програма (демонстраційні дані)",), *about, SESSIONS_HEADER, *programme]),
                    ("Пропозиції", [("Анкети проєктів (демонстраційні дані)",), *about, PROPOSALS_HEADER, *proposals]),
                ]
            ),
        )


def _records(frame: pd.DataFrame) -> Iterator[Any]:
    yield from frame.itertuples()


def _objects(values: Any) -> Objects:
    return objects(values.tolist() if hasattr(values, "tolist") else list(values))


def _cell(value: Any) -> Any:
    """A value as a cell: missing and empty ones as None, instants as days, whole numbers as Python's."""
    if pd.isna(value) or value == "":
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return int(value) if isinstance(value, np.integer) else value
