"""The one script around the pages."""

from __future__ import annotations

import json
from typing import Final

from dashboard.text import widgets
from dashboard.text.everywhere import say
from dashboard.text.words import Lang

_THEIR_TEXTS: Final = (
    "[data-testid$=Dropdown], [data-testid=stDialog], .gdg-search-status, "
    "[data-live-announcer], [role=log], [role=status]"
)
"""Where Streamlit writes words of its own."""
_SCRIPT: Final = """<script>
(() => {
  document.documentElement.lang = "LANG";
  const skip = document.querySelector("[data-testid=stSkipToContent]");
  if (skip) skip.textContent = "SKIP";
  // Streamlit's own widgets speak English alone.
  const phrases = PHRASES, patterns = PATTERNS;
  const said = (text) => {
    const phrase = text.trim();
    if (Object.hasOwn(phrases, phrase)) return phrases[phrase];
    const found = patterns.find(([pattern]) => new RegExp(pattern).test(phrase));
    return found ? phrase.replace(new RegExp(found[0]), found[1]) : text;
  };
  const put = (element, from, to) => {
    const there = element.getAttribute(from), wanted = there && said(there);
    if (wanted && wanted !== element.getAttribute(to)) element.setAttribute(to, wanted);
  };
  const within = (root, rule) => [...(root.matches(rule) ? [root] : []), ...root.querySelectorAll(rule)];
  window.civicspaceSay = (root) => {
    const menu = "[data-testid^=stDataFrameColumn]", texts = `TEXTS, ${menu}`;
    const named = "button, a, input, section, kbd, [role=menu], [role=img], [role=listbox], [aria-label^=S]";
    for (const one of within(root, named)) put(one, "aria-label", "aria-label");
    for (const one of within(root, "input")) put(one, "placeholder", "placeholder");
    for (const one of within(root, `${menu} [title]`)) put(one, "title", "title");
    for (const one of within(root, "iframe")) put(one, "title", "aria-label");
    for (const place of root.closest(texts) ? [root] : root.querySelectorAll(texts)) {
      const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const wanted = said(walker.currentNode.data);
        if (wanted !== walker.currentNode.data) walker.currentNode.data = wanted;
      }
    }
  };
  window.civicspaceSay(document.body);
  const wants = matchMedia("(prefers-contrast: more)");
  const address = new URL(location.href);
  if (wants.matches && !address.searchParams.has("contrast") && !sessionStorage.getItem("civicspace-contrast")) {
    sessionStorage.setItem("civicspace-contrast", "asked");
    address.searchParams.set("contrast", "more");
    location.replace(address);
  }
  if (window.civicspace) return;
  window.civicspace = true;
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.type === "childList" ? change.addedNodes : [change.target]) {
        const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
        // A chart is drawn by thousands of changes, and its words are ours.
        if (element?.matches && !element.ownerSVGElement) window.civicspaceSay(element);
      }
    }
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributeFilter: ["aria-label", "placeholder"] });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable=true]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const find = document.querySelector("[class*=st-key-find_open] button");
    if (find) { event.preventDefault(); find.click(); }
  });
  // The page is put on paper as wide as it stands on screen, made smaller as a whole: charts keep their drawn size.
  // What is wider than the upright sheet can show in legible type lies across.
  const upright = 718, across = 1040, legible = 0.6;
  const sheet = document.head.appendChild(document.createElement("style"));
  addEventListener("beforeprint", () => {
    const wide = document.querySelector(".stMainBlockContainer");
    if (!wide) return;
    const style = getComputedStyle(wide);
    const width = wide.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    document.documentElement.style.setProperty("--cs-print-width", `${width}px`);
    const lies = upright / width < legible;
    sheet.textContent = `@page { size: A4 ${lies ? "landscape" : "portrait"}; }`;
    document.documentElement.style.setProperty("--cs-print-zoom", Math.min(1, (lies ? across : upright) / width));
  });
})();
</script>"""


def script(lang: Lang) -> str:
    """What the page's script does.

    The language for screen readers, the words that Streamlit has in English alone, the key «/», the width on paper,
    and the contrast that the visitor's system asks for.
    """
    return (
        _SCRIPT.replace("LANG", lang)
        .replace("SKIP", say("skip", lang))
        .replace("TEXTS", _THEIR_TEXTS)
        .replace("PHRASES", json.dumps(widgets.phrases(lang)))
        .replace("PATTERNS", json.dumps(widgets.patterns(lang)))
    )
