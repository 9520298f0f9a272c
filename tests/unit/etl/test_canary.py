"""No byte that the program writes or says holds what is known of one invented person: the canary.

The canary stands in every kind of file, in odd spellings, in wrong columns, in headers, in names of sheets and files.
"""

from __future__ import annotations

import base64
import html
import io
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from etl import cli
from etl.commands import check, erase
from etl.sources.city_pack import CityPack
from tests.unit.etl.conftest import Run

NAME, LOCAL, DIGITS = "Канаркевич", "kanarka.vesniana", "671112233"
EMAIL = f"{LOCAL}@example.org"
EVENT, DAY = "Друга зустріч хабів", "14.02.2023"

REGISTRATIONS = f"""Подія,Дата,ПІБ,Ел. пошта,Телефон,Група,Район проживання,Статус,Коментар
{EVENT},{DAY},Ганна {NAME},{EMAIL},067 111-22-33,волонтер,Печерський,зареєстровано,дзвоніть 0{DIGITS}
{EVENT},{DAY},{NAME} Ганна,{EMAIL.upper()},8(067)1112233,{EMAIL},0{DIGITS},{NAME},
{EVENT},{DAY},{EMAIL},+38 067 111 22 33,{EMAIL},студент,{NAME},+380{DIGITS},
{EMAIL},{DAY},Ганна {NAME},,,,,,
{NAME},{DAY},Ганна {NAME},,0{DIGITS},,,,
0{DIGITS},{EMAIL},Ганна {NAME},{EMAIL},,,,,
{EVENT},{DAY},Ганна {NAME},{EMAIL},067 111-22-33,зайве,поле,тут,{NAME},{EMAIL},0{DIGITS}
{EVENT},{DAY},Ганна {NAME},,,,,,
"""
EVENTS = f"""Код події,Назва події,Дата,Місце,Організатори,Теми,Серія,Кількість місць
0{DIGITS},"Лекція: 067 111 22 33",15.02.2023,"кафе, {EMAIL}",ГО ({EMAIL}),{EMAIL},тел. 8-067-111-22-33,0{DIGITS}
B-1,Майстерня (пишіть {LOCAL} (at) example (dot) org),16.02.2023,+38(067)111-22-33,,,,
"""
HEADERS = f"""Подія,Дата,ПІБ,Ел. пошта,Питання до {EMAIL},0{DIGITS}
{EVENT},{DAY},Борис,borys@example.org,{NAME},{EMAIL}
"""
NO_HEADER = f"Ганна {NAME},{EMAIL},0{DIGITS}\nБорис,borys@example.org,0501112233\n"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = f"тел 0{DIGITS}"
    for row in (
        ["Подія", "Дата", "ПІБ", "Ел. пошта", "Телефон", "Нотатки"],
        [EVENT, DAY, f"Ганна {NAME}", EMAIL, int(DIGITS), EMAIL],
        [EMAIL, DAY, f"Ганна {NAME}", None, None, None],
    ):
        sheet.append(row)
    other = book.create_sheet(EMAIL[:31])
    other.append([f"Ганна {NAME}", EMAIL])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "store" / "inbox" / "kyiv"
    folder.mkdir(parents=True)
    contents: dict[str, bytes] = {
        "люди.csv": REGISTRATIONS.encode(),
        "люди-1251.csv": (REGISTRATIONS.replace(",", ";") + "\n").encode("cp1251"),
        "люди-16.csv": REGISTRATIONS.replace(",", "\t").encode("utf-16"),
        "події.csv": EVENTS.encode(),
        f"список {EMAIL} 0{DIGITS}.csv": HEADERS.encode(),
        "без заголовка.csv": NO_HEADER.encode(),
        f"лист {EMAIL}.txt": f"Доброго дня! Я {NAME}, {EMAIL}, 0{DIGITS}\n".encode(),
        "зіпсована.xlsx": b"PK\x03\x04" + EMAIL.encode() * 20,
        "книга.xlsx": workbook(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


@pytest.fixture(autouse=True)
def _small_city(pack: CityPack, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (cli, check, erase):
        monkeypatch.setattr(module, "load_packs", lambda _folder: (pack,))
    for module in (cli, check):
        monkeypatch.setattr(module, "public_lists", list)


class Written:
    """Every path that is opened for writing while it is on."""

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self.is_on = False
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.is_on and event == "open" and isinstance(arguments[0], str | bytes):
            mode = arguments[1] if isinstance(arguments[1], str) else "w" if arguments[2] & 3 else "r"
            if set(mode) & set("wax+"):
                self.paths.add(str(arguments[0]))


def texts(data: bytes, name: str) -> Iterator[str]:
    """A file's bytes read in every way that could hide a text, and what its packed members hold."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1251", "koi8-u"):
        yield data.decode(encoding, errors="replace")
        yield data[1:].decode(encoding, errors="replace")
    if data[:2] == b"PK" and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield member
                yield html.unescape(archive.read(member).decode("utf-8", errors="replace"))
    if data[:4] == b"PAR1":
        table = pq.read_table(io.BytesIO(data))
        yield f"{table.schema} {table.schema.metadata}"
        for column in table.columns:
            yield "\n".join(map(str, column.unique().to_pylist()))


BASE64 = [
    base64.b64encode(b"x" * shift + word.encode())[4:-4].decode()
    for word in (NAME, LOCAL, f"0{DIGITS}")
    for shift in (0, 1, 2)
]


def told(text: str) -> list[str]:
    """What of the canary a text holds."""
    bare = re.sub(r"[\s().\-+/]", "", text)
    words = [NAME.lower(), LOCAL, LOCAL.replace(".", "%2e")]
    found = [word for word in words if word in text.lower()]
    found += [DIGITS] if DIGITS in bare else []
    return found + [coded for coded in BASE64 if len(coded) > 7 and coded in text]


def leaks(*roots: Path) -> list[tuple[str, list[str]]]:
    found = []
    for root in roots:
        for path in root.rglob("*"):
            inside = [path.name, *(texts(path.read_bytes(), path.name) if path.is_file() else ())]
            found += [(str(path.relative_to(root)), told(text)) for text in inside if told(text)]
    return found


def test_the_watch_hears(tmp_path: Path) -> None:
    """What the other test must not find is found where it is."""
    (tmp_path / "a").write_bytes(NAME.encode("cp1251"))
    (tmp_path / "b").write_bytes(b"-" + EMAIL.encode("utf-16-le"))
    (tmp_path / "c").write_bytes(base64.b64encode(b"12" + NAME.encode()))
    (tmp_path / "d.xlsx").write_bytes(workbook())
    (tmp_path / "e").write_text("+38 (067) 111-22-33")
    assert {path for path, _ in leaks(tmp_path)} == {"a", "b", "c", "d.xlsx", "e"}


def test_no_byte_holds_the_canary(
    run: Run, files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    here, temporary, store = tmp_path / "here", tmp_path / "temporary", tmp_path / "store"
    for folder in (here, temporary):
        folder.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    written = Written()
    written.is_on = True
    said = [run("load"), run("load", "--lang", "en", "--json")]
    said += [run("check", str(path), *json) for path, json in zip(files, [(), ("--json",)] * len(files), strict=False)]
    said += [run("snapshots", "list", "--json"), run("snapshots", "verify"), run("snapshots", "show", "nobody")]
    before = leaks_of_store(store)
    said += [run("erase", stdin=f"{EMAIL}\n067 111 22 33\n"), run("erase", "--json", stdin=f"{EMAIL}\n\n")]
    said += [run("load"), run("erase", stdin=f"{NAME}\n{EMAIL}\n")]
    written.is_on = False

    assert {result.exit_code for result in said} <= {0, 3, 4}
    assert said[0].exit_code == 3
    assert "осіб: 1" in said[-4].stdout
    assert before == []
    assert leaks_of_store(store) == []
    assert leaks(tmp_path / "home", temporary) == []
    # Slips written by hand are named for the file, which its owner named; inside they hold nobody.
    assert [leak for leak in leaks(here) if "список" not in leak[0] and "лист" not in leak[0]] == []
    assert told(caplog.text) == []
    for result in said:
        assert told(without_paths(result.output, files)) == []
    outside = {path for path in written.paths if not path.startswith((str(tmp_path), "/dev/"))}
    assert outside == set()


def leaks_of_store(store: Path) -> list[tuple[str, list[str]]]:
    return leaks(*(path for path in store.iterdir() if path.is_dir() and path.name != "inbox")) + [
        (path.name, told(text))
        for path in store.iterdir()
        if path.is_file()
        for text in texts(path.read_bytes(), path.name)
        if told(text)
    ]


def without_paths(text: str, files: list[Path]) -> str:
    """What is said, but for the path that was asked about."""
    for path in files:
        text = text.replace(path.name, "")
    return text
