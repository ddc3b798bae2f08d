"""The lines of text of a block: which links stand alone, which stand in prose, which between parentheses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from cta_analytics.pages.region import is_block

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_WORD = re.compile(r"\w[\w'’.,%-]*")
FEW_WORDS = 12
"""Prose is prose from a few words on: a count beyond this is not complete."""
# A long text has them in its beginning.
_LOOKED_AT = 120
_SENTENCE_START = re.compile(r"[^\w(]*[A-ZÀ-Þ0-9]|[^\w(]*$")
_PARENTHESIS = re.compile(r"[()]")
_BLANKS = " \t\n"
# An exporter that writes each element's text one after another leaves wide gaps where blocks stood side by side.
_WIDE = "   "
_GOES_ON = frozenset(",-–—&+/([")
_SKIPPED = frozenset({"script", "style", "template", "-comment"})


@dataclass(slots=True)
class Run:
    """A line of text: what stands between two blocks or line breaks."""

    number: int = 0
    words: int = 0
    """Words outside of links; above `FEW_WORDS` there may be more."""


@dataclass(slots=True)
class Flow:
    """The lines of text of one block, by the marks of the links in them."""

    runs: dict[int, Run] = field(default_factory=dict)
    bracketed: set[int] = field(default_factory=set)
    touching: set[int] = field(default_factory=set)


def flow_of(block: LexborNode, mark: str, lines_are_blocks: bool) -> Flow:
    """The text that stands in `block` itself, not in the blocks inside it."""
    flow = Flow()
    pieces: list[str | int] = []
    for piece in _pieces(block, mark):
        if piece is None:
            _close(flow, pieces, lines_are_blocks)
            pieces = []
        else:
            pieces.append(piece)
    _close(flow, pieces, lines_are_blocks)
    return flow


def _pieces(block: LexborNode, mark: str) -> list[str | int | None]:
    """Text, marks of links, and None where a line of text ends."""
    found: list[str | int | None] = []
    stack = [block.first_child]
    while stack:
        node = stack.pop()
        if node is None:
            continue
        stack.append(node.next)
        tag = node.tag or ""
        if tag == "-text":
            found.append(node.text_content or "")
        elif tag in {"a", "area"} and mark in (attributes := node.attributes):
            found.append(int(attributes[mark] or 0))
        elif tag in _SKIPPED:
            continue
        elif tag == "br" or is_block(tag):
            found.append(None)
        else:
            stack.append(node.first_child)
    return found


def _close(flow: Flow, pieces: list[str | int], lines_are_blocks: bool) -> None:
    links = [piece for piece in pieces if isinstance(piece, int)]
    if not links:
        return
    _find_brackets(flow, pieces)
    if len(links) > 1:
        for before, piece in pairwise(piece for piece in pieces if piece != ""):
            if isinstance(before, int) and isinstance(piece, int):
                flow.touching.add(piece)
    for part in _split_lines(pieces) if lines_are_blocks else [pieces]:
        inside = [piece for piece in part if isinstance(piece, int)]
        if inside:
            run = Run(inside[0], _words(part))
            for number in inside:
                flow.runs[number] = run


def _words(pieces: list[str | int]) -> int:
    count = 0
    for piece in pieces:
        if isinstance(piece, str) and count < FEW_WORDS:
            # Each of these holds a word at least, and to split costs a fraction of a search for words.
            begun = sum([part[0].isalnum() for part in piece[:_LOOKED_AT].split()])
            count += begun if count + begun >= FEW_WORDS else len(_WORD.findall(piece))
    return count


def _find_brackets(flow: Flow, pieces: list[str | int]) -> None:
    waiting: list[list[int]] = []
    for piece in pieces:
        if isinstance(piece, int):
            if waiting:
                waiting[-1].append(piece)
            continue
        if "(" not in piece and (not waiting or ")" not in piece):
            continue
        for found in _PARENTHESIS.finditer(piece):
            if found[0] == "(":
                waiting.append([])
            elif waiting:
                flow.bracketed.update(waiting.pop())


def _split_lines(pieces: list[str | int]) -> list[list[str | int]]:
    """The pieces cut where a block of the page ended: beside a link, at wide gaps and line ends between sentences."""
    parts: list[list[str | int]] = [[]]
    # Whether links are all that the last part holds.
    alone = True
    for index, piece in enumerate(pieces):
        if isinstance(piece, int):
            parts[-1].append(piece)
            continue
        text = piece.strip(_BLANKS)
        behind = piece[: len(piece) - len(piece.lstrip(_BLANKS))] if index > 0 else ""
        before = piece[len(piece.rstrip(_BLANKS)) :] if index < len(pieces) - 1 else ""
        if _is_cut(behind, alone and bool(_SENTENCE_START.match(text))):
            parts.append([])
            alone = True
        parts[-1].append(piece)
        alone = alone and _WORD.search(piece) is None
        if _is_cut(before, not text or not (text[-1].isalnum() or text[-1] in _GOES_ON)):
            parts.append([])
            alone = True
    return parts


def _is_cut(gap: str, is_between_sentences: bool) -> bool:
    return is_between_sentences if "\n" in gap else _WIDE in gap
