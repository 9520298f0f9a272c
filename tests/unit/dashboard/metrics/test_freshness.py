"""Each state of a space's month, and what it is not."""

from __future__ import annotations

from datetime import date
from typing import Any

from dashboard.metrics import freshness


def states(scene: Any, start: str, end: str) -> dict[tuple[str, int], str]:
    frame = freshness.by_space_month(scene.select(start, end))
    return dict(zip(zip(frame["space_id"], frame["month"].dt.month, strict=True), frame["state"], strict=True))


def test_a_list_says_more_than_an_event_and_that_more_than_a_return(scene: Any) -> None:
    scene.space("a", origin="own")
    scene.event("e7", "2026-07-31", space_id="a")
    scene.register("e7", [1])
    scene.returned("a", "2026-07", 1, 10)
    scene.event("e8", "2026-08-01", space_id="a")
    scene.returned("a", "2026-09", 1, 10)
    assert states(scene, "2026-06", "2026-10") == {
        ("a", 6): "silent",
        ("a", 7): "lists",
        ("a", 8): "events",
        ("a", 9): "totals",
        ("a", 10): "awaited",
    }


def test_nothing_is_awaited_of_whoever_never_sent_a_return(scene: Any) -> None:
    scene.space("a", origin="own")
    scene.event("e", "2026-08-01", space_id="a")
    assert states(scene, "2026-08", "2026-09") == {("a", 8): "events", ("a", 9): "silent"}


def test_a_month_is_closed_only_where_no_day_of_it_was_open(scene: Any) -> None:
    scene.space("a", origin="own", opened_on=date(2026, 7, 31), closed_on=date(2026, 9, 1))
    scene.event("e", "2026-08-01", space_id="a")
    assert states(scene, "2026-06", "2026-10") == {
        ("a", 6): "closed",
        ("a", 7): "silent",
        ("a", 8): "events",
        ("a", 9): "silent",
        ("a", 10): "closed",
    }


def test_a_space_that_no_list_knows_has_no_row(scene: Any) -> None:
    scene.space("a", origin="public")
    frame = freshness.by_space_month(scene.select("2026-09", "2026-10"))
    assert frame.empty
    assert list(frame.columns) == list(freshness.BY_SPACE_MONTH)
