"""Template files as the markup that they are made of: what is none is blanked, so that every place stays the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cta_analytics.pages import link_helper
from cta_analytics.pages.anchor import Span
from cta_analytics.pages.component import Dialect, html_name, url_of
from cta_analytics.pages.structure import Marked
from cta_analytics.pages.tag import Tag, TagReader, Value

_CODE = re.compile(r"[{}<]|/[/*]")
_BRACED = re.compile(r"[{}<]")
_EMBEDDED = re.compile(r"<|\{[{%#]")
_LINE_END = re.compile(r"[\r\n]")
_NO_LINE_END = re.compile(r"[^\r\n]")
_CLOSING = re.compile(r"</([A-Za-z][\w.:-]*)?\s*>")
_COMMENT_TAG = re.compile(r"\{%-?\s*comment\b")
_END_COMMENT = re.compile(r"endcomment\s*-?%\}")
_OUTPUT = re.compile(r"\{\{|<%[-=]?=")
_RAW = frozenset({"script", "style", "textarea", "title"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_STRING = re.compile(r"""\{\s*(["'`])([^"'`\\{}]*)\1\s*\}""")
_BEFORE_COMMENT = frozenset("\t\n\r ;,{}()[]>")
_CODE_MARK = "{"


@dataclass(frozen=True, slots=True)
class Markup:
    """`text` is as long as the file's, with its line ends at the same places; `links` are by where their tags start."""

    text: str
    links: dict[int, Marked]
    computed: frozenset[int]
    """Where the links start whose URL is an expression."""


def read(text: str, dialect: Dialect, start: int = 0) -> Markup:
    """The markup of a template from `start` on; what stands before is blanked."""
    scan = _Scan(text, dialect)
    scan.blank(0, start)
    scan.run(start)
    return Markup("".join(scan.out), scan.links, frozenset(scan.computed))


def blanked(text: str) -> str:
    """Blanks of the same length, line ends kept."""
    return _NO_LINE_END.sub(" ", text)


class _Scan:
    """One pass. `open` holds what is open around the place, outermost first."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.dialect = dialect
        self.braces = dialect in {"jsx", "astro", "mdx"}
        self.tags = TagReader(text, self.braces)
        self.out = list(text)
        self.links: dict[int, Marked] = {}
        self.computed: set[int] = set()
        self.open: list[tuple[str, str]] = []
        """Names as written and as HTML has them; `{` is an expression."""
        self.counts: dict[str, int] = {}
        self.code_start: int | None = None
        """Where the expression around the place starts, as long as it holds no element."""
        self.blocks: link_helper.Blocks | None = None
        self.ends: dict[int, int] = {}
        """Where the blocks start and end that close a link made by a call."""

    def blank(self, start: int, end: int) -> None:
        self.out[start:end] = blanked(self.text[start:end])

    def put(self, at: int, replacement: str) -> None:
        self.out[at : at + len(replacement)] = replacement

    @property
    def in_code(self) -> bool:
        """Whether the place is one of JavaScript, not of text."""
        if self.dialect not in {"jsx", "astro"}:
            return False
        return self.open[-1][0] == _CODE_MARK if self.open else self.dialect == "jsx"

    def run(self, position: int) -> None:
        while True:
            in_code = self.in_code
            found = (_CODE if in_code else _BRACED if self.braces else _EMBEDDED).search(self.text, position)
            end = found.start() if found else len(self.text)
            if in_code and self.code_start is None:
                # Code between elements says nothing to a reader of the page.
                self.blank(position, end)
            if not found:
                return
            if found[0] == "<":
                position = self._angle(end)
            elif found[0][0] == "/":
                position = self._code_comment(end)
            elif self.braces:
                position = self._brace(end)
            else:
                position = self._embedded(end)

    def _angle(self, at: int) -> int:
        text = self.text
        if text.startswith("<!--", at) and self.dialect != "jsx":
            end = self.tags.find("-->", at + 4)
            return end + 3 if end >= 0 else at + 4
        if text.startswith("<%", at) and not self.braces:
            return self._embedded(at)
        closing = _CLOSING.match(text, at)
        if closing:
            self._element_at(at)
            self._close(closing[1] or "", at, closing.end())
            return closing.end()
        if text.startswith("<>", at) and self.braces:
            self._element_at(at)
            self._push("", "")
            self.blank(at, at + 2)
            return at + 2
        tag = self.tags.read(at)
        if tag is None or self._is_type(tag):
            if self.dialect != "mdx":
                self.put(at, " ")
            return at + 1
        self._element_at(at)
        self._tag(tag)
        if not tag.is_closed and (tag.name if self.braces else tag.name.lower()) in _RAW:
            end = self.tags.find(f"</{tag.name}", tag.end)
            return end if end >= 0 else tag.end
        return tag.end

    def _is_type(self, tag: Tag) -> bool:
        """`useState<string>()` and the like are TypeScript, no element."""
        if not self.in_code or tag.attributes or tag.is_closed:
            return False
        return self.tags.find(f"</{tag.name}", tag.end) < 0

    def _element_at(self, at: int) -> None:
        if self.code_start is not None and self.in_code:
            self.blank(self.code_start, at)
            self.code_start = None

    def _push(self, name: str, html: str) -> None:
        self.open.append((name, html))
        self.counts[name] = self.counts.get(name, 0) + 1

    def _pop_to(self, name: str) -> str | None:
        if not self.counts.get(name):
            return None
        while True:
            popped, html = self.open.pop()
            self.counts[popped] -= 1
            if popped == name:
                return html

    def _close(self, name: str, at: int, end: int) -> None:
        html = self._pop_to(name)
        if html is None or html == name:
            return
        self.blank(at, end)
        if html:
            self.put(at, f"</{html}")
            self.put(end - 1, ">")

    def _tag(self, tag: Tag) -> None:
        url = url_of(tag, self.dialect)
        is_component = (not tag.name.islower() and self.braces) or "-" in tag.name or self.dialect == "vue"
        html = html_name(tag.name, self.dialect, url is not None and is_component)
        if url is not None:
            self._mark(tag.start, tag.end, url)
        name = tag.name if self.braces or self.dialect == "vue" else tag.name.lower()
        if tag.is_closed and self.braces and name not in _VOID:
            html = self._closed_tag(tag, html, is_link=url is not None)
            if not html:
                self.blank(tag.start, tag.end)
                return
        elif name not in _VOID:
            self._push(tag.name, html)
        self._rewrite(tag, html)

    def _mark(self, start: int, end: int, url: Value) -> None:
        self.links[start] = Marked(
            Span(start, end, url.start, url.end), url.text, url.raw, url.syntax if url.is_literal else "plain"
        )
        if not url.is_literal:
            self.computed.add(start)

    def _closed_tag(self, tag: Tag, html: str, is_link: bool) -> str:
        """The name of an element that has no content; empty where it is nothing to a page."""
        if not is_link:
            return ""
        room = tag.attributes.get("href")
        if len(tag.name) < len("area") and room and self.text[tag.start + 2 : room.start].strip(" '\"={") == "href":
            # `<a href="/x" />`: the URL is known, so its place is free for the longer name.
            self.blank(tag.start + 2, room.end + 1)
            return "area"
        return "area" if len(tag.name) >= len("area") else html

    def _rewrite(self, tag: Tag, html: str) -> None:
        """Makes HTML of a tag, in its place."""
        for start, end in tag.expressions:
            self.blank(start, end)
            if self.text[tag.start : start].rstrip().endswith("="):
                self.put(start, '"')
                self.put(end - 1, '"')
        for name, value in tag.attributes.items():
            if value.is_literal and value.syntax == "plain" and '"' not in value.raw:
                self.put(value.start, value.raw)
            elif not value.is_literal and self.text[value.start - 1] in "\"'":
                self.put(value.start, re.sub(r"[\"'<>]", " ", value.raw))
            if name == "classname":
                at = self.text.rfind("className", tag.start, value.start)
                self.put(at, "class    ")
        if html != tag.name:
            self.put(tag.start + 1, html.ljust(len(tag.name)))
        if self.braces and tag.is_closed:
            self.put(tag.end - 2, " ")

    def _brace(self, at: int) -> int:
        text = self.text
        if text.startswith("{/*", at):
            end = self.tags.find("*/", at + 3)
            close = text.find("}", end, end + 80) if end >= 0 else -1
            if close >= 0 and not text[end + 2 : close].strip():
                self.blank(at, close + 1)
                return close + 1
        if self.dialect == "mdx":
            return at + 1
        if text[at] == _CODE_MARK:
            string = None if self.in_code else _STRING.match(text, at)
            if string:
                self.blank(at, string.end())
                self.put(string.start(2), string[2].replace("<", " "))
                return string.end()
            if not self.in_code:
                self.code_start = at
            elif self.code_start is None:
                self.blank(at, at + 1)
            self._push(_CODE_MARK, "")
            return at + 1
        if self.in_code and self.code_start is None:
            self.blank(at, at + 1)
        self._pop_to(_CODE_MARK)
        if not self.in_code:
            self.code_start = None
        return at + 1

    def _code_comment(self, at: int) -> int:
        text = self.text
        if at and text[at - 1] not in _BEFORE_COMMENT:
            return at + 2
        if text[at + 1] == "*":
            found = self.tags.find("*/", at + 2)
            end = found + 2 if found >= 0 else at + 2
        else:
            found_end = _LINE_END.search(text, at)
            end = found_end.start() if found_end else len(text)
        self.blank(at, end)
        return end

    def _helper(self, at: int, end: int) -> bool:
        """Makes an element of a link that a call makes."""
        if self.blocks is None:
            self.blocks = link_helper.blocks_of(self.text)
        found = link_helper.read(self.text, at, end, self.blocks)
        if found is None:
            return False
        self.blank(at, end)
        self.put(at, "<a >")
        self._mark(at, end, found.url)
        if found.block_end:
            self.ends[found.block_end[0]] = found.block_end[1]
            return True
        self.put(at + len("<a >"), re.sub(r"[<>\r\n]", " ", found.text)[: end - at - len("<a ></a>")])
        self.put(end - len("</a>"), "</a>")
        return True

    def _embedded(self, at: int) -> int:
        """Blanks a comment or a statement; what an expression prints stays, as text."""
        text = self.text
        comment = _COMMENT_TAG.match(text, at)
        found = _END_COMMENT.search(text, comment.end()) if comment and self.tags.find("endcomment", at) >= 0 else None
        end = found.end() if found else self.tags.expression(at)
        if text.startswith("{{!--", at):
            closing = self.tags.find("--}}", at)
            end = closing + 4 if closing >= 0 else end
        elif text.startswith("<%--", at):
            closing = self.tags.find("--%>", at)
            end = closing + 4 if closing >= 0 else end
        if at in self.ends:
            self.blank(at, self.ends[at])
            self.put(at, "</a>")
            return self.ends[at]
        if end is None:
            if text[at] == "<":
                self.put(at, " ")
            return at + 1
        if text.startswith("<%=", at) and self._helper(at, end):
            return end
        if _OUTPUT.match(text, at) and not text.startswith(("{{!", "{{/*"), at):
            self.put(at + 1, text[at + 1 : end - 1].replace("<", " "))
        else:
            self.blank(at, end)
        return end
