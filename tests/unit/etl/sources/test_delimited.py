import pytest

from etl.sources.delimited import read_delimited
from etl.sources.limits import Limits
from etl.sources.raw import SourceError
from etl.sources.tabular import Grid

HEADER = "Простір;Місяць;Кількість"


def is_header(cells: object) -> bool:
    return isinstance(cells, list) and [cell.strip() for cell in cells[:2]] == ["Простір", "Місяць"]


def read(text: str, limits: Limits | None = None) -> Grid:
    return read_delimited(text, is_header, limits or Limits())


def numbered(grid: Grid) -> list[tuple[int, str]]:
    return [(number, cells[0]) for number, cells in grid.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separator_is_found(separator: str) -> None:
    grid = read(separator.join(["Простір", "Місяць", "К"]) + "\n" + separator.join(["А", "Б", "В"]) + "\n")
    assert grid.separator == separator
    assert grid.rows == ((2, ["А", "Б", "В"]),)


def test_separator_is_not_misled_by_commas_in_cells() -> None:
    grid = read("Простір;Місяць;Хто, коли, де, як\nА, Б, В;10.2025;г, д\n")
    assert grid.separator == ";"
    assert grid.header == ("Простір", "Місяць", "Хто, коли, де, як")


def test_separator_stated_in_the_first_line_is_obeyed() -> None:
    grid = read("sep=|\nПростір|Місяць\nА|Б\n")
    assert grid.rows == ((3, ["А", "Б"]),)


def test_lines_above_the_header_are_kept_apart() -> None:
    grid = read(f"Звіт\n\n{HEADER}\nА;10.2025;3\n")
    assert [number for number, _ in grid.above] == [1, 2]
    assert numbered(grid) == [(4, "А")]


def test_no_header_gives_the_top_and_no_rows() -> None:
    grid = read("а;б\n1;2\n")
    assert grid.header == ()
    assert grid.rows == ()
    assert len(grid.above) == 2


def test_a_header_alone_is_an_empty_table() -> None:
    grid = read(HEADER)
    assert grid.header == ("Простір", "Місяць", "Кількість")
    assert grid.rows == ()
    assert grid.broken == ()


def test_blank_lines_are_no_rows() -> None:
    grid = read(f"{HEADER}\n\nА;1;2\n;;\n ; ;\n;;;;;\nБ;1;2\n\n")
    assert numbered(grid) == [(3, "А"), (7, "Б")]
    assert grid.broken == ()


def test_too_few_or_too_many_fields_break_only_their_line() -> None:
    grid = read(f"{HEADER}\nА;1;2\nБ;1\nВ;1;2;3\nГ;1;2\n")
    assert numbered(grid) == [(2, "А"), (5, "Г")]
    assert grid.broken == (3, 4)


def test_blank_fields_at_the_end_are_tolerated() -> None:
    grid = read(f"{HEADER};;\nА;1;2\nБ;1;2;;;;\nВ;1;2;;;x\n")
    assert numbered(grid) == [(2, "А"), (3, "Б")]
    assert grid.broken == (4,)


def test_a_cell_of_several_lines_does_not_shift_numbers() -> None:
    grid = read(f'{HEADER}\nА;"1\n2\n3";4\nБ;1;2\nВ;1\n')
    assert grid.rows == ((2, ["А", "1\n2\n3", "4"]), (5, ["Б", "1", "2"]))
    assert grid.broken == (6,)


def test_a_broken_line_of_several_lines_counts_once() -> None:
    grid = read(f'{HEADER}\nА;"1\n2";4;5\nБ;1;2\n')
    assert numbered(grid) == [(4, "Б")]
    assert grid.broken == (2,)


@pytest.mark.parametrize("later", ["", 'Е;"x";2\n', 'Е;x""y;2\n'])
def test_a_quote_left_open_breaks_only_its_line(later: str) -> None:
    grid = read(f'{HEADER}\nА;1;2\nБ;"1;2\nВ;1;2\nГ;1;2\n{later}')
    assert numbered(grid)[:3] == [(2, "А"), (4, "В"), (5, "Г")]
    assert grid.broken == (3,)


def test_text_after_a_closed_quote_breaks_its_line() -> None:
    grid = read(f'{HEADER}\n"Хаб "А"";1;2\nБ;1;2\n')
    assert numbered(grid) == [(3, "Б")]
    assert grid.broken == (2,)


def test_quotes_inside_an_unquoted_cell_are_text() -> None:
    grid = read(f'{HEADER}\nХаб "А";1;2\n')
    assert numbered(grid) == [(2, 'Хаб "А"')]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_counts_as_one_line(end: str) -> None:
    grid = read(end.join([HEADER, "А;1;2", "Б;1", "В;1;2"]))
    assert numbered(grid) == [(2, "А"), (4, "В")]
    assert grid.broken == (3,)


def test_characters_that_only_look_like_line_ends_stay_in_their_cell() -> None:
    grid = read(f"{HEADER}\nА\u2028Б;1\x0b2;\x85\n")
    assert numbered(grid) == [(2, "А\u2028Б")]


def test_rows_are_counted_up_to_the_limit() -> None:
    text = f"{HEADER}\n" + "А;1;2\n" * 3
    assert len(read(text, Limits(max_rows=3)).rows) == 3
    with pytest.raises(SourceError, match="3 rows, at most 2"):
        read(text, Limits(max_rows=2))


def test_columns_are_counted_up_to_the_limit() -> None:
    assert read(HEADER, Limits(max_columns=3)).header
    with pytest.raises(SourceError, match="3 columns, at most 2"):
        read(HEADER, Limits(max_columns=2))


def test_cells_are_as_long_as_the_limit() -> None:
    text = f"{HEADER}\nААААА;1;2\n"
    assert read(text, Limits(max_cell_chars=5)).rows
    with pytest.raises(SourceError, match="5 characters in a cell, at most 4"):
        read(text, Limits(max_cell_chars=4))


def test_a_file_of_open_quotes_is_refused_soon() -> None:
    with pytest.raises(SourceError, match="quotes left open"):
        read(HEADER + "\n" + 'a;"b\nc;1;2\n' * 1001)
