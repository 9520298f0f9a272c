"""A mapping file: which column of a list is which of ours, as a person confirmed it (docs/formats.md).

It is TOML and lies beside the list. `etl.mapped` reads lists by it, `etl.mapping_proposal` writes a first draft.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Final

from etl import contacts
from etl.sources import lists
from etl.sources.event_label import split_label
from etl.sources.layout import Layout
from etl.sources.raw import SourceError
from etl.sources.registration_lists import REGISTRATION_LIST
from etl.transform import vocabulary
from etl.transform.text import fold

OF_ONE: Final = ".mapping.toml"
"""``список.csv.mapping.toml`` or ``список.mapping.toml``: for this list alone."""
OF_FOLDER: Final = "mapping.toml"
"""For every list of its folder that has all the columns it names."""
IGNORE: Final = "ignore"

KINDS: Final[Mapping[str, Layout]] = MappingProxyType(
    {
        # A person vouches for what the list is, so neither a name nor an event has to prove it.
        "registrations": replace(REGISTRATION_LIST, needs=(), without=()),
        "events": lists.EVENTS,
        "spaces": lists.SPACES,
        "returns": lists.MONTHLY_RETURNS,
        "proposals": replace(lists.PROPOSALS, needs=lists.PROPOSALS.needs[:1]),
        "programme": lists.SESSIONS,
        "meetups": lists.MEETUPS,
    }
)
"""Kind of list → the columns it can have."""
OF_AN_EVENT: Final = ("registrations", "programme", "proposals", "meetups")
"""Kinds of list that a whole event can be named for."""

_IDS: Final[Mapping[str, vocabulary.Vocabulary]] = MappingProxyType(
    {
        "participant_group": vocabulary.PARTICIPANT_GROUPS,
        "attended": vocabulary.ANSWERS,
        "is_online": vocabulary.ANSWERS,
        "format": vocabulary.EVENT_FORMATS,
        "kind": vocabulary.SPACE_KINDS,
        "stage": vocabulary.PROPOSAL_STAGES,
        "role": vocabulary.SPACE_ROLES,
        "mentoring": vocabulary.MENTORING,
    }
)
_STATUSES: Final[Mapping[str, vocabulary.Vocabulary]] = MappingProxyType(
    {"events": vocabulary.EVENT_STATUSES, "registrations": vocabulary.REGISTRATION_STATUSES}
)
_ANY_TEXT: Final = ("district", "home_district", "space", "themes", "theme", "event_title")
"""Columns of ours whose values can be mapped to any text."""

_MAX_BYTES: Final = 200_000
_POSITION: Final = re.compile(r"line (\d+), column (\d+)")

_Problem = tuple[str, str]
"""What is wrong, in Ukrainian and in English."""


@dataclass(frozen=True)
class ColumnMapping:
    """What one mapping file says."""

    file_name: str
    kind: str
    columns: Mapping[str, str]
    """The sender's header → column of ours, or `IGNORE`."""
    is_confirmed: bool
    sheet: str | None = None
    header_row: int | None = None
    event: Mapping[str, str] = field(default_factory=dict)
    """``event_code``, ``event_title``, ``event_starts`` of the event that the whole list is about."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Column of ours → folded text of the sender → what is read instead."""

    @property
    def is_of_folder(self) -> bool:
        return self.file_name.lower() == OF_FOLDER


def targets(kind: str) -> tuple[str, ...]:
    """Names of the columns that a kind of list can have."""
    return tuple(column.name for column in KINDS[kind].fields)


def words_of(kind: str, name: str) -> vocabulary.Vocabulary | None:
    """The words known for a column and the ids they mean; None where it has no such list."""
    return _STATUSES.get(kind) if name == "status" else _IDS.get(name)


def is_mapping(path: str) -> bool:
    """Whether a file of the inbox is a mapping and no list."""
    name = PurePosixPath(path).name.lower()
    return name == OF_FOLDER or name.endswith(OF_ONE)


def names_for(path: str) -> tuple[str, ...]:
    """Paths at which the mapping of a list may lie, first come first."""
    at = PurePosixPath(path)
    return tuple(str(at.with_name(name)) for name in (f"{at.name}{OF_ONE}", f"{at.stem}{OF_ONE}", OF_FOLDER))


