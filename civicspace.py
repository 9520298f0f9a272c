"""The command `civicspace`: what the ETL and the dashboard each offer, under one name."""

from __future__ import annotations

from dashboard.cli import app as dashboard_app
from dashboard.commands import report
from etl.cli import app
from etl.commands import check, erase, rotate_key, snapshots
from etl.commands import map as mapping

for part in (dashboard_app, report.app, check.app, mapping.app, snapshots.app, erase.app, rotate_key.app):
    app.registered_commands += part.registered_commands
    app.registered_groups += part.registered_groups


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
