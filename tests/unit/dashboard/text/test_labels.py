import pytest

from dashboard.text.labels import LABELS, label, labels
from etl import contract

VOCABULARIES = {
    "origin": contract.ORIGINS,
    "space_kind": contract.SPACE_KINDS,
    "location_status": contract.LOCATION_STATUSES,
    "district_check": contract.DISTRICT_CHECKS,
    "place_status": contract.PLACE_STATUSES,
    "event_format": contract.EVENT_FORMATS,
    "event_status": contract.EVENT_STATUSES,
    "date_precision": contract.DATE_PRECISIONS,
    "organisation_role": contract.ORGANISATION_ROLES,
    "space_role": contract.SPACE_ROLES,
    "mentoring": contract.MENTORING,
    "registration_status": contract.REGISTRATION_STATUSES,
    "participant_group": contract.PARTICIPANT_GROUPS,
    "identity": contract.IDENTITY_STRENGTHS,
    "home_status": contract.HOME_STATUSES,
    "proposal_stage": contract.PROPOSAL_STAGES,
    "fact_subject": contract.FACT_SUBJECTS,
    "fact_property": contract.FACT_PROPERTIES,
    "source_kind": contract.SOURCE_KINDS,
    "annotation_kind": contract.ANNOTATION_KINDS,
    "row_outcome": contract.ROW_OUTCOMES,
}


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_value_has_a_label_in_both_languages_and_nothing_else_has(vocabulary: str) -> None:
    assert tuple(LABELS[vocabulary]) == VOCABULARIES[vocabulary]
    assert all(words.uk.strip() and words.en.strip() for words in LABELS[vocabulary].values())


@pytest.mark.parametrize("lang", ["uk", "en"])
@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_no_two_values_are_called_the_same(vocabulary: str, lang) -> None:
    names = labels(vocabulary, lang)
    assert len(set(names.values())) == len(names)


def test_no_vocabulary_of_the_contract_is_forgotten() -> None:
    known = {value for values in VOCABULARIES.values() for value in values}
    used = {value for table in contract.TABLES.values() for column in table.columns for value in column.values}
    assert set(LABELS) == set(VOCABULARIES)
    assert used <= known


def test_a_label_is_said_in_the_language_asked_for() -> None:
    assert label("space_kind", "library", "uk") == "бібліотека"
    assert label("space_kind", "library", "en") == "library"


def test_an_unknown_value_is_refused() -> None:
    with pytest.raises(KeyError):
        label("space_kind", "castle", "uk")
