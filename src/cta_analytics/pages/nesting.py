"""A bound on how deep elements nest: at each tag a parser looks through all that are open. Browsers have one too."""

from __future__ import annotations

import re

# Blink flattens a page there (`kMaximumHTMLParserDOMTreeDepth`); a page that somebody wrote has some thirty levels.
MAX_DEPTH = 512
# With fewer tags than this not even the worst page takes long.
_FEW_TAGS = 4000
# Elements that stay open until they are closed, unlike `<p>` or `<li>`, which the next one of their kind closes.
_STAYING = (
    *("div", "span", "section", "article", "main", "aside", "nav", "header", "footer", "blockquote", "ul", "ol", "dl"),
    *("table", "center", "figure", "details", "fieldset", "form", "object", "button", "label", "svg", "g"),
    *("b", "i", "em", "strong", "font", "big", "small", "tt", "u", "s", "code", "sup", "sub", "cite", "abbr", "ins"),
    *("del", "mark", "q"),
)
_TAG = re.compile(rf"<(?P<close>/?)(?:{'|'.join(_STAYING)})(?=[\t\n\f\r />])[^<>]*>", re.IGNORECASE)


def limited(html: str) -> str:
    """The HTML without the tags of elements that stand deeper than `MAX_DEPTH`; nearly always the HTML itself."""
    if html.count("<") < _FEW_TAGS or not _is_suspect(html):
        return html
    depth = dropped = 0

    def keep(found: re.Match[str]) -> str:
        nonlocal depth, dropped
        if not found["close"]:
            if depth >= MAX_DEPTH:
                dropped += 1
                return ""
            depth += 1
        elif dropped:
            dropped -= 1
            return ""
        else:
            depth = max(0, depth - 1)
        return found[0]

    return _TAG.sub(keep, html)


def _is_suspect(html: str) -> bool:
    lower = html.lower()
    return sum(max(0, lower.count(f"<{tag}") - lower.count(f"</{tag}")) for tag in _STAYING) >= MAX_DEPTH
