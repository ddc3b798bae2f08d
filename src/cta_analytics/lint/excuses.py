"""Takes what a suppression no longer needs out of the text that it stands in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cta_analytics.lint import by_code, suppress
from cta_analytics.lint.comments import DIRECTIVE
from cta_analytics.lint.rule import Rule, Spot
from cta_analytics.pages import reader_of
from cta_analytics.pages.source import Source

_LISTED = re.compile(r"\s*cta:\s*ignore\s*\[([^\]]*)\]")
_ATTRIBUTE = re.compile(r"""data-cta-ignore\s*=\s*["']\s*([^\s,"'&]+(?:\s*,\s*[^\s,"'&]+)*)""")
_REST = re.compile(r"[ \t]*(?:\r\n?|\n|\Z)")
# The first line of an item, or a further one.
_LISTED_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]|[ \t]{2,}")
_BLANKS = " \t"


@dataclass(frozen=True, slots=True)
class Cut:
    """Characters of a file, and the text that is to stand there instead."""

    start: int
    end: int
    text: str


def cut(source: Source, at: Spot, codes: Collection[str]) -> Cut | None:
    """What takes these rules out of the suppression at a place; None where that may change more than it should.

    A suppression that names no other rule goes as a whole: an attribute with the blanks before it, a comment alone on its
    line with that line.
    """
    starts = source.line_starts
    if max(at.line, at.end_line) > len(starts):
        return None
    start, end = starts[at.line - 1] + at.column - 1, starts[at.end_line - 1] + at.end_column - 1
    text = source.text
    is_element = text.startswith("data-cta-ignore", start)
    opening = None if is_element else DIRECTIVE.match(text, start, end)
    if not is_element and not opening:
        return None
    listed = _ATTRIBUTE.match(text, start, end) if is_element else _LISTED.match(text, _directive(text, start), end)
    if listed is None:
        return None
    names = suppress.names(by_code().values())
    given = [name.strip() for name in listed[1].split(",") if name.strip()]
    kept = [name for name in given if _code(name, names) not in codes]
    if kept:
        separator = ", " if ", " in listed[1] else ","
        return Cut(listed.start(1), listed.end(1), separator.join(kept)) if len(kept) < len(given) else None
    return _element(text, start, end) if is_element else _comment(source, start, end)


def _directive(text: str, start: int) -> int:
    return text.index("cta:", start)


def _code(name: str, names: Mapping[str, Rule]) -> str | None:
    rule = names.get(name) or names.get(name.upper())
    return rule.code if rule else None


def _element(text: str, start: int, end: int) -> Cut | None:
    before = len(text[:start].rstrip())
    # Beside a quote without a blank between, what follows would touch it.
    return Cut(before, end, "") if before < start and text[end : end + 1] in {">", "/", " ", "\t", "\r", "\n"} else None


def _comment(source: Source, start: int, end: int) -> Cut | None:
    text = source.text
    reader = reader_of(source.file)
    in_markdown = reader is not None and reader.name == "markdown"
    line = source.line_starts[source.position(start)[0] - 1]
    before, rest = text[line:start], _REST.match(text, end)
    if not before.strip():
        if rest is None:
            # In Markdown the rest of the line is HTML now, and would be prose then.
            return None if in_markdown else Cut(start, end, "")
        if in_markdown and _parts(text[:line], text[rest.end() :]):
            return None
        return Cut(line, rest.end(), "")
    blank_before, blank_after = text[start - 1] in _BLANKS, rest is not None or text[end] in _BLANKS
    if not (blank_before and blank_after):
        # Two words, or marks of Markdown, would touch.
        return None if in_markdown else Cut(start, end, "")
    return Cut(line + len(before.rstrip(_BLANKS)), end, "")


def _parts(before: str, after: str) -> bool:
    """Whether what stands above and below in Markdown would run together: two lines of prose, or two lists."""
    above, below = before.removesuffix("\n").rpartition("\n")[2], after.partition("\n")[0]
    if above.strip() and below.strip():
        return True
    last, following = before.rstrip().rpartition("\n")[2], after.lstrip("\r\n").partition("\n")[0]
    return bool(_LISTED_ITEM.match(last) and _LISTED_ITEM.match(following))
