"""Two loads at once, as two real processes: one works, the other says who does and goes with a code of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from etl import publish
from etl.commands import edge
from tests.conftest import civicspace

HOLD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from etl import publish
from etl.commands import edge
with publish.writing(Path(sys.argv[1]), edge.holder(datetime(2026, 11, 1, 9, 30, tzinfo=UTC))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_second_is_told_who_holds_the_store(tmp_path: Path) -> None:
    store = tmp_path / "store"
    (store / "inbox" / "kyiv").mkdir(parents=True)
    (store / "inbox" / "kyiv" / "події.csv").write_text("Назва події,Дата\nЛекція,14.02.2026\n", encoding="utf-8")
    command = [sys.executable, "-c", HOLD, str(store)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:  # noqa: S603
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        second = civicspace("load", "--lang", "en", store=store, home=tmp_path)
        assert second.returncode == edge.BUSY, second.stderr
        assert f"PID {first.pid}, {socket.gethostname()}, 2026-11-01 09:30:00 UTC" in second.stderr
        assert publish.current_id(store) is None
        first.kill()
        first.wait(60)
    # The store is free: the system lets go of what a dead process held.
    with publish.writing(store, f"PID {os.getpid()}"):
        publish.prune(store, ())
    assert not (store / ".writer").exists()
