"""The baseline: findings that are known, so that only new ones fail."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cta_analytics.config import Project
from cta_analytics.errors import CtaError
from cta_analytics.lint.finding import Finding
from cta_analytics.pages.git import ask, repository_of

VERSION = 1
_HEADER = f"# cta lint baseline, version {VERSION}"
_COLUMNS = "# file, code, URL, count; written by `cta lint --baseline-update`"
_KNOWN_HEADER = re.compile(r"# cta lint baseline, version (\d+)\s*")
_WHOLE_PAGE = "-"
_ESCAPES = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}
_UNESCAPES = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r", "-": "-"}

Identity = tuple[str, str, str | None]
"""File (relative to the repository), code, URL; None where a finding is about a page as a whole."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """How many findings of each identity are known. `root`: the folder that its paths start from."""

    counts: Mapping[Identity, int]
    root: Path
    folder: Path
    """That of `cta.toml`, from which findings name their files."""

    def identity(self, finding: Finding) -> Identity:
        """What a finding is recognised by: no line, no date."""
        return relative(finding.file, self.folder, self.root), finding.code, finding.href

    def split(self, findings: Iterable[Finding], codes: Collection[str]) -> tuple[list[Finding], int]:
        """The findings that are not known, and the number of those that are. `codes`: the rules that may be known."""
        left = dict(self.counts)
        new: list[Finding] = []
        known = 0
        for one in findings:
            key = self.identity(one)
            if one.code in codes and left.get(key, 0) > 0:
                left[key] -= 1
                known += 1
            else:
                new.append(one)
        return new, known


@dataclass(frozen=True, slots=True)
class Update:
    """A baseline as it is to be written, and what changed in it, counted in findings."""

    baseline: Baseline
    added: int
    dropped: int
    refused: int
    """New findings that it would have had to grow for."""


def relative(name: str, folder: Path, root: Path) -> str:
    """A file's name, given relative to the folder of `cta.toml`, relative to the repository."""
    path = os.path.normpath(folder / name)
    return os.path.relpath(path, root).replace(os.sep, "/")


def start_of(project: Project) -> Path:
    """The folder that a baseline's paths start from: the repository's, without git that of `cta.toml`."""
    return repository_of(project.root) or project.root


def read(file: Path, name: str, project: Project, missing_ok: bool = False) -> Baseline | None:
    """The baseline in a file; None where there is no such file, if that is `missing_ok`.

    Raises: CtaError where it cannot be read, is of another version, or a line is no entry.
    """
    try:
        lines = file.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except FileNotFoundError:
        if missing_ok:
            return None
        raise CtaError(f"{name}: no such baseline; `cta lint --baseline {name} --baseline-update` writes it") from None
    except OSError as error:
        raise CtaError(f"{name}: cannot be read ({error.strerror}); check its permissions") from None
    header = _KNOWN_HEADER.fullmatch(lines[0]) if lines else None
    if header is None:
        raise CtaError(f'{name}:1: no baseline, which starts with "{_HEADER}"; name another file with --baseline')
    if int(header[1]) != VERSION:
        raise CtaError(
            f"{name}:1: a baseline of version {header[1]}, this cta reads version {VERSION}; "
            "delete it and write it anew with --baseline-update, or use the cta that wrote it"
        )
    counts: Counter[Identity] = Counter()
    for number, line in enumerate(lines[1:], 2):
        # A file may be called `#`: it is the tabs that make an entry.
        if not line.strip() or (line.startswith("#") and "\t" not in line):
            continue
        parts = line.split("\t")
        if len(parts) != 4 or not re.fullmatch(r"[1-9]\d*", parts[3]):
            raise CtaError(f"{name}:{number}: no entry (file, code, URL, count, between tabs); write it anew")
        where, code, url, count = parts
        counts[_unescaped(where), code, None if url == _WHOLE_PAGE else _unescaped(url)] += int(count)
    return Baseline(counts, start_of(project), project.root)


def text(baseline: Baseline) -> str:
    """What stands in the file: a header, and one entry a line, sorted."""
    entries = sorted(
        ((_escaped(file), code, _WHOLE_PAGE if url is None else _escaped(url)), count)
        for (file, code, url), count in baseline.counts.items()
        if count > 0
    )
    lines = ["\t".join((*entry, str(count))) for entry, count in entries]
    return "\n".join([_HEADER, _COLUMNS, *lines, ""])


def write(baseline: Baseline, file: Path, name: str) -> None:
    """Writes the file whole or not at all.

    Raises: CtaError where that fails.
    """
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        unfinished.write_text(text(baseline), encoding="utf-8", errors="surrogateescape", newline="\n")
        unfinished.replace(file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise CtaError(f"{name}: cannot be written ({error.strerror}); check the folder's permissions") from None


def updated(
    old: Baseline | None,
    file: Path,
    project: Project,
    findings: Iterable[Finding],
    scanned: Iterable[str],
    codes: Collection[str],
    allow_growth: bool,
) -> Update:
    """The baseline after a run. Entries of files that were not `scanned`, or of rules that did not run, stay.

    `old` None: there was none, and all findings are taken in. Entries follow files that git sees as renamed since the
    baseline was committed; those of files that are gone are dropped.
    """
    root = start_of(project)
    fresh = Baseline({}, root, project.root)
    found = Counter(fresh.identity(one) for one in findings if one.code in codes)
    if old is None:
        return Update(Baseline(found, root, project.root), found.total(), 0, 0)
    read_now = {relative(name, project.root, root) for name in scanned}
    gone = {where for where, _, _ in old.counts if not (root / where).is_file()}
    moved = renames(file, root) if gone else {}
    before: Counter[Identity] = Counter()
    dropped = 0
    for (where, code, url), count in old.counts.items():
        if where not in gone:
            before[where, code, url] += count
        elif where in moved:
            before[moved[where], code, url] += count
        else:
            dropped += count
    after: Counter[Identity] = Counter()
    for key, count in before.items():
        where, code, _ = key
        stays = where not in read_now or code not in codes
        after[key] = count if stays else min(count, found[key])
        dropped += count - after[key]
    more = {key: count - after[key] for key, count in found.items() if count > after[key]}
    if allow_growth:
        after.update(more)
    added = sum(more.values())
    return Update(Baseline(+after, root, project.root), added * allow_growth, dropped, added * (not allow_growth))


def renames(file: Path, root: Path) -> dict[str, str]:
    """Where files went since the baseline was last committed, as git sees it: old path -> new path."""
    committed = ask(file.parent, "log", "-1", "--format=%H", "--", file.name).output.decode().strip()
    said = ask(
        root, "diff", "--name-status", "-z", "--no-ext-diff", "--find-renames", "--diff-filter=R", committed or "HEAD"
    ).output
    parts = [os.fsdecode(part).replace(os.sep, "/") for part in said.split(b"\0")]
    # Triples of `R100`, the old path, the new one.
    return dict(zip(parts[1::3], parts[2::3], strict=False))


def _escaped(value: str) -> str:
    if value == _WHOLE_PAGE:
        return "\\-"
    shown = "".join(_ESCAPES.get(char, char) for char in value)
    # What `str.splitlines` takes for the end of a line would be one when the file is read.
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]", lambda char: f"\\u{ord(char[0]):04x}", shown)


def _unescaped(value: str) -> str:
    return re.sub(
        r"\\(?:u([0-9a-f]{4})|(.))",
        lambda found: chr(int(found[1], 16)) if found[1] else _UNESCAPES.get(found[2], found[2]),
        value,
    )
