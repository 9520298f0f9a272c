"""Writes the demonstration lists into an inbox: aside first, then moved in whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from etl.demo.city import DemoCity
from etl.demo.files import city_files
from etl.demo.plan import plan

MARKER: Final = "ДЕМОНСТРАЦІЙНІ-ДАНІ.txt"
"""The file whose presence says that everything in its folder and below is invented."""

Progress = Callable[[str, int, int], None]
"""Called with what was just done, how many steps are done and how many there are."""

_MARKER_TEXT: Final = """\
ДЕМОНСТРАЦІЙНІ ДАНІ

Усе в цій теці вигадано командою «civicspace demo»: простори, мережі, події, організації, люди, їхні адреси й
телефони. Збіг із справжніми випадковий. Поки тут лежить цей файл, кожна сторінка й кожен документ, що спирається на
ці списки, каже «демонстраційні дані». Свої списки кладіть в іншу теку: цю команда замінює цілою.

DEMONSTRATION DATA

Everything in this folder was invented by "civicspace demo": spaces, networks, events, organisations, people, their
addresses and phones. Any likeness to real ones is chance. While this file lies here, every page and document that
rests on these lists says "demonstration data". Put your own lists into another folder: the command replaces this
one whole.

Файли / files:
"""


class DemoError(ValueError):
    """The demonstration lists cannot be written there."""


def write_demo(
    inbox: Path, cities: Sequence[DemoCity], seed: int, months: int, until: date, progress: Progress
) -> list[Path]:
    """Write the demonstration lists of some cities; the same arguments give the same bytes.

    What an earlier run wrote is replaced whole. An interrupted run leaves the inbox as it was, or, if it stops in the
    instant between two moves, absent.

    Args:
        inbox: a folder that does not exist, is empty, or holds nothing but an earlier demonstration.
        cities: the cities; their files go to ``inbox/<city_id>/``.
        seed: any whole number from 0.
        months: length of the period, at least 1; see `plan`.
        until: the day the lists are sent in.
        progress: told after each city and after the move.

    Returns:
        Paths of the files written, the marker first.

    Raises:
        DemoError: the inbox is no folder or holds something else.
        ValueError: ``seed`` or ``months`` is out of range.
    """
    _refuse_foreign(inbox)
    inbox.parent.mkdir(parents=True, exist_ok=True)
    aside = inbox.with_name(f".{inbox.name}.demo-new")
    shutil.rmtree(aside, ignore_errors=True)  # what an interrupted run left
    try:
        names: list[str] = []
        for number, city in enumerate(cities, start=1):
            for name, content in city_files(plan(city, seed, months, until)):
                path = aside / city.city_id / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                names.append(f"{city.city_id}/{name}")
            progress(city.name_uk, number, len(cities) + 1)
        aside.mkdir(parents=True, exist_ok=True)
        (aside / MARKER).write_text(_MARKER_TEXT + "".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")
        _move_in(aside, inbox)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    progress(inbox.name, len(cities) + 1, len(cities) + 1)
    return [inbox / MARKER, *(inbox / name for name in names)]


def _refuse_foreign(inbox: Path) -> None:
    """Refuse a place that holds anything but an earlier demonstration: replacing it would lose somebody's lists.

    Raises:
        DemoError: it does.
    """
    if not inbox.exists():
        return
    if not inbox.is_dir():
        raise DemoError(f"{inbox} не є текою; вкажіть теку / is not a folder; name a folder")
    present = sorted(path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if not path.is_dir())
    if not present:
        return
    marker = inbox / MARKER
    if not marker.is_file():
        raise DemoError(
            f"у теці {inbox} вже є файли без позначки {MARKER}; оберіть порожню теку / "
            f"the folder holds files and no {MARKER}; choose an empty folder"
        )
    written = {MARKER, *marker.read_text(encoding="utf-8").splitlines()}
    foreign = [name for name in present if name not in written]
    if foreign:
        raise DemoError(
            f"у теці {inbox} є файли, яких демонстрація не писала, наприклад {foreign[0]}; перенесіть їх в іншу теку / "
            f"the folder holds files that the demonstration did not write, such as {foreign[0]}; move them elsewhere"
        )


def _move_in(aside: Path, inbox: Path) -> None:
    old = inbox.with_name(f".{inbox.name}.demo-old")
    shutil.rmtree(old, ignore_errors=True)
    if inbox.exists():
        inbox.rename(old)
    aside.rename(inbox)
    shutil.rmtree(old, ignore_errors=True)
