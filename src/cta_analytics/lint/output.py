"""How findings are printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cta_analytics.lint.finding import Report


@dataclass(frozen=True, slots=True)
class Output:
    """Makes a text of a report. The same report gives the same bytes; `colour` is true on a terminal only."""

    name: str
    summary: str
    write: Callable[[Report, bool], str]
