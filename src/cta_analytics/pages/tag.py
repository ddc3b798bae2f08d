"""The start tags of template files: names, attributes, and which values are literals."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cta_analytics.pages.anchor import Syntax
from cta_analytics.pages.attributes import decode

_NAME = re.compile(r"<[A-Za-z][\w.:-]*")
_BLANKS = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(r"[^\s\"'<>/={}`]+")
_EQUALS = re.compile(r"\s*=\s*")
_BRACES = re.compile(r"[{}]")
_BARE = re.compile(r"[^\s<>]+")
# A string of JavaScript whose value is what stands there: no escapes, nothing filled in.
_LITERAL = re.compile(r"""\{\s*(?P<quote>["'`])(?P<text>(?:(?!(?P=quote)|\\|\$\{).)*)(?P=quote)\s*\}""", re.DOTALL)
_OUTPUT = re.compile(r"\{\{|\{%|<%")
_CLOSED_BY = {"{{": "}}", "{%": "%}", "<%": "%>", "{#": "#}"}
# A tag that somebody wrote is shorter; a bound keeps unclosed ones from being looked through again and again.
LONGEST_TAG = 16_384


@dataclass(frozen=True, slots=True)
class Value:
    """An attribute's value: `text[start:end]`, quotes not included, braces of an expression included."""

    start: int
    end: int
    raw: str
    is_literal: bool = True
    syntax: Syntax = "html"

    @property
    def text(self) -> str:
        """The value of a literal, or the expression as it stands."""
        return decode(self.raw) if self.is_literal and self.syntax == "html" else self.raw

    def trimmed(self) -> Value:
        """The same without white space around it: what a URL attribute means."""
        left = len(self.raw) - len(self.raw.lstrip())
        raw = self.raw.strip()
        return Value(self.start + left, self.start + left + len(raw), raw, self.is_literal, self.syntax)


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag: `text[start:end]`. Attributes by lower-case name; the first of two counts."""

    name: str
    start: int
    end: int
    is_closed: bool
    """It ends in `/>`."""
    attributes: dict[str, Value] = field(default_factory=dict)
    expressions: tuple[tuple[int, int], ...] = ()
    """What stands between attributes, and values in braces or backticks: no HTML."""


class TagReader:
    """Reads the start tags of one text. `braces`: `{…}` is an expression, as in JSX; else `{{ }}`, `{% %}`, `<% %>`."""

    def __init__(self, text: str, braces: bool) -> None:
        self.text = text
        self.braces = braces
        self._never: set[str] = set()
        self._closing: dict[int, int] | None = None

    def read(self, at: int) -> Tag | None:
        """The tag at `at`, or None where no tag begins there or it never ends."""
        named = _NAME.match(self.text, at)
        if not named or self.find(">", named.end()) < 0:
            return None
        text, position, bound = self.text, named.end(), at + LONGEST_TAG
        attributes: dict[str, Value] = {}
        expressions: list[tuple[int, int]] = []
        while position < bound:
            blanks = _BLANKS.match(text, position)
            position = blanks.end() if blanks else position
            char = text[position : position + 1]
            if char == ">":
                closed = text[position - 1] == "/"
                return Tag(named[0][1:], at, position + 1, closed, attributes, tuple(expressions))
            end = self.expression(position)
            if end is not None:
                expressions.append((position, end))
                if char == "{" and self.braces and text[position + 1 : end - 1].strip().isidentifier():
                    # `<a {href}>` of Astro is `href={href}`.
                    name = text[position + 1 : end - 1].strip()
                    attributes.setdefault(name.lower(), Value(position, end, text[position:end], is_literal=False))
                position = end
                continue
            name_found = _ATTRIBUTE.match(text, position)
            if not name_found:
                if char in {"", "<", "{", "}"}:
                    return None
                position += 1
                continue
            position = name_found.end()
            equals = _EQUALS.match(text, position)
            value = Value(position, position, "")
            if equals:
                found = self._value(equals.end())
                if found is None:
                    return None
                value, position = found
                if not value.is_literal or value.syntax == "plain":
                    expressions.append((equals.end(), position))
            attributes.setdefault(name_found[0].lower(), value)
        return None

    def expression(self, at: int) -> int | None:
        """Where the expression at `at` ends, or None where none begins there or it never ends."""
        if self.braces:
            return self._braces(at) if self.text.startswith("{", at) else None
        closing = _CLOSED_BY.get(self.text[at : at + 2])
        if closing is None:
            return None
        found = self.find(closing, at + 2)
        return found + 2 if found >= 0 else None

    def _braces(self, at: int) -> int | None:
        if self._closing is None:
            self._closing = {}
            waiting: list[int] = []
            for found in _BRACES.finditer(self.text):
                if found[0] == "{":
                    waiting.append(found.start())
                elif waiting:
                    self._closing[waiting.pop()] = found.end()
        return self._closing.get(at)

    def find(self, wanted: str, at: int) -> int:
        """As `str.find`; what was not found once is not looked for again."""
        if wanted in self._never:
            return -1
        found = self.text.find(wanted, at)
        if found < 0:
            self._never.add(wanted)
        return found

    def _value(self, at: int) -> tuple[Value, int] | None:
        text = self.text
        char = text[at : at + 1]
        if char in {'"', "'"} or (char == "`" and self.braces):
            end = self._quoted(at + 1, char)
            if end is None:
                return None
            raw = text[at + 1 : end]
            if char == "`":
                return Value(at + 1, end, raw, "${" not in raw and "\\" not in raw, "plain"), end + 1
            return Value(at + 1, end, raw, self.braces or not _OUTPUT.search(raw)), end + 1
        if char == "{" and self.braces:
            end = self._braces(at)
            if end is None:
                return None
            literal = _LITERAL.match(text, at, end)
            if literal and literal.end() == end:
                return Value(*literal.span("text"), literal["text"], True, "plain"), end
            return Value(at, end, text[at:end], is_literal=False), end
        return self._bare(at)

    def _quoted(self, at: int, quote: str) -> int | None:
        position = at
        while True:
            end = self.find(quote, position)
            if end < 0:
                return None
            inner = None if self.braces else _OUTPUT.search(self.text, position, end)
            if inner is None:
                return end
            # A quote inside an expression ends nothing: href="{{ url_for("about") }}".
            position = self.expression(inner.start()) or inner.end()

    def _bare(self, at: int) -> tuple[Value, int]:
        position = at
        computed = False
        while True:
            end = None if self.braces else self.expression(position)
            if end is not None:
                position, computed = end, True
                continue
            found = _BARE.match(self.text, position)
            if not found:
                break
            inner = None if self.braces else _OUTPUT.search(self.text, position, found.end())
            if inner is None or inner.start() == position:
                position = found.end()
                break
            position = inner.start()
        return Value(at, position, self.text[at:position], not computed), position
