"""Rails' `link_to` in ERB: the text and the URL of a link that a template makes by a call.

https://api.rubyonrails.org/classes/ActionView/Helpers/UrlHelper.html#method-i-link_to
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cta_analytics.pages.tag import Value

_CALL = re.compile(r"<%=\s*link_to(?:\s*\(\s*|\s+)")
# Not what holds `#{…}` or an escape: only Ruby knows what that becomes.
_STRING = re.compile(r"""(["'])(?P<text>(?:[^"'\\#]|#(?!\{)|(?!\1)["'])*)\1""")
_COMMA = re.compile(r"\s*,\s*")
_AFTER = re.compile(r"\s*(?:,|\)|-?%>|do\b)")
_BLOCK = re.compile(r"\bdo\s*-?%>$")
_OPENS = re.compile(r"(?:if|unless|case|while|until|for|begin)\b|.*\bdo(?:\s*\|[^|]*\|)?$", re.DOTALL)

Blocks = dict[int, tuple[int, int]]
"""Where a statement that opens a block ends -> start and end of its `<% end %>`."""


@dataclass(frozen=True, slots=True)
class LinkHelper:
    """A call: its text, an expression as it stands; its URL; where the block ends that holds the text in its place."""

    text: str
    url: Value
    block_end: tuple[int, int] | None = None


def read(source: str, at: int, end: int, blocks: Blocks) -> LinkHelper | None:
    """The call of `link_to` in the tag `source[at:end]`, or None where it is none."""
    call = _CALL.match(source, at, end)
    if not call:
        return None
    if end in blocks and _BLOCK.search(source, at, end):
        return LinkHelper("", _url(source, call.end(), end), blocks[end])
    literal = _STRING.match(source, call.end(), end)
    stop = literal.end() if literal else _argument_end(source, call.end(), end)
    comma = _COMMA.match(source, stop, end)
    # With one argument Rails links to the page itself, or to that of an object.
    url = _url(source, comma.end() if comma else call.end(), end)
    return LinkHelper(literal["text"] if literal else source[call.end() : stop], url)


def blocks_of(source: str) -> Blocks:
    """The blocks of a template, each with its end."""
    found: Blocks = {}
    waiting: list[int] = []
    start = source.find("<%")
    while start >= 0:
        close = source.find("%>", start + 2)
        if close < 0:
            break
        code = source[start + 2 : close].strip("-= \t\r\n")
        if code == "end" and waiting:
            found[waiting.pop()] = (start, close + 2)
        elif not code.startswith("#") and _OPENS.match(code):
            waiting.append(close + 2)
        start = source.find("<%", close + 2)
    return found


def _url(source: str, start: int, end: int) -> Value:
    found = _STRING.match(source, start, end)
    if found and _AFTER.match(source, found.end(), end):
        return Value(*found.span("text"), found["text"], is_literal=True, syntax="plain")
    raw = source[start : _argument_end(source, start, end)].rstrip()
    return Value(start, start + len(raw), raw, is_literal=False)


def _argument_end(source: str, start: int, end: int) -> int:
    """Where the expression of an argument ends: before a comma, a closing parenthesis, the tag's end."""
    depth = 0
    quote = ""
    for at in range(start, end):
        char = source[at]
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif depth == 0 and (char in ",)" or source.startswith(("%>", "-%>"), at)):
            return at
        else:
            depth += (char in "([{") - (char in ")]}")
    return end
