"""Two indices of diversity, as ecology and information theory define them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np


def shannon_entropy(counts: Iterable[float]) -> float:
    """Shannon's entropy of counts in nats; nan where they add up to nothing.

    Source: Shannon, *A Mathematical Theory of Communication*, 1948.
    """
    values = np.asarray([count for count in counts if count > 0], dtype=float)
    if values.size == 0:
        return float("nan")
    shares = values / values.sum()
    return float(-(shares * np.log(shares)).sum())


def hill_number(counts: Iterable[float]) -> float:
    """Hill number of order 1, exp(entropy): how many equally frequent kinds would be as varied; nan for none.

    Source: Hill, *Diversity and Evenness*, Ecology 54, 1973; Jost, *Entropy and diversity*, Oikos 113, 2006.
    """
    return float(np.exp(shannon_entropy(counts)))


def pielou_evenness(counts: Iterable[float]) -> float:
    """Pielou's J, entropy over its largest possible value: 0 all in one kind, 1 the same in each.

    Kinds without any count belong to ``counts`` as zeros. Nan for fewer than two kinds or nothing counted.

    Source: Pielou, *The measurement of diversity in different types of biological collections*, 1966.
    """
    values = list(counts)
    if len(values) < 2:
        return float("nan")
    return abs(shannon_entropy(values)) / float(np.log(len(values)))
