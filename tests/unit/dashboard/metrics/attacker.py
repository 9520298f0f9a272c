"""An attacker: writes down as integer constraints what the public can see, and asks what a hidden count can be.

He knows the rules of ``dashboard.metrics.disclosure``, all events with their places, themes and days, and every
public frame under every filter he asks for. What he does not know are whole numbers: for each list of an event how
many took part, did not come, or neither; for each month how many of each group and home; how many distinct people
any choice of lists holds. ``Knowledge.range_of`` is the least and greatest value that agrees with all he saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Terms = Mapping[int, float]
MANY: Final = 200
"""More people than any world here has."""


@dataclass
class Knowledge:
    """Unknown whole numbers and what is known of them."""

    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)

    def unknown(self, least: float = 0, most: float = MANY) -> int:
        self.least.append(least)
        self.most.append(most)
        return len(self.least) - 1

    def between(self, terms: Terms, least: float = -np.inf, most: float = np.inf) -> None:
        self.rows.append((terms, least, most))

    def equal(self, left: Terms, right: Terms) -> None:
        self.between(minus(left, right), 0, 0)

    def at_most(self, left: Terms, right: Terms) -> None:
        self.between(minus(left, right), most=0)

    def range_of(self, terms: Terms) -> tuple[int, int]:
        """Least and greatest value of a sum.

        Raises:
            ValueError: nothing agrees with all that is known: the attacker has the rules wrong.
        """
        return round(self._solve(terms, 1)), round(self._solve(terms, -1))

    def _solve(self, terms: Terms, sign: int) -> float:
        costs = np.zeros(len(self.least))
        for place, weight in terms.items():
            costs[place] += sign * weight
        entries = [
            (row, place, weight) for row, (found, _, _) in enumerate(self.rows) for place, weight in found.items()
        ]
        row, place, weight = zip(*entries, strict=True)
        matrix = csr_array((weight, (row, place)), shape=(len(self.rows), len(self.least)))
        low, high = np.array([row[1] for row in self.rows]), np.array([row[2] for row in self.rows])
        found = milp(
            costs,
            integrality=np.ones(len(self.least)),
            bounds=Bounds(np.array(self.least), np.array(self.most)),
            constraints=LinearConstraint(matrix, low, high),
        )
        if found.x is None:
            raise ValueError(found.message)
        return float(sign * found.fun)


def minus(left: Terms, right: Terms) -> Terms:
    return {place: left.get(place, 0) - right.get(place, 0) for place in {*left, *right}}


def total(parts: Iterable[Terms]) -> Terms:
    added: dict[int, float] = {}
    for part in parts:
        for place, weight in part.items():
            added[place] = added.get(place, 0) + weight
    return added


@dataclass(frozen=True)
class Shown:
    """One cell as the public sees it."""

    value: int | None
    is_hidden: bool


@dataclass(frozen=True)
class Block:
    """A count that no filter cuts, with the two numbers that stand for it in every sum."""

    exact: Terms
    value: Terms
    """What it adds to a sum, in units of one half."""
    least: Terms
    """How many people it certainly adds."""


@dataclass(frozen=True)
class Rules:
    """The rules of the house, as the attacker knows them."""

    knowledge: Knowledge
    threshold: int
    base: int

    def block(self) -> Block:
        """Nobody, few and hidden, or rounded."""
        know, k, base = self.knowledge, self.threshold, self.base
        people, steps = know.unknown(), know.unknown(most=MANY // base + 1)
        is_small, is_shown = know.unknown(most=1), know.unknown(most=1)
        know.between({is_small: 1, is_shown: 1}, most=1)
        know.between({people: 1, is_small: -(k - 1), is_shown: -MANY}, most=0)
        know.between({people: 1, is_small: -1, is_shown: -k}, least=0)
        know.between({steps: 1, is_shown: -(MANY // base + 1)}, most=0)
        know.between({steps: 1, is_shown: -1}, least=0)
        # Rounded to the nearest multiple, but never to 0; this only speaks of those that are rounded.
        know.between({people: 2, steps: -2 * base, is_small: -2 * MANY}, most=base)
        know.between({people: 2, steps: -2 * base}, least=-base)
        return Block({people: 1}, {steps: 2 * base, is_small: k}, {is_small: 1, is_shown: k})

    def sees(self, blocks: Iterable[Block], shown: Shown) -> None:
        """A cell that is the sum of blocks."""
        blocks = list(blocks)
        value, least = total(block.value for block in blocks), total(block.least for block in blocks)
        if shown.is_hidden:
            self.knowledge.between(least, 1, self.threshold - 1)
        elif shown.value == 0:
            self.knowledge.between(least, 0, 0)
        elif shown.value is not None:
            self.knowledge.between(least, self.threshold)
            self.knowledge.between(value, 2 * shown.value - self.base, 2 * shown.value + self.base)

    def sees_alone(self, exact: Terms, shown: Shown, *, hidden: tuple[float, float]) -> None:
        """A cell that is rounded by itself; ``hidden`` is what it may be where it is not shown."""
        if shown.is_hidden:
            self.knowledge.between(exact, *hidden)
        elif shown.value == 0:
            self.knowledge.between(exact, 0, 0)
        elif shown.value is not None:
            half = self.base / 2
            self.knowledge.between(exact, max(self.threshold, shown.value - half), shown.value + half)
