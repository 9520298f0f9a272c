"""Events as the pages write them: their names in the visitor's language beside their ids."""

from __future__ import annotations

import pandas as pd

from dashboard.text.labels import labels
from dashboard.ui import blocks, figures
from dashboard.ui.blocks import Column
from dashboard.ui.view import View


def named(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """A listing of events with words for its ids.

    Args:
        view: the view.
        frame: as ``metrics.events.listing`` returns it.

    Returns:
        The frame with `place`, `themes` (names joined by ", ", missing without), `format_label`, `status_label`,
        `origin_label`, `district`.
    """
    return frame.assign(
        place=places(view, frame),
        themes=themes(view, frame),
        format_label=frame["format"].map(labels("event_format", view.lang)),
        status_label=frame["status"].map(labels("event_status", view.lang)),
        origin_label=frame["origin"].map(labels("origin", view.lang)),
        district=[view.names.district(code) for code in frame["district_code"].fillna("")],
    )


def places(view: View, frame: pd.DataFrame) -> pd.Series[str]:
    """The space, else the venue, else what is known of the place."""
    place = blocks.called(frame["space_id"], view.names.spaces).fillna(frame["venue_name"])
    return place.fillna(frame["place_status"].map(labels("place_status", view.lang)))


def themes(view: View, frame: pd.DataFrame) -> pd.Series[str]:
    """The names of each event's themes, joined by ", "; missing where it has none."""
    of_rows = [
        ", ".join(view.names.theme(theme) for theme in ids.split()) if isinstance(ids, str) else None
        for ids in frame["theme_ids"]
    ]
    return pd.Series(of_rows, index=frame.index, dtype="str")


def session_columns(view: View) -> tuple[Column, ...]:
    """How a table of sessions is shown: when, what, where, about what, and how many registered."""
    return (
        Column("starts_on", view.say("col.date"), "date"),
        Column("starts_at", view.say("col.time"), "time"),
        Column("title", view.say("col.title")),
        Column("place", view.say("col.place")),
        Column("themes", view.say("col.theme")),
        Column("registrations_count", figures.name("registrations_count", view.lang), "count"),
    )
