"""Removes one person from every snapshot that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.errors import SpokenError
from etl.identity import Key
from etl.publish import list_snapshots, read_tables, replace, verify, writing


class EraseError(SpokenError):
    """It cannot be said whom to erase."""


@dataclass(frozen=True)
class Erased:
    """What was removed: registrations, people (a person may be known by an e-mail and by a phone), snapshots."""

    registrations: int
    people: int
    snapshots: int


def erase(store: Path, key: Key, email: str | None, phone: str | None) -> Erased:
    """Remove a person's registrations and pseudonyms from every snapshot of a store.

    Each snapshot that knows the person is written anew aside, verified and switched to; the ids of other people stay.
    The accounts of the files are lowered by the removed rows, as if these had never been in them.

    Args:
        store: the store's folder.
        key: the secret that the snapshots' pseudonyms were made with.
        email: the person's e-mail address, if known.
        phone: the person's phone number, if known.

    Raises:
        EraseError: neither is given, or what is given is no e-mail address or phone number.
        PublishError: a snapshot is damaged or cannot be written.
        StoreBusyError: another process is writing.
    """
    pseudonyms = _pseudonyms(key, email, phone)
    registrations = people = snapshots = 0
    with writing(store, "erase"):
        for manifest in list_snapshots(store):
            verify(store, manifest.snapshot_id)
            tables = read_tables(store, manifest)
            without = _without(tables, pseudonyms)
            gone = len(tables["people"]) - len(without["people"])
            if gone:
                replace(without, store, manifest)
                registrations += len(tables["registrations"]) - len(without["registrations"])
                people += gone
                snapshots += 1
    return Erased(registrations, people, snapshots)


def _pseudonyms(key: Key, email: str | None, phone: str | None) -> frozenset[str]:
    if not email and not phone:
        raise EraseError(
            "не вказано ні ел. пошти, ні телефону", "neither an e-mail address nor a phone number was given"
        )
    found = []
    contacts = (
        (email, key.email, "ел. пошта", "e-mail address"),
        (phone, key.phone, "номер телефону", "phone number"),
    )
    for stated, hashed, name_uk, name_en in contacts:
        if stated:
            pseudonym = hashed(stated)
            if pseudonym is None:
                raise EraseError(f"вказане – не {name_uk}", f"what was given is no {name_en}")
            found.append(pseudonym)
    return frozenset(found)


def _without(tables: Mapping[str, pd.DataFrame], pseudonyms: frozenset[str]) -> dict[str, pd.DataFrame]:
    people, registrations, sources = tables["people"], tables["registrations"], tables["sources"]
    is_person = people["pseudonym"].isin(list(pseudonyms))
    theirs = registrations["person_id"].isin(people.loc[is_person, "person_id"])
    fewer = sources["source_id"].map(registrations.loc[theirs, "source_id"].value_counts()).fillna(0).astype("Int64")
    lowered = {name: sources[name] - fewer for name in ("rows_read_count", "rows_loaded_count")}
    return {
        **tables,
        "people": people[~is_person].reset_index(drop=True),
        "registrations": registrations[~theirs].reset_index(drop=True),
        "sources": sources.assign(**lowered),
    }
