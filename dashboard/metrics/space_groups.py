"""Groups of spaces: those that meet one another more often than the others, and what each group does.

Spaces and events are counted here, not people, so nothing needs to be hidden.
"""

from __future__ import annotations

from typing import Final

import networkx as nx
import pandas as pd

from dashboard.metrics import network
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, NUMBER, TEXT, looked_up, shaped

SEED: Final = 7
MEMBERS: Final = {
    "space_id": TEXT,
    "name_uk": TEXT,
    "name_en": TEXT,
    "kind": TEXT,
    "group_rank": COUNT,
    "meetups_count": COUNT,
}
THEMES: Final = {"group_rank": COUNT, "theme_id": TEXT, "name_uk": TEXT, "name_en": TEXT, "events_count": COUNT}
PARTITION: Final = {"space_groups_count": COUNT, "modularity": NUMBER, "spaces_count": COUNT}


def members(selection: Selection) -> pd.DataFrame:
    """To which group each space at the meet-ups belongs.

    Groups are found by the Louvain method (Blondel et al. 2008) on the pairs of ``network.links``, weighted by the
    number of meet-ups together; the same meetings always give the same groups. A space that met nobody is a group
    of its own.

    Returns:
        One row per space, by group and the number of its meet-ups: ``MEMBERS``. ``group_rank`` is 1 for the largest
        group, then down; groups of one size stand in the order of their first space's id.
    """
    present = network.attendance(selection)
    spaces = sorted(present["space_id"].unique())
    ranks = {
        spaces[place]: rank for rank, group in enumerate(_groups(_graph(selection, spaces)), start=1) for place in group
    }
    frame = selection.city_spaces[selection.city_spaces["space_id"].isin(spaces)]
    frame = frame.assign(
        group_rank=looked_up(frame["space_id"], pd.Series(ranks, dtype=COUNT)),
        meetups_count=looked_up(frame["space_id"], present["space_id"].value_counts()),
    )
    return shaped(frame.sort_values(["group_rank", "meetups_count", "name_uk"], ascending=[True, False, True]), MEMBERS)


def partition(selection: Selection) -> pd.DataFrame:
    """How many groups there are and how clearly they stand apart.

    Returns:
        One row: ``PARTITION``. ``modularity`` is that of Newman and Girvan (2004): 0 when links within groups are
        as many as chance would make them, above about 0.3 when groups are clear; missing without links.
    """
    spaces = sorted(network.attendance(selection)["space_id"].unique())
    graph = _graph(selection, spaces)
    groups = _groups(graph)
    found = nx.community.modularity(graph, groups, weight="weight") if graph.number_of_edges() else float("nan")
    row = {"space_groups_count": len(groups), "modularity": found, "spaces_count": len(spaces)}
    return shaped(pd.DataFrame([row]), PARTITION)


def themes(selection: Selection) -> pd.DataFrame:
    """What the spaces of each group hold events about.

    Returns:
        One row per group and chosen theme of its held events, by group, the most frequent first: ``THEMES``. An
        event with two themes counts in both.
    """
    of_space = members(selection).set_index("space_id")["group_rank"]
    hosted = selection.events[["event_number", "space_id"]]
    hosted = hosted.assign(group_rank=looked_up(hosted["space_id"], of_space)).dropna(subset=["group_rank"])
    pairs = hosted.merge(selection.event_themes[["event_number", "theme_id"]], on="event_number")
    counted = pairs.groupby(["group_rank", "theme_id"]).size().rename("events_count").reset_index()
    frame = counted.merge(selection.themes[["theme_id", "name_uk", "name_en", "rank"]], on="theme_id")
    return shaped(frame.sort_values(["group_rank", "events_count", "rank"], ascending=[True, False, True]), THEMES)


def _graph(selection: Selection, spaces: list[str]) -> nx.Graph[int]:
    """The pairs that met; nodes are places in ``spaces``.

    Whole numbers go through sets in the same order in every process, texts do not.
    """
    place = {space: number for number, space in enumerate(spaces)}
    links = network.links(selection)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(spaces)))
    graph.add_weighted_edges_from(
        sorted(
            (place[one], place[other], float(count))
            for one, other, count in zip(
                links["space_id"], links["other_space_id"], links["meetings_count"], strict=True
            )
        )
    )
    return graph


def _groups(graph: nx.Graph[int]) -> list[set[int]]:
    if not len(graph):
        return []
    found = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    return sorted(found, key=lambda group: (-len(group), min(group)))
