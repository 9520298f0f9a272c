"""The work of a load as an idiomatic pandas script. Run: python -m tests.bench.etl_pandas INBOX OUT."""

from __future__ import annotations

import csv
import hashlib
import hmac
import sys
from pathlib import Path

import pandas as pd

from tests.bench import etl_dialects as told

_NOISE = rf"\b(?:{'|'.join(told.NOISE)})\b"


def read(path: Path, dialect: told.Dialect) -> tuple[pd.DataFrame, int]:
    """Rows with the columns `told.SAID`, and how many lines were broken."""
    if path.suffix == ".xlsx":
        raw, broken = pd.read_excel(path, dtype=str, engine="calamine", keep_default_na=False), 0
    else:
        options = {"sep": dialect.separator, "encoding": dialect.encoding, "dtype": str, "keep_default_na": False}
        raw = pd.read_csv(path, on_bad_lines="skip", index_col=False, **options)
        with path.open(encoding=dialect.encoding, newline="") as file:
            header, first = (next(csv.reader([next(file)], delimiter=dialect.separator)) for _ in range(2))
            if len(first) > len(header):
                raw = raw.iloc[1:]  # pandas holds every line to the one before it, and the first to none
            broken = 1 + sum(1 for _ in file) - len(raw)
    rows = pd.DataFrame({name: raw[header].str.strip() for name, header in dialect.columns.items()})
    for name in told.SAID:
        if name not in rows:
            rows[name] = ""
    if "time" in rows:
        rows["signed_up"] = rows["signed_up"] + " " + rows.pop("time")
    if dialect.form == "utc":
        rows["event"] = path.name.split(" - ")[0]
        rows["signed_up"] = (
            pd.to_datetime(rows["signed_up"], utc=True).dt.tz_convert("Europe/Kyiv").dt.tz_localize(None)
        )
    else:
        naive = pd.to_datetime(rows["signed_up"], format=dialect.form)
        local = naive.dt.tz_localize("Europe/Kyiv", nonexistent="NaT", ambiguous="NaT")
        # The hour that comes twice stays as it is written.
        twice = naive.dt.tz_localize("Europe/Kyiv", nonexistent="NaT", ambiguous=[True] * len(naive)).notna()
        rows["signed_up"] = naive.where(local.notna() | twice)
    return rows, broken


def main(inbox: Path, out: Path) -> None:
    events = pd.DataFrame(told.events(inbox))
    parts = [read(path, dialect) for path, dialect in told.lists(inbox)]
    rows = pd.concat([part for part, _ in parts], ignore_index=True)
    broken = sum(count for _, count in parts)
    total = len(rows) + broken

    codes = dict(zip(events["title"], events["code"], strict=True)) | {code: code for code in events["code"]}
    rows["event"] = rows["event"].map(codes)
    unknown = int(rows["event"].isna().sum())
    rows = rows.dropna(subset=["event"])

    status = rows["status"].str.lower().map(told.STATUSES).fillna("registered")
    rows["status"] = status.mask(~rows["came"].isin(["", "ні"]), "attended")
    rows["group"] = rows["group"].str.lower().map(told.GROUPS).fillna("other").mask(rows["group"] == "", "not_stated")
    home = (
        rows["home"].str.normalize("NFC").str.lower().str.replace(r"['’ʼ]", "", regex=True)
        .str.replace(r"\W+", " ", regex=True).str.replace(_NOISE, "", regex=True).str.strip()
    )  # fmt: skip
    rows["home"] = home.map(told.districts()).mask(home == told.OUTSIDE, "outside_city")

    email = rows["email"].str.lower()
    local, domain = email.str.split("@").str[0], email.str.split("@").str[1]
    email = email.mask(domain == "gmail.com", local.str.replace(".", "", regex=False) + told.GMAIL)
    phone = "+38" + rows["phone"].str.replace(r"\D", "", regex=True).str[-10:]
    key = told.key()

    def pseudonym(text: str) -> str:
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

    rows["email"] = ("email:" + email).where(email != "").map(pseudonym, na_action="ignore")
    rows["phone"] = ("phone:" + phone).where(rows["phone"] != "").map(pseudonym, na_action="ignore")

    pairs = rows[["email", "phone"]].dropna().drop_duplicates()
    one = pairs.drop_duplicates("phone", keep=False).set_index("phone")["email"]
    rows["identity"] = "email"
    rows["identity"] = rows["identity"].where(rows["email"].notna(), "phone")
    rows["person"] = rows["email"].fillna(rows["phone"].map(one)).fillna(rows["phone"])

    rows["rank"] = rows["status"].map(told.STATUS_ORDER.index)
    rows["code"] = rows["home"].where(rows["home"] != "outside_city")
    rows = rows.sort_values(["event", "person", "rank", "identity", "signed_up", "group", "code"])
    rows["group"] = rows["group"].where(rows["group"] != "not_stated")
    grouped = rows.groupby(["event", "person"], sort=False)
    facts = grouped[["status", "identity", "group", "home"]].first()
    facts["identity"] = grouped["identity"].nth(0).to_numpy()
    facts["signed_up"] = grouped["signed_up"].min()
    facts = facts.reset_index()
    facts["group"] = facts["group"].fillna("not_stated")

    recorded = facts.loc[facts["status"] == "attended", "event"].unique()
    over = events.loc[events["day"] <= told.AS_OF, "code"]
    missed = (facts["status"] == "registered") & facts["event"].isin(recorded) & facts["event"].isin(over)
    facts["status"] = facts["status"].mask(missed, "no_show")
    facts.to_parquet(out / "facts.parquet", compression="zstd", index=False)
    told.write_account(out, total, len(facts), len(rows) - len(facts), broken + unknown)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
