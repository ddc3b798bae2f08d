"""From changes of URLs to the new bytes of files, each read again before it counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cta_analytics.lint.edits import Edit, applied, edits
from cta_analytics.lint.finding import Change
from cta_analytics.lint.fix import located
from cta_analytics.lint.sources import Opened, Sources
from cta_analytics.pages import reader_of
from cta_analytics.pages.anchor import Anchor
from cta_analytics.pages.source import Source


@dataclass(frozen=True, slots=True)
class Patch:
    """The new content of a file. `file` is its name in findings."""

    file: str
    path: Path
    before: bytes
    after: bytes
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Patches:
    """What can be written, and a line for each thing that cannot."""

    files: tuple[Patch, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Splice:
    """A change in characters and bytes of a file."""

    change: Change
    start: int
    raw: str
    pieces: tuple[tuple[int, int, bytes], ...]


def patches(changes: Iterable[Change], sources: Sources) -> Patches:
    """The new contents of the files that the changes are about, in their order."""
    by_file: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_file[change.file].append(change)
    files: list[Patch] = []
    problems: list[str] = []
    for file, wanted in by_file.items():
        opened = sources.open(file)
        if opened is None:
            problems.append(f"{file}: cannot be read any more; it is left as it is")
            continue
        patch = _patch(file, opened, wanted, problems)
        if patch is not None:
            files.append(patch)
    return Patches(tuple(files), tuple(problems))


def _patch(file: str, opened: Opened, wanted: Sequence[Change], problems: list[str]) -> Patch | None:
    splices: list[_Splice] = []
    for change in _agreed(wanted, problems):
        found = located(opened.source, change.line, change.column, change.raw, change.syntax)
        if found is None:
            problems.append(f"{file}: changed while it was linted; run the command again")
            return None
        start, at = found
        if change.about:
            todo: tuple[Edit, ...] | None = (Edit(0, len(change.raw), change.repaired),)
        else:
            todo = edits(at, change.href, change.repaired)
        if todo is None:
            problems.append(_inexact(change))
            continue
        source = opened.source
        pieces = tuple(
            (
                source.byte_offset(start + edit.start),
                source.byte_offset(start + edit.end),
                edit.text.encode(source.encoding),
            )
            for edit in todo
        )
        splices.append(_Splice(change, start, applied(change.raw, todo), pieces))
    splices.sort(key=lambda splice: splice.start)
    if not _is_exact(opened, splices):
        # One of them may be at fault; the others are still worth making.
        kept: list[_Splice] = []
        for splice in splices:
            if _is_exact(opened, [*kept, splice]):
                kept.append(splice)
            else:
                problems.append(_inexact(splice.change))
        splices = kept
    if not splices:
        return None
    after = _spliced(opened.data, splices)
    return Patch(file, opened.path, opened.data, after, tuple(splice.change for splice in splices))


def _inexact(change: Change) -> str:
    place = f"{change.file}:{change.line}:{change.column}"
    if change.about:
        return f"{place}: not fixed, as the page would be read otherwise without it; change it by hand"
    return f"{place}: not fixed, as the URL cannot be written there without changing more; change it by hand"


def _agreed(wanted: Sequence[Change], problems: list[str]) -> list[Change]:
    """One change for each place. Pages that are built from one file may want different ones: then there is none."""
    by_place: dict[tuple[str, int, int], list[Change]] = defaultdict(list)
    for change in wanted:
        by_place[change.place].append(change)
    agreed: list[Change] = []
    for change, *others in by_place.values():
        if any(other.repaired != change.repaired for other in others):
            place = f"{change.file}:{change.line}:{change.column}"
            pages = " and ".join(sorted({change.page, *(other.page for other in others)})[:2])
            problems.append(f"{place}: not fixed, as {pages} need different URLs there; give each a link of its own")
        else:
            agreed.append(change)
    return agreed


def _spliced(data: bytes, splices: Sequence[_Splice]) -> bytes:
    parts: list[bytes] = []
    position = 0
    for splice in splices:
        for start, end, text in splice.pieces:
            parts += (data[position:start], text)
            position = end
    return b"".join([*parts, data[position:]])


def _is_exact(opened: Opened, splices: Sequence[_Splice]) -> bool:
    """Whether the new bytes are read as the same text and the same links with these other URLs, and nothing else."""
    before = opened.source
    reader = reader_of(before.file)
    parts: list[str] = []
    position = 0
    for splice in splices:
        parts += (before.text[position : splice.start], splice.raw)
        position = splice.start + len(splice.change.raw)
    text = "".join([*parts, before.text[position:]])
    after = Source(_spliced(opened.data, splices), before.file, reader is None or reader.declares_encoding)
    if after.text != text or after.encoding != before.encoding:
        return False
    if reader is None:
        return True
    repaired = {splice.start: splice.change.repaired for splice in splices}
    old, new = reader.read(before).anchors, reader.read(after).anchors
    return [_meant(anchor, repaired) for anchor in old] == [_meant(anchor, {}) for anchor in new]


def _meant(anchor: Anchor, repaired: dict[int, str]) -> tuple[str, str, bool]:
    return anchor.tag, repaired.get(anchor.span.href_start, anchor.href), anchor.is_computed
