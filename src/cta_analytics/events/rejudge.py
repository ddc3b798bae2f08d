"""User agents judged anew: what a newer list says of them holds backwards, and what that changes is told before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cta_analytics.config import Contract, Project
from cta_analytics.events import bots
from cta_analytics.events.days import judge_behaviour
from cta_analytics.events.refresh import replace_rows
from cta_analytics.warehouse import known, queries
from cta_analytics.warehouse.connection import existing, reader, transaction, writer

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Week:
    """What metrics count in a week of the site, as it was and as it is by the newer judgement."""

    iso_week: str
    pageviews_before: int
    pageviews_after: int
    clicks_before: int
    clicks_after: int


@dataclass(frozen=True, slots=True)
class Rejudged:
    """The weeks in which figures change, how many user agents are of another class, and the versions of the lists."""

    weeks: tuple[Week, ...]
    user_agents: int
    before: tuple[str, ...]
    after: str


def by_class(project: Project, class_: str | None = None) -> list[dict[str, Any]]:
    """The user agents by class and reason, with what they did."""
    with reader(project) as connection:
        rows = queries.run(connection, "models", "agents_by_class", **{"class": class_})
    names = ("class", "reason", "user_agents", "pageviews", "clicks", "list_version", "example")
    return [dict(zip(names, row, strict=True)) for row in rows]


def rejudge(project: Project, *, apply: bool, wait: float = 0.0) -> Rejudged:
    """Judge all user agents by the lists of this version, and the clicks by behaviour; without `apply`, only look.

    Raises: CtaError where there is no warehouse.
    """
    existing(project)
    with writer(project, wait) as connection:
        if apply:
            with transaction(connection):
                return _judge(connection, project.contract)
        connection.begin()
        try:
            return _judge(connection, project.contract)
        finally:
            connection.rollback()


def _judge(connection: DuckDBPyConnection, contract: Contract) -> Rejudged:
    before = _counted(connection)
    judge = bots.Judge(contract.exclude.user_agents)
    rows = connection.execute("SELECT * FROM internal.user_agents ORDER BY user_agent_key").fetchall()
    made = [(row[0], *judged) for row, judged in zip(rows, judge.rows(row[2] for row in rows), strict=True)]
    replace_rows(connection, "user_agents", bots.COLUMNS, made)
    queries.run(connection, "models", "all_days")
    judge_behaviour(connection, contract)
    known.mark(connection, "internal.all_days", "bot list", bots.list_version())
    known.mark_batches(connection, "bot list", bots.list_version())
    after = _counted(connection)
    class_, version = bots.COLUMNS.index("class"), bots.COLUMNS.index("list_version")
    nothing = (0, 0)
    weeks = (
        Week(week, views[0], views[1], clicks[0], clicks[1])
        for week in sorted(before | after)
        for views, clicks in [tuple(zip(before.get(week, nothing), after.get(week, nothing), strict=True))]
        if before.get(week) != after.get(week)
    )
    return Rejudged(
        tuple(weeks),
        sum(old[class_] != new[class_] for old, new in zip(rows, made, strict=True)),
        tuple(sorted({row[version] for row in rows})),
        bots.list_version(),
    )


def _counted(connection: DuckDBPyConnection) -> dict[str, tuple[int, int]]:
    return {week: (views, clicks) for week, views, clicks in queries.run(connection, "models", "counted_by_week")}
