from collections.abc import Callable, Mapping

import pytest

from etl.sources.raw import RawTable
from etl.sources.reading import read_file

Cells = Mapping[str, list[str | None]]


@pytest.fixture
def table_of() -> Callable[..., RawTable]:
    """Reads a text that holds one table."""

    def read(text: str, file_name: str = "x.csv") -> RawTable:
        (table,) = read_file(file_name, text.encode()).tables
        return table

    return read


@pytest.fixture
def cells_of() -> Callable[[RawTable], Cells]:
    """The columns of a table that hold anything, as lists with None for missing."""

    def cells(table: RawTable) -> Cells:
        filled = table.frame.drop(columns="row").dropna(axis="columns", how="all")
        return {
            str(name): [str(text) if known else None for text, known in zip(texts, texts.notna(), strict=True)]
            for name, texts in filled.items()
        }

    return cells
