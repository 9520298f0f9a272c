"""What the server answers to bare requests, and when it does not start."""

from __future__ import annotations

import http.client
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dashboard.maps.assets import SCRIPTS, STYLES
from tests.e2e.serving import REPOSITORY, environment, free_port, serve_command

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
SOURCES = (
    "/app.py",
    "/pages/overview.py",
    "/pages/map.py",
    "/dashboard/ui/main.py",
    "/static/app.py",
    "/app/static/app.py",
    "/static/../app.py",
    "/vendor/leaflet/../../../../app.py",
    "/vendor/leaflet/%2e%2e/%2e%2e/%2e%2e/%2e%2e/app.py",
    "/.civicspace/current",
    "/pyproject.toml",
)


def get(url: str, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, Mapping[str, str], str]:
    """One request with the path sent as it is written: urllib would tidy it up."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    try:
        connection.request("GET", path, headers=dict(headers or {}))
        answer = connection.getresponse()
        return (
            answer.status,
            {name.lower(): value for name, value in answer.getheaders()},
            answer.read().decode(errors="replace"),
        )
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/", "/map", "/_stcore/health", "/no-such-page"])
def test_every_answer_has_the_security_headers(server: str, path: str) -> None:
    _, headers, _ = get(server, path)
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert "http" not in headers["content-security-policy"]


@pytest.mark.parametrize("host", ["civicspace.example.org", "10.0.0.7", "127.0.0.1.example.org"])
def test_an_analysts_server_answers_to_no_other_name(server: str, host: str) -> None:
    status, _, body = get(server, "/", {"Host": host})
    assert status == 400
    assert "<html" not in body.lower()


def test_a_public_server_answers_to_any_name(public_server: str) -> None:
    assert get(public_server, "/", {"Host": "civicspace.example.org"})[0] == 200


def test_this_machine_is_answered_by_both_of_its_names(server: str) -> None:
    port = urlsplit(server).port
    assert [get(server, "/", {"Host": f"{name}:{port}"})[0] for name in ("127.0.0.1", "localhost")] == [200, 200]


def test_the_overview_is_found_by_its_name_too(server: str) -> None:
    status, headers, _ = get(server, "/overview?city=kyiv")
    assert (status, headers["location"]) == (307, "/?city=kyiv")


@pytest.mark.parametrize("path", SOURCES)
def test_no_file_of_the_program_or_the_store_is_served(server: str, path: str) -> None:
    _, _, body = get(server, path)
    assert "from dashboard" not in body
    assert "[project]" not in body
    for line in (REPOSITORY / "app.py").read_text().splitlines():
        assert len(line) < 40 or line not in body


@pytest.mark.parametrize(("_", "path"), [*SCRIPTS, *STYLES])
def test_the_maps_scripts_and_styles_come_from_the_server_itself(server: str, _: str, path: str) -> None:
    status, headers, body = get(server, path)
    assert status == 200
    assert headers["content-type"].split(";")[0] in ("text/javascript", "application/javascript", "text/css")
    assert len(body) > 500


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "civicspace.example.org"])  # noqa: S104 - it must be refused
def test_an_address_that_others_can_reach_is_refused_without_the_public_role(host: str, tmp_path: Path) -> None:
    refused = subprocess.run(  # noqa: S603 - our own command
        serve_command("--host", host, "--port", str(free_port()), "--store", str(tmp_path)),
        cwd=REPOSITORY,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert "--public" in refused.stderr
