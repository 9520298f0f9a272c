import io
import zipfile
from collections.abc import Mapping
from datetime import date

import pytest

from dashboard.reports.zips import rezipped

DAY = date(2026, 11, 15)


def zipped(files: Mapping[str, bytes], year: int, method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name, (year, 1, 2, 3, 4, 6)), content, method)
    return out.getvalue()


def test_when_in_which_order_and_how_it_was_packed_leaves_no_trace() -> None:
    one = zipped({"b.xml": b"b" * 99, "[Content_Types].xml": b"a", "_rels/.rels": b""}, 2001)
    other = zipped({"_rels/.rels": b"", "[Content_Types].xml": b"a", "b.xml": b"b" * 99}, 2026, zipfile.ZIP_DEFLATED)
    assert one != other
    assert rezipped(one, DAY) == rezipped(other, DAY)


def test_the_files_stay_what_they_are() -> None:
    files = {"b.xml": "ґ є і ї ʼ".encode(), "[Content_Types].xml": b"<x/>", "дані/a.csv": b""}
    with zipfile.ZipFile(io.BytesIO(rezipped(zipped(files, 2001), DAY))) as made:
        assert {name: made.read(name) for name in made.namelist()} == files
        assert made.namelist() == ["[Content_Types].xml", "b.xml", "дані/a.csv"]
        assert {entry.date_time for entry in made.infolist()} == {(2026, 11, 15, 0, 0, 0)}


def test_another_day_makes_another_file() -> None:
    given = zipped({"a": b"1"}, 2001)
    assert rezipped(given, DAY) != rezipped(given, date(2026, 11, 16))


@pytest.mark.parametrize(("day", "is_known"), [(date(1979, 12, 31), False), (date(1980, 1, 1), True)])
def test_a_zip_file_knows_no_day_before_1980(day: date, is_known: bool) -> None:
    given = zipped({"a": b"1"}, 2001)
    if is_known:
        assert rezipped(given, day)
    else:
        with pytest.raises(ValueError, match="1980"):
            rezipped(given, day)


def test_what_is_no_zip_file_is_refused() -> None:
    with pytest.raises(zipfile.BadZipFile):
        rezipped(b"PK?", DAY)
