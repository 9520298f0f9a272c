"""Removes one person from everything a store keeps, and keeps the person out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl import publish
from etl.contract import CONTRACT_VERSION
from etl.erased import erased, keep_out
from etl.errors import SpokenError
from etl.identity import Key


class EraseError(SpokenError):
    """It cannot be said whom to erase."""


@dataclass(frozen=True)
class Place:
    """A row of the inbox that names the person: the file's path below the inbox, the sheet, the sender's row."""

    path: str
    sheet: str
    row: int


@dataclass(frozen=True)
class Erased:
    """What was removed: registrations, people (a person may be known by an e-mail and by a phone), snapshots."""

    registrations: int
    people: int
    snapshots: int
    """Snapshots that were written anew without the person."""
    unreadable: int = 0
    """Snapshots that were removed whole: damaged, or of another version, so that nobody could be found in them."""
    inbox: tuple[Place, ...] = ()
    """Rows that still name the person in the files of the inbox; loads leave them out."""


def erase(
    store: Path,
    key: Key,
    email: str | None,
    phone: str | None,
    sign_ups: Sequence[pd.DataFrame] = (),
    former: Key | None = None,
) -> Erased:
    """Remove a person's registrations and pseudonyms from every snapshot of a store, and keep the person out of it.

    Each snapshot that knows the person is written anew aside, verified and switched to; the ids of other people stay.
    The accounts of the files are lowered by the removed rows, as if these had never been in them. A snapshot in which
    nobody can be found is removed, unless it is the one in use. Return slips are removed; a load writes them anew.

    Args:
        store: the store's folder.
        key: the secret that the snapshots' pseudonyms are made with.
        email: the person's e-mail address, if known.
        phone: the person's phone number, if known.
        sign_ups: the rows of people in the inbox under each key, as `etl.pipeline.sign_ups` returns them: by them the
            person's other contact is known, and where in the inbox the person stands.
        former: the secret before the last change of keys, where it was kept with its snapshots.

    Raises:
        EraseError: neither is given, or what is given is no e-mail address or phone number.
        ErasedError: the store was made with another key.
        PublishError: the snapshot in use is damaged, or one cannot be written.
        StoreBusyError: another process is writing.
    """
    keys = [key, *([former] if former else [])]
    found = [_pseudonyms(each, email, phone) for each in keys]
    rows = [*sign_ups, *[None] * (len(keys) - len(sign_ups))]
    whole = [_both_contacts(pseudonyms, known) for pseudonyms, known in zip(found, rows, strict=True)]
    everywhere = frozenset().union(*whole)
    registrations = people = snapshots = unreadable = 0
    with publish.writing(store, "erase"):
        # First of all: should the rest be cut short, the person does not come back with the next load.
        keep_out(store, key, erased(store, key) | {key.mark(pseudonym) for pseudonym in whole[0]})
        publish.remove_slips(store)
        for snapshot_id in publish.list_ids(store):
            if not _is_readable(store, snapshot_id):
                publish.prune(store, [snapshot_id])
                unreadable += 1
                continue
            manifest = publish.read_manifest(store, snapshot_id)
            tables = publish.read_tables(store, manifest)
            without = _without(tables, everywhere)
            gone = len(tables["people"]) - len(without["people"])
            if gone:
                publish.replace(without, store, manifest)
                registrations += len(tables["registrations"]) - len(without["registrations"])
                people += gone
                snapshots += 1
    return Erased(registrations, people, snapshots, unreadable, _places(rows[0], whole[0]))


def _is_readable(store: Path, snapshot_id: str) -> bool:
    """Whether people can be found in a snapshot; that in use has to be whole.

    Raises:
        PublishError: the snapshot in use is damaged.
    """
    if snapshot_id == publish.current_id(store):
        publish.verify(store, snapshot_id)
    if not publish.is_whole(store, snapshot_id):
        return False
    return publish.read_manifest(store, snapshot_id).contract_version == CONTRACT_VERSION


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


def _both_contacts(pseudonyms: frozenset[str], rows: pd.DataFrame | None) -> frozenset[str]:
    """The person's e-mail for a phone that stands with no other e-mail, and such phones for an e-mail.

    Without the second a row with the phone alone, which now is the e-mail's person, would come back as another.
    """
    if rows is None:
        return pseudonyms
    pairs = rows[["email_key", "phone_key"]].dropna().drop_duplicates()
    one = pairs[~pairs["phone_key"].duplicated(keep=False)]
    emails = one.loc[one["phone_key"].isin(list(pseudonyms)), "email_key"]
    phones = one.loc[one["email_key"].isin([*pseudonyms, *emails]), "phone_key"]
    return pseudonyms | {*emails, *phones}


def _places(rows: pd.DataFrame | None, pseudonyms: frozenset[str]) -> tuple[Place, ...]:
    if rows is None:
        return ()
    names = rows["email_key"].isin(list(pseudonyms)) | rows["phone_key"].isin(list(pseudonyms))
    at = rows.loc[names, ["path", "sheet", "row"]].sort_values(["path", "sheet", "row"])
    return tuple(Place(str(path), str(sheet), int(row)) for path, sheet, row in at.itertuples(index=False))


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
