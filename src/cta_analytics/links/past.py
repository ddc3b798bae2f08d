"""What stood on the pages of a scan before: their earlier versions from git, read and resolved as those of today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from cta_analytics.config import Project
from cta_analytics.links.contract import Resolver
from cta_analytics.links.extract import of_source, page_of
from cta_analytics.links.files import PageFile, select
from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.pages import history, reader_of
from cta_analytics.pages.source import Source


@dataclass(frozen=True, slots=True)
class Past:
    """A page and its links as a commit left them, under the path that the page has today."""

    page: Page
    links: tuple[Link, ...]
    committed_at: datetime


def earlier(project: Project, paths: list[str], step: Callable[[int, str], None] | None = None) -> list[Past]:
    """The versions of each page at `paths`, oldest first; none of files that are not in git.

    Of a page that is built from a file in git (`[[pages]] source`) they are those of that file.

    Raises: CtaError where a path cannot be read.
    """
    resolver = Resolver(project.contract)
    pages: list[tuple[PageFile, Page]] = []
    for number, file in enumerate(select(project, paths).files, 1):
        today, _ = page_of(file, resolver, project)
        if today.file != file.name:
            file = replace(file, file=project.resolve(today.file), name=today.file)
        pages.append((file, today))
        if step:
            step(number, file.name)
    known = history.versions(file.file for file, _ in pages)
    wanted = [(file, today, version) for file, today in pages for version in known.get(file.file, ())]
    found: list[Past] = []
    for (file, today, version), data in zip(wanted, history.contents(one for *_, one in wanted), strict=True):
        reader = reader_of(file.file.name)
        source = Source(data, file.name, reader is not None and reader.declares_encoding)
        done = of_source(source, file, resolver, today)
        found.append(Past(done.page, done.links, version.committed_at))
    return found
