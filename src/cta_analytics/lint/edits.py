"""From a URL as it should be to the characters of the file that have to change, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cta_analytics.pages import attributes, bare_url, reader_of
from cta_analytics.pages.anchor import Syntax
from cta_analytics.pages.escapes import offsets
from cta_analytics.pages.source import Source

_TOKEN = re.compile(r"[?&=#/]|[^?&=#/]+")
# What stands before a URL that is the value of an attribute, up to its quote.
_ATTRIBUTE = re.compile(
    r"""[\s"'/](?:href|xlink:?href|data-href|action|to)\s*=\s*(?P<quote>["']?)\s*\Z""", re.IGNORECASE
)
_LOOK_BACK = 200
_BLANK = re.compile(r"[\x00-\x20\x7f-\x9f]")
# What would begin or end something else than the URL in a string of a script or in `<https://…>`.
_UNQUOTABLE = re.compile(r"[\x00-\x20\x7f-\x9f<>\"'`\\{}]")
_EXPRESSIONS = ("{{", "{%", "{#", "<%", "${")


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces the characters from `start` to `end` of a URL as it stands in the file."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """A URL as it stands in a file, and what around it says how it is written there."""

    raw: str
    syntax: Syntax
    quote: str
    """What ends it: a quote, `>` of `<…>`, `)` of a bare Markdown destination, a blank of an unquoted attribute or of
    a bare URL in Markdown; empty where it stands in a script, of which nothing is known but that it ends at some quote."""
    encoding: str = "utf-8"
    in_markdown: bool = False
    """Its file is one. An unquoted value of HTML within Markdown holds no `=`."""


def written(source: Source, start: int, raw: str, syntax: Syntax) -> Written | None:
    """The URL that stands in `source` from the character `start` on; None where another text stands there."""
    text = source.text
    if not text.startswith(raw, start):
        return None
    before = text[start - 1 : start]
    reader = reader_of(source.file)
    in_markdown = reader is not None and reader.name == "markdown"
    quote = ""
    if syntax == "plain" and in_markdown:
        quote = ">" if before == "<" else " "
    elif syntax == "markdown":
        quote = ">" if before == "<" else ")"
    elif syntax == "html":
        found = _ATTRIBUTE.search(text, max(0, start - _LOOK_BACK), start)
        quote = (found["quote"] or " ") if found else ""
    return Written(raw, syntax, quote, source.encoding, in_markdown)


def edits(at: Written, href: str, repaired: str) -> tuple[Edit, ...] | None:
    """The fewest edits of `at.raw`, which means `href`, after which it means `repaired`.

    None where the file's language cannot say `repaired` at that place: nothing is better than a wrong URL.
    """
    for amp in (None, "&amp;"):
        found = _placed(at, href, repaired, amp)
        if found is not None and _means(at, applied(at.raw, found), repaired):
            return found
    # An edit next to an escape can change what the escape means. Then the URL is written anew.
    whole = _escaped(at, repaired, "&amp;" if at.syntax != "plain" else "&")
    if whole is not None and _means(at, whole, repaired):
        return (Edit(0, len(at.raw), whole),)
    return None


def applied(raw: str, found: tuple[Edit, ...]) -> str:
    """The text after the edits, which are in order and do not touch."""
    parts: list[str] = []
    position = 0
    for edit in found:
        parts += (raw[position : edit.start], edit.text)
        position = edit.end
    return "".join([*parts, raw[position:]])


def changes(old: str, new: str, token: re.Pattern[str] = _TOKEN) -> Iterator[tuple[int, int, str]]:
    """What to replace in `old`, from where to where and by what, to make `new` of it; tokens are compared."""
    from difflib import SequenceMatcher

    left, right = token.findall(old), token.findall(new)
    starts = [0]
    for part in left:
        starts.append(starts[-1] + len(part))
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind != "equal":
            yield starts[start], starts[end], "".join(right[other_start:other_end])


def _placed(at: Written, href: str, repaired: str, amp: str | None) -> tuple[Edit, ...] | None:
    table = offsets(at.raw, at.syntax)
    if len(table) != len(href) + 1:
        return None
    found: list[Edit] = []
    for start, end, text in changes(href, repaired):
        left, right, text = _trimmed(href, start, end, text)
        escaped = _escaped(at, text, amp or _ampersand(at, href, table, left))
        if escaped is None:
            return None
        found.append(Edit(table[left], table[right], escaped))
    return tuple(found)


def _trimmed(old: str, start: int, end: int, text: str) -> tuple[int, int, str]:
    """The same replacement without what is alike at its two ends."""
    while start < end and text and old[start] == text[0]:
        start, text = start + 1, text[1:]
    while start < end and text and old[end - 1] == text[-1]:
        end, text = end - 1, text[:-1]
    return start, end, text


def _ampersand(at: Written, href: str, table: list[int] | range, place: int) -> str:
    """How the author writes `&` next to that place of the URL; where there is none, as the language asks for."""
    near = href.rfind("&", 0, place)
    near = href.find("&", place) if near < 0 else near
    if near >= 0:
        return at.raw[table[near] : table[near + 1]]
    return "&amp;" if at.syntax == "html" else "&"


def _escaped(at: Written, text: str, amp: str) -> str | None:
    """`text` as it is written at that place; None where it cannot be."""
    if at.syntax == "plain" or not at.quote:
        if _UNQUOTABLE.search(text) or not _encodable(text, at.encoding):
            return None
        return text.replace("&", amp) if at.syntax == "html" else text
    return "".join(_character(at, char, amp) for char in text)


def _character(at: Written, char: str, amp: str) -> str:
    if char == "&":
        return amp
    if at.syntax == "markdown":
        if char in "\\<>|`" or (char in "()" and at.quote == ")"):
            return f"\\{char}"
        is_unsafe = bool(_BLANK.match(char))
    else:
        is_unsafe = char in "<>" or char == at.quote or (at.quote == " " and _is_unquoted_unsafe(at, char))
    return f"&#{ord(char)};" if is_unsafe or not _encodable(char, at.encoding) else char


def _is_unquoted_unsafe(at: Written, char: str) -> bool:
    return bool(_BLANK.match(char)) or char in "\"'`" or (char == "=" and at.in_markdown)


def _encodable(text: str, encoding: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _means(at: Written, raw: str, href: str) -> bool:
    """Whether `raw` is read as `href` at that place, by the readers' own rules."""
    if any(raw.count(mark) > at.raw.count(mark) for mark in _EXPRESSIONS):
        return False
    if at.syntax == "markdown":
        from cta_analytics.pages.commonmark import parser

        text = f"<{raw}>" if at.quote == ">" else raw
        found = parser().helpers.parseLinkDestination(text, 0, len(text))
        return bool(found.ok and found.pos == len(text) and found.str == href)
    if at.syntax == "plain" and at.quote == " ":
        # Punctuation at its end belongs to the sentence.
        return raw == href and bare_url.url_end(raw, raw.find(":"), len(raw)) == len(raw)
    return attributes.decode(raw) == href if at.syntax == "html" else raw == href
