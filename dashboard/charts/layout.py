"""Where names are drawn so that none lies over another: the nodes of a network around an oval, labels pushed apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Final

Place = tuple[float, float]

_NARROWEST: Final = 0.3
"""How far from the middle the first and the last node of a side stand, of the oval's half width."""
_ROUNDS: Final = 200
_TOUCHING: Final = 0.01
"""An overlap that nobody sees; halves of smaller ones would be pushed for ever."""


def around(nodes: Sequence[str]) -> dict[str, Place]:
    """A place for each node, clockwise from the top: the first half on the right, the others on the left.

    On each side no two nodes have the same height, so names written outwards never lie over one another. The sides
    reach from -1 to 1, both ways.
    """
    right = math.ceil(len(nodes) / 2)
    places = _side(nodes[:right], 1.0)
    places |= _side(list(reversed(nodes[right:])), -1.0)
    return places


def apart(centres: Sequence[Place], sizes: Sequence[Place]) -> list[Place]:
    """Centres of labels of these widths and heights, moved as little as it takes that they do not overlap.

    Two that overlap go apart along the shorter way, each by half, until all have room. Labels in a crowd that finds
    none within 200 rounds stay as near to it as they came.
    """
    places = [list(centre) for centre in centres]
    for _ in range(_ROUNDS):
        is_still = True
        for one, other in combinations(range(len(places)), 2):
            between = [places[other][axis] - places[one][axis] for axis in (0, 1)]
            missing = [(sizes[one][axis] + sizes[other][axis]) / 2 - abs(between[axis]) for axis in (0, 1)]
            axis = 0 if missing[0] < missing[1] else 1
            if missing[axis] > _TOUCHING:
                half = math.copysign(missing[axis] / 2, between[axis])
                places[one][axis] -= half
                places[other][axis] += half
                is_still = False
        if is_still:
            break
    return [(x, y) for x, y in places]


def bow(start: Place, end: Place, *, steps: int = 14, towards_middle: float = 0.55) -> list[Place]:
    """Points of a line from one place to another that bends towards the middle, as far as it is told."""
    control = tuple((one + other) / 2 * (1 - towards_middle) for one, other in zip(start, end, strict=True))
    points = []
    for step in range(steps + 1):
        part = step / steps
        weights = ((1 - part) ** 2, 2 * part * (1 - part), part**2)
        x, y = (
            sum(weight * value for weight, value in zip(weights, values, strict=True))
            for values in zip(start, control, end, strict=True)
        )
        points.append((x, y))
    return points


def _side(nodes: Sequence[str], sign: float) -> dict[str, Place]:
    places = {}
    for number, node in enumerate(nodes):
        height = 1 - 2 * (number + 0.5) / len(nodes)
        places[node] = (sign * (_NARROWEST + (1 - _NARROWEST) * math.sqrt(1 - height**2)), height)
    return places
