"""The keys of Streamlit's session state, all in one place."""

from __future__ import annotations

from typing import Final

FILTERS: Final = "filters"
LANG: Final = "lang"
LAST_QUERY: Final = "last_query"
LAST_PAGE: Final = "last_page"
LINK_PROBLEMS: Final = "link_problems"
VIEW: Final = "view"
MAP_CLICK: Final = "map_click"
W_PROFILE: Final = "w_profile"

W_LANG: Final = "w_lang"
W_CITY: Final = "w_city"
W_MONTH: Final = "w_month"
W_START: Final = "w_start"
W_END: Final = "w_end"
W_DISTRICTS: Final = "w_districts"
W_THEMES: Final = "w_themes"
W_KINDS: Final = "w_kinds"
W_NETWORKS: Final = "w_networks"
W_GROUPS: Final = "w_groups"
W_WORKSHOPS: Final = "w_workshops"

FILTER_WIDGETS: Final = (
    W_CITY,
    W_MONTH,
    W_START,
    W_END,
    W_DISTRICTS,
    W_THEMES,
    W_KINDS,
    W_NETWORKS,
    W_GROUPS,
    W_WORKSHOPS,
)
