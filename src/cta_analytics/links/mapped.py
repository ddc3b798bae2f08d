"""The local pages of a sitemap: its URLs mapped to files under the folder that it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cta_analytics.config import Project
from cta_analytics.links.stated import Stated, listed
from cta_analytics.pages import sitemap, source, without_ending
from cta_analytics.pages.page import site_path
from cta_analytics.pages.sitemap import ENDINGS

Listing = tuple[Path, str]
"""A sitemap: its file, and how messages name it."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """The page files of a sitemap in its order, the URLs that no file stands for, and those that have a query."""

    files: tuple[Path, ...]
    missing: tuple[str, ...]
    stated: dict[Path, tuple[Stated, ...]]


def is_sitemap(path: Path) -> bool:
    """Whether a path names a sitemap."""
    return path.name.lower().endswith(ENDINGS) and path.is_file()


def read(file: Path, name: str, pages: Iterable[Path], project: Project) -> Mapped:
    """The pages of a sitemap. `pages`: the page files under its folder; no other file is looked at, save for
    the sitemaps there that an index lists.

    Raises: CtaError where a sitemap cannot be read.
    """
    folder = file.parent
    by_path: dict[str, Path] = {}
    # Of two files for one path the built one is the page.
    for page in sorted(pages, key=lambda page: (not page.name.endswith((".html", ".htm")), page.as_posix())):
        relative = page.relative_to(folder).as_posix()
        by_path.setdefault(site_path(f"/{without_ending(relative)}.html"), page)
    prefixes = {urlsplit(site.base_url or "").path.rstrip("/") for site in project.contract.all_sites}
    found: dict[Path, None] = {}
    missing: list[str] = []
    urls = _urls(file, name)
    places = _places(urls)
    stated: dict[Path, tuple[Stated, ...]] = {}
    for url in urls:
        path = site_path(unquote(_path(url)))
        candidates = [path, *(path.removeprefix(prefix) or "/" for prefix in prefixes if prefix)]
        page_file = next((by_path[candidate] for candidate in candidates if candidate in by_path), None)
        if page_file is None:
            missing.append(url)
        else:
            found[page_file] = None
            if "?" in url:
                stated[page_file] = (*stated.get(page_file, ()), places.get(url) or _unplaced(url, urls[url][1]))
    return Mapped(tuple(found), tuple(missing), stated)


def _places(urls: dict[str, Listing]) -> dict[str, Stated]:
    """Where the addresses with a query stand; in a packed sitemap there is no place to point at."""
    files = {of: None for url, of in urls.items() if "?" in url and not of[0].name.lower().endswith(".gz")}
    return {one.href: one for file, name in files for one in listed(source.read(file, name))}


def _unplaced(url: str, name: str) -> Stated:
    return Stated("sitemap", url, "", "plain", name)


def _urls(file: Path, name: str) -> dict[str, Listing]:
    """The pages of a sitemap, and of those that it lists, one level deep as the protocol has it: by URL where it stands."""
    listing = sitemap.read(file, name)
    urls = dict.fromkeys(listing.pages, (file, name))
    folder = file.parent.resolve()
    for url in listing.sitemaps:
        path = unquote(_path(url)).lstrip("/")
        other = (folder / path).resolve() if "\0" not in path else folder
        if other != file.resolve() and other.is_relative_to(folder) and is_sitemap(other):
            named = (Path(name).parent / other.relative_to(folder)).as_posix()
            urls |= {url: (other, named) for url in sitemap.read(other, named).pages if url not in urls}
        else:
            urls.setdefault(url, (file, name))
    return urls


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return url
