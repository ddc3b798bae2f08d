"""How final the network's figures of a period are, by the as-of of what was imported and by no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from cta_analytics.metrics.figures import Import
from cta_analytics.metrics.period import Period
from cta_analytics.stats.ripening import INCOMPLETE_DAYS, SETTLED_DAYS


class Stage(StrEnum):
    """How far the network's figures of a period have come."""

    nothing = "nothing"
    partial = "partial"
    provisional = "provisional"
    final = "final"


@dataclass(frozen=True, slots=True)
class Maturity:
    """What may be said of a period's conversions; `unknown` are its days that no import completes."""

    stage: Stage
    as_of: datetime | None
    uncovered: tuple[date, ...]
    incomplete: tuple[date, ...]
    final_on: date
    unknown_before: tuple[date, ...]

    @property
    def unknown(self) -> tuple[date, ...]:
        """Days of the period that cannot be compared yet."""
        return (*self.uncovered, *self.incomplete)


def maturity(imports: Sequence[Import], period: Period) -> Maturity:
    """The maturity of `period` and of the days before it, by the imports of one source that speak of either."""
    uncovered, incomplete = _unknown(imports, period)
    lacking_before = _unknown(imports, period.before)
    as_of = max((i.as_of for i in imports), default=None)
    final_on = period.last + timedelta(days=SETTLED_DAYS)
    if len(uncovered) == period.length:
        stage = Stage.nothing
    elif uncovered or incomplete:
        stage = Stage.partial
    elif as_of is not None and as_of.date() <= final_on:
        stage = Stage.provisional
    else:
        stage = Stage.final
    return Maturity(stage, as_of, uncovered, incomplete, final_on, (*lacking_before[0], *lacking_before[1]))


def _unknown(imports: Sequence[Import], period: Period) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The days that no import covers, and those whose newest import came too early for them."""
    uncovered: list[date] = []
    incomplete: list[date] = []
    for day in period.days:
        covering = [i.as_of for i in imports if i.covers_from <= day <= i.covers_to]
        if not covering:
            uncovered.append(day)
        elif (max(covering).date() - day).days <= INCOMPLETE_DAYS:
            incomplete.append(day)
    return tuple(uncovered), tuple(incomplete)
