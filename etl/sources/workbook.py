"""Workbooks (XLSX, XLS, ODS): every sheet as a grid of text, read by a process that may die of them."""

from __future__ import annotations

import atexit
import io
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from time import monotonic
from typing import IO, Any, Final

from etl.sources.limits import Limits, keep_within, variable
from etl.sources.raw import SourceError
from etl.sources.tabular import HEAD_ROWS, Grid, IsHeader, Row, check_rows

_CHILD: Final = Path(__file__).with_name("workbook_child.py")
_ZIP: Final = b"PK\x03\x04"
_PARTS_OF_BOOKS: Final = ("xl/workbook.xml", "content.xml")
_OUTSIDE: Final = frozenset({"..", "/", "\\"})
_SPARE_SECONDS: Final = 30
"""The clock runs on while the processor serves others; a child that neither answers nor works is given up then."""


def read_workbook(content: bytes, is_header: IsHeader, limits: Limits) -> tuple[Grid, ...]:
    """Read every sheet that holds anything, in the workbook's order.

    Cells become text: dates ISO 8601 (without a time at midnight), times ``18:00``, whole numbers without a decimal
    point, true and false as TRUE and FALSE; formulas give the value that was last computed, errors nothing. Rows that
    a cell merged downwards covers have its text, where they hold anything themselves.

    Raises:
        SourceError: the file is no readable workbook, or a limit is exceeded.
    """
    if content.startswith(_ZIP):
        _check_package(content, limits)
    answer = _reader.read(content, limits)
    if "exceeded" in answer:
        keep_within(answer["exceeded"], answer["value"], limits)
    if "failed" in answer:
        raise _refusal(answer["failed"], limits)
    is_1904 = bool(answer["is_1904"])
    return tuple(_grid(sheet["name"], sheet["rows"], is_header, limits, is_1904) for sheet in answer["sheets"])


