"""The command line of the dashboard: serve."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path
from typing import Annotated, Final

import typer
import uvicorn

REPOSITORY: Final = Path(__file__).resolve().parent.parent

app = typer.Typer()

Host = Annotated[str, typer.Option(help="Адреса, на якій слухати / address to listen on.")]
Port = Annotated[int, typer.Option(help="Порт / port.", min=1, max=65535)]
Public = Annotated[bool, typer.Option("--public", help="Кожен відвідувач бачить лише публічне / public role for all.")]
Store = Annotated[Path, typer.Option(envvar="CIVICSPACE_STORE", help="Тека сховища / folder of the store.")]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address; a name other than localhost counts as reachable."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@app.command()
def serve(
    host: Host = "127.0.0.1", port: Port = 8501, public: Public = False, store: Store = REPOSITORY / ".civicspace"
) -> None:
    """Show the published snapshot in the browser.

    On a loopback address the visitor is an analyst and sees exact numbers. Any other address needs --public:
    every visitor then has the public role, and numbers about small groups are hidden.
    """
    if not public and not is_loopback(host):
        typer.echo(
            f"Адресу {host} видно іншим машинам, а входу ще немає. Додайте --public (малі групи буде приховано) "
            f"або слухайте 127.0.0.1.\n"
            f"Other machines can reach {host} and there is no login yet. Add --public (small groups are hidden) "
            f"or listen on 127.0.0.1.",
            err=True,
        )
        raise typer.Exit(2)
    os.environ["CIVICSPACE_STORE"] = str(store.resolve())
    os.environ["CIVICSPACE_ROLE"] = "public" if public else "analyst"
    os.chdir(REPOSITORY)  # Streamlit reads its configuration from the working directory
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"civicspace: http://{shown}:{port}  (Ctrl+C — зупинити / stop)")
    uvicorn.run("app:app", app_dir=str(REPOSITORY), host=host, port=port, log_level="warning", access_log=False)
