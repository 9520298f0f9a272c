"""The ASGI application: the Streamlit script, the map's assets, security headers, a warm start.

`civicspace serve`, `uvicorn app:app` and `streamlit run app.py` all start it. The Streamlit script
lives in `dashboard/ui/main.py`, where no `pages/` folder stands beside it: Streamlit would otherwise
run a page's file directly on a first visit to its address, past everything the script decides.
"""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from dashboard.settings import Settings
from dashboard.ui import memory, runtime
from dashboard.ui.asgi import lifespan, middleware, routes

settings = Settings.from_mapping(os.environ, default_store=Path(__file__).parent / ".civicspace")
runtime.configure(settings)
memory.be_frugal()

app = st.App(
    Path(__file__).parent / "dashboard" / "ui" / "main.py",
    routes=routes(),
    middleware=middleware(settings.role, settings.tiles_origin),
    lifespan=lifespan,
)
