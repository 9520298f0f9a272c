"""Lists of people who signed up or came → ``registrations`` and ``people``; people arrive as pseudonyms."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from etl.contract import IDENTITY_STRENGTHS, PEOPLE, REGISTRATIONS
from etl.identity import KEY_COLUMNS
from etl.sources.raw import RAW_COLUMNS, Dataset
from etl.transform import places, vocabulary
from etl.transform.dates import instants
from etl.transform.event_index import EventIndex
from etl.transform.events import EventCity
from etl.transform.rows import ADDRESS, join_remarks, remarks

PSEUDONYMOUS_COLUMNS: Final = (
    *(name for name in RAW_COLUMNS[Dataset.REGISTRATIONS] if not name.startswith("person_")),
    *KEY_COLUMNS,
)
"""Columns of a registrations table once people are pseudonyms."""

_STRONGEST_FIRST: Final = ("attended", "no_show", "registered", "waitlisted", "cancelled")
_SAID: Final = ["registered_at", "status", "participant_group", "home_district_code", "home_status"]
_WHAT_ELSE_IT_SAYS: Final = ("registered_at", "participant_group", "home_district_code")
_NOT_STATED: Final = "not_stated"


def resolve(rows: pd.DataFrame, city: EventCity, index: EventIndex) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find each row's event, status, group and home within one city.

    Args:
        rows: stacked rows with `PSEUDONYMOUS_COLUMNS`, one city.
        city: the city.
        index: its events.

    Returns:
        Rows whose event is known: address, ``event_id``, `KEY_COLUMNS`, ``registered_at``, ``status``,
        ``participant_group``, ``home_district_code``, ``home_status``; and remarks.
    """
    code, title, starts = (
        rows[name].where(rows[name].notna(), rows[f"of_{name}"])
        for name in ("event_code", "event_title", "event_starts")
    )
    found = index.find(code, title, starts)
    came = vocabulary.answers(rows["attended"])
    stated = vocabulary.ids(rows["status"], vocabulary.REGISTRATION_STATUSES)
    group = vocabulary.ids(rows["participant_group"], vocabulary.PARTICIPANT_GROUPS)
    home = places.districts(rows["home_district"], city.gazetteer)
    registered_at = instants(rows["registered_at"], city.tz)
    is_lost = found["event_id"].isna()
    read = rows[[*ADDRESS, *KEY_COLUMNS]].assign(
        event_id=found["event_id"],
        registered_at=registered_at,
        # Somebody who came has come, whatever an earlier column says.
        status=stated.fillna("registered").mask(came == "yes", "attended"),
        participant_group=group.fillna("other").where(rows["participant_group"].notna(), _NOT_STATED),
        home_district_code=home["district_code"],
        home_status=home["stated"].where(home["stated"].isin(["district", "outside_city"]), _NOT_STATED),
    )
    return read[~is_lost].reset_index(drop=True), join_remarks(
        [
            *(
                remarks(rows, found["problem"] == problem, problem, "event_title")
                for problem in found["problem"].dropna().unique()
            ),
            remarks(rows, rows["participant_group"].notna() & group.isna(), "unknown_group", "participant_group"),
            remarks(rows, home["stated"] == "unknown", "unknown_district", "home_district"),
            *(
                remarks(rows, rows[field].notna() & value.isna(), "unread_cell", field)
                for value, field in ((stated, "status"), (came, "attended"), (registered_at, "registered_at"))
            ),
        ]
    )


