"""`--changed`: the files that differ between where a branch began and the working tree."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from cta_analytics.errors import CtaError
from cta_analytics.pages.git import ask

DEFAULTS = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
_DEPTH = "fetch the history first (in CI: fetch-depth: 0)"


@dataclass(frozen=True, slots=True)
class Changed:
    """The changed files, by their real paths, and what they were compared with."""

    files: frozenset[Path]
    base: str
    merge_base: str

    @property
    def since(self) -> str:
        """What a message calls the range."""
        return f"{self.base} (merge base {self.merge_base[:10]})"


class Scope:
    """Which files of a run are reported on: all, or those of the pages whose own or authored file changed."""

    def __init__(self, changed: Changed | None, root: Path) -> None:
        self._changed = changed
        self._root = root
        self._files: set[str] = set()

    def takes(self, built: Path, names: Collection[str]) -> bool:
        """Whether a page is reported on. `names`: its files, as findings name them."""
        if self._changed is None:
            return True
        if built in self._changed.files or any(self._differs(name) for name in names):
            self._files.update(names)
            return True
        return False

    def holds(self, name: str) -> bool:
        """Whether a file is reported on, of a page that was taken or of the contract."""
        return self._changed is None or name in self._files or self._differs(name)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is reported on, because no page changed."""
        return self._changed is not None and not self._files

    def _differs(self, name: str) -> bool:
        return self._changed is not None and Path(os.path.realpath(self._root / name)) in self._changed.files

    def notes(self, contract: str | None) -> Iterator[str]:
        """What a reader has to know of the choice of files."""
        if self._changed is None:
            return
        if self.is_empty:
            yield f"no page changed since {self._changed.since}: nothing to report on"
        if contract is not None and self._differs(contract):
            yield f"{contract} changed since {self._changed.since}: lint without --changed to see what that means for all pages"


def since(folder: Path, base: str | None) -> Changed:
    """What changed since the merge base of `base` and HEAD: commits, the index, the working tree, new files.

    Raises: CtaError where the folder is in no git repository, the base is no commit, or there is no merge base.
    """
    top = ask(folder, "rev-parse", "--show-toplevel")
    if top.error is not None:
        raise CtaError(f"--changed: {folder}: {top.error}; it needs a git repository that holds cta.toml")
    root = Path(os.fsdecode(top.output.rstrip(b"\n")))
    if ask(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").error is not None:
        raise CtaError(f"--changed: {root}: no commit yet; commit once, or lint without --changed")
    base = base or _default(root)
    if base.startswith("-") or ask(root, "rev-parse", "--verify", "--quiet", f"{base}^{{commit}}").error is not None:
        looks = f"; for the pages there write `cta lint {base} --changed`" if Path(base).exists() else ""
        raise CtaError(f'--changed: "{base}" is no commit here; {_DEPTH}, or name another base{looks}')
    found = ask(root, "merge-base", base, "HEAD")
    if found.error is not None:
        raise CtaError(f'--changed: no merge base of "{base}" and HEAD; {_DEPTH}, or name another base')
    merge_base = found.output.decode().strip()
    differing = ask(root, "diff", "--name-only", "-z", "--no-ext-diff", "--no-renames", "--diff-filter=d", merge_base)
    untracked = ask(root, "ls-files", "--others", "--exclude-standard", "-z")
    for answer in (differing, untracked):
        if answer.error is not None:
            raise CtaError(f"--changed: {root}: {answer.error}")
    names = (differing.output + untracked.output).split(b"\0")
    files = frozenset(Path(os.path.realpath(root / os.fsdecode(name))) for name in names if name)
    return Changed(files, base, merge_base)


def _default(root: Path) -> str:
    for name in DEFAULTS:
        if ask(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").error is None:
            return name
    known = ", ".join(DEFAULTS)
    raise CtaError(f"--changed: none of {known} is a commit here; {_DEPTH}, or name a base: --changed BASE")
