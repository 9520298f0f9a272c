"""Ctrl-C while several processes load: all of them go at once, and the store is as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from etl.commands import edge
from tests.conftest import REPOSITORY

ROWS = "".join(f"A-1,Анна Тиха {number},anna{number}@example.org\n" for number in range(60_000))


def of_group(leader: int) -> set[int]:
    """Processes that are alive in a session."""
    found = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                state, _, _, session = (folder / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[:4]
            except OSError:
                continue  # it has ended
            if int(session) == leader and state != "Z":
                found.add(int(folder.name))
    return found


@pytest.mark.slow
def test_ctrl_c_ends_all_processes_and_leaves_nothing(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox" / "kyiv"
    inbox.mkdir(parents=True)
    for number in range(4):
        text = f"Код події,ПІБ,Ел. пошта\nA-{number},Борис Рудий,\n{ROWS}"
        (inbox / f"{number}.csv").write_text(text, encoding="utf-8")
    store = tmp_path / "store"
    command = [sys.executable, "-m", "civicspace", "load", "--jobs", "2", "--lang", "en"]
    environ = {**os.environ, "CIVICSPACE_KEY": "0123456789abcdef" * 4}
    with subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--store", str(store), "--inbox", str(tmp_path / "inbox")],
        cwd=REPOSITORY,
        env=environ,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as load:
        a_moment = Event()
        # The command, two servers that help to start processes, and one that reads.
        while len(of_group(load.pid)) < 4 and load.poll() is None:
            a_moment.wait(0.02)
        a_moment.wait(1)  # until it has set itself up
        os.killpg(load.pid, signal.SIGINT)
        _, said = load.communicate(timeout=60)
        assert load.returncode == edge.INTERRUPTED
        assert said.strip() == "Interrupted. The store is whole."
        while of_group(load.pid):
            a_moment.wait(0.02)
    assert [path.name for path in store.iterdir()] == [".lock"]
