"""Hypothesis makes small cities with everything that a figure has to tell apart, and filters for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from hypothesis import strategies as st

MONTHS: Final = tuple(date(2026, number, 1) for number in range(7, 13))
"""From three finished months to one that has not begun; the snapshot speaks for 15 November."""
PEOPLE: Final = 7
GROUPS: Final = ("ngo", "artist", "not_stated")
HOMES: Final = (("district", "D1"), ("district", "D2"), ("outside_city", None), ("not_stated", None))
PLACES: Final = ("a", "b", "c", None)
DISTRICTS: Final = ("D1", "D2", None)
THEMES: Final = ((), ("ecology",), ("culture",), ("ecology", "culture"))
ORIGINS: Final = ("own", "own", "own", "demo", "public_list")

_SIGN_UP: Final = st.tuples(
    st.one_of(st.none(), st.integers(1, PEOPLE)),
    st.sampled_from(("attended", "attended", "registered", "no_show", "cancelled", "waitlisted")),
    st.sampled_from(GROUPS),
    st.sampled_from(HOMES),
    st.one_of(st.none(), st.integers(-2, 30)),
)
_EVENT: Final = st.fixed_dictionaries(
    {
        "month": st.sampled_from(MONTHS[:5]),
        "day": st.integers(1, 28),
        "is_lviv": st.sampled_from((False, False, False, True)),
        "space_id": st.sampled_from(PLACES),
        "district_code": st.sampled_from(DISTRICTS),
        "themes": st.sampled_from(THEMES),
        "status": st.sampled_from(("held", "held", "held", "cancelled", "planned")),
        "date_precision": st.sampled_from(("minute", "minute", "day", "month", "year")),
        "origin": st.sampled_from(ORIGINS),
        "is_session": st.booleans(),
        "is_workshop": st.sampled_from((False, False, True)),
        "format": st.sampled_from(("lecture", "experience_exchange")),
        "seats_count": st.sampled_from((None, 0, 3, 10)),
        "people": st.lists(_SIGN_UP, max_size=7),
        "spaces": st.lists(st.sampled_from(("a", "b", "c")), unique=True, max_size=3),
        "mentoring": st.sampled_from((None, "requests", "offers")),
    }
)
_DAY: Final = st.one_of(st.none(), st.dates(date(2026, 6, 1), date(2026, 12, 31)))
_RETURN: Final = st.tuples(
    st.sampled_from(("a", "b", "c")),
    st.sampled_from(MONTHS[:5]),
    st.sampled_from((None, 0, 3)),
    st.sampled_from((None, 0, 2, 40)),
)
_PROPOSAL: Final = st.tuples(
    st.integers(-1, 9), st.sampled_from((None, "ecology", "culture")), st.sampled_from(DISTRICTS), _DAY,
    st.sampled_from(("idea", "draft")),
)  # fmt: skip

CITIES: Final = st.fixed_dictionaries(
    {
        "events": st.lists(_EVENT, max_size=9),
        "returns": st.lists(_RETURN, max_size=6, unique_by=lambda row: row[:2]),
        "proposals": st.lists(_PROPOSAL, max_size=4),
        "spaces": st.tuples(*(st.tuples(_DAY, _DAY, st.sampled_from(("own", "fact"))) for _ in "abc")),
        "populations": st.tuples(*(st.sampled_from((None, 1000, 2500, 2500)) for _ in "12")),
    }
)
FILTERS: Final = st.fixed_dictionaries(
    {},
    optional={
        "districts": st.sampled_from((("D1",), ("D2",), ("D1", "D2"))),
        "themes": st.sampled_from((("ecology",), ("culture",), ("culture", "ecology"))),
        "kinds": st.just(("hub",)),
        "networks": st.just(("n1",)),
        "groups": st.sampled_from((("ngo",), ("artist", "ngo"))),
        "space": st.sampled_from(("a", "b")),
        "workshops": st.just(value=False),
    },
)


def built(make_scene: Callable[..., Any], city: dict[str, Any]) -> Any:
    """The scene of one drawn city; a few events lie in another one, whose people may be the same."""
    scene = make_scene(districts=())
    for code, population in zip(("D1", "D2"), city["populations"], strict=True):
        scene.district(code, population)
    scene.add("networks", network_id="n1", name_uk="Мережа", name_en="Network")
    about = (("a", "D1", "hub", "n1"), ("b", "D2", "library", None), ("c", None, "hub", None))
    for (space, district, kind, network), (opened, closed, origin) in zip(about, city["spaces"], strict=True):
        days = sorted(day for day in (opened, closed) if day) if opened and closed else [opened, closed]
        scene.space(space, district, kind=kind, network_id=network, opened_on=days[0], closed_on=days[1], origin=origin)
    for number, event in enumerate(city["events"]):
        _add_event(scene, f"e{number}", event, city["events"][:number])
    for space, month, events, visitors in city["returns"]:
        scene.returned(space, f"{month:%Y-%m}", events, visitors)
    for number, (of, theme, district, day, stage) in enumerate(city["proposals"]):
        scene.add(
            "proposals", proposal_id=f"p{number}", event_id=f"e{of}" if 0 <= of < len(city["events"]) else None,
            title="Проєкт", theme_id=theme, district_code=district, submitted_on=day, stage=stage,
        )  # fmt: skip
    return scene


def _add_event(scene: Any, name: str, event: dict[str, Any], before: list[dict[str, Any]]) -> None:
    day = event["month"] + timedelta(days=event["day"] - 1)
    is_public = event["origin"] == "public_list"
    people = [] if is_public else _once_each(event["people"])
    recorded = any(status == "attended" for _, status, *_ in people)
    scene.city = "lviv" if event["is_lviv"] else "kyiv"
    is_elsewhere = event["is_lviv"]
    parents = [place for place, other in enumerate(before) if not other["is_session"] and not other["is_lviv"]]
    is_session = event["is_session"] and bool(parents) and not is_elsewhere
    scene.event(
        name, f"{day}", at="18:00" if event["date_precision"] == "minute" else None, themes=event["themes"],
        recorded=recorded, space_id=None if is_elsewhere else event["space_id"],
        district_code=None if is_elsewhere else event["district_code"], status=event["status"],
        date_precision=event["date_precision"], origin=event["origin"], is_workshop=event["is_workshop"],
        parent_event_id=f"e{parents[-1]}" if is_session else None, format=event["format"],
        seats_count=event["seats_count"],
    )  # fmt: skip
    for person, status, group, (home, district), lead in people:
        signed_up = None if lead is None else datetime.combine(day, time(12)) - timedelta(days=lead)
        scene.register(
            name, [person], status if recorded or status != "no_show" else "cancelled", participant_group=group,
            home_status=home, home_district_code=district, registered_at=signed_up,
        )  # fmt: skip
    scene.city = "kyiv"
    for space in () if is_elsewhere else event["spaces"]:
        scene.meet(name, space, mentoring=event["mentoring"])


def _once_each(people: list[Any]) -> list[Any]:
    """A person signs up for an event once; those without a contact are told apart by nobody."""
    seen: set[int] = set()
    kept = []
    for sign_up in people:
        if sign_up[0] is None or sign_up[0] not in seen:
            kept.append(sign_up)
            seen.add(sign_up[0])
    return kept
