"""Attendees of one meeting as Meetup exports them: text with tabs, also where the file is called ``.xls``."""

from __future__ import annotations

from typing import Final

import pandas as pd

from etl.sources.eventbrite import american_to_iso
from etl.sources.layout import Field, Header, Layout, Remark, Tidied, need
from etl.sources.raw import Dataset, SourceError
from etl.sources.sign_ups import settle
from etl.sources.tabular import Grid
from etl.transform.text import fold

_OF_MEMBERS: Final = Layout(
    format="meetup_members",
    dataset=Dataset.REGISTRATIONS,
    fields=(
        Field("member", ("Member ID",)),
        Field("joined", ("Joined Group on",)),
        Field("rsvps", ("Total RSVPs", "Meetups attended", "Last visited group on")),
    ),
    needs=(need("member"), need("joined"), need("rsvps")),
)
_NOT_NOTED: Final = frozenset({"", "n a", "unknown", "not recorded"})
_RSVPS: Final = {"yes": "registered", "no": "cancelled", "maybe": "waitlisted", "attending": "registered"}


def refuse_members(grid: Grid) -> None:
    """Say what is wrong with a list of a group's members, which looks much like one of a meeting's attendees.

    Raises:
        SourceError: it is one.
    """
    if any(_OF_MEMBERS.take(Header(cells)) for cells in (grid.header, *(cells for _, cells in grid.above))):
        raise SourceError(
            "це перелік учасників групи Meetup, а не однієї зустрічі; вивантажте учасників зустрічі (Attendees)",
            "this is the list of a Meetup group's members, not of a meeting; export the meeting's attendees",
        )


def _tidy(cells: pd.DataFrame) -> Tidied:
    said = {text: fold(str(text)) for text in cells["status"].dropna().unique()}
    status = cells["status"].replace({text: _RSVPS.get(word, text) for text, word in said.items()})
    noted = {text: fold(str(text)) for text in cells["attended"].dropna().unique()}
    attended = cells["attended"].mask(cells["attended"].map(noted).isin(_NOT_NOTED))
    signed_up = american_to_iso(cells["registered_at"])
    # A day alone is no instant, and its midnight would be invented.
    signed_up = signed_up.where(signed_up.str.contains(":").fillna(value=False))
    settled = settle(cells.assign(status=status, attended=attended, registered_at=signed_up))
    # Who they are nobody wrote down, so they cannot be rows.
    brings = cells["guests"].notna() & ~cells["guests"].fillna("").str.strip().isin(["", "0"])
    guests = tuple(Remark(int(row), "attended", "guests_not_counted") for row in cells.loc[brings, "row"])
    return Tidied(settled.frame, (*settled.remarks, *guests))


MEETUP_ATTENDEES: Final = Layout(
    format="meetup_attendees",
    dataset=Dataset.REGISTRATIONS,
    fields=(
        Field("person_name", ("Name",)),
        Field("member", ("User ID",)),
        Field("attended", ("Attendance",)),
        Field("status", ("RSVP",)),
        Field("guests", ("Guests",)),
        Field("registered_at", ("RSVPed on",)),
    ),
    needs=(need("person_name"), need("member"), need("status"), need("attended", "registered_at")),
    tidy=_tidy,
)
