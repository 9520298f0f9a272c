"""What is kept between runs and shared by all visitors: the open snapshot and what was computed from it.

Everything is keyed by snapshot, filters and role, and bounded in number. What comes out is shared: it is read,
never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Condition
from typing import Final, TypeVar
from weakref import WeakKeyDictionary

import streamlit as st
from cachetools import LRUCache, cached

from dashboard.errors import DamagedSnapshot, StoreError, UnreachableStore, WrongContract
from dashboard.filters import Filters, known_values
from dashboard.metrics.selection import Selection, select_month
from dashboard.places import is_url
from dashboard.store import Snapshot, current_id, open_kept, open_last_good
from dashboard.ui import runtime

Result = TypeVar("Result")


_SELECTIONS_BYTES: Final = 16 * 2**20
_KEPT_S: Final = 60
_POINTER_S: Final = 5
"""For how long the pointer of an object store is taken as read: every run of a page asks for it."""


@st.cache_resource(max_entries=2, show_spinner=False)
def _opened(store: str, snapshot_id: str) -> Snapshot:
    del store, snapshot_id  # they are the cache's key: a newly published snapshot is opened without a restart
    return open_last_good(runtime.settings().store)


@st.cache_resource(ttl=_POINTER_S, max_entries=2, show_spinner=False)
def pointer(url: str) -> str:
    """The id of the snapshot in force in an object store, as it was some seconds ago at the most."""
    return current_id(url)


@st.cache_resource(max_entries=2, show_spinner=False)
def _last_seen(store: str) -> list[str]:
    """Holds the id that was last in force: what is open stays shown while an object store does not answer."""
    del store
    return []


def snapshot() -> Snapshot:
    """The published snapshot; when it is damaged, the last whole one, which says so itself.

    Raises:
        StoreError: nothing is published, or it cannot be read.
    """
    store = runtime.settings().store
    last_seen = _last_seen(str(store))
    try:
        in_force = pointer(str(store)) if is_url(store) else current_id(store)
    except DamagedSnapshot as error:
        in_force = error.snapshot_id
    except UnreachableStore:
        if not last_seen:
            raise
        in_force = last_seen[0]
    opened = _opened(str(store), in_force)
    last_seen[:] = [in_force]
    return opened


@st.cache_resource(ttl=_KEPT_S, max_entries=2, show_spinner=False)
def _kept(store: str, snapshot_id: str) -> tuple[Snapshot | DamagedSnapshot | WrongContract, ...]:
    del store, snapshot_id
    return open_kept(runtime.settings().store)


def kept() -> tuple[Snapshot | DamagedSnapshot | WrongContract, ...]:
    """All snapshots that the store keeps, the oldest first; what was taken away of late may still be told of.

    Raises:
        StoreError: the store does not answer.
    """
    return _kept(str(runtime.settings().store), snapshot().snapshot_id)


@cached(LRUCache(2000), key=lambda _compute, *key: key, condition=Condition())
def _computed(compute: Callable[[], object], *_key: Hashable) -> object:
    return compute()


def computed(compute: Callable[[], Result], name: str, *key: Hashable) -> Result:
    """The result of `compute`, kept under its name and key."""
    return _computed(compute, name, *key)  # type: ignore[return-value]


def _weight(selection: Selection) -> int:
    """Bytes of the rows that a selection holds for itself; the rest it has in common with others."""
    own = (
        selection.events,
        selection.sessions,
        selection.others,
        selection.event_themes,
        selection.event_organisations,
        selection.event_spaces,
        selection.proposals,
        selection.returns,
    )
    return int(sum(frame.memory_usage().sum() for frame in own))


@cached(
    LRUCache(_SELECTIONS_BYTES, getsizeof=_weight),
    key=lambda _select, *key: key,
    condition=Condition(),
)
def _selected(select: Callable[[], Selection], *_key: Hashable) -> Selection:
    return select()


def selected(select: Callable[[], Selection], *key: Hashable) -> Selection:
    """The rows of a choice: many, and soon made again, so they are kept by weight."""
    return _selected(select, *key)


@cached(LRUCache(500), key=lambda _draw, *key: key, condition=Condition())
def _drawn(draw: Callable[[], object], *_key: Hashable) -> object:
    return draw()


def drawn(draw: Callable[[], Result], *key: Hashable) -> Result:
    """What is shown, kept under its key: charts and tables take more room than numbers, so fewer are kept."""
    return _drawn(draw, *key)  # type: ignore[return-value]


_OF_KEPT: Final[WeakKeyDictionary[object, dict[Hashable, object]]] = WeakKeyDictionary()


def of_kept(thing: object, make: Callable[[], Result], *key: Hashable) -> Result:
    """What is made of a thing, kept under its key for as long as the thing itself is."""
    made = _OF_KEPT.setdefault(thing, {})
    if key not in made:
        made[key] = make()
    return made[key]  # type: ignore[return-value]


def clear() -> None:
    """Forget everything."""
    st.cache_resource.clear()
    _computed.cache_clear()
    _selected.cache_clear()
    _drawn.cache_clear()


def warm() -> None:
    """Open the snapshot and join its cities before the first visit; a store without one is the page's to report."""
    try:
        opened = snapshot()
        for city in known_values(opened).cities:
            select_month(opened, Filters(city=city))
    except StoreError:
        return
