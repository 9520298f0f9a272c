"""Chance that repeats itself: one stream of random numbers per city and topic, and draws over whole arrays."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Objects: TypeAlias = npt.NDArray[np.object_]
Days: TypeAlias = npt.NDArray[np.datetime64]


def stream(seed: int, city_id: str, topic: str) -> np.random.Generator:
    """A stream of its own for each city and topic, so that a change in one leaves the others as they were."""
    words = (seed, zlib.crc32(city_id.encode()), zlib.crc32(topic.encode()))
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))


def shares(weights: Sequence[float] | Floats) -> Floats:
    """Weights as probabilities that add up to one."""
    array = np.asarray(weights, dtype=np.float64)
    parts: Floats = array / array.sum()
    return parts


def pick(
    rng: np.random.Generator, options: Sequence[Any], count: int, weights: Sequence[float] | None = None
) -> Objects:
    """Draw ``count`` of the options with replacement, as an object array."""
    chances = None if weights is None else shares(weights)
    return objects(options)[rng.choice(len(options), size=count, p=chances)]


def pick_by_row(rng: np.random.Generator, weights: Floats) -> Integers:
    """Draw one column of each row of a matrix of weights; a row adds up to more than zero."""
    rising = np.cumsum(weights, axis=1)
    thresholds = rng.random(len(weights)) * rising[:, -1]
    drawn: Integers = (rising <= thresholds[:, None]).sum(axis=1, dtype=np.int64)
    return drawn


def apportion(weights: Floats, total: int) -> Integers:
    """Split a whole number in proportion to weights (largest remainders), so that the parts add up to it."""
    if len(weights) == 0 or total <= 0:
        return np.zeros(len(weights), dtype=np.int64)
    exact = shares(weights) * total
    parts = np.floor(exact).astype(np.int64)
    rest = total - int(parts.sum())
    parts[np.argsort(-(exact - parts), kind="stable")[:rest]] += 1
    return parts


def where(mask: Any, values: Any, other: Any = None) -> Objects:
    """Values where the mask holds, and the other ones (or one other value) elsewhere, as an object array."""
    fallback = other if isinstance(other, np.ndarray) else np.asarray(other, dtype=object)
    chosen: Objects = np.where(np.asarray(mask), values, fallback).astype(object)
    return chosen


def objects(values: Sequence[Any]) -> Objects:
    """Values as a one-dimensional object array, tuples left whole."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
