"""What was clicked on the map, from what `st_folium` returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

RETURNED_OBJECTS: Final = ["last_active_drawing"]
"""For `st_folium(returned_objects=…)`: with this alone only a click runs the page anew.

A move or a zoom does not, nor does the map's own loading: with `last_object_clicked_count` it would send its 0 as soon
as it stands, and that message calls a visitor back who has just left for another page.
"""

_ID_OF: Final[tuple[tuple[Literal["district", "space"], str], ...]] = (
    ("district", "district_code"),
    ("space", "space_id"),
)


def clicked(returned: Mapping[str, object] | None) -> tuple[Literal["district", "space"], str] | None:
    """The district (by code) or space (by id) that was clicked last; None before the first click.

    The value comes from the browser: check that the id is a known one. It stays the same on every run until the next
    click, so compare it and `click_number` with the click already answered.
    """
    properties = _properties(returned)
    for kind, name in _ID_OF:
        found = properties.get(name)
        if isinstance(found, str):
            return kind, found
    return None


def click_number(returned: Mapping[str, object] | None) -> int:
    """The number the layers carried when the click came; 0 before the first click.

    Layers drawn with a new number after each answered click make the next one differ from it, also when the same thing
    is clicked again: the map sends only what differs.
    """
    number = _properties(returned).get("click")
    return number if isinstance(number, int) else 0


def _properties(returned: Mapping[str, object] | None) -> Mapping[str, object]:
    drawing = (returned or {}).get("last_active_drawing")
    properties = drawing.get("properties") if isinstance(drawing, Mapping) else None
    return properties if isinstance(properties, Mapping) else {}
