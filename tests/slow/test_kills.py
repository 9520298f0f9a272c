"""Loads that are killed at random moments leave a whole version served, and nothing behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
EVENTS = "Код події,Назва події,Дата,Простір\nA-1,Лекція,14.02.2026,Dialog hub\n"
SIGN_UPS = "Код події,ПІБ,Ел. пошта\n" + "".join(f"A-1,Особа {n},person{n}@example.org\n" for n in range(300))


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kills", [4, pytest.param(200, marks=pytest.mark.slow)])
def test_a_killed_load_leaves_a_whole_version(kills: int, tmp_path: Path) -> None:
    folder = tmp_path / "store" / "inbox" / "kyiv"
    folder.mkdir(parents=True)
    (folder / "події.csv").write_text(EVENTS, encoding="utf-8")
    (folder / "люди.csv").write_text(SIGN_UPS, encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("CIVICSPACE_", "XDG_"))}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.slow.killer", str(tmp_path / "store"), "1", str(kills)],
        cwd=REPOSITORY,
        env={**clean, "HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
        timeout=3600,
    )
    assert done.returncode == 0, done.stderr
    assert sum(json.loads(done.stdout).values()) == kills
