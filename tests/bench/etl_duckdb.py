"""The work of a load as SQL in DuckDB. Run: python -m tests.bench.etl_duckdb INBOX OUT."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import duckdb
import pyarrow as pa
from python_calamine import CalamineWorkbook

from tests.bench import etl_dialects as told


def read(db: duckdb.DuckDBPyConnection, paths: list[Path], dialect: told.Dialect, folder: Path) -> None:
    """Add the rows of lists in one dialect to the table ``raw``."""
    said = {name: f"nullif(trim(\"{header}\"), '')" for name, header in dialect.columns.items()}
    if "time" in said:
        said["signed_up"] += f" || ' ' || {said.pop('time')}"
    if dialect.form == "utc":
        said["event"] = "split_part(parse_filename(filename), ' - ', 1)"
        said["signed_up"] = f"cast({said['signed_up']} as timestamptz) at time zone 'Europe/Kyiv'"
    else:
        local = f"strptime({said['signed_up']}, '{dialect.form}')"
        said["signed_up"] = f"nullif_lost({local})"
    columns = ", ".join(f"{said.get(name, 'null')} as {name}" for name in told.SAID)
    if paths[0].suffix == ".xlsx":
        for path in paths:
            header, *body = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
            book = pa.table(
                {str(name): list(cells) for name, cells in zip(header, zip(*body, strict=True), strict=True)}
            )
            db.register("book", book)
            db.execute(f"insert into raw by name select {columns}, false as is_broken from book")  # noqa: S608
        return
    if dialect.encoding != "utf-8":
        paths = [_in_utf8(path, dialect.encoding, folder) for path in paths]
    header = paths[0].read_bytes().split(b"\r\n", 1)[0].decode().split(dialect.separator)
    types = (
        "{" + ", ".join(f"'{name.replace(chr(39), chr(39) * 2)}': 'VARCHAR'" for name in (*header, "_surplus")) + "}"
    )
    db.execute(
        f"insert into raw by name select {columns}, _surplus is not null as is_broken from read_csv($1, "  # noqa: S608
        f"columns = {types}, header = false, skip = 1, delim = '{dialect.separator}', quote = '\"', "
        "auto_detect = false, null_padding = true, parallel = false, filename = true, new_line = '\\r\\n')",
        [[str(path) for path in paths]],
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
               "came varchar, \"group\" varchar, home varchar, is_broken boolean)")  # fmt: skip
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
            select codes.meant as event, signed_up, came, lower(status) as status, lower("group") as "group",
                {home} as home,
                lower(email) as email, '+38' || right(regexp_replace(phone, '\\D', '', 'g'), 10) as phone
            from raw join codes on raw.event = codes.word where not is_broken)
        select event, signed_up, case when came is not null and came <> 'ні' then 'attended'
                else coalesce(statuses.meant, 'registered') end as status,
            case when "group" is null then 'not_stated' else coalesce(groups.meant, 'other') end as "group",
            homes.meant as home,
            case when email like '%{told.GMAIL}' then replace(split_part(email, '@', 1), '.', '') || '{told.GMAIL}'
                else email end as email, phone
        from folded left join statuses on status = statuses.word left join groups on "group" = groups.word
            left join homes on home = homes.word
    """)  # noqa: S608
    total = db.execute("select count(*) from raw").fetchall()[0][0]
    db.execute("drop table raw")
    for what in ("email", "phone"):
        db.execute(f"create table {what}s as select {what}, hashed('{what}:' || {what}) as {what}_key from "  # noqa: S608
                   f"(select distinct {what} from known where {what} is not null)")  # fmt: skip
    db.execute("""
        create table rows as select event, signed_up, status, "group", home, email_key, phone_key
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
            select event, coalesce(rows.email_key, one.email_key, rows.phone_key) as person, signed_up, status, "group",
                home, case when rows.email_key is null then 'phone' else 'email' end as identity,
                nullif(home, 'outside_city') as code, case status {ranks} end as rank
            from rows left join one using (phone_key))
        select event, person, first(status order by {order}) as status, first(identity order by {order}) as identity,
            coalesce(first("group" order by {order}) filter ("group" <> 'not_stated'), 'not_stated') as "group",
            first(home order by {order}) filter (home is not null) as home, min(signed_up) as signed_up
        from named group by event, person
    """)  # noqa: S608
    db.execute(f"""
        copy (
            select facts.* replace (case when status = 'registered' and recorded.event is not null
                    and days.meant <= '{told.AS_OF}' then 'no_show' else status end as status)
            from facts left join (select distinct event from facts where status = 'attended') recorded using (event)
                left join days on facts.event = days.word
            order by event, person
        ) to '{out / "facts.parquet"}' (format parquet, compression zstd)
    """)  # noqa: S608
    kept, loaded = db.execute("select (select count(*) from rows), (select count(*) from facts)").fetchall()[0]
    told.write_account(out, total, loaded, kept - loaded, total - kept)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