def parse(file_name: str, content: bytes) -> ColumnMapping:
    """Read a mapping file.

    Args:
        file_name: its name, for errors.
        content: its bytes: TOML in UTF-8.

    Raises:
        SourceError: it is no TOML, or says something that it cannot: each key with its value, what is allowed, and
            what to do.
    """
    stated = _toml(file_name, content)
    kind = stated.get("list")
    problems = [*_unknown_keys(stated)]
    if isinstance(kind, str) and kind in KINDS:
        problems += [*_plain_problems(stated, kind), *_column_problems(stated, kind), *_value_problems(stated, kind)]
    else:
        problems.append(_wrong("list", kind, " | ".join(KINDS)))
    if problems:
        raise invalid(file_name, *problems)
    event = split_label(stated.get("event", ""))
    said = {"event_code": event.code, "event_title": event.title, "event_starts": event.starts}
    return ColumnMapping(
        file_name=file_name,
        kind=str(kind),
        columns=stated["columns"],
        is_confirmed=stated["confirmed"],
        sheet=stated.get("sheet"),
        header_row=stated.get("header_row"),
        event={name: text for name, text in said.items() if text},
        values={
            name: {fold(text): meant for text, meant in words.items()}
            for name, words in stated.get("values", {}).items()
        },
    )


def invalid(file_name: str, *problems: _Problem) -> SourceError:
    """The error that a mapping file gives, with all its problems in Ukrainian and in English."""
    uk, en = ("; ".join(said) for said in zip(*problems, strict=True))
    return SourceError(f"{file_name}: {uk}", f"{file_name}: {en}")


def unconfirmed(file_name: str) -> SourceError:
    """The error that a mapping gives which nobody has confirmed."""
    uk = "відповідність стовпців не підтверджено, тож її не застосовано; перевірте кожен рядок і запишіть"
    en = "nobody has confirmed the mapping, so it is not applied; check every line and write"
    return invalid(
        file_name, (f"confirmed = false: {uk} confirmed = true", f"confirmed = false: {en} confirmed = true")
    )


def without_list(file_name: str) -> SourceError:
    """The error that a mapping gives whose list is not there."""
    uk = "немає списку, якого стосується цей файл; назвіть його за списком: «список.csv.mapping.toml»"
    en = "the list that this file is about is not there; name it after the list: list.csv.mapping.toml"
    return invalid(file_name, (uk, en))


def shown(header: str) -> str:
    """A header in quotes, for messages; a contact that stands in its place is not repeated."""
    return '"…"' if contacts.holds(header) else json.dumps(header, ensure_ascii=False)


def _toml(file_name: str, content: bytes) -> dict[str, Any]:
    if len(content) > _MAX_BYTES:
        problem = (
            f"у файлі байтів: {len(content)}, дозволено не більше {_MAX_BYTES}; вилучіть зайве",
            f"the file has {len(content)} bytes, at most {_MAX_BYTES} are allowed; delete what is not needed",
        )
        raise invalid(file_name, problem)
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problem = ("це не UTF-8; збережіть файл у кодуванні UTF-8", "not UTF-8; save the file in UTF-8")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _POSITION.search(str(error))
        line, column = found.groups() if found else ("–", "–")
        problem = (
            f'рядок {line}, знак {column}: це не TOML; пишіть «"заголовок" = "стовпець"», кожен заголовок один раз',
            f'line {line}, character {column}: no TOML; write "header" = "column", each header once',
        )
    raise invalid(file_name, problem)


def _wrong(key: str, value: object, allowed: str, allowed_en: str | None = None) -> _Problem:
    shown = "–" if value is None else json.dumps(value, ensure_ascii=False, default=str)
    return (
        f"{key} = {shown}; дозволено: {allowed}; виправте цей рядок",
        f"{key} = {shown}; allowed: {allowed_en or allowed}; correct this line",
    )


def _unknown_keys(stated: Mapping[str, Any]) -> Iterator[_Problem]:
    known = ("confirmed", "list", "sheet", "header_row", "event", "columns", "values")
    for key in stated.keys() - known:
        yield (
            f"ключ {key} невідомий; є: {', '.join(known)}; виправте або вилучіть його",
            f"key {key} is unknown; there are: {', '.join(known)}; correct or delete it",
        )


