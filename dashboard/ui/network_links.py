"""Parts of the page «Мережа хабів»: who meets whom, as a graph, a matrix and a list; who was where; groups."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.charts import headlines
from dashboard.charts.alt import alt_text
from dashboard.charts.networks import network_graph, pair_matrix, presence_matrix
from dashboard.metrics import network, shared_people, space_groups
from dashboard.text import dates, numbers
from dashboard.text.labels import labels
from dashboard.text.plurals import counted
from dashboard.ui import blocks, choices, figures, state
from dashboard.ui.blocks import Chart, Column, Sheet
from dashboard.ui.network import spaces_counted, span_of
from dashboard.ui.view import View

_MOST_SPACES: Final = 30
_MOST_MEETINGS: Final = 24
_STRONGEST: Final = 3
_MOST_THEMES: Final = 3
_MOST_LISTED: Final = 12
_CLEAR: Final = 0.3
"""From this modularity on, groups are clear (Newman, Girvan 2004)."""
_NOWHERE: Final = "0"
_BY_MEETINGS, _BY_PEOPLE = "meetings", "people"
_COUNTED: Final = {_BY_MEETINGS: "meetings_count", _BY_PEOPLE: "shared_participants_count"}
_STYLE: Final = """
<style>
  .st-key-links_narrow { display: none; }
  @media (max-width: 760px) {
    .st-key-links_wide { display: none; }
    .st-key-links_narrow { display: flex; }
  }
