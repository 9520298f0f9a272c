"""Each kind of space has a shape and a colour of its own, on the map and in its legend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Shape:
    """An outline on a field of 24 by 24, and its fill."""

    path: str
    colour: str


SHAPES: Final[Mapping[str, Shape]] = {
    "hub": Shape("M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z", "#b9227a"),
    "coworking": Shape("M4 4h16v16h-16z", "#2375c1"),
    "library": Shape("M12 3l10 18h-20z", "#8a5a00"),
    "youth_centre": Shape("M12 1.5l3.2 6.9 7.3.9-5.4 5.1 1.4 7.4-6.5-3.7-6.5 3.7 1.4-7.4-5.4-5.1 7.3-.9z", "#d23a30"),
    "business_hub": Shape("M12 2l10 10-10 10-10-10z", "#5a48c8"),
    "culture_centre": Shape("M7 3h10l5 9-5 9h-10l-5-9z", "#17202b"),
    "other": Shape("M9 3h6v6h6v6h-6v6h-6v-6h-6v-6h6z", "#5d6772"),
}
"""For every value of `etl.contract.SPACE_KINDS`."""


def shape_svg(kind: str, *, size: int = 20) -> str:
    """The shape of a kind as inline SVG, white-edged so that it stands out on any class of the map.

    Raises:
        KeyError: there is no such kind.
    """
    shape = SHAPES[kind]
    return (
        f'<svg width="{size}" height="{size}" viewBox="0 0 24 24" aria-hidden="true">'
        f'<path d="{shape.path}" fill="{shape.colour}" stroke="#ffffff" stroke-width="1.6" stroke-linejoin="round"/>'
        "</svg>"
    )
