"""Many visitors at once: how long a page takes for the 95th of a hundred, and how much memory the process needs.

    python -m tests.bench.sessions --store STORE --sessions 50 --seconds 120

Each visitor is a session of its own that opens a page, thinks, and goes on to another page or filter, as a browser
would: over the web socket, a message when the address changes, done when the script says that it has finished. The
same visitors then come to `naive_page.py` over the same snapshot. Loopback only, bounded in count and time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.e2e.serving import free_port, running, serve_command

PAGES = ("overview", "map", "participation", "events", "network")
THEMES = ("ecology", "cycling", "urban-culture", "public-space", "energy-saving")
MOST_SESSIONS = 200
MOST_SECONDS = 600
PATIENCE_S = 60.0


@dataclass
class Seen:
    """What the visitors of one server saw."""

    first_s: list[float] = field(default_factory=list)
    """Seconds from connecting to the end of the first run."""
    later_s: list[float] = field(default_factory=list)
    """Seconds of every further page or filter."""
    errors: list[str] = field(default_factory=list)
    memory_mb: float = 0.0
    """The server's largest resident memory, seen twice a second."""
    cpu_s: float = 0.0
    """Processor time of the server while they were there: it says what a run costs whatever else the machine does."""


def asked(query: str, page: str) -> bytes:
    """The message of a browser whose address has changed."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    return message.SerializeToString()


async def visitor(port: int, seen: Seen, chance: random.Random, think_s: float, until: float) -> None:
    """One visitor: comes at some time in the first pause, then asks for a page or filter after each pause."""
    await asyncio.sleep(chance.uniform(0, think_s))
    origin = f"http://127.0.0.1:{port}"
    began = time.perf_counter()
    async with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream", origin=origin, subprotocols=["streamlit"], max_size=None
    ) as socket:
        is_first = True
        while True:
            query = {"city": "kyiv", "theme": chance.sample(THEMES, chance.randint(0, 1))}
            if not is_first:
                began = time.perf_counter()
            await socket.send(asked(urlencode(query, doseq=True), chance.choice(PAGES)))
            error = await _finished(socket)
            (seen.first_s if is_first else seen.later_s).append(time.perf_counter() - began)
            if error:
                seen.errors.append(error)
            is_first = False
            pause = chance.uniform(0.5, 1.5) * think_s
            if time.perf_counter() + pause > until:
                return
            await asyncio.sleep(pause)


async def _finished(socket: ClientConnection) -> str | None:
    """Read until the script has finished; the text of an exception that it showed."""
    error = None
    while True:
        async with asyncio.timeout(PATIENCE_S):
            message = ForwardMsg.FromString(await socket.recv())
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            error = message.delta.new_element.exception.type
        if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return error


async def crowd(port: int, server: psutil.Process, sessions: int, think_s: float, seconds: float) -> Seen:
    """All visitors of one server."""
    seen = Seen()

    async def weigh() -> None:
        while True:
            seen.memory_mb = max(seen.memory_mb, server.memory_info().rss / 2**20)
            await asyncio.sleep(0.5)

    scales = asyncio.create_task(weigh())
    used = sum(server.cpu_times()[:2])
    until = time.perf_counter() + seconds
    visits = [visitor(port, seen, random.Random(number), think_s, until) for number in range(sessions)]  # noqa: S311
    for outcome in await asyncio.gather(*visits, return_exceptions=True):
        if isinstance(outcome, Exception):
            seen.errors.append(repr(outcome))
    scales.cancel()
    seen.cpu_s = sum(server.cpu_times()[:2]) - used
    return seen


def said(seen: Seen) -> dict[str, float | int]:
    """What was seen, in a line of numbers."""
    return {
        "sessions": len(seen.first_s),
        "runs": len(seen.later_s),
        "first_p95_s": round(float(np.percentile(seen.first_s, 95)), 3),
        "p50_s": round(float(np.percentile(seen.later_s, 50)), 3),
        "p95_s": round(float(np.percentile(seen.later_s, 95)), 3),
        "errors": len(seen.errors),
        "memory_mb": round(seen.memory_mb),
        "cpu_ms_a_run": round(1000 * seen.cpu_s / (len(seen.first_s) + len(seen.later_s))),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--store", type=Path, required=True)
    options.add_argument("--sessions", type=int, default=50)
    options.add_argument("--think", type=float, default=15.0)
    options.add_argument("--seconds", type=float, default=120.0)
    options.add_argument("--warm", type=float, default=25.0, help="seconds that a server has before they come")
    given = options.parse_args()
    sessions, seconds = min(given.sessions, MOST_SESSIONS), min(given.seconds, MOST_SECONDS)
    snapshot = given.store / "snapshots" / (given.store / "current").read_text().strip()
    ours, naive = free_port(), free_port()
    commands = {
        "civicspace": (ours, serve_command("--port", str(ours), "--store", str(given.store))),
        "naive page": (
            naive,
            [
                *(sys.executable, "-m", "streamlit", "run", str(Path(__file__).with_name("naive_page.py"))),
                *("--server.address=127.0.0.1", f"--server.port={naive}", "--server.headless=true"),
                *("--browser.gatherUsageStats=false", "--", str(snapshot)),
            ],
        ),
    }
    found = {}
    for name, (port, command) in commands.items():
        with tempfile.TemporaryDirectory() as folder, running(command, port, Path(folder) / "log") as server:
            time.sleep(given.warm)
            seen = asyncio.run(crowd(port, psutil.Process(server.pid), sessions, given.think, seconds))
        found[name] = said(seen)
        sys.stdout.write(f"{name}: {json.dumps(found[name])}\n")
        for error in sorted(set(seen.errors)):
            sys.stdout.write(f"  {error}\n")
    ratio = found["civicspace"]["p95_s"] / found["naive page"]["p95_s"]
    sys.stdout.write(f"p95, civicspace to naive page: {ratio:.2f}\n")


if __name__ == "__main__":
    main()