</style>
"""


def links(view: View) -> None:
    """Which spaces meet which: drawn as the visitor likes, on a phone as a list."""
    members = view.metric(space_groups.members, view.in_history())
    if members.empty:
        return
    blocks.section(view, "network.links")
    left, right = st.columns(2)
    with left:
        drawn = choices.in_address(
            view,
            "links",
            state.W_LINKS,
            view.say("network.links.as"),
            ["graph", "matrix", "presence"],
            lambda name: view.say(f"network.links.{name}"),
            shape="switch",
        )
    by = _BY_MEETINGS
    if drawn != "presence":
        with right:
            by = _basis(view)
    if drawn == "presence":
        _presence(view)
        return
    pairs = _pairs(view, by)
    if pairs.empty:
        st.info(view.say("network.links.none"))
        return
    st.html(_STYLE)
    with st.container(key="links_wide"):
        if drawn == "graph":
            blocks.chart(view, "links", view.drawn(_graph, by))
        else:
            blocks.chart(view, "links_matrix", view.drawn(_matrix, by))
    with st.container(key="links_narrow"):
        _pairs_in_words(view, pairs, by)


def groups(view: View) -> None:
    """Spaces that meet one another more often than the others, and what each group does."""
    members = view.metric(space_groups.members, view.in_history())
    if members.empty:
        return
    blocks.section(view, "network.groups")
    row = view.metric(space_groups.partition, view.in_history()).iloc[0]
    st.markdown(_how_clear(view, row["modularity"], int(row["space_groups_count"])))
    st.caption(f"{figures.definition('space_groups_count', view.lang)} {view.say('network.groups.method')}")
    themes = view.metric(space_groups.themes, view.in_history())
    for rank, part in members.groupby("group_rank"):
        own = themes[themes["group_rank"] == rank].head(_MOST_THEMES)
        said = ", ".join(
            f"{view.names.theme(row['theme_id'])} ({row['events_count']})" for row in own.to_dict("records")
        )
        title = f"**{view.say('network.group', rank=rank)}** · {spaces_counted(len(part), view)}"
        about = view.say("network.group.themes", themes=said) if said else view.say("network.group.no_themes")
        with st.expander(f"{title} · {blocks.plain(about)}"):
            st.markdown("\n".join(f"- {_member(view, space)}" for space in part.to_dict("records")))


def _member(view: View, space: dict[object, object]) -> str:
    kind = labels("space_kind", view.lang)[str(space["kind"])]
    meetups = counted(int(str(space["meetups_count"])), view.say("network.forms.meetups"), view.lang)
    return f"{blocks.plain(view.names.space(str(space['space_id'])))} — {kind}, {meetups}"


def _how_clear(view: View, modularity: float, count: int) -> str:
    if math.isnan(modularity):
        return view.say("network.groups.nobody")
    said = numbers.format_number(modularity, view.lang, decimals=2)
    return view.say("network.groups.clear" if modularity >= _CLEAR else "network.groups.unclear", n=count, value=said)


def _basis(view: View) -> str:
    """By what spaces are linked; the public is told why it sees one way alone."""
    if not view.disclosure.is_open:
        st.caption(view.say("network.links.public"))
        return _BY_MEETINGS
    return choices.in_address(
        view,
        "by",
        state.W_LINKED_BY,
        view.say("network.links.by"),
        [_BY_MEETINGS, _BY_PEOPLE],
        lambda name: view.say(f"network.links.by.{name}"),
        shape="switch",
    )


def _pairs(view: View, by: str) -> pd.DataFrame:
    """Pairs with their names and the `count` that links them, the strongest first."""
    return view.drawn(_named_pairs, by)


def _named_pairs(view: View, by: str) -> pd.DataFrame:
    pairs = (
        view.metric(network.links, view.in_history())
        if by == _BY_MEETINGS
        else view.metric(shared_people.links, view.in_history(), view.disclosure)
    )
    return pairs.assign(
        count=pairs[_COUNTED[by]],
        first=blocks.called(pairs["space_id"], view.names.spaces),
        second=blocks.called(pairs["other_space_id"], view.names.spaces),
    )


def _drawn_spaces(view: View, members: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """The spaces with most links, group by group: as many as can be read."""
    ends = pd.concat([pairs["space_id"], pairs["other_space_id"]])
    weight = pd.concat([pairs["count"], pairs["count"]]).groupby(ends).sum().astype("float64")
    most = weight.sort_values(ascending=False, kind="stable").head(_MOST_SPACES)
    rank = members.set_index("space_id")["group_rank"].reindex(most.index).fillna(0).astype("int64")
    frame = pd.DataFrame(
        {
            "id": most.index,
            "label": [view.names.space(space) for space in most.index],
            "size": most.to_numpy(),
            "group": rank.astype("str").to_numpy(),
        }
    )
    return frame.sort_values(["group", "size"], ascending=[True, False], kind="stable", ignore_index=True)


def _graph(view: View, by: str) -> Chart:
    members, pairs = view.metric(space_groups.members, view.in_history()), _pairs(view, by)
    nodes = _drawn_spaces(view, members, pairs)
    among = pairs[pairs["space_id"].isin(nodes["id"]) & pairs["other_space_id"].isin(nodes["id"])]
    strong = network.strongest(among, _STRONGEST)
    edges = pd.DataFrame(
        {
            "source": strong["space_id"],
            "target": strong["other_space_id"],
            "weight": strong["count"].astype("float64"),
        }
    )
    return Chart(
        network_graph(nodes, edges, names=_group_names(view, members), lang=view.lang),
        alt=_alt(view, pairs),
        table=_table(view, pairs, by),
        title=_finding(view, pairs, by),
        subtitle=headlines.about(
            view.say("network.links.graph.note", each=_STRONGEST, spaces=len(nodes)), base=_base(view, pairs)
        ),
    )


def _matrix(view: View, by: str) -> Chart:
    members, pairs = view.metric(space_groups.members, view.in_history()), _pairs(view, by)
    nodes = _drawn_spaces(view, members, pairs)
    return Chart(
        pair_matrix(
            pairs.rename(columns={"space_id": "one", "other_space_id": "other"}),
            names=dict(zip(nodes["id"], nodes["label"], strict=True)),
            lang=view.lang,
        ),
        alt=_alt(view, pairs),
        table=_table(view, pairs, by),
        title=_finding(view, pairs, by),
        subtitle=headlines.about(
            view.say(f"network.links.unit.{by}"),
            when=view.say("network.links.matrix.note", spaces=len(nodes)),
            base=_base(view, pairs),
        ),
    )


def _presence(view: View) -> None:
    """Spaces by meet-ups: the last ones, so that the picture stays readable."""
    rows = view.metric(network.attendance, view.in_history())
    order = rows.drop_duplicates("event_id").tail(_MOST_MEETINGS)
    recent = rows[rows["event_id"].isin(order["event_id"])]
    columns = {
        event: dates.format_date_short(day, view.lang)
        for event, day in zip(order["event_id"], order["starts_on"], strict=True)
    }
    by_count = recent["space_id"].value_counts().head(_MOST_SPACES)
    spaces = {space: view.names.space(space) for space in by_count.index}
    roles = labels("space_role", view.lang)
    cells = pd.DataFrame(
        {
            "row": recent["space_id"],
            "column": recent["event_id"],
            "text": recent["role"].map(roles),
            "is_strong": recent["role"] == "host",
        }
    )
    named = rows.assign(
        name=blocks.called(rows["space_id"], view.names.spaces),
        role_label=rows["role"].map(roles),
        mentoring_label=rows["mentoring"].map(labels("mentoring", view.lang)),
    )
    table = Sheet(
        named,
        (
            Column("starts_on", view.say("col.date"), "date"),
            Column("title", view.say("col.title")),
            Column("name", view.say("col.space")),
            Column("role_label", view.say("col.role")),
            Column("mentoring_label", view.say("col.mentoring")),
        ),
    )
    ranked = pd.DataFrame({"label": list(spaces.values()), "value": by_count.to_numpy(dtype="float64")})
    st.html(_STYLE)
    with st.container(key="links_wide"):
        blocks.chart(
            view,
            "presence",
            Chart(
                presence_matrix(cells, rows=spaces, columns=columns, lang=view.lang),
                alt=alt_text(view.say("network.links.presence"), ranked, lang=view.lang),
                table=table,
                title=_most_often(view, ranked),
                subtitle=headlines.about(
                    view.say("network.links.presence.note", meetings=len(order), spaces=len(by_count)),
                    when=span_of(order["starts_on"], view),
                ),
            ),
        )
    with st.container(key="links_narrow"):
        meetups = view.say("network.forms.meetups")
        st.markdown(
            "\n".join(
                f"- {blocks.plain(name)} — {counted(int(count), meetups, view.lang)}"
                for name, count in zip(ranked["label"], ranked["value"], strict=True)
            )
        )


def _most_often(view: View, ranked: pd.DataFrame) -> str:
    """Who was at most of the meet-ups shown; of several none is named."""
    most = ranked["value"].max()
    first = ranked.loc[ranked["value"] == most, "label"]
    if len(first) > 1:
        return view.say("network.links.presence")
    said = counted(int(most), view.say("network.forms.meetups"), view.lang)
    return view.say("network.links.presence.finding", name=first.iloc[0], count=said)


def _pairs_in_words(view: View, pairs: pd.DataFrame, by: str) -> None:
    """What stands on a phone in the place of the drawing."""
    forms = view.say(f"network.forms.{'meetups' if by == _BY_MEETINGS else 'people'}")
    st.markdown(f"**{blocks.plain(_finding(view, pairs, by))}**")
    st.markdown(
        "\n".join(
            f"- {blocks.plain(row['first'])} — {blocks.plain(row['second'])}: "
            f"{counted(int(row['count']), forms, view.lang)}"
            for row in pairs.head(_MOST_LISTED).to_dict("records")
        )
    )
    st.caption(view.say("network.links.narrow"))


def _finding(view: View, pairs: pd.DataFrame, by: str) -> str:
    """The pair that is together most, or how many share the first place."""
    most = int(pairs["count"].max())
    first = pairs[pairs["count"] == most]
    forms = view.say(f"network.forms.{'meetups' if by == _BY_MEETINGS else 'people'}")
    said = counted(most, forms, view.lang)
    if len(first) == 1:
        row = first.iloc[0]
        return view.say(f"network.links.finding.{by}", first=row["first"], second=row["second"], count=said)
    return view.say(f"network.links.finding.{by}.many", count=said, pairs=len(first))


def _alt(view: View, pairs: pd.DataFrame) -> str:
    told = pairs.assign(label=pairs["first"] + " — " + pairs["second"], value=pairs["count"].astype("float64"))
    return alt_text(view.say("network.links"), told, lang=view.lang)


def _base(view: View, pairs: pd.DataFrame) -> str:
    return view.say("network.n.pairs", count=numbers.format_count(len(pairs), view.lang))


def _table(view: View, pairs: pd.DataFrame, by: str) -> Sheet:
    last = (Column("last_on", view.say("network.last"), "date"),) if by == _BY_MEETINGS else ()
    return Sheet(
        pairs,
        (
            Column("first", view.say("col.space")),
            Column("second", view.say("col.other_space")),
            Column(_COUNTED[by], view.say(f"network.links.unit.{by}"), "count"),
            *last,
        ),
    )


def _group_names(view: View, members: pd.DataFrame) -> dict[str, str]:
    sizes = members.groupby("group_rank").size()
    named = {str(rank): f"{view.say('network.group', rank=rank)} ({size})" for rank, size in sizes.items()}
    return {**named, _NOWHERE: view.say("network.group.none")}
