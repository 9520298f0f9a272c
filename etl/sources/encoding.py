"""Bytes → text, when it is certain how; else the file is refused with the reason. Text is never mangled silently.

The rule, in this order: a byte order mark; NULs beside the characters (UTF-16); strict UTF-8; and for bytes that are
none of these, the one-byte encoding in which they make Ukrainian words. Every candidate is scored by how often its
letters occur in Ukrainian text and by capitals that follow small letters. Windows-1251 is what nearly all programs
write here, so another encoding must be more than a thousand times as likely to be taken, and one that is not taken
must be clearly less likely: else the file is refused. In a file of which some lines are UTF-8 and others are not, the
others are judged by themselves.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np

from etl.sources.raw import SourceError

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NUL_SHARE: Final = 0.02
"""Text in UTF-16 has a NUL beside each digit, blank and separator; text in any other encoding has none."""

_USUAL: Final = "cp1251"
_READ: Final = (_USUAL, "koi8-u")
_RIVALS: Final = ("cp866", "iso8859-5", "mac-cyrillic", "cp1252", "cp1250")
"""Encodings that are recognised so as not to be taken for one that is read."""
_NAMES: Final = {
    "cp866": "DOS 866",
    "iso8859-5": "ISO 8859-5",
    "mac-cyrillic": "Mac Cyrillic",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "koi8-u": "KOI8-U",
    "cp1251": "Windows-1251",
}

_USUAL_IS_LIKELIER: Final = log(1000)
_CERTAIN: Final = log(50)
"""How many times likelier than any other reading the one taken is at least, as a logarithm."""
_FEWEST_TO_JUDGE: Final = 8
_NO_WORDS: Final = -5.5
"""Mean of the logarithms below which letters come together by chance; Ukrainian text has about -3.2."""

_LETTERS: Final = (
    "о94 а81 н67 и61 і57 в54 т51 е50 р47 с41 к37 л36 у34 д31 м30 п28 з23 я21 ь18 б18 г16 ч14 й13 х12 ц10 ж9 ю8 є7 ї7"
    " ш7 щ5 ф4 ґ1 ы1 э1 ё1 ъ1"
)
"""How often of a thousand letters it is this one, in Ukrainian; those of Russian are met in names."""
_PER_MILLE: Final = {
    **{word[0]: int(word[1:]) for word in _LETTERS.split()},
    **dict.fromkeys("«»–—’“”„…№\u00a0°", 3),
}
_ANY_OTHER: Final = 0.02
_CAPITAL_AFTER_SMALL: Final = log(0.002)
_LATIN_BESIDE: Final = log(0.002)
"""A letter of Ukrainian right beside a Latin one that does not look like any of it."""
_LIKE_CYRILLIC: Final = frozenset(b"aceiopxyABCEHIKMOPTXY")
_LINE_END: Final = 10


def decode(content: bytes) -> tuple[str, str]:
    """Text and encoding; two encodings joined by `` + `` when lines differ.

    Raises:
        SourceError: the bytes are no text, or it is not certain in which encoding.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strictly(content, encoding)
    sample = content[:100_000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd > _NUL_SHARE * len(sample):
        return _strictly(content, "utf-16-le" if odd > even else "utf-16-be")
    try:
        return _whole(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    lines = content.splitlines(keepends=True)
    is_utf8 = [_is_utf8(line) for line in lines]
    others = [number for number, good in enumerate(is_utf8) if not good]
    encoding = _one_byte([lines[number] for number in others], others)
    if not any(good and not line.isascii() for good, line in zip(is_utf8, lines, strict=True)):
        return _strictly(content, encoding)
    texts = [line.decode("utf-8" if good else encoding) for good, line in zip(is_utf8, lines, strict=True)]
    return _whole("".join(texts), f"utf-8 + {encoding}")


def _strictly(content: bytes, encoding: str) -> tuple[str, str]:
    try:
        return _whole(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        raise _not_text() from None  # the codec's error holds the whole content


def _whole(text: str, encoding: str) -> tuple[str, str]:
    if "\0" in text:
        raise _not_text()
    return text, encoding


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _one_byte(lines: list[bytes], numbers: list[int]) -> str:
    """The encoding of lines that are not UTF-8.

    Args:
        lines: the lines with their ends.
        numbers: what numbers they have in the file, from 0.

    Raises:
        SourceError: it is not certain.
    """
    content = b"".join(lines)
    found = np.frombuffer(content, dtype=np.uint8)
    _refuse_cut_utf8(found, np.cumsum([0, *map(len, lines[:-1])]), numbers)
    counts = np.bincount(found, minlength=256)
    pairs = np.bincount(found[:-1].astype(np.int64) * 256 + found[1:], minlength=1 << 16).reshape(256, 256)
    scores = {name: _score(counts, pairs, table) for name, table in _TABLES.items()}
    scores[_USUAL] += _USUAL_IS_LIKELIER
    best, second = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    letters = int(counts[0x80:].sum())
    if best not in _READ:
        raise _of_another(best)
    by_chance = letters >= _FEWEST_TO_JUDGE and float(counts @ _TABLES[best].logs) / letters < _NO_WORDS
    if scores[best] - scores[second] < _CERTAIN or by_chance:
        raise _uncertain()
    try:
        content.decode(best)
    except UnicodeDecodeError:
        raise _not_text() from None
    other = _READ[1 - _READ.index(best)]
    gain = (_TABLES[other].logs - _TABLES[best].logs)[found]
    ends = np.flatnonzero(found == _LINE_END)
    starts = np.concatenate([[0], ends + 1])
    by_line = np.add.reduceat(gain, starts[starts < len(found)])
    if by_line.max() > _USUAL_IS_LIKELIER + _CERTAIN:
        raise _mixed(best, other, numbers[min(int(by_line.argmax()), len(numbers) - 1)] + 1)
    return best


def _refuse_cut_utf8(
    found: np.ndarray[tuple[int], np.dtype[np.uint8]],
    starts: np.ndarray[tuple[int], np.dtype[np.int64]],
    numbers: list[int],
) -> None:
    """Refuse UTF-8 with bytes lost, which could pass for very odd words of another encoding.

    Args:
        found: the bytes.
        starts: where lines begin in them.
        numbers: what numbers these have in the file, from 0.
    """
    goes_on = np.zeros(len(found) + 2, dtype=bool)
    goes_on[:-2] = (found >= 0x80) & (found <= 0xBF)
    of_two = (found >= 0xC2) & (found <= 0xDF) & goes_on[1:-1]
    of_three = (found >= 0xE0) & (found <= 0xEF) & goes_on[1:-1] & goes_on[2:]
    high = np.add.reduceat(found >= 0x80, starts, dtype=np.int64)
    in_sequences = sum(
        size * np.add.reduceat(begins, starts, dtype=np.int64) for size, begins in ((2, of_two), (3, of_three))
    )
    cut = np.flatnonzero((high >= 4) & (in_sequences * 2 > high))
    if len(cut):
        line = numbers[cut[0]] + 1
        raise SourceError(
            f"текст у кодуванні UTF-8 пошкоджено в рядку {line}: частину байтів утрачено; вивантажте файл ще раз",
            f"the text is UTF-8, but damaged in line {line}: bytes are lost; export the file again",
        )


@dataclass(frozen=True)
class _Table:
    """What each byte is in an encoding."""

    logs: np.ndarray[tuple[int], np.dtype[np.float64]]
    """Logarithm of how often it occurs; 0 for ASCII."""
    is_small: np.ndarray[tuple[int], np.dtype[np.bool_]]
    is_capital: np.ndarray[tuple[int], np.dtype[np.bool_]]
    is_cyrillic: np.ndarray[tuple[int], np.dtype[np.bool_]]


def _table(encoding: str) -> _Table:
    characters = [bytes([byte]).decode(encoding, "replace") for byte in range(256)]
    high = range(0x80, 0x100)
    is_latin = encoding in {"cp1252", "cp1250"}
    logs = np.zeros(256)
    for byte in high:
        character = characters[byte].lower()
        # Letters of Western languages stand between others of ASCII, each about as often as a rare Ukrainian one.
        rare = 8 if is_latin and character.isalpha() else _ANY_OTHER
        logs[byte] = log(_PER_MILLE.get(character, rare) / 1000)
    return _Table(
        logs,
        np.array([byte in high and characters[byte].islower() for byte in range(256)]),
        np.array([byte in high and characters[byte].isupper() for byte in range(256)]),
        np.array([byte in high and not is_latin and characters[byte].isalpha() for byte in range(256)]),
    )


_TABLES: Final = {name: _table(name) for name in (*_READ, *_RIVALS)}
_IS_LATIN: Final = np.array(
    [byte < 0x80 and bytes([byte]).isalpha() and byte not in _LIKE_CYRILLIC for byte in range(256)]
)


def _score(
    counts: np.ndarray[tuple[int], np.dtype[np.int64]],
    pairs: np.ndarray[tuple[int, int], np.dtype[np.int64]],
    table: _Table,
) -> float:
    small_then_capital = pairs[np.ix_(table.is_small, table.is_capital)].sum()
    beside = pairs[np.ix_(_IS_LATIN, table.is_cyrillic)].sum() + pairs[np.ix_(table.is_cyrillic, _IS_LATIN)].sum()
    return float(counts @ table.logs + small_then_capital * _CAPITAL_AFTER_SMALL + beside * _LATIN_BESIDE)


def _not_text() -> SourceError:
    return SourceError(
        "це не таблиця: ні текст (UTF-8, UTF-16, Windows-1251, KOI8-U), ні книга XLSX, XLS чи ODS; збережіть файл як"
        " CSV UTF-8",
        "not a table: neither text (UTF-8, UTF-16, Windows-1251, KOI8-U) nor a workbook XLSX, XLS or ODS; save the"
        " file as CSV UTF-8",
    )


def _of_another(encoding: str) -> SourceError:
    name = _NAMES[encoding]
    return SourceError(
        f"схоже, що кодування тексту — {name}, а читаються UTF-8, UTF-16, Windows-1251 і KOI8-U; збережіть файл як CSV"
        " UTF-8",
        f"the text seems to be in {name}; UTF-8, UTF-16, Windows-1251 and KOI8-U are read; save the file as CSV UTF-8",
    )


def _uncertain() -> SourceError:
    return SourceError(
        "не можна певно сказати, у якому кодуванні текст; збережіть файл як CSV UTF-8",
        "it is not certain in which encoding the text is; save the file as CSV UTF-8",
    )


def _mixed(first: str, second: str, line: int) -> SourceError:
    names = _NAMES[first], _NAMES[second]
    return SourceError(
        f"у файлі змішано кодування {names[0]} і {names[1]} (рядок {line}); збережіть частини файлу як CSV UTF-8",
        f"the file mixes {names[0]} and {names[1]} (line {line}); save the parts of the file as CSV UTF-8",
    )
