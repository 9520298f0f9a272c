"""One writer at a time: whoever comes second is told who writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from etl.errors import SpokenError


class StoreBusyError(SpokenError):
    """Another process is writing to the store; says which."""


@contextmanager
def held(store: Path, holder: str, clean: Callable[[], None]) -> Iterator[None]:
    """Hold a store for writing; enter again at will within one thread.

    The operating system lets go of the lock when its holder dies, however it dies.

    Args:
        store: the store's folder; made when missing.
        holder: who writes and since when, told to whoever else tries.
        clean: removes what a writer that died has left; called on entry, and again when the writer fails.

    Raises:
        StoreBusyError: another process holds the store.
    """
    store.mkdir(parents=True, exist_ok=True)
    note = store / ".writer"
    lock = FileLock(store / ".lock", timeout=0, is_singleton=True)
    try:
        lock.acquire()
    except Timeout as error:
        by = note.read_text(encoding="utf-8").strip() if note.exists() else "?"
        raise StoreBusyError(
            f"у сховище {store} саме пише інший процес ({by}); спробуйте, коли він закінчить",
            f"the store {store} is being written to by another process ({by}); try again when it has finished",
        ) from error
    is_outermost = lock.lock_counter == 1
    try:
        if is_outermost:
            clean()
            note.write_text(holder, encoding="utf-8")
        yield
    except BaseException:
        if is_outermost:
            # What stopped the writer, such as a disk that died, may stop this too; the next writer cleans up.
            with suppress(OSError):
                clean()
        raise
    finally:
        if is_outermost:
            with suppress(OSError):
                note.unlink(missing_ok=True)
        lock.release()
