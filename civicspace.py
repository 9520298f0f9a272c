"""The command `civicspace`: what the ETL and the dashboard each offer, under one name."""

from __future__ import annotations

from dashboard.cli import app as dashboard_app
from etl.cli import app

app.registered_commands += dashboard_app.registered_commands


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
