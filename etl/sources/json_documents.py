"""JSON: what portals and sites publish as lists. CKAN's answers, schema.org events, GeoJSON, and lists of records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final, NoReturn

from etl.issues import RowIssue
from etl.sources import ckan, geojson, schema_org
from etl.sources.limits import Limits, keep_within
from etl.sources.raw import SourceError
from etl.sources.tabular import Grid, Row, check_columns, check_rows, is_blank

_STRING: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_NOT_A_BRACKET: Final = re.compile(r"[^][{}]+")
_STEP: Final = {"[": 1, "{": 1, "]": -1, "}": -1}


def read_json(text: str, limits: Limits) -> tuple[Grid, ...]:
    """Read what a JSON document lists, as a grid whose rows are numbered from 1 in its order.

    Raises:
        SourceError: the document is damaged, too deep or too large, or it is a known kind that lists nothing here.
    """
    _check_depth(text, limits)
    document = _parsed(text)
    if geojson.is_geojson(document):
        return (_held(geojson.read(document), limits),)
    if schema_org.has_events(document):
        return (_held(schema_org.read(document), limits),)
    found = ckan.records(document)
    if found is not None:
        return (_held(_grid(found.names, found.records, found.is_part), limits),)
    if isinstance(document, list) and all(isinstance(record, dict) for record in document):
        names = dict.fromkeys(name for record in document for name in record)
        return (_held(_grid(tuple(names), document), limits),)
    raise SourceError(
        "це JSON, але не перелік; читаються GeoJSON, події schema.org, відповіді CKAN datastore_search і списки"
        " однакових записів",
        "this is JSON, but no list; GeoJSON, events of schema.org, answers of CKAN's datastore_search and lists of"
        " like records are read",
    )


def text_of(value: object) -> str:
    """A value as the text of a cell: numbers as in a workbook, lists joined by «; », objects nothing."""
    match value:
        case str():
            return value.strip()
        case bool():
            return str(value).upper()
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
        case list():
            return "; ".join(filter(None, map(text_of, value)))
        case _:
            return ""


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse_constant, parse_int=_whole)
    except (ValueError, RecursionError):
        # Not chained: the error holds the whole document.
        raise SourceError(
            "JSON пошкоджено або обірвано; завантажте файл ще раз",
            "the JSON is damaged or cut off; download the file again",
        ) from None


def _refuse_constant(_name: str) -> NoReturn:
    raise ValueError("no number of JSON")


def _whole(digits: str) -> int:
    if len(digits) > 40:
        raise ValueError("no number of anything that is counted")
    return int(digits)


def _check_depth(text: str, limits: Limits) -> None:
    brackets = _NOT_A_BRACKET.sub("", _STRING.sub("", text))
    deepest = max(accumulate(map(_STEP.__getitem__, brackets)), default=0)
    keep_within("max_depth", deepest, limits)


def _grid(names: Sequence[str], records: Iterable[Mapping[str, object]], is_part: bool = False) -> Grid:
    numbered = ((number, [text_of(record.get(name)) for name in names]) for number, record in enumerate(records, 1))
    rows: tuple[Row, ...] = tuple(row for row in numbered if not is_blank(row[1]))
    issues = (RowIssue("-", 1, "partial_file"),) if is_part else ()
    return Grid("-", (), tuple(names), rows, issues=issues)


def _held(grid: Grid, limits: Limits) -> Grid:
    check_columns(len(grid.header), limits)
    check_rows(grid.rows, grid.header, limits)
    return grid
