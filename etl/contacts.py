"""E-mail addresses and phone numbers: one form for each however it is typed, and none left standing in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, Final

import phonenumbers
import pyarrow as pa
import pyarrow.compute as pc

from etl.transform.text import clean, unmix

HIDDEN: Final = "…"
"""What stands in a text where a contact was."""

_AT: Final = r"(?:@|\s*[(\[{]\s*(?:at|ат|собака)\s*[)\]}]\s*)"
_DOT: Final = r"(?:\.|\s*[(\[{]\s*(?:dot|крапка)\s*[)\]}]\s*)"
_EMAIL: Final = re.compile(r"([^@\s]+)@([^@\s.]+(?:\.[^@\s.]+)+)")
_WRITTEN_AT: Final = re.compile(_AT, re.IGNORECASE)
_WRITTEN_DOT: Final = re.compile(_DOT, re.IGNORECASE)
_BLANKS_AROUND_AT: Final = re.compile(r"\s*@\s*")
_IN_BRACKETS: Final = re.compile(r".*<([^<>]*)>\s*")
_BESIDE_ADDRESS: Final = " \t\"'«»“”<>()[],;:.!"
_GMAIL: Final = ("gmail.com", "googlemail.com")

_BETWEEN_DIGITS: Final = re.compile(r"[\s()\-\u2010-\u2015.]+")
_PLAIN_MOBILE: Final = re.compile(r"(?:\+?38|8)?(0(?:39|50|6[3678]|73|9[1-9])[0-9]{7})")
_NATIONAL_DIGITS: Final = 10
_MAY_BE_AT: Final = r"@|[(\[{][^0-9]"
_NO_NUMBER: Final = r"^[\pL '’ʼ.\-]*$"
_EMAIL_WITH_DIGIT: Final = r"^[A-Za-z0-9._%+\-]*[0-9][A-Za-z0-9._%+\-]*@[.\-]*[A-Za-z0-9][A-Za-z0-9.\-]*$"
"""No number: the parser starts at the first digit, and after it no number has an @."""
_OR: Final = r"(?i)\bor\b"
"""Stands between several contacts; «.org» does not."""
_AS_DECIMAL: Final = re.compile(r"([0-9]{9,12})[.,]0+")
_SEVERAL: Final = re.compile(r"[,;/\n]|\bабо\b|\bor\b")

_PLAIN_EMAIL: Final = re.compile(
    r"[a-z0-9](?:[a-z0-9._%+\-]*[a-z0-9])?@[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+"
)
"""As nearly all addresses are written; the others take ten times longer."""
_MARKS: Final = r"[\s()\-\u2010-\u2015./]{0,3}"
_EMAIL_IN_TEXT: Final = re.compile(
    rf"[\w.%+\-]+\s*{_AT}\s*[\w\-]+(?:\s?{_DOT}\s?[\w\-]+)+|[\w.%+\-]+@[\w.\-]*\w", re.IGNORECASE
)
_PHONE: Final = (
    rf"(?<![\d+])\+{_MARKS}\d(?:{_MARKS}\d){{8,14}}(?!\d)|(?<!\d)(?:3?8{_MARKS})?\(?0\d\d(?:{_MARKS}\d){{7}}(?!\d)"
)
_PHONE_IN_CODE: Final = re.compile(_PHONE)
_PHONE_IN_TEXT: Final = re.compile(
    # A spreadsheet drops the first zero of a number.
    rf"{_PHONE}|(?<!\d)(?<!\d[.,])(?:39|50|6[3678]|73|9[1-9])\d{{7}}(?!\d|[.,]\d)"
)
_FEWEST_DIGITS: Final = 9
_FEWEST_CHARACTERS: Final = 7
_NO_DIGIT: Final = re.compile(r"\D*")
_DIGIT: Final = re.compile(r"\d")


def email_address(text: str) -> str | None:
    """The e-mail address that a cell holds, in one form; ``None`` when it holds none, or several.

    Case, blanks, invisible characters, full width, ``mailto:``, a name before ``<…>``, marks around it, look-alike
    letters and ``(at)`` make no difference; nor do an internationalised domain's two ways of writing, and, where the
    mail service says so of itself (Gmail), dots and what follows a plus.
    """
    plain = text.strip().lower()
    if _PLAIN_EMAIL.fullmatch(plain):
        return _in_one_form(*plain.split("@"))
    if "@" not in text and not _WRITTEN_AT.search(text):
        return None
    bare = _IN_BRACKETS.sub(r"\1", clean(unicodedata.normalize("NFKC", text))).strip(_BESIDE_ADDRESS)
    bare = bare.removeprefix("mailto:").removeprefix("MAILTO:")
    joined = _BLANKS_AROUND_AT.sub("@", _WRITTEN_AT.sub("@", _WRITTEN_DOT.sub(".", bare)))
    found = _EMAIL.fullmatch(unmix(joined.lower()).lower())
    if not found:
        return None
    return _in_one_form(*found.groups())


def email_addresses(texts: pa.StringArray) -> pa.StringArray:
    """`email_address` of each text; those written plainly, and texts that cannot hold one, are settled at once."""
    plain = pc.ascii_lower(pc.ascii_trim_whitespace(texts))
    is_address = pc.match_substring_regex(plain, f"^{_PLAIN_EMAIL.pattern}$")
    is_gmail = pc.match_substring_regex(plain, f"@(?:{'|'.join(map(re.escape, _GMAIL))})$")
    local = pc.replace_substring(pc.replace_substring_regex(plain, r"[+@].*$", ""), ".", "")
    # A local part that starts with a letter or a digit, as plain ones do, is never left without any.
    address = pc.if_else(is_gmail, pc.binary_join_element_wise(local, _GMAIL[0], "@"), plain)
    return _found(email_address, texts, address, is_address, pc.invert(pc.match_substring_regex(texts, _MAY_BE_AT)))


def phone_numbers(texts: pa.StringArray) -> pa.StringArray:
    """`e164` of each text; plain Ukrainian mobile numbers, and texts that cannot be one, are settled at once."""
    bare = pc.replace_substring_regex(texts, r"[ ()\-.]+", "")
    is_mobile = pc.match_substring_regex(bare, f"^{_PLAIN_MOBILE.pattern}$")
    number = pc.binary_join_element_wise("+38", pc.utf8_slice_codeunits(bare, -_NATIONAL_DIGITS), "")
    is_none = pc.or_(
        pc.match_substring_regex(texts, _NO_NUMBER),
        pc.and_not(pc.match_substring_regex(texts, _EMAIL_WITH_DIGIT), pc.match_substring_regex(texts, _OR)),
    )
    return _found(e164, texts, number, is_mobile, is_none)


def _found(
    resolve: Callable[[str], str | None], texts: pa.StringArray, plain: Any, is_plain: Any, is_none: Any
) -> pa.StringArray:
    """What is known at once: a value or that there is none; elsewhere what a text is resolved to by itself."""
    is_other = pc.invert(pc.or_(is_plain, is_none))
    others = pa.array([resolve(text) for text in texts.filter(is_other).to_pylist()], pa.string())
    return pc.replace_with_mask(pc.if_else(is_plain, plain, None), is_other, others)


def _in_one_form(local: str, domain: str) -> str | None:
    if domain in _GMAIL:
        local, domain = local.split("+", 1)[0].replace(".", ""), _GMAIL[0]
    return f"{local}@{_ascii(domain)}" if local else None


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain  # slow to find out otherwise
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain


def e164(text: str) -> str | None:
    """The phone number in E.164, such as ``+380671234567``; ``None`` when it is no valid number.

    Of several numbers in a cell it is the first. Plain Ukrainian mobile numbers are recognised by pattern, since the
    full parser takes forty times longer.
    """
    if len(text) < _FEWEST_CHARACTERS or _NO_DIGIT.fullmatch(text):
        return None
    plain = _PLAIN_MOBILE.fullmatch(_BETWEEN_DIGITS.sub("", text))
    if plain:
        return f"+38{plain.group(1)}"
    number = _parsed(_AS_DECIMAL.sub(r"\1", text))
    if number is None:
        several = _SEVERAL.split(text)
        return e164(several[0]) if len(several) > 1 else None
    return number


def _parsed(text: str) -> str | None:
    try:
        number = phonenumbers.parse(text, "UA")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def hide(text: str, *, is_code: bool = False) -> str:
    """The text with «…» in the place of every e-mail address and phone number. Idempotent.

    Digits that no telephone could have (dates, prices, postcodes) stay. Names stay too: a title may rightly name a
    speaker, and no pattern tells one from the other.

    Args:
        text: any text.
        is_code: the text is a code, in which nine digits are just digits; elsewhere they may be a phone number
            whose zero a spreadsheet has dropped.
    """
    plain = unicodedata.normalize("NFKC", text)
    if not _may_hold(plain):
        return text
    phone = _PHONE_IN_CODE if is_code else _PHONE_IN_TEXT
    hidden = _EMAIL_IN_TEXT.sub(HIDDEN, clean(plain))
    hidden = phone.sub(lambda match: HIDDEN if e164(match.group()) else match.group(), hidden)
    return text if hidden == clean(plain) else hidden


def holds(text: str) -> bool:
    """Whether an e-mail address or a phone number stands in a text."""
    return hide(text) != text


def _may_hold(text: str) -> bool:
    """Whether a look is worth its time; most texts have neither an @ nor nine digits."""
    return "@" in text or _WRITTEN_AT.search(text) is not None or len(_DIGIT.findall(text)) >= _FEWEST_DIGITS
