"""A blank A4 document for the paper flow: its styles, page, language, header and footer.

Everything looks as its style says, so that a clerk restyles the whole by changing a style. Size of type, margins and
the spacing follow what Ukrainian offices write by (DSTU 4163:2020).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from dashboard.reports.tables import plain
from dashboard.text import files as words
from dashboard.text.words import Lang

FONT: Final = "Times New Roman"
_LANGUAGES: Final[Mapping[Lang, str]] = {"uk": "uk-UA", "en": "en-GB"}
_LONG_MM: Final = 297
_SHORT_MM: Final = 210
_BOUND_MM: Final = 30
"""The margin where the sheet is bound."""
_OUTER_MM: Final = 10
"""The margin opposite, and how far header and footer stand from the edge."""
_UPPER_MM: Final = 20
"""The other two margins."""

TEXT_WIDTH_MM: Final = _SHORT_MM - _BOUND_MM - _OUTER_MM
WIDE_TEXT_WIDTH_MM: Final = _LONG_MM - _UPPER_MM - _OUTER_MM

_OWN: Final[Mapping[str, tuple[str, str, str]]] = {
    "TableText": ("style.table_text", '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="20"/>'),
    "TableNumber": (
        "style.table_number",
        '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="right"/>',
        '<w:sz w:val="20"/>',
    ),
    "Notice": (
        "style.notice",
        (
            '<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="5B6775"/></w:pBdr>'
            '<w:spacing w:after="80" w:line="240" w:lineRule="auto"/><w:ind w:left="227"/>'
        ),
        '<w:sz w:val="22"/>',
    ),
    "Note": (
        "style.note",
        '<w:spacing w:before="60" w:after="60" w:line="240" w:lineRule="auto"/>',
        '<w:sz w:val="20"/>',
    ),
    "HeaderNotice": (
        "style.header_notice",
        '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>',
        '<w:b/><w:color w:val="A3260F"/><w:sz w:val="20"/>',
    ),
}
"""Styles that Word has none for: by id, the key of the name, and how the paragraph and its text look."""

_BUILT_IN: Final[Mapping[str, tuple[str, str]]] = {
    "Title": ('<w:keepNext/><w:spacing w:after="60"/><w:jc w:val="center"/>', '<w:b/><w:sz w:val="36"/>'),
    "Subtitle": ('<w:spacing w:after="60"/><w:jc w:val="center"/>', ""),
    "Heading1": (
        '<w:keepNext/><w:keepLines/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>',
        '<w:b/><w:sz w:val="28"/>',
    ),
    "Heading2": (
        '<w:keepNext/><w:keepLines/><w:spacing w:before="280" w:after="80"/><w:outlineLvl w:val="1"/>',
        '<w:b/><w:sz w:val="24"/>',
    ),
    "Heading3": (
        '<w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="0"/><w:outlineLvl w:val="2"/>',
        '<w:b/><w:sz w:val="22"/>',
    ),
    "ListBullet": (
        '<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/><w:contextualSpacing w:val="0"/>',
        "",
    ),
    "Caption": (
        '<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="80" w:line="240" w:lineRule="auto"/>',
        '<w:sz w:val="22"/>',
    ),
    "Header": ('<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="20"/>'),
    "Footer": (
        '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>',
        '<w:sz w:val="20"/>',
    ),
}
"""How Word's own styles look here, by id."""

