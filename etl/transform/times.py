"""When events start and end: local days and times out of the cells that people spread them over."""

from __future__ import annotations

from datetime import tzinfo

import pandas as pd

from etl.transform.dates import clock_trouble, clock_troubles, dates, instants, parse_range, parse_time
from etl.transform.rows import join_remarks, remarks


def spans(rows: pd.DataFrame, tz: tzinfo) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the start and the end of each row.

    Args:
        rows: address and the raw columns ``starts``, ``starts_time``, ``ends``, ``ends_time``, ``duration``.
        tz: the city's zone, in which times without an offset are meant.

    Returns:
        On the same index, as in the contract's ``events``: ``starts_on`` (missing where it cannot be read),
        ``starts_at``, ``ends_on``, ``ends_at``, ``date_precision`` (``minute`` or ``day``); and remarks:
        ``missing_value``, ``unreadable_date`` (the start), ``unread_cell`` (others), ``ends_before_start``,
        ``nonexistent_time`` and ``ambiguous_time`` (of hours in which the clocks are changed).
    """
    first, last = _days(rows["starts"])
    starts_at, start_trouble = _instants(rows["starts"], first, rows["starts_time"], tz)
    starts_on = starts_at.dt.normalize().where(starts_at.notna(), first)
    # An offset may have moved the day that is written.
    last = last.where(starts_at.isna() | (last > first), starts_on)

    end_day = _days(rows["ends"])[1]
    ends_at, end_trouble = _instants(rows["ends"], end_day.where(rows["ends"].notna(), last), rows["ends_time"], tz)
    lasts = _durations(rows["duration"])
    ends_at = ends_at.where(ends_at.notna(), starts_at + lasts)
    ends_on = ends_at.dt.normalize()
    for other in (end_day, last, starts_on):
        ends_on = ends_on.where(ends_on.notna(), other)

    wrong = (ends_on < starts_on) | (ends_at < starts_at)
    no_time = starts_at.isna() & rows["starts_time"].notna() & start_trouble.isna()
    no_end = ends_at.isna() & (rows["ends_time"].notna() | (rows["ends"].notna() & end_day.isna()))
    no_end &= end_trouble.isna()
    is_read = starts_on.notna()
    return (
        pd.DataFrame(
            {
                "starts_on": starts_on,
                "starts_at": starts_at,
                "ends_on": ends_on.mask(wrong, starts_on),
                "ends_at": ends_at.mask(wrong),
                "date_precision": pd.Series("day", index=rows.index).mask(starts_at.notna(), "minute"),
            },
            index=rows.index,
        ).astype(dict.fromkeys(("starts_on", "starts_at", "ends_on", "ends_at"), "datetime64[us]")),
        join_remarks(
            [
                remarks(rows, rows["starts"].isna(), "missing_value", "starts"),
                remarks(rows, rows["starts"].notna() & ~is_read, "unreadable_date", "starts"),
                remarks(rows, wrong, "ends_before_start", "ends_time"),
                remarks(rows, is_read & no_time, "unread_cell", "starts_time"),
                remarks(rows, is_read & ~no_time & no_end & ~wrong, "unread_cell", "ends_time"),
                *(
                    remarks(rows, trouble == code, code, field)
                    for trouble, field in ((start_trouble, "starts_time"), (end_trouble, "ends_time"))
                    for code in ("nonexistent_time", "ambiguous_time")
                ),
            ]
        ),
    )


def _days(texts: pd.Series) -> tuple[pd.Series, pd.Series]:
    """First and last day that each text names."""
    distinct = texts.dropna().unique()
    ranges = [parse_range(str(text)) or (None, None) for text in distinct]
    first, last = (pd.Series([r[i] for r in ranges], index=distinct, dtype="datetime64[us]") for i in (0, 1))
    return first.reindex(texts).set_axis(texts.index), last.reindex(texts).set_axis(texts.index)


def _instants(texts: pd.Series, days: pd.Series, times: pd.Series, tz: tzinfo) -> tuple[pd.Series, pd.Series]:
    """The instant a text names itself, else its day with the time that stands in another cell; and clock troubles."""
    whole = instants(texts, tz)
    distinct = times.dropna().unique()
    clock = [parse_time(str(text)) for text in distinct]
    since_midnight = pd.Series(
        [pd.Timedelta(hours=t.hour, minutes=t.minute, seconds=t.second) if t else pd.NaT for t in clock],
        index=distinct,
        dtype="timedelta64[us]",
    )
    beside = days + since_midnight.reindex(times).set_axis(times.index)
    trouble = _troubles(beside, tz)
    stated = clock_troubles(texts, tz)
    trouble = stated.where(whole.notna() | stated.notna(), trouble)
    beside = beside.mask(trouble == "nonexistent_time")
    return whole.where(whole.notna(), beside).astype("datetime64[us]"), trouble


def _troubles(local: pd.Series, tz: tzinfo) -> pd.Series:
    distinct = local.dropna().unique()
    found = pd.Series(
        [clock_trouble(pd.Timestamp(moment).to_pydatetime(), tz) for moment in distinct], index=distinct, dtype="str"
    )
    return found.reindex(local).set_axis(local.index)


def _durations(texts: pd.Series) -> pd.Series:
    """ISO 8601 durations such as ``PT2H``; missing where a text is none."""
    return pd.to_timedelta(texts.where(texts.str.startswith("P")), errors="coerce").astype("timedelta64[us]")


def days(texts: pd.Series) -> pd.Series:
    """The day each text names; of a range its first. Missing stays missing, unreadable becomes missing."""
    single = dates(texts)
    return single.where(single.notna(), _days(texts)[0])
