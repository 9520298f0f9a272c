"""One load by this process, by others and by a cluster: the same snapshot, and nothing left behind."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pytest

from etl import pipeline
from etl.accounts import InboxFile
from etl.contract import TABLES
from etl.executors import HERE, ClusterError, Workers, cluster, processes
from etl.pipeline import Bundle, build
from etl.publish import write_parquet
from etl.sources.city_pack import CityPack
from etl.tables import pieces
from tests.unit.etl.conftest import EVENTS, SIGN_UPS
from tests.unit.etl.test_pipeline import AS_OF, KEY

MORE = """\
Код події,ПІБ,Ел. пошта,Телефон,Статус
A-1,Борис Рудий,borys@example.org,0671234567,скасовано
A-1,Борис Рудий,,067 123-45-67,
A-1,Анна Тиха,,,
A-7,Віра Біла,vira@example.org,,
"""


def files() -> list[InboxFile]:
    contents = {"kyiv/events.csv": EVENTS, "kyiv/one.csv": SIGN_UPS, "kyiv/two.csv": MORE}
    return [InboxFile(path, "own", text.encode) for path, text in contents.items()]


def content(bundle: Bundle) -> dict[str, str]:
    found = {}
    for name in TABLES:
        sink = pa.BufferOutputStream()
        write_parquet(pieces(bundle.tables, name), name, sink)
        found[name] = hashlib.sha256(sink.getvalue()).hexdigest()
    return found


@contextmanager
def dask() -> Iterator[Workers]:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as local,
        cluster(local.scheduler_address) as workers,
    ):
        yield workers


@pytest.mark.parametrize(
    "executor",
    [lambda: processes(2), pytest.param(dask, marks=[pytest.mark.slow, pytest.mark.filterwarnings("default")])],
    ids=["processes", "cluster"],
)
def test_who_does_the_work_makes_no_difference(
    executor: Callable[[], AbstractContextManager[Workers]],
    pack: CityPack,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    here = build(files(), [pack], [], KEY, AS_OF, workers=HERE, beside=tmp_path)
    assert len(here.tables["registrations"]) == 2
    monkeypatch.setattr(pipeline, "PART_BYTES", 1)  # each file by itself
    # New processes run the main module again, and a test of the pages may have left theirs there.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    with executor() as workers:
        elsewhere = build(files(), [pack], [], KEY, AS_OF, workers=workers, beside=tmp_path)
    assert content(elsewhere) == content(here)
    assert elsewhere.accounts == here.accounts
    assert not list(tmp_path.iterdir())


def test_nothing_is_left_aside_when_work_is_broken_off(pack: CityPack, tmp_path: Path) -> None:
    def broken_off(_stage: str, _done: int, _total: int, _rows: int) -> None:
        if list(tmp_path.rglob("*.arrow")):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(files(), [pack], [], KEY, AS_OF, progress=broken_off, beside=tmp_path)
    assert not list(tmp_path.iterdir())


def test_what_is_put_aside_is_private_and_names_nobody(pack: CityPack, tmp_path: Path) -> None:
    seen: list[bytes] = []

    def look(_stage: str, _done: int, _total: int, _rows: int) -> None:
        for folder in tmp_path.iterdir():
            assert folder.stat().st_mode & 0o777 == 0o700
        seen.extend(path.read_bytes() for path in tmp_path.rglob("*.arrow"))

    build(files(), [pack], [], KEY, AS_OF, progress=look, beside=tmp_path)
    assert seen
    for word in ("Анна", "Тиха", "anna", "borys", "1234567", "example.org"):
        assert not any(word.encode() in content for content in seen)


def test_nobody_at_the_address_is_said() -> None:
    with pytest.raises(ClusterError, match="no Dask scheduler"), cluster("tcp://127.0.0.1:9"):
        pass
