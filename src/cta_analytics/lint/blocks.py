"""The block after a comment: in Markdown as CommonMark has it, else the next element or paragraph of the source."""

from __future__ import annotations

import re

from cta_analytics.pages import frontmatter
from cta_analytics.pages.source import Source

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_TAG = re.compile(r"<(?P<end>/)?(?P<name>[A-Za-z][\w.:-]*)(?:\"[^\"]*\"|'[^']*'|[^\"'>])*?(?P<closed>/)?>")
_COMMENT = re.compile(r"<!--.*?-->|\{/\*.*?\*/\}|\{#.*?#\}|<%#.*?%>|<%--.*?--%>", re.DOTALL)
_TEXT = re.compile(r"\S")
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?=\r|\n|$)")
# Elements of one name that are open in one another: beyond this, none of them is ever closed.
_DEPTH = 100
_LEAVES = frozenset({"fence", "code_block", "html_block", "hr"})


def after(text: str, position: int) -> tuple[int, int]:
    """Where the next element starts and ends, or the next text up to a blank line or the end of what it stands in."""
    while True:
        found = _TEXT.search(text, position)
        if not found:
            return position, position
        start = found.start()
        comment = _COMMENT.match(text, start)
        if not comment:
            break
        position = comment.end()
    opening = _TAG.match(text, start)
    if opening is None:
        return start, _end_of_text(text, start)
    if opening["end"]:
        return start, start
    return start, _end_of_element(text, opening)


def _end_of_paragraph(text: str, start: int, end: int) -> int:
    blank = _BLANK_LINE.search(text, start, end)
    return blank.start() if blank else end


def _end_of_element(text: str, opening: re.Match[str]) -> int:
    name = opening["name"].lower()
    if opening["closed"] or name in _VOID:
        return opening.end()
    depth = 0
    sibling = None
    for found in re.compile(rf"</?{re.escape(name)}(?=[\s/>])", re.IGNORECASE).finditer(text, opening.start()):
        tag = _TAG.match(text, found.start())
        if tag is None or tag["closed"]:
            continue
        if sibling is None and tag.start() > opening.start() and not tag["end"]:
            sibling = tag.start()
            if name == "p":
                # No paragraph is in another one.
                break
        depth += -1 if tag["end"] else 1
        if depth == 0:
            return tag.end()
        if depth > _DEPTH:
            break
    # `<p>` and `<li>` need no end tag: the next one ends them.
    return _end_of_paragraph(text, opening.start(), sibling or len(text))


def _end_of_text(text: str, start: int) -> int:
    paragraph = _end_of_paragraph(text, start, len(text))
    depth = 0
    for tag in _TAG.finditer(text, start, paragraph):
        if tag["closed"] or tag["name"].lower() in _VOID:
            continue
        depth += -1 if tag["end"] else 1
        if depth < 0:
            return tag.start()
    return paragraph


class Markdown:
    """The blocks of a Markdown page, by lines."""

    def __init__(self, source: Source) -> None:
        from cta_analytics.pages.commonmark import parser

        self.source = source
        _, start = frontmatter.split(source.text)
        # Lines are counted from 1 in the file, from 0 in the parser's body.
        self.shift = source.position(start)[0]
        self.tokens = parser().parse(source.text[start:], {})

    def is_code(self, at: int, written: str) -> bool:
        """Whether what is written at a place is shown as code, and so says nothing."""
        line = self.source.position(at)[0] - self.shift
        for token in self.tokens:
            if not token.map or not token.map[0] <= line < token.map[1]:
                continue
            if token.type in {"fence", "code_block"}:
                return True
            shown = (child.content for child in token.children or () if child.type == "code_inline")
            if token.type == "inline" and any(" ".join(written.split()) in " ".join(text.split()) for text in shown):
                return True
        return False

    def is_within_html(self, line: int) -> bool:
        """Whether a line of the file is followed by more of the same block of HTML."""
        at = line - self.shift
        return any(
            token.type == "html_block" and token.map is not None and token.map[0] <= at < token.map[1] - 1
            for token in self.tokens
        )

    def after(self, line: int) -> tuple[int, int]:
        """The first and last line of the block that follows a line of the file; (0, 0) where none does."""
        at = line - self.shift + 1
        for token in self.tokens:
            is_block = token.nesting == 1 or token.type in _LEAVES
            if not is_block or not token.map or token.map[0] < at:
                continue
            if token.type == "html_block" and _is_comment(token.content):
                continue
            return token.map[0] + self.shift, token.map[1] + self.shift - 1
        return 0, 0


def _is_comment(html: str) -> bool:
    text = html.strip()
    return text.startswith("<!--") and text.find("-->") == len(text) - 3
