"""What became of files, on the screen and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.markup import escape

from etl.accounts import FileAccount
from etl.commands import edge
from etl.commands.edge import new_table
from etl.issues import REASONS
from etl.words import Language, say


def account_json(account: FileAccount) -> dict[str, object]:
    """What became of one file, for machines."""
    refusal = None if account.refusal is None else dict(zip(("uk", "en"), account.refusal, strict=True))
    return {**asdict(account), "refusal": refusal}


def accounts_json(accounts: Sequence[FileAccount], slips: Mapping[str, Path]) -> dict[str, object]:
    """What became of all files with their return slips, and the totals, for machines."""
    names = ("read", "loaded", "duplicate", "rejected")
    return {
        "totals": {name: sum(getattr(account, name) for account in accounts) for name in names},
        "files": [
            {**account_json(account), "slip": str(slips[account.path]) if account.path in slips else None}
            for account in accounts
        ],
    }


def print_refusals(accounts: Sequence[FileAccount], lang: Language) -> None:
    """Why files were refused."""
    for account in accounts:
        if account.refusal:
            why = account.refusal[0 if lang is Language.UK else 1]
            edge.out.print(escape(say(lang, "refused", path=account.path, why=why)), soft_wrap=True)


def print_accounts(accounts: Sequence[FileAccount], lang: Language) -> None:
    """Rows by city and format, then how often each remark was made, then refused files and copies."""
    names = ("files", "rows_read", "rows_loaded", "rows_duplicate", "rows_rejected")
    table = new_table(lang, "account", "city", "format", *names)
    groups: dict[tuple[str, str], Counter[str]] = {}
    total: Counter[str] = Counter()
    for account in accounts:
        if account.copy_of or account.refusal:
            continue
        counts = Counter(
            files=1,
            rows_read=account.read,
            rows_loaded=account.loaded,
            rows_duplicate=account.duplicate,
            rows_rejected=account.rejected,
        )
        groups.setdefault((account.city_id or "–", account.format), Counter()).update(counts)
        total.update(counts)
    for (city_id, kind), counts in sorted(groups.items()):
        table.add_row(city_id, escape(kind), *(str(counts[name]) for name in names))
    table.add_section()
    table.add_row(say(lang, "total"), "", *(str(total[name]) for name in names))
    edge.out.print(table)

    made: Counter[str] = Counter()
    for account in accounts:
        made.update(account.reasons)
    if made:
        reasons = new_table(lang, "reasons", "outcome", "reason", "rows")
        for code, rows in sorted(made.items(), key=lambda item: (REASONS[item[0]].outcome, -item[1])):
            said = REASONS[code].reason_uk if lang is Language.UK else REASONS[code].reason_en
            reasons.add_row(say(lang, REASONS[code].outcome), said, str(rows))
        edge.out.print(reasons)
    print_refusals(accounts, lang)
    for account in accounts:
        if account.copy_of:
            edge.out.print(escape(say(lang, "copy", path=account.path, of=account.copy_of)), soft_wrap=True)
