"""Makes a kept view anew: runs its page with its filters for the server's role, and hands out one chart.

So the view shows what the page would show today, to this role, from the snapshot in force: no number is taken from
an address or a browser. The page runs with a state of its own, in a thread of its own, and draws nowhere.
"""

from __future__ import annotations

import logging
import runpy
from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from typing import Final

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext, add_script_run_ctx
from streamlit.runtime.state import SafeSessionState, SessionState

from dashboard.ui import keeping, state
from dashboard.ui.keeping import Shown
from dashboard.ui.view import View

PAGES: Final = Path(__file__).resolve().parents[2] / "pages"
REPLAYED: Final = frozenset(script.stem for script in PAGES.glob("*.py")) - {"presentation", "editions"}
"""The pages whose charts can be made anew."""
_SESSION: Final = "replay"

_log: Final = logging.getLogger("civicspace")


def shown(view: View, key: str, choices: Mapping[str, str]) -> Shown | None:
    """One chart of a page; None where the page has none of that name for these filters.

    Args:
        view: the page, its filters and who looks.
        key: the chart's name on the page.
        choices: what is chosen on the page besides filters.
    """
    found: list[Shown] = []
    thread = Thread(target=_run, args=(view, key, choices, found), name="replay", daemon=True)
    thread.start()
    thread.join()
    return found[0] if found else None


class _Found(BaseException):
    """Ends the page: the rest of it is not asked for. No error, so no page may catch it as one."""


def _run(view: View, key: str, choices: Mapping[str, str], found: list[Shown]) -> None:
    script = PAGES / f"{view.page}.py"
    context = ScriptRunContext(
        session_id=_SESSION,
        _enqueue=lambda _message: None,
        query_string="",
        session_state=SafeSessionState(SessionState(), lambda: None),
        uploaded_file_mgr=MemoryUploadedFileManager("/"),
        main_script_path=str(script),
        user_info={},
        fragment_storage=MemoryFragmentStorage(),
        pages_manager=PagesManager(str(script)),
    )
    add_script_run_ctx(ctx=context)
    context.reset()

    def look(what: Shown) -> None:
        if what.key == key:
            found.append(what)
            raise _Found

    st.session_state[state.VIEW] = view
    st.session_state[state.FILTERS] = view.filters
    st.session_state[state.CHOSEN] = dict(choices)
    keeping.RECORDER.set(look)
    try:
        runpy.run_path(str(script))
    except _Found:
        return
    except Exception:  # noqa: BLE001 - the edge: whatever a page raises, the presentation goes on without it
        _log.exception("replay error, page %s, chart %s", view.page, key)
    finally:
        if Runtime.exists():
            Runtime.instance().media_file_mgr.clear_session_refs(_SESSION)
