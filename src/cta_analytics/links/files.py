"""Which files a scan reads: files, folders, globs and sitemaps, each once."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from cta_analytics.config import Project, Source
from cta_analytics.errors import CtaError
from cta_analytics.links import mapped
from cta_analytics.links.stated import Stated
from cta_analytics.pages import READERS, reader_of

_SKIPPED = frozenset({"node_modules"})
_GLOB = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file to read. `name` is how rows and messages call it; its path on the site starts at `root`."""

    file: Path
    name: str
    root: Path
    site: str | None = None
    listed: tuple[Stated, ...] = ()
    """Its addresses with a query in a sitemap."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The files of a scan; `whole` says that every `[[sources]]` was read from its root."""

    files: tuple[PageFile, ...]
    whole: bool
    notes: tuple[str, ...] = ()
    """What was asked for and is not there: one line for each sitemap with URLs that no file stands for."""


def select(project: Project, paths: list[str]) -> Selection:
    """The page files that `paths` name, or those of the contract's `[[sources]]` where there are none.

    Raises: CtaError where a path does not exist, is no page, or where there is no page at all.
    """
    sources = project.contract.sources
    if not paths and not sources:
        raise CtaError("no PATH given and no [[sources]] in cta.toml; name a page or a folder of pages")
    wanted = [Path(path) for given in paths for path in _expanded(given)]
    if not paths:
        wanted = [project.resolve(path) for source in sources for path in _expanded(str(project.resolve(source.root)))]
    roots = [(Path(os.path.realpath(project.resolve(source.root))), source) for source in sources]
    folders = [(root.parent if mapped.is_sitemap(root) else root, source) for root, source in roots]
    found: dict[Path, PageFile] = {}
    notes: list[str] = []
    listed: dict[Path, tuple[Stated, ...]] = {}
    # Paths are compared as strings: a site has many, and each comparison of `Path`s costs some ten microseconds.
    stems = [(_stem(root), root, source) for root, source in folders]
    real_folders: dict[str, str] = {}
    for path in wanted:
        for file, root in _pages(path, project, notes, listed):
            real = Path(_real(file, real_folders))
            text = str(real)
            stem, source_root, source = next((one for one in stems if text.startswith(one[0])), ("", root, None))
            if source and not _included(text[len(stem) :].replace(os.sep, "/"), source):
                continue
            site = source.site if source else None
            stated = listed.get(file, ())
            if stated or real not in found:
                found[real] = PageFile(real, _name(file, project), source_root, site, stated)
    if not found:
        named = ", ".join(paths) or ", ".join(source.root for source in sources)
        endings = " ".join(ending for reader in READERS.values() for ending in reader.suffixes)
        raise CtaError(f"{named}: no pages there; pages end in {endings}")
    read = [Path(os.path.realpath(path)) for path in wanted]
    whole = bool(roots) and all(any(root.is_relative_to(path) for path in read) for root, _ in roots)
    return Selection(tuple(found.values()), whole, tuple(notes))


def _stem(folder: Path) -> str:
    """What the paths of all that lies in a folder begin with."""
    return os.path.join(folder, "")  # noqa: PTH118


def _real(file: Path, folders: dict[str, str]) -> str:
    """`os.path.realpath` of a file; `folders` keeps that of its folder, which is most of the work."""
    folder, name = os.path.split(file)
    if os.path.islink(file):  # noqa: PTH114
        return os.path.realpath(file)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)  # noqa: PTH118


def _expanded(given: str) -> list[str]:
    if Path(given).exists() or not _GLOB & set(given):
        return [given]
    matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207  # Path.glob takes no absolute pattern
    pages = [match for match in matches if reader_of(match) or Path(match).is_dir()]
    if not pages:
        raise CtaError(f"{given}: no page matches; name a page or a folder of pages")
    return pages


def _pages(
    path: Path, project: Project, notes: list[str], listed: dict[Path, tuple[Stated, ...]]
) -> Iterator[tuple[Path, Path]]:
    """The pages at a path, each with the folder that its path on the site starts from."""
    if path.is_dir():
        root = Path(os.path.realpath(path))
        skipped = len(_stem(root))
        yield from ((path / str(file)[skipped:], root) for file in _walk(root, root, frozenset()))
    elif not path.exists():
        raise CtaError(f"{_name(path, project)}: no such file or folder; name a page or a folder of pages")
    elif mapped.is_sitemap(path):
        yield from _of_sitemap(path, project, notes, listed)
    elif reader_of(path.name) is None:
        endings = " ".join(ending for reader in READERS.values() for ending in reader.suffixes)
        raise CtaError(f"{_name(path, project)}: no page; pages end in {endings}")
    elif path.stat().st_size == 0:
        raise CtaError(f"{_name(path, project)}: empty, so there is nothing to check; name a page with content")
    else:
        yield path, Path(os.path.realpath(path)).parent


def _of_sitemap(
    path: Path, project: Project, notes: list[str], listed: dict[Path, tuple[Stated, ...]]
) -> Iterator[tuple[Path, Path]]:
    file = Path(os.path.realpath(path))
    name = _name(path, project)
    found = mapped.read(file, name, _walk(file.parent, file.parent, frozenset()), project)
    if found.missing:
        count = len(found.missing)
        notes.append(
            f"{name}: {count} of its URLs {'has' if count == 1 else 'have'} no page file beside it, "
            f"first {found.missing[0]}"
        )
    listed.update(found.stated)
    yield from ((page, file.parent) for page in found.files)


def _walk(folder: Path, root: Path, above: frozenset[Path]) -> Iterator[Path]:
    real = Path(os.path.realpath(folder))
    # A link back to a folder above would never end, and one that leads out of the folder given was not asked for.
    if real in above or not real.is_relative_to(root):
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise CtaError(f"{folder}: cannot be read ({error.strerror}); check its permissions") from None
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _SKIPPED:
            continue
        if entry.is_dir():
            yield from _walk(Path(entry.path), root, above | {real})
        elif (
            reader_of(entry.name)
            and entry.is_file()
            and (not entry.is_symlink() or Path(os.path.realpath(entry.path)).is_relative_to(root))
        ):
            yield Path(entry.path)


def _included(relative: str, source: Source) -> bool:
    def matches(patterns: list[str]) -> bool:
        return any(
            fnmatchcase(relative, pattern) or fnmatchcase(f"/{relative}", f"*/{pattern}") for pattern in patterns
        )

    return (not source.include or matches(source.include)) and not matches(source.exclude)


def _name(file: Path, project: Project) -> str:
    """Relative to the folder of `cta.toml` where it lies in there: rows do not depend on where a command was run."""
    absolute = os.path.normpath(os.path.join(os.getcwd(), file))  # noqa: PTH109, PTH118
    stem = _stem(project.root)
    return absolute[len(stem) :].replace(os.sep, "/") if absolute.startswith(stem) else file.as_posix()
