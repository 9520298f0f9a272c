"""How pages look beyond Streamlit's theme: sizes, the high contrast, paper.

The rules behind it: docs/design.md.
"""

from __future__ import annotations

from typing import Final

_BASE: Final = """
  /* A file is made after the click, and not while the page is being drawn: then the button says so. */
  [data-test-script-state=running] [data-testid=stDownloadButton] { cursor: progress; }
  [data-test-script-state=running] [data-testid=stDownloadButton] button { opacity: 0.5; pointer-events: none; }
  .stMainBlockContainer { padding: 3.5rem clamp(1rem, 3.8vw, 5rem) 4rem !important; max-width: 100rem !important; }
  .st-key-unseen { position: absolute; width: 0; overflow: hidden; }
  .st-key-navigation { align-items: center; gap: 0.25rem 0.5rem !important; }
  @media (min-width: 768px) {
    /* The side bar comes with its first filter: its room is kept until then. */
    [data-testid=stAppViewContainer]:not(:has([data-testid=stSidebar])):not(
      :has([data-testid=stMainBlockContainer] h1))::before { content: ""; flex: none; width: 300px; order: -1; }
  }
  @media (max-width: 1400px) { .st-key-navigation kbd { display: none; } }
  @media (max-width: 480px) {
    .st-key-navigation { min-height: 7rem; align-content: flex-start; }
    /* There are no keys to press, and without them the months before and after stand in one line. */
    [data-testid=stButton] kbd { display: none; }
  }
  .st-key-navigation [data-testid=stPageLink] a { min-height: 2.25rem; }
  [data-testid=stMultiSelectTagsContainer] [data-tag] button { min-width: 1.5rem; min-height: 1.5rem; }
  [data-testid=stMetricLabel] :is(div, p) { white-space: normal; overflow: visible; }
  /* A way around what takes many steps of the keyboard, seen when it is reached. */
  [data-testid=stElementContainer]:has(.cs-past, #past-map) { position: absolute; width: auto !important; z-index: 2; }
  .cs-past:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  /* What is drawn later has the height from the start that it will have. */
  [data-testid=stElementContainer][class*=st-key-w_]:not([class*=st-key-w_workshops], [class*=st-key-w_contrast]) {
    min-height: 3.75rem; }
  [data-testid=stElementContainer][class*=st-key-w_][class*=st-key-w_event_day] { min-height: 20.5rem; }
  .st-key-map_frame { min-height: 560px; }
  /* Plotly measures a place by the hundredth of a pixel and is then told its true width: where these differ it draws
     the chart again. */
  [data-testid=stElementContainer][class*="st-key-chart_"] { width: round(down, 100%, 1px) !important; }
  [data-testid=stElementContainer][class*=st-key-w_]:is([class*=st-key-w_map_figure], [class*=st-key-w_map_method],
    [class*=st-key-w_map_month], [class*=st-key-w_map_space],
    [class*=st-key-w_city], [class*=st-key-w_month], [class*=st-key-w_start], [class*=st-key-w_end],
    [class*=st-key-w_districts], [class*=st-key-w_themes], [class*=st-key-w_kinds], [class*=st-key-w_networks],
    [class*=st-key-w_groups], [class*=st-key-w_compared],
    [class*=st-key-w_event_search], [class*="st-key-w_event-"]) { min-height: 4.25rem; }
  /* Streamlit would add up a column and write it in dollars: who came to two themes is one person. */
  [data-testid=stDataFrameColumnMenu] [role=menu] > [role=presentation] { display: none; }
  /* Streamlit's captions and hints are too pale to read on a projector (WCAG asks for 4.5 to 1). */
  [data-testid=stCaptionContainer], [data-testid=stCaptionContainer] * { color: inherit; opacity: 1; }
  kbd { color: inherit !important; opacity: 1 !important; }
  h1 { font-size: 2.2rem !important; padding-top: 0 !important; }
  .stMainBlockContainer h2 { font-size: 1.75rem !important; line-height: 1.2; padding: 0.5rem 0 1rem; }
  .stMainBlockContainer h3 { font-size: 1.4rem !important; }
  /* The tiles' room by the number of their columns, for they come a moment later than what is below them. */
  .st-key-tiles { container-type: inline-size; }
  .st-key-tiles > * { min-height: 20.5rem; }
  @container (width < 64.25rem) { .st-key-tiles > * { min-height: 30rem; } }
  @container (width < 48rem) { .st-key-tiles > * { min-height: 42rem; } }
  @container (width < 31.75rem) { .st-key-tiles > * { min-height: 82rem; } }
  .cs-tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(15.5rem, 1fr)); gap: 0.75rem; }
  .cs-tile { border: 1px solid rgba(123, 135, 148, 0.45); border-radius: 0.5rem; padding: 0.8rem 1rem; }
  .cs-name { font-weight: 600; }
  .cs-row { display: flex; align-items: center; justify-content: space-between; gap: 0.5rem; }
  .cs-spark { flex: none; max-width: 45%; }
  .cs-value { font-size: 2.1rem; font-weight: 600; line-height: 1.25; font-variant-numeric: tabular-nums; }
  .cs-change, .cs-base { font-size: 0.92rem; line-height: 1.45; }
  .cs-good span { color: #1f9d55; } .cs-bad span { color: #d9534f; }
  .cs-legend ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; margin: 0.3rem 0; padding: 0; }
  .cs-legend li { display: flex; align-items: center; gap: 0.4rem; margin: 0; font-size: 0.95rem; }
  .cs-swatch { width: 1.1rem; height: 1.1rem; border-radius: 0.2rem; border: 1px solid rgba(123, 135, 148, 0.8); }
  :focus-visible:not(input, textarea, [data-testid=stMain]) {
    outline: 3px solid currentColor !important; outline-offset: 2px; }
  .st-key-found a { width: 100%; }
  [class*="st-key-finding_"] a[href$="#year"] { color: inherit; text-decoration: none; padding: 0 0.5rem; }
  [class*="st-key-finding_"] a[href$="#year"]:hover { text-decoration: underline; }
  /* A chip: its grey words are for the ear, its cross for the eye. */
  .st-key-chips button { border-radius: 1rem; min-height: 2rem; padding: 0.1rem 0.8rem; }
  .st-key-chips button .stMarkdownColoredText { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); white-space: nowrap; }
  .st-key-chips [class*="st-key-chip_"]:not([class*="chip_reset"]) button p::after { content: "  ✕" / ""; }
  .cs-heat { overflow: auto; max-height: 26rem; }
  .cs-heat table { border-collapse: separate; border-spacing: 2px; font-size: 0.85rem; width: 100%; }
  .cs-heat th { font-weight: 600; text-align: left; padding: 0.1rem 0.5rem 0.1rem 0; white-space: nowrap; }
  .cs-heat tbody th { max-width: min(15.5rem, 60vw); overflow: hidden; text-overflow: ellipsis; }
  .cs-heat thead th { text-align: center; padding: 0.1rem 0.2rem; font-weight: 400; }
  .cs-heat td { text-align: center; padding: 0.15rem; font-size: 0.8rem; border: 1px solid rgba(123, 135, 148, 0.45);
    border-radius: 0.25rem; white-space: nowrap; }
  .cs-heat td.cs-lists { background: rgba(35, 117, 193, 0.3); }
  .cs-heat td.cs-totals { background: rgba(35, 117, 193, 0.12); }
  .cs-heat td.cs-awaited { border: 2px dashed #d9534f; }
  .cs-heat td.cs-idle, .cs-heat td.cs-closed { border-style: dotted; }
  @media (max-width: 640px) {
    /* On a phone the names of districts would cover each other: the numbers stay, the names stand in the table. */
    .st-key-view_overview_districts .annotation .bg,
    .st-key-view_overview_districts .annotation-text .line:not(:last-child) { display: none; }
    .st-key-view_overview_districts .annotation-text { paint-order: stroke; stroke: #fff; stroke-width: 3px; }
    .st-key-tour [data-testid=stColumn] p { font-size: 0.9rem; margin-bottom: 0.5rem; }
  }
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { animation-duration: 0.01ms !important; animation-iteration-count: 1 !important;
      transition-duration: 0.01ms !important; scroll-behavior: auto !important; }
  }
"""
_MOST_ROWS: Final = 10
_TABLES: Final = "".join(
    f'[class*="st-key-rows_{rows}_"] {{ min-height: {35 * (rows + 1) + 2}px; }}' for rows in range(1, _MOST_ROWS + 1)
)
"""A table has its height before Streamlit has it: 35 px for the heading and for each row, ten rows at the most."""
_DARK: Final = """
  /* Streamlit writes white on the accent, whatever its lightness; the dark theme's accent is light. */
  [data-testid=stBaseButton-primary] *, [data-testid=stBaseLinkButton-primary] *,
  [data-testid=stMultiSelectTagsContainer] [data-tag] * { color: #10161d !important; }
"""
_CONTRAST: Final = """
  .stApp, .stApp [data-testid=stSidebar], .stApp [data-testid=stHeader], [role=dialog], [role=listbox],
  [data-testid=stExpander] summary, .stApp button:not([data-testid$=primary]), .stApp input,
  .stApp [role=group], [data-testid=stAlertContainer] { background-color: PAPER !important; }
  .stApp :is(p, li, label, h1, h2, h3, h4, th, td, input, summary, code, a, span):not(
    [data-testid$=primary] *, [data-tag] *, .cs-swatch),
  [role=dialog] :is(p, label, a, input) { color: INK !important; }
  .stApp [data-testid^=stBaseButton], .stApp [data-testid=stTextInputRootElement], .stApp [data-rac][role=group],
  .stApp [data-testid=stExpander] details,
  .stApp [data-testid=stAlertContainer], .stApp [data-testid=stMetric], .cs-tile, .cs-heat td, .cs-swatch,
  .stApp [data-testid=stDataFrame], .stApp [data-testid=stSidebar] { border: 2px solid INK !important; }
  [data-testid=stMultiSelectTagsContainer] :is([data-tag], [data-tag] *, span) {
    background-color: PAPER !important; color: INK !important; }
  [data-testid=stMultiSelectTagsContainer] [data-tag] { border: 1px solid INK; }
  .stApp a { text-decoration: underline; }
  .stApp button[aria-checked=true], [data-testid=stPageLink] a[aria-current=page] { outline: 3px solid INK; }
  /* What is drawn on a canvas or in a frame of its own takes no rules: the browser strengthens it. */
  [data-testid=stDataFrame] canvas, iframe[title^=streamlit_folium], .cs-swatch { filter: contrast(1.15); }
"""
_PRINT: Final = """
  @page { margin: 10mm; }
  @media print {
    [data-testid=stSidebar], [data-testid=stHeader], [data-testid=stToolbar], .st-key-navigation,
    .st-key-tour, .stApp [data-testid=stButton], .stApp [data-testid=stDownloadButton], [data-testid=stElementToolbar],
    .stApp [data-testid=stPopover], [data-testid=stExpander] details:not([open]) { display: none !important; }
    .st-key-chips [data-testid=stButton] { display: block !important; }
    .st-key-chips [class*="chip_reset"] { display: none !important; }
    .st-key-chips button p::after { content: "" !important; }
    html, body, #root, .stApp, [data-testid=stAppViewContainer], [data-testid=stMain] {
      position: static !important; display: block !important; height: auto !important; overflow: visible !important; }
    .stMainBlockContainer { width: var(--cs-print-width, auto) !important; max-width: none !important;
      zoom: var(--cs-print-zoom, 1); padding: 0 !important; }
    /* What stands in a frame of its own is not made smaller with the page: it is turned to the same size. */
    .st-key-map_frame { overflow: hidden; contain: layout; }
    .st-key-map_frame iframe { zoom: calc(1 / var(--cs-print-zoom, 1)); width: calc(100% / var(--cs-print-zoom, 1));
      transform: scale(var(--cs-print-zoom, 1)); transform-origin: top left;
      margin-bottom: calc(-560px * (1 - var(--cs-print-zoom, 1))); }
    .cs-heat { max-height: none !important; overflow: visible !important; }
    [data-testid=stVerticalBlock], [data-testid=stLayoutWrapper] { display: block !important; }
    [data-testid=stVerticalBlock] > * { margin-bottom: 1rem; }
    h1, h2, h3, [data-testid=stElementContainer]:has(h1, h2, h3),
    [data-testid=stElementContainer]:has(+ [data-testid=stElementContainer] [data-testid=stPlotlyChart]) {
      break-after: avoid; }
    [data-testid=stPlotlyChart], [data-testid=stDataFrame], iframe, .cs-tile, [data-testid=stMetric] {
      break-inside: avoid; }
    * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  }
"""


def first() -> str:
    """The rules that must be there before the first element is: what comes later would move what stands."""
    return f"<style>{_BASE}{_TABLES}</style>"


def room(rows: int, key: str) -> str:
    """The key of the place of a table with so many rows."""
    return f"rows_{min(max(rows, 1), _MOST_ROWS)}_{key}"


def sheet(*, is_dark: bool, is_high_contrast: bool) -> str:
    """The style sheet of a page."""
    rules = _BASE + _TABLES + (_DARK if is_dark else "")
    if is_high_contrast:
        ink, paper = ("#ffffff", "#000000") if is_dark else ("#000000", "#ffffff")
        rules += _CONTRAST.replace("INK", ink).replace("PAPER", paper)
    return f"<style>{rules}{_PRINT}</style>"
