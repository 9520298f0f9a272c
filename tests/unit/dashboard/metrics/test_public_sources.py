"""What only public sources name is shown beside the lists, never counted with them."""

import pytest

from dashboard.filters import data_span
from dashboard.metrics import events, formats, months, network, spaces


@pytest.fixture
def mixed(make_scene):
    scene = make_scene()
    scene.space("listed")
    scene.space("named", origin="fact")
    scene.event("own", "2026-10-05", space_id="listed")
    scene.event("fact", "2026-10-07", space_id="named", origin="fact")
    scene.event("public", "2026-10-07", origin="public_list")
    scene.register("own", [1, 2])
    for space in ("listed", "named"):
        scene.meet("fact", space)
    return scene


def test_figures_count_the_lists_alone(mixed, analyst) -> None:
    frame = months.by_month(mixed.select("2026-10", "2026-10"), analyst)
    assert frame["events_count"].tolist() == [1]


def test_the_listing_shows_both_with_their_origin(mixed, analyst) -> None:
    frame = events.listing(mixed.select("2026-10", "2026-10"), analyst)
    assert dict(zip(frame["event_id"], frame["origin"], strict=True)) == {
        "own": "own",
        "fact": "fact",
        "public": "public_list",
    }


def test_the_calendar_keeps_them_apart(mixed) -> None:
    frame = events.by_day(mixed.select("2026-10", "2026-10"))
    assert frame["events_count"].tolist() == [1, 0]
    assert frame["public_events_count"].tolist() == [0, 2]


def test_public_meetups_are_told_but_not_counted(mixed) -> None:
    selection = mixed.select("2026-10", "2026-10")
    assert network.meetups(selection).empty
    assert network.meetups(selection.from_public_sources)["spaces_count"].tolist() == [2]
    assert selection.from_public_sources.registrations.empty


def test_a_space_that_only_public_sources_name_is_never_called_silent(mixed, analyst) -> None:
    frame = spaces.by_space(mixed.select("2026-09", "2026-09"), analyst).set_index("space_id")
    assert frame["is_silent"].to_dict() == {"listed": True, "named": False}
    assert frame["is_open"].to_dict() == {"listed": True, "named": False}
    assert frame["events_count"].isna().to_dict() == {"listed": True, "named": True}  # the lists begin in October


def test_a_city_without_lists_has_no_first_month_and_no_zeros(make_scene, analyst) -> None:
    scene = make_scene()
    scene.event("fact", "2026-09-07", origin="fact")
    assert data_span(scene.snapshot(), "kyiv").first_month is None
    frame = months.by_month(scene.select("2026-09", "2026-09"), analyst)
    assert frame["events_count"].isna().tolist() == [True]


def test_formats_count_events_and_their_people(mixed, analyst) -> None:
    mixed.event("talk", "2026-10-09", format="mentoring")
    mixed.register("talk", [1, 2, 3])
    frame = formats.by_format(mixed.select("2026-10", "2026-10"), analyst).set_index("format")
    assert frame.loc["mentoring", ["events_count", "registrations_count"]].tolist() == [1, 3]
    assert frame.loc["partnership", "events_count"] == 0


def test_people_of_events_without_a_list_are_unknown_and_not_none(make_scene, analyst) -> None:
    scene = make_scene()
    for space in ("no_list", "no_notes", "noted", "idle"):
        scene.space(space)
    scene.event("a", "2026-10-05", space_id="no_list")
    scene.event("b", "2026-10-05", space_id="no_notes")
    scene.register("b", [1, 2])
    scene.event("c", "2026-10-05", space_id="noted", recorded=True)
    scene.register("c", [1], status="no_show")
    frame = spaces.by_space(scene.select("2026-10", "2026-10"), analyst).set_index("space_id")
    assert frame["registrations_count"].to_dict() == {"idle": 0, "no_list": None, "no_notes": 2, "noted": 1}
    assert frame["attendances_count"].to_dict() == {"idle": 0, "no_list": None, "no_notes": None, "noted": 0}
