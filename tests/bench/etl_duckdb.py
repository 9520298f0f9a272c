"""The work of a load as SQL in DuckDB. Run: python -m tests.bench.etl_duckdb INBOX OUT."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import asdict
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb
import pyarrow as pa
from python_calamine import CalamineWorkbook

from etl.issues import REASONS
from tests.bench import etl_dialects as told
from tests.bench.etl_slips import COLUMNS, write_slip


def read(db: duckdb.DuckDBPyConnection, paths: list[Path], dialect: told.Dialect, folder: Path) -> None:
    """Add the rows of lists in one dialect to the table ``raw``."""
    said = {name: f"nullif(trim(\"{header}\"), '')" for name, header in dialect.columns.items()}
    if "time" in said:
        said["signed_up"] += f" || ' ' || {said.pop('time')}"
    said["stated"] = said["signed_up"]
    if dialect.form == "utc":
        said["event"] = "split_part(file, ' - ', 1)"
        said["signed_up"] = f"cast({said['signed_up']} as timestamptz) at time zone 'Europe/Kyiv'"
    else:
        local = f"strptime({said['signed_up']}, '{dialect.form}')"
        said["signed_up"] = f"nullif_lost({local})"
    columns = ", ".join(f"{said.get(name, 'null')} as {name}" for name in (*told.SAID, "stated"))
    for path in paths:
        if path.suffix == ".xlsx":
            header, *body = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
            book = pa.table(
                {str(name): list(cells) for name, cells in zip(header, zip(*body, strict=True), strict=True)}
            )
            db.register("book", book)
            source, is_broken = "book", "false"
        else:
            text = path if dialect.encoding == "utf-8" else _in_utf8(path, dialect.encoding, folder)
            names = text.read_bytes().split(b"\r\n", 1)[0].decode().split(dialect.separator)
            types = ", ".join(f"'{name.replace(chr(39), chr(39) * 2)}': 'VARCHAR'" for name in (*names, "_surplus"))
            source = (
                f"read_csv('{str(text).replace(chr(39), chr(39) * 2)}', columns = {{{types}}}, header = false, "
                f"skip = 1, delim = '{dialect.separator}', quote = '\"', auto_detect = false, null_padding = true, "
                "parallel = false, new_line = '\\r\\n')"
            )
            is_broken = "_surplus is not null"
        db.execute(
            f"insert into raw by name select {columns}, {is_broken} as is_broken, file, row from "  # noqa: S608
            f"(select *, $1 as file, row_number() over () + 1 as row from {source})",
            [path.name],
        )


def _in_utf8(path: Path, encoding: str, folder: Path) -> Path:
    copy = folder / path.name
    copy.write_bytes(path.read_bytes().decode(encoding).encode())
    return copy


def _mapping(db: duckdb.DuckDBPyConnection, name: str, words: dict[str, str]) -> None:
    db.register(f"{name}_words", pa.table({"word": list(words), "meant": list(words.values())}))
    db.execute(f"create table {name} as from {name}_words")


def main(inbox: Path, out: Path) -> None:
    db = duckdb.connect()
    db.execute("set TimeZone = 'Europe/Kyiv'; set preserve_insertion_order = false")
    db.execute("create table raw (event varchar, email varchar, phone varchar, signed_up timestamp, status varchar, "
               "came varchar, \"group\" varchar, home varchar, is_broken boolean, stated varchar, file varchar, "
               "row bigint)")  # fmt: skip
    db.execute(
        "create macro nullif_lost(t) as case when (t at time zone 'Europe/Kyiv') at time zone 'Europe/Kyiv' = t "
        "then t end"
    )
    with tempfile.TemporaryDirectory() as folder:
        for dialect in told.DIALECTS:
            paths = [path for path, its in told.lists(inbox) if its is dialect]
            if paths:
                read(db, paths, dialect, Path(folder))
    events = told.events(inbox)
    _mapping(db, "codes", {e["title"]: e["code"] for e in events} | {e["code"]: e["code"] for e in events})
    _mapping(db, "days", {e["code"]: e["day"] for e in events})
    _mapping(db, "statuses", told.STATUSES)
    _mapping(db, "groups", told.GROUPS)
    _mapping(db, "homes", told.districts() | {told.OUTSIDE: "outside_city"})
    home = "regexp_replace(regexp_replace(lower(nfc_normalize(home)), '[''’ʼ]', '', 'g'), '[^\\p{L}\\p{N}]+', ' ', 'g')"
    home = f"' ' || {home} || ' '"
    for word in told.NOISE:
        home = f"replace({home}, ' {word} ', ' ')"
    home = f"trim({home})"
    pads = {name: bytes(byte ^ pad for byte in told.key()).hex() for name, pad in (("inner", 0x36), ("outer", 0x5C))}
    db.execute(f"create macro hashed(t) as sha256(unhex('{pads['outer']}') || unhex(sha256(unhex('{pads['inner']}') "
               "|| encode(t))))")  # fmt: skip
    db.execute(f"""
        create table known as
        with folded as (
            select codes.meant as event, signed_up, file, row, raw.home is not null as has_home,
                stated is not null and signed_up is null as is_unread, came, lower(status) as status,
                lower("group") as "group",
                {home} as home,
                lower(email) as email, '+38' || right(regexp_replace(phone, '\\D', '', 'g'), 10) as phone
            from raw join codes on raw.event = codes.word where not is_broken)
        select event, signed_up, file, row, is_unread, has_home and homes.meant is null as is_elsewhere,
            case when came is not null and came <> 'ні' then 'attended'
                else coalesce(statuses.meant, 'registered') end as status,
            case when "group" is null then 'not_stated' else coalesce(groups.meant, 'other') end as "group",
            homes.meant as home,
            case when email like '%{told.GMAIL}' then replace(split_part(email, '@', 1), '.', '') || '{told.GMAIL}'
                else email end as email, phone
        from folded left join statuses on status = statuses.word left join groups on "group" = groups.word
            left join homes on home = homes.word
    """)  # noqa: S608
    total = db.execute("select count(*) from raw").fetchall()[0][0]
    db.execute("create table lost as select file, row, if(is_broken, 'broken_line', 'unknown_event') as code from raw "
               "where is_broken or event is null or event not in (select word from codes)")  # fmt: skip
    db.execute("drop table raw")
    for what in ("email", "phone"):
        db.execute(f"create table {what}s as select {what}, hashed('{what}:' || {what}) as {what}_key from "  # noqa: S608
                   f"(select distinct {what} from known where {what} is not null)")  # fmt: skip
    db.execute("""
        create table rows as select event, signed_up, status, "group", home, email_key, phone_key, file, row,
            is_unread, is_elsewhere, row_number() over () as id
        from known left join emails using (email) left join phones using (phone)
    """)
    db.execute("drop table known")
    db.execute("""
        create table one as select phone_key, any_value(email_key) as email_key
        from (select distinct phone_key, email_key from rows where phone_key is not null and email_key is not null)
        group by phone_key having count(*) = 1
    """)
    ranks = " ".join(f"when '{name}' then {rank}" for rank, name in enumerate(told.STATUS_ORDER))
    order = 'rank, identity, signed_up nulls last, "group", code nulls last'
    db.execute(f"""
        create table facts as
        with named as (
            select id, event, coalesce(rows.email_key, one.email_key, rows.phone_key) as person, signed_up, status,
                "group", home, case when rows.email_key is null then 'phone' else 'email' end as identity,
                nullif(home, 'outside_city') as code, case status {ranks} end as rank
            from rows left join one using (phone_key))
        select event, person, first(status order by {order}) as status, first(identity order by {order}) as identity,
            coalesce(first("group" order by {order}) filter ("group" <> 'not_stated'), 'not_stated') as "group",
            first(home order by {order}) filter (home is not null) as home, min(signed_up) as signed_up,
            first(id order by {order}) as id
        from named group by event, person
    """)  # noqa: S608
    db.execute(f"""
        copy (
            select facts.* exclude (id) replace (case when status = 'registered' and recorded.event is not null
                    and days.meant <= '{told.AS_OF}' then 'no_show' else status end as status)
            from facts left join (select distinct event from facts where status = 'attended') recorded using (event)
                left join days on facts.event = days.word
            order by event, person
        ) to '{out / "facts.parquet"}' (format parquet, compression zstd)
    """)  # noqa: S608
    kept, loaded = db.execute("select (select count(*) from rows), (select count(*) from facts)").fetchall()[0]
    told.write_account(out, total, loaded, kept - loaded, total - kept)
    _told(db, out)


def _told(db: duckdb.DuckDBPyConnection, out: Path) -> None:
    """Write what is told of rows, and the return slips."""
    reasons = [{"code": code, "column": COLUMNS.get(code), **asdict(reason)} for code, reason in REASONS.items()]
    db.register("reasons", pa.Table.from_pylist(reasons))
    db.execute("""
        create table issues as
        select file, row, code from lost
        union all select file, row, 'unknown_district' from rows semi join facts using (id) where is_elsewhere
        union all select file, row, 'unread_cell' from rows semi join facts using (id) where is_unread
        union all select file, row, 'duplicate_row' from rows anti join facts using (id)
    """)
    db.execute(f"copy (from issues join reasons using (code) order by file, row) to '{out / 'issues.parquet'}' "
               "(format parquet, compression zstd)")  # fmt: skip
    (out / "slips").mkdir()
    rows = db.execute("from issues order by file, code = 'duplicate_row', row").fetchall()
    for file, of_file in groupby(rows, key=itemgetter(0)):
        write_slip(out / "slips", file, ((row, code) for _, row, code in of_file))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
