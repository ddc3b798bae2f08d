"""The answers day by day: what sparklines, an answer's own view and a free range of days rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cta_analytics.metrics import measure
from cta_analytics.metrics.figures import AnswerDays, DataSpan, Day
from cta_analytics.metrics.period import Period, week_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WEEKS = 53
"""How many ISO weeks up to the end of the report are carried along: a year, and the week that it begins in."""
SPARK_WEEKS = 9


@dataclass(frozen=True, slots=True)
class Daily:
    """The days of `period`, of the site and of each answer by its key; an answer without an event is absent."""

    period: Period
    days: tuple[Day, ...]
    answers: dict[tuple[str, str, str], AnswerDays]

    def weekly_clicks(self, key: tuple[str, str, str], last: date) -> list[int]:
        """The answer's counted clicks in the newest `SPARK_WEEKS` ISO weeks up to that of `last`, oldest first."""
        end = week_of(last).first
        weeks = [0] * SPARK_WEEKS
        if found := self.answers.get(key):
            monday = (end - self.period.first).days
            for number, clicks in zip(found.day_numbers, found.clicks, strict=True):
                back = (monday - number + 6) // 7
                if 0 <= back < SPARK_WEEKS and number <= monday + 6:
                    weeks[SPARK_WEEKS - 1 - back] += clicks
        return weeks


def read(connection: DuckDBPyConnection, period: Period, span: DataSpan) -> Daily:
    """A year of days up to the end of `period`, as far as the logs reach."""
    first = week_of(period.last).first - timedelta(weeks=WEEKS - 1)
    if span.first_day is not None:
        first = min(max(first, span.first_day), period.first)
    known = Period(min(first, period.first), period.last)
    return Daily(
        known,
        tuple(measure.rows(connection, "by_day", Day, known)),
        {row.key: row for row in measure.rows(connection, "answers_by_day", AnswerDays, known)},
    )
