"""What a snapshot or an inbox holds, as frames for a notebook."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd

from etl import publish
from etl.commands.edge import DEFAULT_STORE
from etl.commands.inbox import CITIES, inbox_files, public_lists, today, workers_for
from etl.identity import KEY_BYTES, Key
from etl.pipeline import build
from etl.sources.city_pack import load_packs
from etl.sources.limits import limits_of

WGS84 = "EPSG:4326"
_TABLES = ("spaces", "events", "registrations")
_ADDRESS = re.compile(r"(?P<kind>[A-Za-z][A-Za-z0-9+.-]+):/")
"""Of two letters at least, for one is a drive of Windows. `Path` takes the second stroke away."""


@dataclass(frozen=True)
class Frames:
    """The three tables that most questions need; columns, units and grain are those of `etl.contract`."""

    spaces: gpd.GeoDataFrame
    """``spaces`` with ``geometry``: points in EPSG:4326, missing where no coordinates are known."""
    events: pd.DataFrame
    registrations: pd.DataFrame
    """People are numbers; no pseudonym is among the columns."""


def load_frames(
    store: Path | str | None = None,
    *,
    snapshot_id: str | None = None,
    inbox: Path | str | None = None,
    city: str | None = None,
    as_of: date | None = None,
) -> Frames:
    """Read spaces, events and registrations.

    Args:
        store: folder of the store; the one that commands use by default.
        snapshot_id: a snapshot that is kept; the one in use by default.
        inbox: read this folder of lists instead, as ``civicspace load`` would, and publish nothing. People are told
            apart within this call alone: the lasting key is neither needed nor made, and nobody erased is left out.
        city: with ``inbox``, the city of files that lie in no city's folder.
        as_of: with ``inbox``, the day the data speaks for; today by default.

    Returns:
        Frames with all columns, also where there are no rows.

    Raises:
        PublishError: a folder is an address, nothing is published in the store, or the snapshot is not there.
        OSError: files cannot be read.
    """
    if inbox is not None:
        return _of_inbox(_folder(inbox), city, as_of)
    folder = _folder(store if store is not None else os.environ.get("CIVICSPACE_STORE", DEFAULT_STORE))
    found = snapshot_id or publish.current_id(folder)
    if found is None:
        raise publish.PublishError(
            f"у {folder} нічого не опубліковано; виконайте: civicspace load",
            f"nothing is published in {folder}; run: civicspace load",
        )
    manifest = publish.read_manifest(folder, found)
    tables = publish.read_tables(folder, manifest, _TABLES)
    return _frames(tables["spaces"], tables["events"], tables["registrations"])


def _folder(named: Path | str) -> Path:
    """A folder of this machine.

    Raises:
        PublishError: it is an address. Only its kind is repeated, for the rest may hold a password.
    """
    address = _ADDRESS.match(str(named))
    if address:
        kind = address["kind"]
        raise publish.PublishError(
            f"load_frames читає теку цього комп’ютера, а не адресу {kind}://…; скопіюйте сховище (current і "
            "snapshots/) засобами цього сервісу до теки і вкажіть її",
            f"load_frames reads a folder of this computer, no address {kind}://…; copy the store (current and "
            "snapshots/) into a folder with the service's own tools and name that",
        )
    return Path(named)


def _of_inbox(folder: Path, city: str | None, as_of: date | None) -> Frames:
    packs = load_packs(CITIES)
    files = inbox_files(folder)
    day = as_of or today(packs).date()
    with workers_for(files) as workers:
        key = Key(os.urandom(KEY_BYTES))
        limits = limits_of(os.environ)
        tables = build(files, packs, public_lists(), key, day, city, workers=workers, limits=limits).tables
    return _frames(tables["spaces"], tables["events"], tables["registrations"])


def _frames(spaces: pd.DataFrame, events: pd.DataFrame, registrations: pd.DataFrame) -> Frames:
    points = gpd.points_from_xy(spaces["lon_deg"], spaces["lat_deg"], crs=WGS84)
    points[spaces["lat_deg"].isna().to_numpy()] = None
    return Frames(gpd.GeoDataFrame(spaces, geometry=points, crs=WGS84), events, registrations)
