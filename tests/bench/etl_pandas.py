"""The work of a load as an idiomatic pandas script. Run: python -m tests.bench.etl_pandas INBOX OUT."""

from __future__ import annotations

import hashlib
import hmac
import sys
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from etl.issues import REASONS
from tests.bench import etl_dialects as told
from tests.bench.etl_slips import COLUMNS, write_slip

_SURPLUS = "_surplus"
_NOISE = rf"\b(?:{'|'.join(told.NOISE)})\b"


def read(path: Path, dialect: told.Dialect) -> pd.DataFrame:
    """Rows with the columns `told.SAID`, ``is_broken``, ``stated`` (the time as written), ``file`` and ``row``."""
    if path.suffix == ".xlsx":
        raw = pd.read_excel(path, dtype=str, engine="calamine", keep_default_na=False).assign(**{_SURPLUS: ""})
    else:
        options = {"sep": dialect.separator, "encoding": dialect.encoding, "dtype": str, "keep_default_na": False}
        header = pd.read_csv(path, nrows=0, **options).columns
        # One column more than the header has takes what a broken line has too much.
        raw = pd.read_csv(path, header=None, skiprows=1, names=[*header, _SURPLUS], **options)
    rows = pd.DataFrame({name: raw[header].str.strip() for name, header in dialect.columns.items()})
    rows["is_broken"] = raw[_SURPLUS].fillna("") != ""
    rows["file"], rows["row"] = path.name, raw.index + 2
    for name in told.SAID:
        if name not in rows:
            rows[name] = ""
    if "time" in rows:
        rows["signed_up"] = rows["signed_up"] + " " + rows.pop("time")
    rows["stated"] = rows["signed_up"]
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
    return rows


def _issues(rows: pd.DataFrame, code: str) -> pd.DataFrame:
    return rows[["file", "row"]].assign(code=code, column=COLUMNS.get(code), **asdict(REASONS[code]))


def main(inbox: Path, out: Path) -> None:
    events = pd.DataFrame(told.events(inbox))
    rows = pd.concat([read(path, dialect) for path, dialect in told.lists(inbox)], ignore_index=True)
    total = len(rows)

    codes = dict(zip(events["title"], events["code"], strict=True)) | {code: code for code in events["code"]}
    rows["event"] = rows["event"].map(codes)
    is_unknown = ~rows["is_broken"] & rows["event"].isna()
    issues = [_issues(rows[rows["is_broken"]], "broken_line"), _issues(rows[is_unknown], "unknown_event")]
    rows = rows[~rows["is_broken"] & ~is_unknown].copy()
    rows["is_unread"] = rows["signed_up"].isna() & (rows["stated"] != "")

    status = rows["status"].str.lower().map(told.STATUSES).fillna("registered")
    rows["status"] = status.mask(~rows["came"].isin(["", "ні"]), "attended")
    rows["group"] = rows["group"].str.lower().map(told.GROUPS).fillna("other").mask(rows["group"] == "", "not_stated")
    home = (
        rows["home"].str.normalize("NFC").str.lower().str.replace(r"['’ʼ]", "", regex=True)
        .str.replace(r"\W+", " ", regex=True).str.replace(_NOISE, "", regex=True).str.strip()
    )  # fmt: skip
    known = home.map(told.districts()).mask(home == told.OUTSIDE, "outside_city")
    rows["is_elsewhere"] = (rows["home"] != "") & known.isna()
    rows["home"] = known

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
    is_kept = ~rows.duplicated(["event", "person"])
    flags = {"unknown_district": rows["is_elsewhere"], "unread_cell": rows["is_unread"]}
    issues += [_issues(rows[is_kept & is_such], code) for code, is_such in flags.items()]
    issues.append(_issues(rows[~is_kept], "duplicate_row"))
    facts = facts.reset_index()
    facts["group"] = facts["group"].fillna("not_stated")

    recorded = facts.loc[facts["status"] == "attended", "event"].unique()
    over = events.loc[events["day"] <= told.AS_OF, "code"]
    missed = (facts["status"] == "registered") & facts["event"].isin(recorded) & facts["event"].isin(over)
    facts["status"] = facts["status"].mask(missed, "no_show")
    facts.to_parquet(out / "facts.parquet", compression="zstd", index=False)
    told.write_account(out, total, len(facts), len(rows) - len(facts), total - len(rows))
    _tell(pd.concat(issues, ignore_index=True), out)


def _tell(issues: pd.DataFrame, out: Path) -> None:
    issues.to_parquet(out / "issues.parquet", compression="zstd", index=False)
    (out / "slips").mkdir()
    for file, of_file in issues.groupby("file"):
        write_slip(out / "slips", str(file), of_file[["row", "code"]].itertuples(index=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
