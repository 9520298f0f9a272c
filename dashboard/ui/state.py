"""The keys of Streamlit's session state, all in one place."""

from __future__ import annotations

from typing import Final

from dashboard.text.words import LANGS, Lang

FILTERS: Final = "filters"
LANG: Final = "lang"
CONTRAST: Final = "contrast"
LAST_QUERY: Final = "last_query"
LINK_PROBLEMS: Final = "link_problems"
LINKS_COUNT: Final = "links_count"
VIEW: Final = "view"
BASKET: Final = "basket"
PRESENTED: Final = "presented"
CHOSEN: Final = "chosen"
CHOICE_WIDGETS: Final = "choice_widgets"
MAP_CLICK: Final = "map_click"

W_LANG: Final = "w_lang"
W_CONTRAST: Final = "w_contrast"
W_FIND: Final = "w_find"
TOUR: Final = "tour"
W_OVERVIEW_ORDER: Final = "w_overview_order"
W_MAP_FIGURE: Final = "w_map_figure"
W_MAP_MEASURE: Final = "w_map_measure"
W_MAP_METHOD: Final = "w_map_method"
W_MAP_REACH: Final = "w_map_reach"
W_MAP_MONTH: Final = "w_map_month"
W_MAP_DISTRICTS: Final = "w_map_districts"
W_MAP_SPACE: Final = "w_map_space"
W_MAP_LOOK: Final = "w_map_look"
W_MAP_LEFT: Final = "w_map_left"
W_MAP_RIGHT: Final = "w_map_right"
W_PARTICIPATION_FIGURE: Final = "w_participation_figure"
W_PARTICIPATION_CUT: Final = "w_participation_cut"
W_PARTICIPATION_DRAWN: Final = "w_participation_drawn"
W_PARTICIPATION_HOURS: Final = "w_participation_hours"
W_PARTICIPATION_PART: Final = "w_participation_part"
W_COHORT: Final = "w_cohort"
W_PATHS: Final = "w_paths"
W_PATH_FROM: Final = "w_path_from"
W_VERSUS: Final = "w_versus"
W_VERSUS_END: Final = "w_versus_end"
W_VERSUS_LENGTH: Final = "w_versus_length"
W_VERSUS_BASE: Final = "w_versus_base"
W_VERSUS_ONE: Final = "w_versus_one"
W_VERSUS_OTHER: Final = "w_versus_other"
W_MARKS: Final = "w_marks"
MARKS: Final = "marks"
W_EVENT_SEARCH: Final = "w_event_search"
W_EVENT_DAY: Final = "w_event_day"
W_EVENT: Final = "w_event"
W_COMPARED: Final = "w_compared"
W_LINKS: Final = "w_links"
W_LINKED_BY: Final = "w_linked_by"
W_MENTORING: Final = "w_mentoring"
W_NETWORK_CARD: Final = "w_network_card"
W_WORKSHOP: Final = "w_workshop"
W_WORKSHOP_DAY: Final = "w_workshop_day"
W_VIEWS: Final = "w_views"
W_EDITION: Final = "w_edition"
W_EDITION_MONTH: Final = "w_edition_month"
W_EDITION_ROLE: Final = "w_edition_role"
W_EDITION_REASON: Final = "w_edition_reason"
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


def of(name: str, *what: object) -> str:
    """The name of a choice that belongs to something: of another it is another choice."""
    return ".".join([name, *map(str, what)])


def widget(name: str, lang: Lang, *what: object) -> str:
    """The key of a widget in a language, and of what it is about.

    Streamlit sends the label of what was chosen back from the browser: a widget that lived on while its labels
    changed would choose a label that no longer is one.
    """
    return of(name, *what, lang)


def filter_widget(name: str, lang: Lang, links_count: int) -> str:
    """The key of a filter's widget in a language, since the visitor's latest link or Back."""
    return widget(name, lang, links_count)


def language_widget(links_count: int) -> str:
    """The key of the language switch, since the visitor's latest link or Back."""
    return f"{W_LANG}.{links_count}"


def contrast_widget(lang: Lang, links_count: int) -> str:
    """The key of the contrast switch in a language, since the visitor's latest link or Back."""
    return widget(W_CONTRAST, lang, links_count)


def filter_widgets(links_count: int) -> list[str]:
    """The keys of all filter widgets."""
    return [filter_widget(name, lang, links_count) for name in FILTER_WIDGETS for lang in LANGS]
