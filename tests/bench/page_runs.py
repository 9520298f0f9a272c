"""What a run of each page costs the server: the first one of some filters, and a further one.

    python -m tests.bench.page_runs --store STORE

Streamlit's own test runner runs the page; what is told is processor time of the one process, so that what else the
machine does counts little. The naive page of `naive_page.py` is run beside them over the same snapshot.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

from dashboard.settings import Role, Settings
from dashboard.ui import cache, runtime
from dashboard.ui.view import PAGE_SPANS

_REPOSITORY = Path(__file__).resolve().parents[2]
_THEMES = ("ecology", "cycling", "public-space")
_AGAIN = 5


def _run(page: str, theme: str) -> tuple[float, float]:
    """Seconds of the first run and the median of the further ones."""
    app = AppTest.from_file(_REPOSITORY / "dashboard" / "ui" / "main.py", default_timeout=120)
    app.query_params["theme"] = theme
    app.switch_page(str(_REPOSITORY / "pages" / f"{page}.py"))
    first = _seconds(app)
    return first, float(np.median([_seconds(app) for _ in range(_AGAIN)]))


def _seconds(app: AppTest) -> float:
    begun = time.process_time()
    app.run()
    took = time.process_time() - begun
    if app.exception:
        raise RuntimeError(app.exception[0].message)
    return took


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--store", type=Path, required=True)
    given = options.parse_args()
    runtime.configure(Settings(store=given.store, role=Role.ANALYST))
    cache.warm()
    for page in PAGE_SPANS:  # what is imported and made but once is not a page's
        _run(page, "urban-culture")
    sys.stdout.write(f"{'page':16}{'first s':>9}{'further s':>11}\n")
    for page in PAGE_SPANS:
        took = np.array([_run(page, theme) for theme in _THEMES])
        first, further = np.median(took, axis=0)
        sys.stdout.write(f"{page:16}{first:9.2f}{further:11.3f}\n")
    snapshot = given.store / "snapshots" / (given.store / "current").read_text().strip()
    sys.argv = ["naive_page.py", str(snapshot)]
    naive = AppTest.from_file(Path(__file__).with_name("naive_page.py"), default_timeout=120)
    first = _seconds(naive)
    further = float(np.median([_seconds(naive) for _ in range(_AGAIN)]))
    sys.stdout.write(f"{'naive page':16}{first:9.2f}{further:11.3f}\n")


if __name__ == "__main__":
    main()
