"""What is on, at the top of every page: one chip for each choice, which lifts it; and what an empty page is due to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from dashboard.filters import Filters
from dashboard.metrics.selection import Selection
from dashboard.text.everywhere import say
from dashboard.text.labels import label
from dashboard.text.names import Names
from dashboard.text.pages import say as say_of_pages
from dashboard.text.words import Lang
from dashboard.ui import url
from dashboard.ui.view import View

_LISTS: Final = ("districts", "themes", "kinds", "networks", "groups")
"""In the order of the side bar."""


@dataclass(frozen=True)
class Chip:
    """A choice that is on, and the filters without it."""

    key: str
    name: str
    without: Filters


def chips(now: Filters, names: Names, lang: Lang) -> list[Chip]:
    """The choices that are on, months left out, in the order of the side bar."""
    found = [
        Chip(f"{field}-{value}", _name(field, value, names, lang), _without(now, field, value))
        for field in _LISTS
        for value in getattr(now, field)
    ]
    if now.space is not None:
        found.append(Chip("space", names.space(now.space), replace(now, space=None)))
    if not now.workshops:
        found.append(Chip("workshops", say_of_pages("filter.workshops.off", lang), replace(now, workshops=True)))
    return found


def filters_on(now: Filters, names: Names, lang: Lang) -> list[Chip]:
    """The filters that are on, each with all its values: the choices of one filter add up and are lifted together."""
    found = []
    for field in _LISTS:
        values = getattr(now, field)
        if values:
            name = ", ".join(_name(field, value, names, lang) for value in values)
            found.append(Chip(field, name, _only(now, field, ())))
    return [*found, *(chip for chip in chips(now, names, lang) if chip.key in ("space", "workshops"))]


def draw(view: View) -> None:
    """The chips of what is on; nothing where nothing is."""
    found = chips(view.filters, view.names, view.lang)
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="chips"):
        st.markdown(say("chips", view.lang), width="content")
        for chip in found:
            _button(view, f"chip_{chip.key}.{view.lang}", chip)
        if len(found) > 1:
            st.button(
                say("chip.reset", view.lang),
                key=f"chip_reset.{view.lang}",
                type="tertiary",
                on_click=url.set_filters,
                args=(Filters(city=view.city),),
            )


def nothing(
    view: View, has: Callable[[Selection], bool] | None = None, none: str | None = None, of: str = "page"
) -> None:
    """What stands where the filters left nothing: which of them it was, and a button that lifts it.

    Args:
        view: the view.
        has: whether a selection has what is missing; where nothing is said, anything at all.
        none: the text where it is missing even without filters.
        of: what is missing, where a page may miss several things.
    """
    test = anything if has is None else has
    culprits, is_enough = causes(
        view.filters, view.names, view.lang, lambda filters: test(replace(view, filters=filters).in_span())
    )
    if not culprits and none is not None:
        st.info(none)
        return
    said = ", ".join(say("quoted", view.lang, text=chip.name) for chip in culprits)
    if not culprits:
        text = view.say("empty.text.bare")
    elif not is_enough:
        text = say("empty.several", view.lang, filters=said)
    elif len(culprits) == 1:
        text = say("empty.one", view.lang, filter=culprits[0].name)
    else:
        text = say("empty.one.of", view.lang, filters=said)
    st.info(f"**{view.say('empty.title')}.** {text}", icon=":material/filter_alt_off:")
    if culprits and not is_enough:
        st.button(
            view.say("filter.reset"),
            key=f"empty_{of}_reset.{view.lang}",
            icon=":material/restart_alt:",
            on_click=url.set_filters,
            args=(Filters(city=view.city, month=view.filters.month, start=view.filters.start, end=view.filters.end),),
        )
    elif culprits:
        with st.container(horizontal=True, gap="small"):
            for chip in culprits:
                st.button(
                    say("empty.lift", view.lang, filter=chip.name),
                    key=f"empty_{of}_{chip.key}.{view.lang}",
                    icon=":material/filter_alt_off:",
                    on_click=url.set_filters,
                    args=(chip.without,),
                )


def causes(now: Filters, names: Names, lang: Lang, has_anything: Callable[[Filters], bool]) -> tuple[list[Chip], bool]:
    """Which filters an empty result is due to, and whether lifting one of them is enough.

    Args:
        now: filters that leave nothing.
        names: names in the page's language.
        lang: language of the names.
        has_anything: whether filters leave anything.

    Returns:
        Each filter whose lifting alone brings something, and True; where none does, all of them and False; no filter
        and True where there is nothing even without any.
    """
    on = filters_on(now, names, lang)
    alone = [chip for chip in on if has_anything(chip.without)]
    if alone:
        return alone, True
    bare = Filters(city=now.city, month=now.month, start=now.start, end=now.end)
    return (on, False) if on and has_anything(bare) else ([], True)


def anything(selection: Selection) -> bool:
    """Whether the filters left any event or return."""
    return bool(len(selection.events) or len(selection.others) or len(selection.returns))


def _button(view: View, key: str, chip: Chip) -> None:
    # The words in grey are for the ear: the style sheet takes them from sight, where the cross says the same.
    st.button(
        f":gray[{say('chip.lift', view.lang)}] {chip.name}", key=key, on_click=url.set_filters, args=(chip.without,)
    )


def _name(field: str, value: str, names: Names, lang: Lang) -> str:
    match field:
        case "districts":
            return names.district(value)
        case "themes":
            return names.theme(value)
        case "kinds":
            return label("space_kind", value, lang)
        case "networks":
            return names.network(value)
        case _:
            return label("participant_group", value, lang)


def _without(now: Filters, field: str, value: str) -> Filters:
    return _only(now, field, tuple(other for other in getattr(now, field) if other != value))


def _only(now: Filters, field: str, values: tuple[str, ...]) -> Filters:
    changed: dict[str, Any] = {field: values}
    return replace(now, **changed)