_KEPT: Final = {*_BUILT_IN, "Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
_SIGNATURE: Final = (
    '<w:keepNext/><w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="7370"/></w:tabs>'
    '<w:spacing w:before="160" w:after="0"/>'
)
TABLE_STYLE: Final = "ReportTable"
_TABLE_STYLE: Final = """
<w:style {w} w:type="table" w:customStyle="1" w:styleId="{id}">
  <w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="8" w:space="0" w:color="17202B"/>
      <w:bottom w:val="single" w:sz="8" w:space="0" w:color="17202B"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="C9D3DF"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="28" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
      <w:bottom w:w="28" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/></w:rPr>
    <w:tcPr>
      <w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="17202B"/></w:tcBorders>
      <w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/><w:vAlign w:val="bottom"/>
    </w:tcPr>
  </w:tblStylePr>
</w:style>
"""


def blank(lang: Lang) -> Paper:
    """A document without text, in a language, with its styles."""
    document = Document()
    _without_leftovers(document)
    _speaking(document, _LANGUAGES[lang])
    _styled(document, lang)
    _upright(document.sections[0])
    return document


def in_style(paragraph: Paragraph, style_id: str) -> Paragraph:
    """Give a paragraph a style by its id, whatever the style is called in the document's language."""
    paragraph._p.style = style_id  # noqa: SLF001 - by name python-docx looks through all styles each time
    return paragraph


def next_part(document: Paper, *, is_wide: bool = False) -> None:
    """Begin a new page, lying where it is wide; header and footer go on."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    if is_wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(_LONG_MM), Mm(_SHORT_MM)
        # Turned by a quarter the bound edge lies on top.
        section.left_margin, section.right_margin = Mm(_UPPER_MM), Mm(_OUTER_MM)
        section.top_margin, section.bottom_margin = Mm(_BOUND_MM), Mm(_UPPER_MM)
    else:
        _upright(section)


def header_and_footer(document: Paper, upper: str, warnings: str, lower: str, pages: str) -> None:
    """What stands on every page.

    Args:
        document: the document.
        upper: the header's line.
        warnings: what is said below it, so that no page goes without it; nothing where it is empty.
        lower: what the footer begins with.
        pages: what it ends with: a text with ``{page}`` and ``{pages}``.
    """
    section = document.sections[0]
    header = section.header
    header.paragraphs[0].add_run(plain(upper))
    if warnings:
        in_style(header.add_paragraph(plain(warnings)), "HeaderNotice")
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{plain(lower)} · ")
    before, rest = pages.split("{page}")
    between, after = rest.split("{pages}")
    footer.add_run(before)
    field(footer, "PAGE", "1")
    footer.add_run(between)
    field(footer, "NUMPAGES", "1")
    footer.add_run(after)


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Append a field, which Word works out anew, with what it shows until then."""
    element = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:t/></w:r></w:fldSimple>')
    element.find(f".//{qn('w:t')}").text = shown
    paragraph._p.append(element)  # noqa: SLF001 - python-docx has no fields


def _without_leftovers(document: Paper) -> None:
    """Take out what python-docx's own template brings along: a picture, a list of books, styles for nothing."""
    leftovers = (
        (document.part.package, ("thumbnail", "extended-properties")),
        (document.part, ("stylesWithEffects", "customXml")),
    )
    for holder, kinds in leftovers:
        for key, relation in list(holder.rels.items()):
            if relation.reltype.endswith(kinds):
                del holder.rels[key]
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in _KEPT:
            styles.remove(style)
        elif style.get(qn("w:type")) == "paragraph":
            _remove(style, "w:link", "w:pPr", "w:rPr", "w:semiHidden")
    _remove(document.settings.element, "w:rsids", "w:savePreviewPicture", "w:proofState")


def _remove(element: BaseOxmlElement, *names: str) -> None:
    for name in names:
        for child in element.findall(qn(name)):
            element.remove(child)


def _speaking(document: Paper, language: str) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(f".//{qn('w:rPr')}")
    properties.clear()
    for xml in (
        f'<w:rFonts {nsdecls("w")} w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>',
        f'<w:sz {nsdecls("w")} w:val="24"/>',
        f'<w:szCs {nsdecls("w")} w:val="24"/>',
        f'<w:lang {nsdecls("w")} w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>',
    ):
        properties.append(parse_xml(xml))
    spacing = defaults.find(f".//{qn('w:spacing')}")
    spacing.set(qn("w:after"), "120")
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).attrib.clear()
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            # Of Word 2013 and later; with 14 Word says that the document is of an older kind.
            each.set(qn("w:val"), "15")


def _styled(document: Paper, lang: Lang) -> None:
    styles = document.styles.element
    for style_id, (paragraph, run) in _BUILT_IN.items():
        style = next(each for each in styles.findall(qn("w:style")) if each.get(qn("w:styleId")) == style_id)
        style.append(parse_xml(f"<w:pPr {nsdecls('w')}>{paragraph}</w:pPr>"))
        style.append(parse_xml(f"<w:rPr {nsdecls('w')}>{run}</w:rPr>"))
    for style_id, (key, paragraph, run) in _OWN.items():
        styles.append(_paragraph_style(style_id, words.say(key, lang), paragraph, run, is_own=True))
    styles.append(_paragraph_style("Signature", "Signature", _SIGNATURE, "", is_own=False))
    styles.append(parse_xml(_TABLE_STYLE.format(w=nsdecls("w"), id=TABLE_STYLE, name=words.say("style.table", lang))))


def _paragraph_style(style_id: str, name: str, paragraph: str, run: str, *, is_own: bool) -> BaseOxmlElement:
    own = ' w:customStyle="1"' if is_own else ""
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph"{own} w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
    )


def _upright(section: Section) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(_SHORT_MM), Mm(_LONG_MM)
    section.left_margin, section.right_margin = Mm(_BOUND_MM), Mm(_OUTER_MM)
    section.top_margin = section.bottom_margin = Mm(_UPPER_MM)
    section.header_distance = section.footer_distance = Mm(_OUTER_MM)
