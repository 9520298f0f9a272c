"""Who does the work of a load: this process, all cores, or a cluster. The work is the same, and so is the result."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from multiprocessing import connection, get_context, parent_process
from multiprocessing.connection import Connection
from typing import Final, TypeVar

from etl.errors import SpokenError
from etl.memory import give_back

_SECONDS_TO_ANSWER: Final = 20
_Task = TypeVar("_Task")
_Made = TypeVar("_Made")


class ClusterError(SpokenError):
    """A cluster cannot be worked on."""


@dataclass(frozen=True)
class Workers:
    """Does tasks one after another, or several at once."""

    executor: Executor | None = None
    """None for this very thread."""
    at_once: int = 1

    def each(
        self, function: Callable[[_Task], _Made], tasks: Iterable[_Task], *, is_small: bool = False
    ) -> Iterator[_Made]:
        """What a function makes of each task, in the tasks' order.

        Tasks are taken as they are needed: no more of them are in memory than are worked on, and one that waits.
        Memory is given back after each, unless tasks are so small that asking for it anew would cost more than they.
        """
        if self.executor is None:
            yield from map(function, tasks)
            return
        do = function if is_small else partial(_done, function)
        waiting: deque[Future[_Made]] = deque()
        try:
            for task in tasks:
                waiting.append(self.executor.submit(do, task))
                if len(waiting) > self.at_once:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _done(function: Callable[[_Task], _Made], task: _Task) -> _Made:
    """Do a task in a process that waits for the next one, and give back the memory that this one took."""
    made = function(task)
    give_back()
    return made


HERE: Final = Workers()
"""This process and thread alone."""


@contextmanager
def processes(count: int) -> Iterator[Workers]:
    """Processes of this machine; with one it is this one.

    On Linux they are copies of this process, which has imported all they need; they cost neither time nor memory.
    """
    if count < 2:
        yield HERE
        return
    context = get_context("fork" if sys.platform == "linux" else None)
    told, tell = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(told, tell))
    try:
        # The first task makes all copies of this process, now: not when other threads are at work or a lock is held.
        pool.submit(os.getpid).result()
        yield Workers(pool, count)
    except BaseException:
        # What they are at is for nobody any more; waiting for it would make Ctrl-C take as long as a large file.
        tell.close()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        tell.close()
        told.close()


def _begin(told: Connection, tell: Connection) -> None:
    """Leave Ctrl-C to the process that gave the work, and end with it or when it says so."""
    tell.close()  # else its other end would never be told that the process which gave the work has closed it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_when_told, args=(told,), daemon=True).start()


def _end_when_told(told: Connection) -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel, told])
        os._exit(1)


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """Processes of a Dask cluster, on however many machines; they get bytes and give numbers, and need no disk.

    Raises:
        ClusterError: the extra is not installed, or nobody answers at the address.
    """
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise ClusterError(
            "для --cluster потрібне доповнення: pip install 'civicspace[cluster]'",
            "--cluster needs an extra: pip install 'civicspace[cluster]'",
        ) from error
    try:
        client = distributed.Client(address, timeout=_SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"за адресою {address} немає планувальника Dask; запустіть: dask scheduler",
            f"no Dask scheduler answers at {address}; start one: dask scheduler",
        ) from error
    with client:
        at_once = sum(client.nthreads().values())
        if not at_once:
            raise ClusterError(
                f"у кластера {address} немає жодного виконавця; запустіть: dask worker {address}",
                f"the cluster {address} has no worker; start one: dask worker {address}",
            )
        with client.get_executor(pure=False, retries=2) as executor:
            yield Workers(executor, at_once)
