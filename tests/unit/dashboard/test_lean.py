"""What stands behind a library is imported when it is needed, and not before."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard import lean

_CLASSES = """
import json, sys
import numpy as np
from dashboard import lean
from dashboard.maps import classes
from dashboard.metrics import season

behind = ("scipy.stats", "sklearn", "polars")
values = np.array([1.0, 2.0, 3.0, 10.0, 11.0, 12.0, 40.0])
natural = classes._upper_ends(values, 3, "natural").tolist()
level = season._level(np.arange(12.0), np.arange(12.0), np.zeros(12, dtype=bool)).round(6).tolist()
before = [name for name in behind if name in sys.modules]
quantiles = classes._upper_ends(values, 2, "quantiles").tolist()
after = [name for name in behind if name in sys.modules]
print(json.dumps([natural, level, before, quantiles, after]))
"""


def test_classes_and_levels_come_from_the_libraries_without_what_lies_behind_them() -> None:
    done = subprocess.run([sys.executable, "-c", _CLASSES], check=True, capture_output=True, text=True)  # noqa: S603
    natural, level, before, quantiles, after = json.loads(done.stdout)
    assert natural == [3, 12]
    assert level == list(range(12))
    assert before == []
    # Quantiles ask scipy.stats, which is then the real one.
    assert quantiles == [10]
    assert after == ["scipy.stats"]


def test_a_module_that_is_not_there_is_said_and_leaves_no_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    with pytest.raises(ModuleNotFoundError):
        lean.imported("no_such_module", on_demand=("wave",), unseen=("sndhdr",))
    assert "wave" not in sys.modules
    assert "sndhdr" not in sys.modules


def test_what_is_there_already_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "asks_json.py").write_text("import json\nfound = json\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "asks_json", raising=False)
    assert lean.imported("asks_json", on_demand=("json",)).found is json
    assert sys.modules["json"] is json
