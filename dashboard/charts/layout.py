"""Where the nodes of a network are drawn: laying out, the same for the same network."""

from __future__ import annotations

from typing import Final

import networkx as nx
import pandas as pd

SEED: Final = 7
_MIDDLE: Final = ""
_PULL: Final = 0.1
_DISTANCE: Final = 4.0
_ROW_GAP: Final = 0.35


def spring_positions(nodes: pd.DataFrame, links: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """A place for each node: linked nodes are near each other, nodes without links stand in a row below.

    The order of the rows does not matter.

    Args:
        nodes: one row per node. Columns: `id`.
        links: one row per link. Columns: `source`, `target`, `weight`; links to unknown nodes are left out.
    """
    every = sorted(nodes["id"])
    known = links.loc[links["source"].isin(every) & links["target"].isin(every)]
    graph: nx.Graph[str] = nx.Graph()
    weights = known["weight"].astype("float64") / known["weight"].max()
    graph.add_weighted_edges_from(sorted(zip(known["source"], known["target"], weights, strict=True)))
    linked = [node for node in every if node in graph]
    # A weak pull to the middle keeps parts that no link joins from drifting away.
    graph.add_weighted_edges_from([(_MIDDLE, node, _PULL) for node in linked])
    places = {}
    if linked:
        found = nx.spring_layout(graph, k=_DISTANCE / len(graph) ** 0.5, iterations=300, seed=SEED)
        places = {node: (float(found[node][0]), float(found[node][1])) for node in linked}
    alone = [node for node in every if node not in places]
    below = min((y for _, y in places.values()), default=0.0) - _ROW_GAP
    for place, node in enumerate(alone):
        places[node] = (2 * (place + 0.5) / len(alone) - 1, below)
    return places
