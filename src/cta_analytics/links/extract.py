"""Pages to links: files are read, links found, placed and resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from cta_analytics.config import Project, Site
from cta_analytics.links import placement
from cta_analytics.links.authored import authored
from cta_analytics.links.contract import Resolver, Stand
from cta_analytics.links.disclosure import disclosed
from cta_analytics.links.files import PageFile, select
from cta_analytics.links.inventory import Inventory, Page
from cta_analytics.links.link import Link
from cta_analytics.links.placement import Neighbours
from cta_analytics.links.sites import prefixed, site_of
from cta_analytics.links.stated import canonical
from cta_analytics.pages import reader_of, without_ending
from cta_analytics.pages.anchor import Anchor, Document
from cta_analytics.pages.page import PageIdentity, site_path
from cta_analytics.pages.source import Source, read
from cta_analytics.urls import Description, computed

_PATH_CHARACTERS = "/:@!$&'()*+,;=-._~"


@dataclass(frozen=True, slots=True)
class Read:
    """A page as read: what lint needs beside the page and its links."""

    page: Page
    links: tuple[Link, ...]
    document: Document
    source: Source


def scan(project: Project, paths: list[str], step: Callable[[int, str], None] | None = None) -> Inventory:
    """The inventory of the pages at `paths`, or of the contract's sources.

    Raises: CtaError where a path cannot be read or there is no page.
    """
    selection = select(project, paths)
    resolver = Resolver(project.contract)
    pages: list[Page] = []
    links: list[Link] = []
    for number, file in enumerate(selection.files, 1):
        page, found = page_of(file, resolver, project)
        pages.append(page)
        links += found
        if step:
            step(number, file.name)
    return Inventory(tuple(pages), tuple(links), selection.whole, selection.notes)


def page_of(file: PageFile, resolver: Resolver, project: Project) -> tuple[Page, tuple[Link, ...]]:
    """A page and its links, under the name of the file that an author edits.

    Raises: CtaError where a file cannot be read.
    """
    page, links, _ = page_with_sources(file, resolver, project)
    return page, links


def page_with_sources(
    file: PageFile, resolver: Resolver, project: Project
) -> tuple[Page, tuple[Link, ...], tuple[Source, ...]]:
    """The same with what was read for it: the file that an author edits first, then the page built from it.

    Raises: CtaError where a file cannot be read.
    """
    done = read_page(file, resolver)
    page, links, source = authored(done.page, done.links, project)
    return page, links, (source, done.source) if source else (done.source,)


def read_page(file: PageFile, resolver: Resolver) -> Read:
    """A page and its links.

    Raises: CtaError where the file cannot be read.
    """
    reader = reader_of(file.file.name)
    if reader is None:
        raise ValueError(f"{file.name}: no reader for it")
    return of_source(read(file.file, file.name, reader.declares_encoding), file, resolver)


def of_source(source: Source, file: PageFile, resolver: Resolver, today: Page | None = None) -> Read:
    """The same of a text that is already read. `today`: the page that it is an earlier version of."""
    reader = reader_of(file.file.name)
    if reader is None:
        raise ValueError(f"{file.name}: no reader for it")
    document = reader.read(source)
    if today is None:
        site = site_of(file.site, document.permalink, file_path(file), resolver.sites)
        path = _path(file, document, site, resolver)
    else:
        site, path = site_of(today.site, None, today.path, resolver.sites), today.path
    identity = resolver.identify(path, site.label if len(resolver.sites) > 1 else None)
    page = Page(
        site=site.label,
        lang=identity.lang or document.lang or site.lang,
        path=path,
        kind=identity.kind,
        answer=identity.answer,
        slug=identity.slug,
        title=document.title,
        file=file.name,
        url=resolver.url_of(path, site) or path,
        stated=(*file.listed, *canonical(document, source)),
    )
    links = tuple(_links(document, source, identity, page, site, resolver))
    starts = tuple(anchor.span.start for anchor in document.anchors)
    return Read(page, disclosed(links, starts, source), document, source)


def _path(file: PageFile, document: Document, site: Site, resolver: Resolver) -> str:
    """What the file says its path is, else its path under the root."""
    stated = document.permalink
    # A permalink that is a pattern of a site generator (`/:categories/:title`, `{{ slug }}`) says nothing here.
    if stated and not any(mark in stated for mark in ("{", "/:", "<%")):
        found = resolver.describe(stated, "/", site)
        if found.kind not in {"invalid", "computed", "fragment"} and found.path.startswith("/"):
            return site_path(found.path)
    under_root = file_path(file)
    return prefixed(under_root, site) if file.site else under_root


def file_path(file: PageFile) -> str:
    """The path of a file under its root, as a path of the site."""
    stem = without_ending(file.file.relative_to(file.root).as_posix())
    return site_path("/" + quote(f"{stem.removesuffix('.html')}.html", safe=_PATH_CHARACTERS))


def _links(
    document: Document, source: Source, identity: PageIdentity, page: Page, site: Site, resolver: Resolver
) -> list[Link]:
    start = _base_path(document, page)
    targets = [
        resolver.target_of(computed(anchor.href)) if anchor.is_computed else resolver.target(anchor.href, start, site)
        for anchor in document.anchors
    ]
    described = [target.description for target in targets]
    policies = [
        bool(target.rules) and resolver.is_candidate(target, identity, anchor.slot)
        for anchor, target in zip(document.anchors, targets, strict=True)
    ]
    neighbours = _neighbours(document.anchors, described, policies)
    seen: Counter[str] = Counter()
    links = []
    for index, (anchor, target) in enumerate(zip(document.anchors, targets, strict=True)):
        found = target.description
        url = target.url
        seen[target.counted_as] += 1
        stand = Stand(
            placement.place(anchor, found, page.path, policies[index], neighbours[index]),
            anchor.slot,
            seen[target.counted_as],
        )
        resolution = resolver.resolve_target(target, identity, stand)
        span = anchor.span
        line, column, href_line, href_column, end_line, end_column = source.positions(
            span.start, span.href_start, span.end
        )
        links.append(
            Link(
                page=page.path,
                answer=page.answer,
                position=index + 1,
                href=anchor.href,
                raw=anchor.raw,
                syntax=anchor.syntax,
                url=url,
                description=found,
                text=anchor.text,
                heading=anchor.heading,
                kind=found.kind,
                placement=stand.placement or "inline",
                slot=resolution.slot,
                data_slot=anchor.slot,
                ordinal=stand.ordinal,
                rel=anchor.rel,
                target=anchor.target,
                touches_previous=anchor.surroundings.touches_previous,
                cta=resolution.cta,
                departures=resolution.departures,
                file=page.file,
                line=line,
                column=column,
                end_line=end_line,
                end_column=end_column,
                href_line=href_line,
                href_column=href_column,
                href_start=source.byte_offset(span.href_start),
                href_end=source.byte_offset(span.href_end),
                site=page.site,
                referrer_policy=anchor.referrer_policy,
                ignored=anchor.ignored,
            )
        )
    return links


def _base_path(document: Document, page: Page) -> str:
    """What relative URLs start from: `<base>`, itself read from the page, else the page."""
    if not document.base:
        return page.path
    from urllib.parse import urljoin

    return urljoin(page.path, document.base)


def _neighbours(anchors: tuple[Anchor, ...], described: list[Description], policies: list[bool]) -> list[Neighbours]:
    commerce: set[int] = set()
    shelf: Counter[int] = Counter()
    for anchor, found, has_policy in zip(anchors, described, policies, strict=True):
        if placement.is_commercial(found, has_policy):
            commerce.add(anchor.surroundings.text_run)
        if placement.is_product(found) and placement.stands_alone(anchor):
            shelf[anchor.surroundings.group] += 1
    return [
        Neighbours(anchor.surroundings.text_run in commerce, shelf[anchor.surroundings.group]) for anchor in anchors
    ]
