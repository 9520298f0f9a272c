from __future__ import annotations

import pytest

from etl.transform.ids import digest, named_id, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Вона хаб", "vona-khab"),
        ("Hub 4.0", "hub-4-0"),
        ("Dance hub / Ivent hub", "dance-hub-ivent-hub"),
        ("Освітній ХАБ", "osvitnii-khab"),
        ("Юність Яготина", "yunist-yahotyna"),
        ("Згурівка", "zghurivka"),
        ("Щось із мʼяким знаком: сіль", "shchos-iz-miakym-znakom-sil"),
        ("Zürich", "zurich"),
        ("DEMO-KYV-00001", "demo-kyv-00001"),
        ("🚀", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_name_without_letters_still_has_an_id() -> None:
    assert named_id("kyiv", "🚀") == f"kyiv-{digest('🚀')}"


def test_a_digest_depends_on_where_the_parts_end() -> None:
    assert digest("аб", "в") != digest("а", "бв")
    assert digest("а", "б") == digest("а", "б")
    assert len(digest("а")) == 12
