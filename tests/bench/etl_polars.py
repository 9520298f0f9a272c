"""The work of a load as a Polars script. Run: python -m tests.bench.etl_polars INBOX OUT."""

from __future__ import annotations

import hashlib
import hmac
import io
import sys
from pathlib import Path

import polars as pl
from python_calamine import CalamineWorkbook

from etl.issues import REASONS
from tests.bench import etl_dialects as told
from tests.bench.etl_slips import COLUMNS, write_slip

_NOISE = rf"\b(?:{'|'.join(told.NOISE)})\b"

_SURPLUS = "_surplus"


def read(path: Path, dialect: told.Dialect) -> pl.DataFrame:
    """Rows with the columns `told.SAID` and ``is_broken``."""
    if path.suffix == ".xlsx":
        header, *body = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        raw = pl.DataFrame(body, schema=[str(name) for name in header], orient="row").with_columns(
            pl.lit(None, pl.String).alias(_SURPLUS)
        )
    else:
        content = path.read_bytes()
        if dialect.encoding != "utf-8":
            content = content.decode(dialect.encoding).encode()
        # One column more than the header has takes what a broken line has too much.
        widened = content.replace(b"\r\n", f"{dialect.separator}{_SURPLUS}\r\n".encode(), 1)
        raw = pl.read_csv(io.BytesIO(widened), separator=dialect.separator, infer_schema=False)
    rows = raw.select(
        *(pl.col(header).str.strip_chars().replace("", None).alias(name) for name, header in dialect.columns.items()),
        pl.col(_SURPLUS).is_not_null().alias("is_broken"),
        pl.lit(path.name).alias("file"),
        (pl.int_range(pl.len()) + 2).alias("row"),
    ).with_columns(pl.col("signed_up").alias("stated"))
    rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in told.SAID if name not in rows.columns)
    if "time" in rows.columns:
        rows = rows.with_columns(pl.col("signed_up") + " " + pl.col("time"))
    if dialect.form == "utc":
        rows = rows.with_columns(
            pl.lit(path.name.split(" - ")[0]).alias("event"),
            pl.col("signed_up").str.to_datetime("%Y-%m-%dT%H:%M:%S%.3fZ", time_unit="us", strict=False)
            .dt.replace_time_zone("UTC").dt.convert_time_zone("Europe/Kyiv").dt.replace_time_zone(None),
        )  # fmt: skip
    else:
        local = pl.col("signed_up").str.to_datetime(dialect.form, time_unit="us", strict=False)
        zoned = local.dt.replace_time_zone("Europe/Kyiv", ambiguous="earliest", non_existent="null")
        rows = rows.with_columns(pl.when(zoned.is_not_null()).then(local).alias("signed_up"))
    is_unread = pl.col("stated").is_not_null() & pl.col("signed_up").is_null()
    return rows.select(*told.SAID, "is_broken", "file", "row", is_unread.alias("is_unread"))


def _issues(rows: pl.DataFrame, code: str) -> pl.DataFrame:
    reason = REASONS[code]
    said = {"code": code, "outcome": reason.outcome, "reason_en": reason.reason_en, "reason_uk": reason.reason_uk}
    said |= {"column": COLUMNS.get(code), "fix_en": reason.fix_en, "fix_uk": reason.fix_uk}
    return rows.select("file", pl.col("row").cast(pl.Int64), *(pl.lit(x, pl.String).alias(n) for n, x in said.items()))


def _pseudonyms(texts: pl.Series, what: str) -> pl.DataFrame:
    key = told.key()
    distinct = texts.drop_nulls().unique()
    found = [hmac.digest(key, f"{what}:{text}".encode(), hashlib.sha256).hex() for text in distinct]
    return pl.DataFrame({what: distinct, f"{what}_key": found}, schema={what: pl.String, f"{what}_key": pl.String})


