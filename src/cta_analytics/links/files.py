"""Which files a scan reads: files, folders and globs, sorted, each once."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from cta_analytics.config import Project, Source
from cta_analytics.errors import CtaError
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


@dataclass(frozen=True, slots=True)
class Selection:
    """The files of a scan; `whole` says that every `[[sources]]` was read from its root."""

    files: tuple[PageFile, ...]
    whole: bool


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
    found: dict[Path, PageFile] = {}
    for path in wanted:
        for file, root in _pages(path, project):
            real = Path(os.path.realpath(file))
            source_root, source = next(((r, s) for r, s in roots if real.is_relative_to(r)), (root, None))
            if source and not _included(real.relative_to(source_root).as_posix(), source):
                continue
            found.setdefault(real, PageFile(real, _name(file, project), source_root, source.site if source else None))
    if not found:
        named = ", ".join(paths) or ", ".join(source.root for source in sources)
        endings = " ".join(ending for reader in READERS.values() for ending in reader.suffixes)
        raise CtaError(f"{named}: no pages there; pages end in {endings}")
    read = [Path(os.path.realpath(path)) for path in wanted]
    whole = bool(roots) and all(any(root.is_relative_to(path) for path in read) for root, _ in roots)
    return Selection(tuple(found.values()), whole)


def _expanded(given: str) -> list[str]:
    if Path(given).exists() or not _GLOB & set(given):
        return [given]
    matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207  # Path.glob takes no absolute pattern
    pages = [match for match in matches if reader_of(match) or Path(match).is_dir()]
    if not pages:
        raise CtaError(f"{given}: no page matches; name a page or a folder of pages")
    return pages


def _pages(path: Path, project: Project) -> Iterator[tuple[Path, Path]]:
    """The pages at a path, each with the folder that its path on the site starts from."""
    if path.is_dir():
        root = Path(os.path.realpath(path))
        yield from ((path / file.relative_to(root), root) for file in _walk(root, root, frozenset()))
    elif not path.exists():
        raise CtaError(f"{_name(path, project)}: no such file or folder; name a page or a folder of pages")
    elif reader_of(path.name) is None:
        endings = " ".join(ending for reader in READERS.values() for ending in reader.suffixes)
        raise CtaError(f"{_name(path, project)}: no page; pages end in {endings}")
    elif path.stat().st_size == 0:
        raise CtaError(f"{_name(path, project)}: empty, so there is nothing to check; name a page with content")
    else:
        yield path, Path(os.path.realpath(path)).parent


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
        path = Path(entry.path)
        if entry.is_dir():
            yield from _walk(path, root, above | {real})
        elif reader_of(entry.name) and entry.is_file() and Path(os.path.realpath(path)).is_relative_to(root):
            yield path


def _included(relative: str, source: Source) -> bool:
    def matches(patterns: list[str]) -> bool:
        return any(
            fnmatchcase(relative, pattern) or fnmatchcase(f"/{relative}", f"*/{pattern}") for pattern in patterns
        )

    return (not source.include or matches(source.include)) and not matches(source.exclude)


def _name(file: Path, project: Project) -> str:
    """Relative to the folder of `cta.toml` where it lies in there: rows do not depend on where a command was run."""
    absolute = Path(os.path.normpath(file.absolute()))
    if absolute.is_relative_to(project.root):
        return absolute.relative_to(project.root).as_posix()
    return file.as_posix()
