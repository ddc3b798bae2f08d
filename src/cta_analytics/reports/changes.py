"""Why two reports differ: each cause with what it did to each figure; all of them add up to the difference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from cta_analytics.errors import CtaError
from cta_analytics.metrics.period import Period
from cta_analytics.reports.record import Amounts, amounts, from_json
from cta_analytics.warehouse import queries
from cta_analytics.warehouse.as_known import as_known_on

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TOOL = "tool version"
"""The cause of what another version of the tool makes of the same facts."""


@dataclass(frozen=True, slots=True)
class Run:
    """A report that was made, as `report_runs` has it."""

    run_id: int
    known_at: datetime
    tool_version: str
    contract_sha256: str | None
    bot_list: str | None
    period: Period
    source: str
    figures: Amounts


@dataclass(frozen=True, slots=True)
class Change:
    """What one cause did to one figure; `at` is when that was learned, UTC, None of what no new knowledge is behind."""

    at: datetime | None
    cause: str
    detail: str
    figure: str
    currency: str | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """Two reports, the causes in the order of their time, and what they come to."""

    before: Run
    after: Run
    changes: tuple[Change, ...]

    @property
    def total(self) -> Amounts:
        """The figures of the second report less those of the first, but for those that are the same."""
        return _less(self.after.figures, self.before.figures)


def between(connection: DuckDBPyConnection, first: int, second: int) -> Difference:
    """Why the report of run `second` shows other figures than that of run `first`.

    Both are brought to the period of the second; what was learned between them then changes its figures, step by step.

    Raises: CtaError where a run is not there, or is of before figures were kept.
    """
    before, after = _run(connection, first), _run(connection, second)
    changes: list[Change] = []
    # What the facts say of a run now may be other than what it showed where another version made it.
    then = _known(connection, before, before.period, before.source)
    other_period = _known(connection, before, after.period, before.source)
    other_source = _known(connection, before, after.period, after.source)
    now = _known(connection, after, after.period, after.source)
    detail = f"{before.period.name} and {after.period.name}"
    changes += _changes("period", detail, _less(other_period, then))
    detail = f"[report] sales_from is {after.source}, was {before.source}"
    changes += _changes("contract", detail, _less(other_source, other_period))
    changes += _learned(connection, before, after)
    made_otherwise = _less(_less(after.figures, now), _less(before.figures, then))
    versions = f"made by {before.tool_version} and {after.tool_version}"
    changes += _changes(TOOL, versions, made_otherwise)
    return Difference(before, after, tuple(changes))


def _run(connection: DuckDBPyConnection, run_id: int) -> Run:
    rows = connection.execute(
        "SELECT run_id, known_at, tool_version, contract_sha256, bot_list, period_from, period_to, source, figures "
        "FROM report_runs WHERE run_id = $run",
        {"run": run_id},
    ).fetchall()
    if not rows:
        known = [
            row[0] for row in connection.execute("SELECT run_id FROM report_runs ORDER BY 1 DESC LIMIT 5").fetchall()
        ]
        latest = f"the latest are {', '.join(map(str, known))}" if known else "make one with `cta report`"
        raise CtaError(f"run {run_id}: no such report; {latest} (`cta query --sql 'FROM report_runs'`)")
    ((_, known_at, tool, contract, bot_list, day_from, day_to, source, figures),) = rows
    if known_at is None or figures is None:
        raise CtaError(f"run {run_id}: made before figures were kept; name a later one, or make the report again")
    return Run(run_id, known_at, tool, contract, bot_list, Period(day_from, day_to), source, from_json(figures))


def _known(connection: DuckDBPyConnection, run: Run, period: Period, source: str) -> Amounts:
    with as_known_on(connection, run.known_at):
        return amounts(connection, period, source)


def _less(these: Amounts, those: Amounts) -> Amounts:
    nothing = Decimal()
    found = {key: these.get(key, nothing) - those.get(key, nothing) for key in sorted(these.keys() | those.keys())}
    return {key: amount for key, amount in found.items() if amount}


def _changes(cause: str, detail: str, by: Amounts) -> list[Change]:
    return [Change(None, cause, detail, figure, currency or None, amount) for (figure, currency), amount in by.items()]


def _learned(connection: DuckDBPyConnection, before: Run, after: Run) -> list[Change]:
    """What was learned between the two; where the second was made of what was known earlier, that is taken back."""
    sign = 1 if before.known_at <= after.known_at else -1
    since, until = sorted((before.known_at, after.known_at))
    rows = queries.run(
        connection,
        "models",
        "figure_changes",
        source=after.source,
        period_from=after.period.first,
        period_to=after.period.last,
        after=since,
        until=until,
    )
    return [
        Change(at, cause, detail, figure, currency or None, sign * amount)
        for at, cause, detail, figure, currency, amount in rows
    ]
