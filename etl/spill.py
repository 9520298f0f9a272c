"""Where rows of people lie between the steps of a load: a private folder that holds pseudonyms and numbers alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.ipc


class Spill:
    """A folder of Arrow files, read by columns and ranges of rows."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def put(self, table: pa.Table) -> Path:
        """Write a table; returns where it lies."""
        path = self._folder / f"{self._count:06d}.arrow"
        self._count += 1
        with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)
        return path


def columns_of(path: Path, columns: Sequence[str], start: int = 0, end: int | None = None) -> pa.Table:
    """Some columns and rows of a table that was put aside. Only what is looked at is read from the disk."""
    with pa.memory_map(str(path)) as file:
        table = pa.ipc.open_file(file).read_all().select(columns)
    return table.slice(start, None if end is None else end - start)


@contextmanager
def scratch(beside: Path | None) -> Iterator[Spill]:
    """A new folder that only its owner may open, gone when this ends, however it ends.

    Args:
        beside: the folder to make it in; what a killed process leaves there is removed with `etl.disk.left_overs`.
            None for the system's own.
    """
    folder = Path(mkdtemp(prefix=".load-", suffix=".tmp", dir=beside))
    try:
        yield Spill(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
