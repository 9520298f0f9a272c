"""Answers of a Google form, downloaded from Forms or from its sheet; its questions are free text.

A form for one event asks nobody which: then the event is what the file is called, that is the form's title.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from etl.sources.event_label import with_labels_split
from etl.sources.layout import PERSON_FIELDS, Field, Layout, Tidied, need
from etl.sources.questions import ABOUT_EVENT, ABOUT_PEOPLE
from etl.sources.raw import Dataset
from etl.sources.sign_ups import settle


def tidy(cells: pd.DataFrame) -> Tidied:
    """The answer that names the event is taken apart; status and attendance are settled."""
    return settle(with_labels_split(cells))


GOOGLE_FORMS: Final = Layout(
    format="google_forms",
    dataset=Dataset.REGISTRATIONS,
    fields=(Field("registered_at", ("Позначка часу", "Timestamp")), *ABOUT_EVENT, *ABOUT_PEOPLE),
    needs=(need("registered_at"), need("event_code", "event_title", *PERSON_FIELDS)),
    tidy=tidy,
)
