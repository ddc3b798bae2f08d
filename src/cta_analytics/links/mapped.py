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
    urls, read_from = _urls(file, name)
    with_query = _with_query(read_from) if any("?" in url for url in urls) else {}
    stated: dict[Path, tuple[Stated, ...]] = {}
    for url in urls:
        path = site_path(unquote(_path(url)))
        candidates = [path, *(path.removeprefix(prefix) or "/" for prefix in prefixes if prefix)]
        page_file = next((by_path[candidate] for candidate in candidates if candidate in by_path), None)
        if page_file is None:
            missing.append(url)
        else:
            found[page_file] = None
            if url in with_query:
                stated[page_file] = (*stated.get(page_file, ()), with_query[url])
    return Mapped(tuple(found), tuple(missing), stated)


def _with_query(files: dict[Path, str]) -> dict[str, Stated]:
    return {one.href: one for file, name in files.items() for one in listed(source.read(file, name))}


def _urls(file: Path, name: str) -> tuple[list[str], dict[Path, str]]:
    """The pages of a sitemap, and of those that it lists, one level deep as the protocol has it; the files read."""
    listing = sitemap.read(file, name)
    urls = list(listing.pages)
    files = {file: name}
    folder = file.parent.resolve()
    for url in listing.sitemaps:
        path = unquote(_path(url)).lstrip("/")
        other = (folder / path).resolve() if "\0" not in path else folder
        if other != file.resolve() and other.is_relative_to(folder) and is_sitemap(other):
            files[other] = (Path(name).parent / other.relative_to(folder)).as_posix()
            urls += sitemap.read(other, files[other]).pages
        else:
            urls.append(url)
    return urls, files


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return url
