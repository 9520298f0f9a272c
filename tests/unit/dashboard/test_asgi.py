"""The first rules of style stand in the page that loads Streamlit, and in nothing else."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from dashboard.ui import style
from dashboard.ui.asgi import StyledFirst, ahead

PAGE = '<html><head><title>x</title></head><body><div id="root"></div></body></html>'
OWN = PAGE.replace("<title>", '<script src="./static/js/index.x.js"></script><title>')
STYLED = PAGE.replace("</head>", "<style>a{}</style></head>")


def page(request: Request) -> Response:
    if "if-none-match" in request.headers:
        return Response(status_code=304)
    return HTMLResponse(PAGE + " " * 2000, headers={"etag": '"1"'})


def in_parts(_request: Request) -> Response:
    return StreamingResponse((part for part in (PAGE[:20], PAGE[20:])), media_type="text/html")


ROUTES = [
    Route("/", page),
    Route("/own", lambda _: HTMLResponse(OWN)),
    Route("/parts", in_parts),
    Route("/other", lambda _: HTMLResponse("<head></head>")),
    Route("/json", lambda _: JSONResponse(PAGE)),
]


def get(path: str, accept: str = "text/html") -> tuple[int, Headers, str]:
    """What the application answers to a browser that has an older copy."""
    app = StyledFirst(GZipMiddleware(Starlette(routes=ROUTES)), "<style>a{}</style>", "<link>")
    headers = {"accept": accept, "accept-encoding": "gzip", "if-none-match": '"1"'}
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": raw}
    sent: list[Any] = []

    async def receive() -> dict[str, object]:
        await asyncio.sleep(0)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as thread:  # a browser test may have left its loop running in this one
        thread.submit(asyncio.run, app(scope, receive, send)).result()
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], Headers(raw=sent[0]["headers"]), body.decode()


@pytest.mark.parametrize("path", ["/", "/parts"])
def test_the_page_holds_the_first_rules(path: str) -> None:
    status, headers, body = get(path)
    assert (status, body.strip()) == (200, STYLED)
    assert headers["content-length"] == str(len(body))
    assert not {"etag", "content-encoding"} & set(headers)


def test_whatever_else_is_left_as_it_is() -> None:
    assert get("/other")[2] == "<head></head>"
    assert "<style>" not in get("/json")[2]
    assert get("/", "application/json")[0] == 304


def test_the_first_rules_are_among_all_rules() -> None:
    rules = style.first().removeprefix("<style>").removesuffix("</style>")
    assert rules in style.sheet(is_dark=False, is_high_contrast=False)


def test_what_pages_are_drawn_with_is_named_ahead_once_each_with_all_it_imports_and_lies_where_it_is_named() -> None:
    scripts = Path(streamlit.__file__).with_name("static")
    links = re.findall(r'<link rel="modulepreload" crossorigin href="\./([^"]+)">', ahead())
    assert len(links) == len(set(links)) == ahead().count("<link")
    assert all((scripts / link).is_file() for link in links)
    stems = {Path(link).name.split(".")[0] for link in links}
    assert {"Html", "Button", "PlotlyChart", "DataFrame", "arrowFormatUtils"} <= stems
    assert "CameraInput" not in stems


def test_links_stand_in_the_page_of_streamlit_and_in_no_components_page() -> None:
    assert "<link></head>" in get("/own")[2]
    assert "<link>" not in get("/")[2]
