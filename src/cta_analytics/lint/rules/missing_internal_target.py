"""LNK013: an internal link to a page that the site does not have."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from urllib.parse import unquote

from cta_analytics.config import Site
from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.links.sites import starts_with
from cta_analytics.lint.example import anchor
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule
from cta_analytics.pages.page import site_path
from cta_analytics.urls.parse import host_like

_NOT_PAGES = frozenset({"fragment", "email", "phone", "computed", "invalid"})
# `/report.pdf`, `/feed.xml`: a file, and which ones there are only the server knows.
_FILE = re.compile(r"\.(?!html?$)[A-Za-z][A-Za-z0-9]{0,7}$")
_FEW = 5
"""With fewer missing targets it is a mistake, with more it may be that a part of the site is not here."""
_SUGGESTIONS = 20
Target = tuple[str, str]
"""A page by its host (without `www.`, empty where none is known) and its path, decoded."""


def _may_be_missing(link: Link, context: Context) -> bool:
    path = link.description.path
    # Nearly every link is at an address of the site, or leads out of it.
    if path in context.served.paths and len(context.resolver.sites) == 1:
        return False
    return (
        link.kind not in _NOT_PAGES
        and context.resolver.is_internal(link.description)
        and link.placement != "form"
        and not _FILE.search(path)
    )


def _check(pages: Sequence[Page], links: Sequence[Link], context: Context) -> Iterator[Hit]:
    sites = {site.label: site for site in context.resolver.sites}
    present = {(_host(sites.get(page.site)), unquote(page.path)) for page in pages}
    read = [sites[label] for label in {page.site for page in pages} if label in sites]
    elsewhere = context.options["served_elsewhere"]
    known: dict[Target, bool] = {}
    missing: list[tuple[Link, Target]] = []
    for link in links:
        if not _may_be_missing(link, context):
            continue
        target = _target(link, sites)
        if target not in known:
            known[target] = (
                target in present
                or any(fnmatchcase(target[1], pattern) for pattern in elsewhere)
                or not _is_missing(target, read, context)
            )
        if not known[target]:
            missing.append((link, target))
    judged = _judged({target for _, target in missing}, present)
    suggested = {target: _near(target, present) for target in sorted(judged)[:_SUGGESTIONS]}
    for link, target in missing:
        if target in judged:
            near = suggested.get(target) or _with_scheme(link.href)
            says = f"no page of the site is at {target[1]}{f'; is {near} meant?' if near else ''}"
            parsed = link.description.parsed
            is_as_written = link.description.url == link.href
            start, end = (parsed.start, parsed.path_end) if is_as_written else (None, None)
            yield Hit(says, link, start=start, end=end)


def _host(site: Site | None) -> str:
    return ((site.host if site else None) or "").removeprefix("www.")


def _target(link: Link, sites: Mapping[str, Site]) -> Target:
    host = link.description.host
    own = _host(sites.get(link.site))
    return (own if host is None else host.removeprefix("www."), unquote(site_path(link.description.path)))


def _is_missing(target: Target, read: Iterable[Site], context: Context) -> bool:
    """Whether a target would be a page of a site that was read, and no file stands there."""
    host, path = target
    sites = [site for site in read if _host(site) == host and starts_with(path, site.path_prefix)]
    # Each site has a home page, also where its sources do not.
    return bool(sites) and not any(
        path == site_path(site.path_prefix) or context.served.has_file(path, site) for site in sites
    )


def _judged(missing: set[Target], present: set[Target]) -> set[Target]:
    """The missing targets without those of a section that is not here at all; none where most of the site is not."""
    if len(missing) >= _FEW and len(missing) > len(present):
        return set()
    sections: dict[Target, set[Target]] = defaultdict(set)
    for host, path in missing:
        sections[host, _section(path)].add((host, path))
    here = {(host, _section(path)) for host, path in present}
    return {
        target
        for section, targets in sections.items()
        if section in here or len(targets) < _FEW or not section[1]
        for target in targets
    }


def _section(path: str) -> str:
    """The first segment of a path that has further ones."""
    first, slash, _ = path.strip("/").partition("/")
    return first if slash else ""


def _with_scheme(href: str) -> str | None:
    """The URL of another host that was meant, where its scheme is missing: `tea.example/mint`."""
    first = href.partition("/")[0]
    is_host = "/" in href and host_like(href) and not re.search(r"\.html?$", first)
    return f"https://{href}" if is_host else None


def _near(target: Target, present: set[Target]) -> str | None:
    from difflib import get_close_matches

    host, path = target
    folder, _, name = path.rpartition("/")
    # A page has moved, or its name is misspelled.
    others = sorted(other for there, other in present if there == host and other.startswith(f"{folder}/"))
    near = get_close_matches(path, others, n=1, cutoff=0.85)
    same = sorted(other for there, other in present if there == host and other.rpartition("/")[2] == name and name)
    return next(iter(same), None) or next(iter(near), None)


_KETTLE = (("/products/kettle", "<p>The kettle.</p>"),)

RULE = Rule(
    code="LNK013",
    name="missing-internal-target",
    severity="error",
    summary="An internal link leads to a page that the scanned site does not have.",
    why=(
        "The visitor gets an error page in place of the product, and nobody buys there. Not judged: files that are no "
        "pages, redirects of the contract, and sections (or sites) of which no page at all was read."
    ),
    bad=(
        Example(anchor("/products/kettel", "the kettle"), others=_KETTLE),
        Example(anchor("https://www.larkmoor.example/contact", "write to us")),
    ),
    good=(
        Example(anchor("/products/kettle.html?colour=red#size", "the kettle"), others=_KETTLE),
        Example(anchor("/files/manual.pdf", "the manual") + anchor("#top", "up")),
        Example(anchor("/go/kettle", "the kettle")),
    ),
    site=_check,
    wants=_may_be_missing,
    options=(
        Option(
            "served_elsewhere",
            ["/go/*", "/cdn-cgi/*"],
            "Globs of paths that are answered by something else than a page of the sources",
        ),
    ),
)
