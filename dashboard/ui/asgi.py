"""What stands around the Streamlit script: asset routes, security headers, allowed hosts, a warm start."""

from __future__ import annotations

import asyncio
import functools
import importlib
import re
import time
from collections.abc import AsyncIterator, Mapping, MutableMapping
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import Any, Final

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import Runtime

from dashboard.maps.assets import ASSET_PACKAGES
from dashboard.settings import Role
from dashboard.ui import cache, present, style

_SHELL: Final = b'id="root"'
"""What only the page that loads Streamlit holds."""
_BOOTS: Final = b"./static/js/index."
"""What only Streamlit's own page holds: a component's page has a root too, and none of Streamlit's scripts."""
_OF_COPIES: Final = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"})
_DRAWN_WITH: Final = (
    *("Html", "Button", "PageLink", "Selectbox", "Checkbox", "ButtonGroup", "Multiselect", "DownloadButton"),
    *("withFullScreenWrapper", "DataFrame", "PlotlyChart"),
)
"""What Streamlit calls the scripts of most parts of our pages, before the mark of their content: small ones first."""
_IMPORTED: Final = re.compile(r'\bfrom"\./([\w.-]+\.js)"')
LOOPBACK_NAMES: Final = ("127.0.0.1", "localhost")
_MOMENT_S: Final = 0.1
_PATIENCE_S: Final = 60


def security_headers(tiles_origin: str | None = None) -> dict[str, str]:
    """What every answer says of where a page may load from: this server, and images from the tiles' host if any."""
    policy = (
        "default-src 'self'",
        # Streamlit's own scripts and streamlit-folium need inline code and eval; nothing may come from elsewhere.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:" + (f" {tiles_origin}" if tiles_origin else ""),
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "frame-src 'self' blob:",
        "frame-ancestors 'self'",
        "object-src 'none'",
        "base-uri 'self'",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }


class SecurityHeaders:
    """Adds headers to every HTTP response."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self.app = app
        self.headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class StyledFirst:
    """Puts the first rules of style into the page that loads Streamlit: nothing moves when the others come."""

    def __init__(self, app: ASGIApp, style: str, links: str = "") -> None:
        self.app = app
        self.style = style.encode()
        self.links = links.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        # The page is a few kilobytes: it is asked for as it is, and not to be kept, for the rules change with us.
        plain = [(name, value) for name, value in scope["headers"] if name not in _OF_COPIES]
        start: Message | None = None
        body = b""

        async def send_styled(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_html(message):
                start = message
                return
            if start is None:
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body", False):
                return
            if _SHELL in body:
                links = self.links if _BOOTS in body else b""
                body = body.replace(b"</head>", self.style + links + b"</head>", 1)
                headers = MutableHeaders(scope=start)
                headers["content-length"] = str(len(body))
                del headers["etag"]
                del headers["last-modified"]
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self.app({**scope, "headers": plain}, receive, send_styled)


def _is_html(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


@functools.cache
def ahead() -> str:
    """Links by which a browser gets what every page is drawn with while it waits for the page.

    Streamlit asks for each script when the first part of its kind has come, and until it is there a grey bar stands in
    that part's place, of another height.
    """
    scripts = Path(st.__file__).with_name("static") / "static" / "js"
    found = [script.name for stem in _DRAWN_WITH for script in sorted(scripts.glob(f"{stem}.*.js"))]
    for name in found:  # grows while it is walked: what a script imports follows it
        text = (scripts / name).read_text("utf-8")
        found += [other for other in dict.fromkeys(_IMPORTED.findall(text)) if other not in found]
    return "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in found)


def middleware(role: Role, tiles_origin: str | None = None) -> list[Middleware]:
    """Security headers for all; for the analyst role also the rule that only loopback names are answered.

    Whoever reaches an analyst's server by another name (through a proxy, or a web page that rebinds a
    name to this machine) would see exact numbers, so such a request is refused.
    """
    guard = [Middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK_NAMES))] if role is Role.ANALYST else []
    return [
        *guard,
        Middleware(SecurityHeaders, headers=security_headers(tiles_origin)),
        Middleware(StyledFirst, style=style.first(), links=ahead()),
    ]


def routes() -> list[BaseRoute]:
    """The presentation, and the map's scripts and styles from the installed packages: no other host is ever asked."""
    assets = [Mount(url, StaticFiles(packages=[(package, folder)])) for url, package, folder in ASSET_PACKAGES]
    return [Route(present.PATH, present.present), Route("/overview", _overview), *assets]


def _overview(request: Request) -> RedirectResponse:
    """The overview stands at the bare address; by its name it is found too."""
    root = request.scope.get("root_path", "") + "/"
    return RedirectResponse(f"{root}?{request.url.query}" if request.url.query else root)


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[MutableMapping[str, Any] | None]:
    """Import what the first page needs before the first visitor comes: a visit would otherwise wait for it.

    Not streamlit_folium: imported before Streamlit's runtime stands, its component is not found later.
    """
    del app
    for module in ("plotly.graph_objects", "folium"):
        await asyncio.to_thread(importlib.import_module, module)
    await asyncio.to_thread(cache.warm)
    # The pages take seconds: the server answers meanwhile, and ends without waiting for them.
    Thread(target=_warm_pages, name="warming", daemon=True).start()
    yield None


def _warm_pages() -> None:
    until = time.monotonic() + _PATIENCE_S
    while not Runtime.exists():
        if time.monotonic() > until:
            return
        time.sleep(_MOMENT_S)
    importlib.import_module("dashboard.ui.warming").pages()
