"""From a built page back to the file that an author edits: `[[pages]] source` of the contract."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from pathlib import Path

from cta_analytics.config import Project
from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.pages import reader_of
from cta_analytics.pages.anchor import Anchor
from cta_analytics.pages.page import source_of
from cta_analytics.pages.source import Source, read


def authored(page: Page, links: tuple[Link, ...], project: Project) -> tuple[Page, tuple[Link, ...], Source | None]:
    """A page and its links under the name of the file that it was built from, and that file, where the contract names it.

    A link gets its place in that file where it stands there as often as on the page; else it keeps that in the page.

    Raises: CtaError where the file cannot be read.
    """
    found = _file(page, project)
    reader = reader_of(found.name) if found else None
    if found is None or reader is None:
        return page, links, None
    name = _name(found, project)
    source = read(found, name, reader.declares_encoding)
    places = _places(links, reader.read(source).anchors)
    placed = tuple(
        _placed(link, places[index], source, name) if index in places else link for index, link in enumerate(links)
    )
    return replace(page, file=name), placed, source


def _file(page: Page, project: Project) -> Path | None:
    named = source_of(page.path, tuple(project.contract.pages))
    if named is None:
        return None
    pattern, relative = named
    file = Path(os.path.realpath(project.resolve(relative)))
    # The path comes from what a page says of itself: it leads nowhere but into the folder that the contract names.
    folder = Path(os.path.realpath(project.resolve(os.path.dirname(pattern.partition("{")[0]))))  # noqa: PTH120  # keeps ""
    return file if file.is_relative_to(folder) and file.is_file() else None


def _name(file: Path, project: Project) -> str:
    root = Path(os.path.realpath(project.root))
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()


def _places(links: tuple[Link, ...], anchors: tuple[Anchor, ...]) -> dict[int, Anchor]:
    """The anchors by the index of their link. Text tells apart what a layout adds; where it was changed, URLs do."""
    places: dict[int, Anchor] = {}
    taken: set[int] = set()
    for with_text in (True, False):

        def key(item: Link | Anchor, with_text: bool = with_text) -> Hashable:
            return (item.href, item.text if with_text else "")

        left = _grouped(((i, link) for i, link in enumerate(links) if i not in places), key)
        right = _grouped(((i, anchor) for i, anchor in enumerate(anchors) if i not in taken), key)
        for same, indexes in left.items():
            others = right.get(same, [])
            if len(others) == len(indexes):
                places.update((index, anchors[other]) for index, other in zip(indexes, others, strict=True))
                taken.update(others)
    return places


def _grouped(
    items: Iterable[tuple[int, Link | Anchor]], key: Callable[[Link | Anchor], Hashable]
) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for index, item in items:
        groups[key(item)].append(index)
    return groups


def _placed(link: Link, anchor: Anchor, source: Source, file: str) -> Link:
    span = anchor.span
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    href_line, href_column = source.position(span.href_start)
    return replace(
        link,
        raw=anchor.raw,
        syntax=anchor.syntax,
        file=file,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        href_line=href_line,
        href_column=href_column,
        href_start=source.byte_offset(span.href_start),
        href_end=source.byte_offset(span.href_end),
        ignored=anchor.ignored or link.ignored,
    )
