"""A proposed mapping as a file: TOML that is not confirmed, with a comment on every column."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from etl import contacts
from etl.mapping import IGNORE, KINDS, targets, words_of
from etl.mapping_proposal import Guess, Proposal
from etl.transform.text import clean, fold
from etl.words import Language, say

_WORTH_SAYING: Final = 40
"""Least likeness (0–100) of a header to one of ours that is mentioned."""


def to_toml(draft: Proposal, language: Language) -> str:
    """Write a draft for a person to check.

    Args:
        draft: what was guessed.
        language: of the comments.

    Returns:
        A mapping file with ``confirmed = false``. A column without a header, or with one that an earlier column has,
        stands in a comment: it cannot be named.
    """
    lines = [*_top(draft, language), "", *_columns(draft, language), *_values(draft, language)]
    return "\n".join(lines) + "\n"


def _top(draft: Proposal, language: Language) -> Iterator[str]:
    head = say(language, "map.head", file=draft.file_name)
    yield from (f"# {line}" for line in head.splitlines())
    if draft.recognised_as:
        yield f"# {say(language, 'map.recognised', format=draft.recognised_as)}"
    yield from (f"# {say(language, 'map.missing', column=column)}" for column in draft.missing)
    yield ""
    yield "confirmed = false"
    yield f'list = "{draft.kind}"  # {" | ".join(KINDS)}'
    if draft.sheet != "-":
        yield f"sheet = {_quoted(draft.sheet)}"
    if draft.header_row is not None:
        yield f"header_row = {draft.header_row}  # {say(language, 'map.header_row')}"
    if draft.needs_event:
        yield f'# event = "…"  # {say(language, "map.event")}'


def _columns(draft: Proposal, language: Language) -> Iterator[str]:
    yield "[columns]"
    yield f"# {say(language, 'map.targets', columns=' | '.join((*targets(draft.kind), IGNORE)))}"
    seen: set[str] = set()
    for guess in draft.guesses:
        folded = fold(guess.header)
        if not folded or contacts.holds(guess.header):
            yield f"# {guess.letter}: {say(language, 'map.no_header')}"
        elif folded in seen:
            yield f"# {guess.letter}: {say(language, 'map.repeated')}"
        else:
            yield f'{_quoted(guess.header)} = "{guess.target}"  # {guess.letter}: {_grounds(guess, language)}'
        seen.add(folded)


def _values(draft: Proposal, language: Language) -> Iterator[str]:
    for target in dict.fromkeys(word.target for word in draft.words):
        ids = sorted({*(words_of(draft.kind, target) or {}).values()})
        yield ""
        yield f"[values.{target}]"
        yield f"# {say(language, 'map.words', ids=' | '.join(ids))}"
        for word in draft.words:
            if word.target == target and word.meant:
                sure = say(language, "map.sure", pct=word.certainty_pct)
                yield f'{_quoted(word.text)} = "{word.meant}"  # {sure}'
            elif word.target == target:
                yield f'# {_quoted(word.text)} = "…"'


def _grounds(guess: Guess, language: Language) -> str:
    """How sure a guess is and what it rests on."""
    is_ignored = guess.target == IGNORE
    parts = [say(language, "map.unlike") if is_ignored else say(language, "map.sure", pct=guess.certainty_pct)]
    if guess.nearest and guess.likeness_pct >= _WORTH_SAYING:
        parts.append(say(language, "map.like", name=guess.nearest, pct=guess.likeness_pct))
    if guess.shape:
        parts.append(say(language, f"map.shape_{guess.shape}", pct=guess.shape_pct))
    return "; ".join(parts)


def _quoted(text: str) -> str:
    return json.dumps(clean(text), ensure_ascii=False)