def _check_package(content: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
        raise _refusal("damaged", limits) from None
    keep_within("max_parts", len(parts), limits)
    # Nothing is ever unpacked to the disk, but no program that makes workbooks writes such names.
    if any(not _OUTSIDE.isdisjoint(PurePosixPath(part.filename.replace("\\", "/")).parts) for part in parts):
        raise SourceError(
            "у книзі є частини зі шляхами за її межі, так роблять лише шкідливі файли; запитайте відправника",
            "parts of the workbook have paths that lead out of it, which only harmful files have; ask who sent it",
        )
    if not any(part.filename in _PARTS_OF_BOOKS for part in parts):
        raise SourceError(
            "це архів, але не книга XLSX чи ODS; розпакуйте його й надішліть таблиці окремо",
            "a package, but no XLSX or ODS workbook; unpack it and send its tables one by one",
        )
    keep_within("max_unpacked_bytes", sum(part.file_size for part in parts), limits)


def _grid(title: str, rows: Sequence[Row], is_header: IsHeader, limits: Limits, is_1904: bool) -> Grid:
    rows = [(number, tuple(cells)) for number, cells in rows]
    at = next((i for i, (_, cells) in enumerate(rows[:HEAD_ROWS]) if is_header(cells)), None)
    if at is None:
        return Grid(title, tuple(rows[:HEAD_ROWS]))
    if at + 1 < len(rows) and is_header(rows[at + 1][1]):
        at += 1  # a header over two rows: the second names the columns, the first only groups of them
    header = tuple(rows[at][1])
    blank_end = ("",) * len(header)
    body = [(number, (*cells, *blank_end[len(cells) :])) for number, cells in rows[at + 1 :]]
    check_rows(body, header, limits)
    return Grid(title, tuple(rows[:at]), header, tuple(body), is_1904=is_1904)


def _refusal(why: str, limits: Limits) -> SourceError:
    seconds, megabytes = limits.max_workbook_seconds, limits.max_workbook_memory_bytes // 1_000_000
    limit = variable("max_workbook_seconds" if why == "time" else "max_workbook_memory_bytes")
    or_raise = (f"або підніміть межу {limit}", f", or raise the limit {limit}")
    words = {
        "password": (
            "книга під паролем; збережіть її без пароля",
            "the workbook is under a password; save it without one",
        ),
        "damaged": (
            "книгу не вдалося відкрити: її пошкоджено або це не XLSX, XLS чи ODS; збережіть її знову як XLSX",
            "the workbook cannot be opened: it is damaged, or none of XLSX, XLS, ODS; save it again as XLSX",
        ),
        "time": (
            f"книгу не вдалося прочитати за {seconds} с; залиште в ній лише потрібну таблицю {or_raise[0]}",
            f"the workbook could not be read within {seconds} s; leave only the table needed{or_raise[1]}",
        ),
        "memory": (
            f"книзі замало {megabytes} МБ пам’яті; вилучіть клітинки далеко від таблиці {or_raise[0]}",
            f"{megabytes} MB of memory are not enough; delete cells far from the table{or_raise[1]}",
        ),
        "crash": (
            "програма читання не витримала цієї книги; збережіть аркуш як CSV UTF-8",
            "the reader did not survive this workbook; save the sheet as CSV UTF-8",
        ),
    }
    return SourceError(*words[why])


_DEATHS: Final = {
    -signal.SIGXCPU: "time",
    -signal.SIGABRT: "memory",  # how the parser ends when it is given no more
    -signal.SIGKILL: "memory",
}


@dataclass
class _Reader:
    """Asks a child process for what is in workbooks; starts one when there is none, also after a death."""

    process: subprocess.Popen[bytes] | None = None
    owner: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, content: bytes, limits: Limits) -> dict[str, Any]:
        with self.lock:
            child = self._started()
            try:
                found = _Exchange(child, limits.max_workbook_seconds + _SPARE_SECONDS).ask(content, asdict(limits))
            except TimeoutError:
                self.stop()
                return {"failed": "time"}
            except (EOFError, OSError):
                return {"failed": _DEATHS.get(self._buried(child), "crash")}
            except BaseException:
                self.stop()  # half an answer must not be taken for that to the next question
                raise
            return found

    def stop(self) -> None:
        """End the child, if it is ours."""
        child, self.process = self.process, None
        if child is not None and self.owner == os.getpid():
            child.kill()
            self._close(child)

    def _started(self) -> subprocess.Popen[bytes]:
        # A process that was forked from this one must not talk into its pipes.
        if self.process is None or self.owner != os.getpid() or self.process.poll() is not None:
            self.stop()
            self.owner = os.getpid()
            self.process = subprocess.Popen(  # noqa: S603 - our own script, by the interpreter that runs us
                [sys.executable, "-I", str(_CHILD)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # What a parser says when it dies may hold a cell's text.
                stderr=subprocess.DEVNULL,
                env={},
                bufsize=0,
            )
        return self.process

    def _buried(self, child: subprocess.Popen[bytes]) -> int:
        self.process = None
        try:
            return child.wait(timeout=_SPARE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            return child.wait()
        finally:
            self._close(child)

    @staticmethod
    def _close(child: subprocess.Popen[bytes]) -> None:
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


class _Exchange:
    """One question and its answer, both within a time."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        self._in: IO[bytes] = _there(child.stdin)
        self._out: IO[bytes] = _there(child.stdout)
        self._until = monotonic() + seconds

    def ask(self, content: bytes, limits: Mapping[str, int]) -> dict[str, Any]:
        request = json.dumps({"size": len(content), "limits": limits}).encode() + b"\n"
        self._write(memoryview(request + content))
        head = b""
        while not head.endswith(b"\n"):
            head += self._read(1)
        size = int(head)
        chunks: list[bytes] = []
        while size:
            chunks.append(self._read(min(size, 1 << 20)))
            size -= len(chunks[-1])
        found: dict[str, Any] = json.loads(b"".join(chunks).decode("utf-8", "replace"))
        return found

    def _write(self, rest: memoryview) -> None:
        while rest:
            self._await(self._in, selectors.EVENT_WRITE)
            # A pipe that is ready takes at least this much without waiting.
            rest = rest[os.write(self._in.fileno(), rest[:4096]) :]

    def _read(self, most: int) -> bytes:
        self._await(self._out, selectors.EVENT_READ)
        chunk = os.read(self._out.fileno(), most)
        if not chunk:
            raise EOFError
        return chunk

    def _await(self, pipe: IO[bytes], event: int) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, event)
            if not selector.select(max(self._until - monotonic(), 0)):
                raise TimeoutError


def _there(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise EOFError
    return pipe


_reader: Final = _Reader()
atexit.register(_reader.stop)
