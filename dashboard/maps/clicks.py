"""What was clicked on the map, from what `st_folium` returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

RETURNED_OBJECTS: Final = ["last_active_drawing", "last_object_clicked_count"]
"""For `st_folium(returned_objects=…)`: with these alone only a click runs the page anew, not a move or zoom."""

_ID_OF: Final[tuple[tuple[Literal["district", "space"], str], ...]] = (
    ("district", "district_code"),
    ("space", "space_id"),
)


def clicked(returned: Mapping[str, object] | None) -> tuple[Literal["district", "space"], str] | None:
    """The district (by code) or space (by id) that was clicked last; None before the first click.

    The value comes from the browser: check that the id is a known one. It stays the same on every run until the next
    click, so compare `click_number` with the one already answered.
    """
    drawing = (returned or {}).get("last_active_drawing")
    properties = drawing.get("properties") if isinstance(drawing, Mapping) else None
    if not isinstance(properties, Mapping):
        return None
    for kind, name in _ID_OF:
        found = properties.get(name)
        if isinstance(found, str):
            return kind, found
    return None


def click_number(returned: Mapping[str, object] | None) -> int:
    """A number that changes with every click, also when the same thing is clicked again; 0 before the first."""
    count = (returned or {}).get("last_object_clicked_count")
    return count if isinstance(count, int) else 0