def identify(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give each row its person.

    A row with an e-mail is that e-mail's person. A row with only a phone is the person of the one e-mail that this
    phone stands with wherever it stands with one, else a person known by the phone. A row with neither is the one
    person of this full name in the lists of the same event, if there is exactly one. How a row was matched is kept.

    Args:
        rows: ``event_id``, ``email_key``, ``phone_key`` and ``name_key`` of all cities' rows.

    Returns:
        The rows with ``person_id`` (Int64, missing where nothing tells who it is) and ``identity``, and the contract's
        ``people``, numbered from 1 in the order of their pseudonyms.
    """
    pairs = rows[["email_key", "phone_key"]].dropna().drop_duplicates()
    one = pairs[~pairs["phone_key"].duplicated(keep=False)].set_index("phone_key")["email_key"]
    email = rows["email_key"].where(rows["email_key"].notna(), rows["phone_key"].map(one).astype("str"))
    by_contact = email.where(email.notna(), rows["phone_key"])
    pseudonym = by_contact.where(by_contact.notna(), _by_name(rows, by_contact))
    identity = (
        pd.Series("none", index=rows.index, dtype="str")
        .mask(pseudonym.notna(), "name")
        .mask(rows["phone_key"].notna(), "phone")
        .mask(rows["email_key"].notna(), "email")
    )
    known_by = pd.Series("phone", index=rows.index, dtype="str").mask(email.notna(), "email")
    people = pd.DataFrame({"pseudonym": by_contact, "identity": known_by}).dropna().drop_duplicates("pseudonym")
    people = people.sort_values("pseudonym", ignore_index=True)
    numbers = pd.Series(range(1, len(people) + 1), index=people["pseudonym"], dtype="Int64")
    return (
        rows.assign(person_id=pseudonym.map(numbers).astype("Int64"), identity=identity),
        PEOPLE.conform(people.assign(person_id=range(1, len(people) + 1))),
    )


def _by_name(rows: pd.DataFrame, pseudonym: pd.Series) -> pd.Series:
    """The one person of a row's full name among those of its event that are known by a contact; else missing."""
    at = ["event_id", "name_key"]
    unknown = rows.loc[pseudonym.isna() & rows["name_key"].notna(), at]
    known = rows[at].assign(pseudonym=pseudonym).dropna()
    known = known[known["name_key"].isin(unknown["name_key"])].drop_duplicates()
    one = known[~known.duplicated(at, keep=False)]
    found = unknown.merge(one, on=at, how="left")
    return pd.Series(found["pseudonym"].array, index=unknown.index, dtype="str").reindex(rows.index)


def unique(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per event and person; the others are repetitions.

    The strongest status stays (attended, no-show, registered, waitlisted, cancelled), and with it how surely its row
    is the person's; group, home and the earliest
    time of sign-up come from whichever row states them, in that order. A row without contact repeats another only
    when all of it does: with the same name anywhere, or, without a name, as the same one of such rows in another file.

    Args:
        rows: as `identify` returns them.

    Returns:
        The rows that stay, and remarks: ``duplicate_row``, and ``no_contact`` for those that stay without a person.
    """
    ranked = rows.assign(
        _rank=rows["status"].map(_STRONGEST_FIRST.index).astype("int64"),
        _surety=rows["identity"].map(IDENTITY_STRENGTHS.index).astype("int64"),
    ).sort_values(
        [
            "event_id",
            "person_id",
            "_rank",
            "_surety",
            "registered_at",
            "participant_group",
            "home_district_code",
            *ADDRESS,
        ],
        ignore_index=True,
    )
    is_known = ranked["person_id"].notna()
    known, unknown = ranked[is_known], ranked[~is_known]
    repeats_person = known.duplicated(["event_id", "person_id"])
    # Ten anonymous rows of one sheet are ten visitors; the same ten in a second copy of the sheet are not ten more.
    whole_row = ["event_id", "name_key", *_SAID]
    nth = unknown.groupby(["source_id", *whole_row], dropna=False).cumcount().where(unknown["name_key"].isna(), 0)
    repeats_row = unknown.assign(_nth=nth).duplicated([*whole_row, "_nth"])
    kept = pd.concat([_filled(known, ~repeats_person), unknown[~repeats_row]], ignore_index=True)
    return kept.drop(columns=["_rank", "_surety"]), join_remarks(
        [
            remarks(known, repeats_person, "duplicate_row"),
            remarks(unknown, repeats_row, "duplicate_row"),
            remarks(unknown, ~repeats_row, "no_contact"),
        ]
    )


def _filled(known: pd.DataFrame, first: pd.Series) -> pd.DataFrame:
    """First row per event and person; what it does not state comes from the next that does."""
    at = [known["event_id"], known["person_id"]]
    group = known["participant_group"].where(known["participant_group"] != _NOT_STATED)
    home = known["home_district_code"].where(known["home_status"] == "district", known["home_status"])
    home = home.where(known["home_status"] != _NOT_STATED).groupby(at).transform("first")[first]
    is_outside = home == "outside_city"
    return known[first].assign(
        registered_at=known.groupby(at)["registered_at"].transform("min")[first],
        participant_group=group.groupby(at).transform("first")[first].fillna(_NOT_STATED),
        home_district_code=home.mask(is_outside),
        home_status=home.mask(home.notna() & ~is_outside, "district").fillna(_NOT_STATED),
    )


def close(rows: pd.DataFrame, events: pd.DataFrame, as_of: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Say who did not come, and number the rows.

    Where somebody noted who came, those who signed up for an event that is over and did not come are no-shows.

    Args:
        rows: as `unique` returns them.
        events: the contract's ``events``.
        as_of: the day the data speaks for.

    Returns:
        The contract's ``registrations``, and ``events`` with ``is_attendance_recorded``.
    """
    recorded = rows.loc[rows["status"] == "attended", "event_id"].unique()
    over = events.loc[events["ends_on"] <= pd.Timestamp(as_of), "event_id"]
    missed = (rows["status"] == "registered") & rows["event_id"].isin(recorded) & rows["event_id"].isin(over)
    # Neither a file's name nor its place in the inbox takes part in this order.
    ordered = rows.assign(status=rows["status"].mask(missed, "no_show")).sort_values(
        ["event_id", "person_id", "name_key", *_SAID, *ADDRESS], ignore_index=True
    )
    ordered["registration_id"] = range(1, len(ordered) + 1)
    return (
        REGISTRATIONS.conform(ordered[list(REGISTRATIONS.column_names)]),
        events.assign(is_attendance_recorded=events["event_id"].isin(recorded)),
    )
