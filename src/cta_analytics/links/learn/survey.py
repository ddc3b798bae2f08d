"""One reading of a site before there is a contract: its pages, what they link to, and their links that can sell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cta_analytics.config import Contract, Project, Site
from cta_analytics.errors import CtaError
from cta_analytics.links.contract import Resolver
from cta_analytics.links.extract import read_page
from cta_analytics.links.files import PageFile, select
from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.pages.page import site_path
from cta_analytics.urls import Description

SELLING = frozenset({"amazon_store", "amazon_product", "amazon_short", "affiliate"})
"""Kinds of links that are calls to action whatever they carry."""
TAGGED = frozenset({"amazon_search", "amazon_other"})
"""Kinds that are where they carry a tag: `/prime` or a help page is no offer of ours."""

# While nobody knows the site's host, what is relative gets this one, so that it has one.
_UNKNOWN = "https://unknown.invalid"


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as read."""

    page: Page
    permalink: str | None
    """What the file says its path or URL is."""
    lang: str | None
    """What the file says its language is."""
    links: tuple[Link, ...]
    """Its links that can sell."""
    targets: frozenset[str]
    """The paths inside the site that it links to."""


def survey(project: Project, site: str, step: Callable[[int, str], None] | None = None) -> list[Seen]:
    """Every page at `site`, a folder or a page.

    Raises: CtaError where there is no such folder, no page in it, or a page cannot be read.
    """
    resolver = Resolver(Contract(site=Site(base_url=_UNKNOWN)))
    found = []
    for number, file in enumerate(files_at(project, site), 1):
        read = read_page(file, resolver)
        document = read.document
        links = tuple(link for link in read.links if sells(sound(link, resolver)))
        host = _host(document.permalink)
        inside = frozenset(
            site_path(link.description.path)
            for link in read.links
            if link.kind == "page" or (host is not None and link.description.host == host)
        )
        found.append(Seen(read.page, document.permalink, document.lang, links, inside))
        if step:
            step(number, file.name)
    return found


def files_at(project: Project, site: str) -> tuple[PageFile, ...]:
    """The page files at `site`.

    Raises: CtaError where there is no such folder, or no page in it.
    """
    if not Path(site).exists():
        raise CtaError(f"{site}: no such file or folder; name the folder that the site's pages are in")
    return select(project, [site]).files


def sells(found: Description) -> bool:
    """Whether a link leads to where something can be bought from which the site earns."""
    return found.kind in SELLING or (found.kind in TAGGED and found.program in {"attribution", "associates"})


def sound(link: Link, resolver: Resolver) -> Description:
    """What a link is without the faults of its URL's shape: `www.amazon.com/dp/…` is meant to leave the site."""
    found = resolver.describe(link.href, link.page)
    return resolver.describe(found.repaired, link.page) if found.repaired is not None else found


def _host(permalink: str | None) -> str | None:
    try:
        return urlsplit(permalink or "").hostname
    except ValueError:
        return None


def language(seen: list[Seen]) -> str | None:
    """The language that all pages declare, those that declare none left out."""
    declared = Counter(one.lang for one in seen if one.lang)
    return next(iter(declared)) if len(declared) == 1 else None
