from __future__ import annotations

import pandas as pd
import pytest

from etl import contract
from etl.transform import vocabulary


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (vocabulary.SPACE_KINDS, contract.SPACE_KINDS),
        (vocabulary.EVENT_FORMATS, contract.EVENT_FORMATS),
        (vocabulary.EVENT_STATUSES, contract.EVENT_STATUSES),
        (vocabulary.PARTICIPANT_GROUPS, contract.PARTICIPANT_GROUPS),
        (vocabulary.PROPOSAL_STAGES, contract.PROPOSAL_STAGES),
        (vocabulary.SPACE_ROLES, contract.SPACE_ROLES),
        (vocabulary.MENTORING, contract.MENTORING),
        (vocabulary.REGISTRATION_STATUSES, contract.REGISTRATION_STATUSES),
    ],
)
def test_words_mean_every_id_of_the_contract_and_no_other(
    words: vocabulary.Vocabulary, values: tuple[str, ...]
) -> None:
    assert set(words.values()) == set(values)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("ГО", "ngo"),
        ("студент / студентка", "student"),
        ("Волонтерка; мешканка", "volunteer"),
        ("щось; мешканець", "resident"),
        ("МЕШКАНЕЦЬ", "resident"),
        ("інше", "other"),
    ],
)
def test_groups_are_known_by_their_words(text: str, group: str) -> None:
    assert vocabulary.ids(pd.Series([text], dtype="str"), vocabulary.PARTICIPANT_GROUPS).tolist() == [group]


def test_an_unknown_word_and_a_missing_one_mean_nothing() -> None:
    assert vocabulary.ids(pd.Series(["пенсіонер", None], dtype="str"), vocabulary.PARTICIPANT_GROUPS).isna().all()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("так", "yes"),
        ("+", "yes"),
        ("1", "yes"),
        ("14.02.2026 09:05", "yes"),
        ("2025-07-20T06:58:05.842Z", "yes"),
        ("Ні", "no"),
        ("-", "no"),
        ("0", "no"),
        ("може", None),
        ("2", None),
    ],
)
def test_answers(text: str, answer: str | None) -> None:
    found = vocabulary.answers(pd.Series([text], dtype="str"))
    assert [value if isinstance(value, str) else None for value in found] == [answer]
