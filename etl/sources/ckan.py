"""Answers of the open data portals that run on CKAN, such as data.gov.ua."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from etl.sources.raw import SourceError
from etl.transform.text import fold

_TABLES: Final = frozenset({"csv", "tsv", "xls", "xlsx", "xlxs", "ods", "json", "geojson", "ics"})
"""Formats of resources that can be read here; ``xlxs`` is a misprint that portals keep."""


@dataclass(frozen=True)
class Records:
    """Records of a resource: names of the fields, the records, and whether there are more of them elsewhere."""

    names: tuple[str, ...]
    records: Sequence[Mapping[str, object]]
    is_part: bool


def records(document: Any) -> Records | None:
    """The records of an answer to ``datastore_search``; None when the document is no answer of CKAN.

    Raises:
        SourceError: an error message; or the description of data sets, which holds none of their rows.
    """
    if not isinstance(document, dict):
        return None
    if document.get("success") is False:
        raise SourceError(
            "портал CKAN відповів помилкою, а не даними; завантажте файл ще раз",
            "the CKAN portal answered with an error instead of data; download the file again",
        )
    is_answer = document.get("success") is True
    result = document.get("result") if is_answer else document
    described = _packages(result)
    if described:
        raise _only_described(described)
    if not isinstance(result, dict) or not isinstance(result.get("fields"), list):
        return None
    found = result.get("records")
    names = tuple(str(field["id"]) for field in result["fields"] if isinstance(field, dict) and "id" in field)
    if not isinstance(found, list) or not names:
        raise SourceError(
            "у відповіді CKAN немає записів; завантажте її без records_format",
            "the answer of CKAN has no records; download it without records_format",
        )
    rows = [dict(zip(names, row, strict=False)) if isinstance(row, list) else row for row in found]
    total = result.get("total")
    is_part = isinstance(total, int) and not isinstance(total, bool) and total > len(rows)
    own = tuple(name for name in names if name != "_id")  # CKAN's own number of the record
    return Records(own, [row for row in rows if isinstance(row, dict)], is_part)


def _packages(result: Any) -> list[dict[str, Any]]:
    found = result.get("results", [result]) if isinstance(result, dict) else result
    if not isinstance(found, list):
        return []
    return [package for package in found if isinstance(package, dict) and isinstance(package.get("resources"), list)]


def _only_described(packages: Sequence[Mapping[str, Any]]) -> SourceError:
    resources = [resource for package in packages for resource in package["resources"] if isinstance(resource, dict)]
    # Formats are typed by hand: «xls xlsx», «.сsv» with a Cyrillic letter.
    readable = sum(not _TABLES.isdisjoint(fold(str(found.get("format", ""))).split()) for found in resources)
    return SourceError(
        f"це опис наборів даних CKAN ({len(packages)}), а не самі дані; завантажте їхні ресурси (усього"
        f" {len(resources)}, таблиць серед них {readable}) і покладіть до теки",
        f"this is the description of CKAN data sets ({len(packages)}), not their data; download their resources"
        f" ({len(resources)}, of them tables: {readable}) and put them into the folder",
    )