def _plain_problems(stated: Mapping[str, Any], kind: str) -> Iterator[_Problem]:
    if not isinstance(stated.get("confirmed"), bool):
        yield _wrong("confirmed", stated.get("confirmed"), "true | false")
    sheet, row, event = (stated.get(key) for key in ("sheet", "header_row", "event"))
    if sheet is not None and not (isinstance(sheet, str) and sheet):
        yield _wrong("sheet", sheet, "назва аркуша в лапках", "the name of a sheet in quotes")
    if row is not None and not (type(row) is int and row >= 1):
        yield _wrong("header_row", row, "номер рядка від 1", "the number of a row from 1")
    if event is not None and not (isinstance(event, str) and event.strip()):
        yield _wrong("event", event, "код або назва події в лапках", "the code or title of an event in quotes")
    elif event is not None and kind not in OF_AN_EVENT:
        yield _wrong("event", event, f"лише для list = {' | '.join(OF_AN_EVENT)}", f"only in {' | '.join(OF_AN_EVENT)}")


def _column_problems(stated: Mapping[str, Any], kind: str) -> Iterator[_Problem]:
    columns = stated.get("columns")
    known = targets(kind)
    allowed = " | ".join((*known, IGNORE))
    if not isinstance(columns, dict):
        yield _wrong("columns", columns, 'розділ [columns] з рядками «"заголовок" = "стовпець"»', "a table [columns]")
        return
    for header, target in columns.items():
        if not isinstance(target, str) or target not in (*known, IGNORE):
            yield _wrong(f"columns.{shown(header)}", target, allowed)
        if not fold(header):
            yield (
                f"columns.{shown(header)}: заголовок порожній; дайте стовпцю назву у самому списку",
                f"columns.{shown(header)}: the header is empty; give the column a name in the list itself",
            )
    if all(target == IGNORE for target in columns.values()) and not stated.get("values"):
        yield _wrong("columns", IGNORE, "хоч один стовпець, який читати", "at least one column that is read")
    yield from _repeated(columns, kind)


def _repeated(columns: Mapping[str, object], kind: str) -> Iterator[_Problem]:
    # The parts of a name stand in several columns more often than in one.
    joined = {column.name for column in KINDS[kind].fields if column.is_joined} | {IGNORE}
    for target, times in Counter(map(str, columns.values())).items():
        if times > 1 and target not in joined:
            headers = ", ".join(shown(header) for header, given in columns.items() if given == target)
            yield (
                f"columns: {target} дано кільком стовпцям ({headers}); дозволено одному; іншим запишіть {IGNORE}",
                f"columns: {target} is given to several columns ({headers}); one is allowed; write {IGNORE} for others",
            )
    for folded, times in Counter(fold(header) for header in columns).items():
        if folded and times > 1:
            headers = ", ".join(shown(header) for header in columns if fold(header) == folded)
            yield (
                f"columns: {headers} – той самий заголовок; залиште один рядок",
                f"columns: {headers} are the same header; leave one line",
            )


def _value_problems(stated: Mapping[str, Any], kind: str) -> Iterator[_Problem]:
    values = stated.get("values", {})
    if not isinstance(values, dict):
        yield _wrong("values", values, "розділи [values.стовпець]", "tables [values.column]")
        return
    mappable = [name for name in targets(kind) if name in _ANY_TEXT or words_of(kind, name)]
    for name, words in values.items():
        if name not in mappable or not isinstance(words, dict):
            yield _wrong(f"values.{name}", words if name in mappable else name, " | ".join(mappable))
            continue
        known = words_of(kind, name)
        ids = sorted({*known.values()}) if known else []
        for number, meant in enumerate(words.values(), start=1):
            is_allowed = isinstance(meant, str) and (meant in ids if known else bool(meant.strip()))
            if not is_allowed:
                # What people wrote into the list is told by its place, never repeated.
                yield _wrong(f"values.{name}[{number}]", meant, " | ".join(ids) or '"…"')


def of_lists(paths: Iterable[str]) -> dict[str, str]:
    """List → its mapping, for all files of an inbox; lists that have none are not in it.

    Args:
        paths: paths of lists and mappings below the inbox.
    """
    there = [*paths]
    mappings = {path for path in there if is_mapping(path)}
    found = {path: next((name for name in names_for(path) if name in mappings), None) for path in there}
    return {path: name for path, name in found.items() if name and path not in mappings}
