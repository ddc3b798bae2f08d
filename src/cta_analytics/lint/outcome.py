"""A run as a whole: what the checks of the run itself (CFG) look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cta_analytics.lint.suppress import Suppression


@dataclass(frozen=True, slots=True)
class Judged:
    """A suppression, and those of its rules of which it suppressed nothing although they ran."""

    suppression: Suppression
    idle: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has looked at."""

    file: str
    """What stands for the run: the contract, else the first page."""
    pages: int
    links: int
    ctas: int
    kinds: frozenset[str]
    """Kinds of the pages that were read."""
    is_whole: bool
    """All of the contract's sources were read."""
    is_wide: bool
    """A folder or all sources were read, not single pages only."""
    allows_empty: bool
    suppressions: Sequence[Judged] = ()
