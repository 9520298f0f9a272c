"""The pages run by Streamlit's own test runner, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
from streamlit.testing.v1 import AppTest

from dashboard.settings import Role, Settings
from dashboard.ui import cache, runtime
from etl.contract import TABLES
from etl.publish import publish
from etl.sources.city_pack import load_packs

REPOSITORY = Path(__file__).resolve().parents[2]
SCRIPT = REPOSITORY / "dashboard" / "ui" / "main.py"
PAGES = ("overview", "map", "participation", "events", "network", "cities", "presentation", "editions", "data")

Run = Callable[..., AppTest]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run one page on a store: `run(store, page, role=…, city=…, theme=[…], lang=…)`; every fold stands open."""
    monkeypatch.setattr(ExpanderContainer, "open", property(lambda _fold: True, lambda _fold, _is_open: None))

    def run_page(store: Path, page: str, *, role: Role = Role.ANALYST, **query: str | list[str]) -> AppTest:
        runtime.configure(Settings(store=store, role=role))
        app = AppTest.from_file(SCRIPT, default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        return app if page == PAGES[0] else app.switch_page(str(REPOSITORY / "pages" / f"{page}.py")).run()

    yield run_page
    cache.clear()


@pytest.fixture(scope="session")
def bare_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows the cities, their districts and themes, and of one file that it was refused."""
    store = tmp_path_factory.mktemp("bare")
    packs = load_packs(REPOSITORY / "data" / "cities")
    tables = {name: table.empty() for name, table in TABLES.items()}
    for name in ("cities", "districts", "landmarks", "themes"):
        tables[name] = TABLES[name].conform(pd.concat([pack.tables[name] for pack in packs]))
    refused = {"source_id": "0123456789abcdef", "kind": "inbox", "city_id": "kyiv", "file_name": "скан.pdf"}
    refused |= {"format": "unknown", "origin": "own", "encoding": None, "unknown_columns": None}
    refused |= {"refusal_uk": "це файл PDF", "refusal_en": "this is a PDF file"}
    refused |= dict.fromkeys(("rows_read_count", "rows_loaded_count", "rows_duplicate_count", "rows_rejected_count"), 0)
    tables["sources"] = TABLES["sources"].conform(pd.DataFrame([refused]))
    at = datetime(2026, 11, 15, 12, tzinfo=UTC)
    publish(tables, store, at, at.date(), "test")
    return store
