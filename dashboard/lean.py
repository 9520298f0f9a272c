"""Imports a library without what lies behind parts of it that nobody here uses.

mapclassify imports scikit-learn and scipy.stats for two of its classifiers, which are not ours: 75 MB of memory in each
server. statsmodels looks whether polars is there, which takes 20 MB where it is and changes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import Final

_ONE_BY_ONE: Final = Lock()


class _OnDemand(ModuleType):
    """Stands for a module of functions: the module itself is imported when the first of them is called."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*args: object, **kwargs: object) -> object:
            return getattr(import_module(self.__name__), name)(*args, **kwargs)

        return call


def imported(name: str, *, on_demand: tuple[str, ...] = (), unseen: tuple[str, ...] = ()) -> ModuleType:
    """A module, imported as `import` does but for what lies behind it.

    Args:
        name: the module.
        on_demand: modules behind it that are imported when something in them is called, not before.
        unseen: libraries that it takes if they are there, and is not to see. What somebody else has imported already
            stays as it is.

    Raises:
        ImportError: there is no such module.
    """
    with _ONE_BY_ONE:
        if name in sys.modules:
            return sys.modules[name]
        stand_ins: dict[str, ModuleType | None] = {each: _OnDemand(each) for each in on_demand}
        stand_ins = {each: it for each, it in (stand_ins | dict.fromkeys(unseen)).items() if each not in sys.modules}
        sys.modules.update(stand_ins)  # type: ignore[arg-type]  # None is how Python notes a module that is not there
        try:
            return import_module(name)
        finally:
            for each in stand_ins:
                del sys.modules[each]