def main(inbox: Path, out: Path) -> None:
    events = pl.DataFrame(told.events(inbox))
    rows = pl.concat([read(path, dialect) for path, dialect in told.lists(inbox)])
    total = len(rows)
    codes = dict(zip(events["title"], events["code"], strict=True)) | {code: code for code in events["code"]}
    rows = rows.with_columns(pl.col("event").replace_strict(codes, default=None))
    issues = [
        _issues(rows.filter("is_broken"), "broken_line"),
        _issues(rows.filter(~pl.col("is_broken") & pl.col("event").is_null()), "unknown_event"),
    ]
    rows = rows.filter(~pl.col("is_broken") & pl.col("event").is_not_null())
    rejected = total - len(rows)

    home = (
        pl.col("home").str.normalize("NFC").str.to_lowercase().str.replace_all(r"['’ʼ]", "")
        .str.replace_all(r"\W+", " ").str.replace_all(_NOISE, "").str.strip_chars()
    )  # fmt: skip
    email = pl.col("email").str.to_lowercase()
    gmail = email.str.strip_suffix(told.GMAIL).str.replace_all(".", "", literal=True) + told.GMAIL
    homes = told.districts() | {told.OUTSIDE: "outside_city"}
    rows = rows.with_columns(
        pl.when(pl.col("came").is_not_null() & (pl.col("came") != "ні"))
        .then(pl.lit("attended"))
        .otherwise(pl.col("status").str.to_lowercase().replace_strict(told.STATUSES, default="registered"))
        .alias("status"),
        pl.when(pl.col("group").is_null())
        .then(None)
        .otherwise(pl.col("group").str.to_lowercase().replace_strict(told.GROUPS, default="other"))
        .alias("group"),
        home.replace_strict(homes, default=None).alias("home"),
        (pl.col("home").is_not_null() & home.replace_strict(homes, default=None).is_null()).alias("is_elsewhere"),
        pl.when(email.str.ends_with(told.GMAIL)).then(gmail).otherwise(email).alias("email"),
        ("+38" + pl.col("phone").str.replace_all(r"\D", "").str.tail(10)).alias("phone"),
    ).drop("came", "is_broken")
    for what in ("email", "phone"):
        rows = rows.join(_pseudonyms(rows[what], what), on=what, how="left").drop(what)

    pairs = rows.select("email_key", "phone_key").drop_nulls().unique()
    one = pairs.filter(pl.len().over("phone_key") == 1).rename({"email_key": "one"})
    rows = rows.join(one, on="phone_key", how="left").select(
        "event", "signed_up", "status", "group", "home",
        pl.when(pl.col("email_key").is_null()).then(pl.lit("phone")).otherwise(pl.lit("email")).alias("identity"),
        pl.coalesce("email_key", "one", "phone_key").alias("person"),
        pl.col("status").replace_strict({name: n for n, name in enumerate(told.STATUS_ORDER)}).alias("rank"),
        pl.when(pl.col("home") != "outside_city").then("home").alias("code"),
        "file", "row", "is_elsewhere", "is_unread",
    ).with_row_index("id")  # fmt: skip
    facts = (
        rows.lazy()
        .with_columns(pl.col("group").fill_null("not_stated").alias("said"))
        .sort("rank", "identity", "signed_up", "said", "code", nulls_last=True)
        .group_by("event", "person", maintain_order=True)
        .agg(
            pl.col("status").first(), pl.col("identity").first(), pl.col("group").drop_nulls().first(),
            pl.col("home").drop_nulls().first(), pl.col("signed_up").min(), pl.col("id").first(),
        )
        .with_columns(pl.col("group").fill_null("not_stated"))
        .collect()
    )  # fmt: skip
    is_kept = pl.col("id").is_in(facts["id"].implode())
    for is_such, code in (
        (is_kept & pl.col("is_elsewhere"), "unknown_district"),
        (is_kept & pl.col("is_unread"), "unread_cell"),
        (~is_kept, "duplicate_row"),
    ):
        issues.append(_issues(rows.filter(is_such), code))
    told_of = pl.concat(issues)
    facts = facts.drop("id")
    recorded = facts.filter(pl.col("status") == "attended")["event"].unique()
    over = events.filter(pl.col("day") <= told.AS_OF)["code"]
    is_missed = (
        (pl.col("status") == "registered")
        & pl.col("event").is_in(recorded.implode())
        & pl.col("event").is_in(over.implode())
    )
    facts = facts.with_columns(pl.when(is_missed).then(pl.lit("no_show")).otherwise("status").alias("status"))
    facts.sort("event", "person").write_parquet(out / "facts.parquet", compression="zstd")
    told.write_account(out, total, len(facts), len(rows) - len(facts), rejected)
    told_of.write_parquet(out / "issues.parquet", compression="zstd")
    (out / "slips").mkdir()
    for (file,), of_file in told_of.group_by("file", maintain_order=True):
        write_slip(out / "slips", str(file), of_file.select("row", "code").iter_rows())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
