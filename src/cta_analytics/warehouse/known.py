"""What reports rest on, kept as it was known from when to when: facts that went stale are worked out anew before publication."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from cta_analytics import __version__
from cta_analytics.warehouse import queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

OF_VISITS = ("answer_day_facts", "site_day_facts", "channel_day_facts")
"""Facts of days that tell people apart; gathered together, since naming people is what costs."""
OF_EVENTS = ("click_day_facts", "agent_day_facts", "batch_day_facts", "assisted_day_facts")
"""Facts of days that only count."""
OF_SITE = ("page_facts", "link_facts")
"""What stands on the site, as scanned."""
OF_BATCHES = ("batch_facts", "rejected_facts", "list_facts")
"""What came in, as a whole."""
FACTS = (*OF_VISITS, *OF_EVENTS, *OF_BATCHES, *OF_SITE)
"""The tables of `internal` that keep what was known; each has a view of its name with `_anew`."""
LATER_VERSION = "tool version"
"""The cause of a change that another way of working facts out has made."""


def begin(connection: DuckDBPyConnection) -> None:
    """Mark all that is stored as stale where its facts were worked out in another way, or not at all."""
    way = _way()
    if connection.execute(
        "SELECT 1 FROM internal.meta WHERE key = 'facts_sha256' AND value = $way", {"way": way}
    ).fetchall():
        return
    detail = f"facts are worked out by version {__version__}"
    (row,) = queries.run(connection, "models", "anything_stored")
    connection.begin()
    if row[0]:
        mark(connection, "internal.all_days", LATER_VERSION, detail)
        mark_batches(connection, LATER_VERSION, detail)
        mark_site(connection, LATER_VERSION, detail)
    connection.execute("INSERT OR REPLACE INTO internal.meta VALUES ('facts_sha256', $way)", {"way": way})
    connection.commit()
    if not row[0]:
        # A warehouse that is still to be filled has nothing to be published.
        connection.execute("CHECKPOINT")


def mark(connection: DuckDBPyConnection, relation: str, cause: str, detail: str) -> None:
    """Mark the days of a relation of ours (its column `day`) as stale, in the transaction of the caller, and why."""
    connection.execute(
        f"INSERT INTO internal.stale SELECT DISTINCT 'day', day, $cause, $detail FROM {relation}",  # noqa: S608 - names of ours
        {"cause": cause, "detail": detail},
    )


def mark_batches(connection: DuckDBPyConnection, cause: str, detail: str) -> None:
    """Mark what is known of batches as stale, in the transaction of the caller."""
    _mark(connection, "batches", cause, detail)


def mark_site(connection: DuckDBPyConnection, cause: str, detail: str) -> None:
    """Mark what is known of pages and links as stale, in the transaction of the caller."""
    _mark(connection, "site", cause, detail)


def _mark(connection: DuckDBPyConnection, what: str, cause: str, detail: str) -> None:
    values = {"what": what, "cause": cause, "detail": detail}
    connection.execute("INSERT INTO internal.stale VALUES ($what, NULL, $cause, $detail)", values)


def settle(connection: DuckDBPyConnection) -> datetime | None:
    """Work out anew what is stale, in one transaction; the instant at which that was learned, None where nothing was stale.

    A row that says the same stays open, so marking too much costs time and nothing else.
    """
    if not connection.execute("SELECT 1 FROM internal.stale LIMIT 1").fetchall():
        return None
    connection.begin()
    try:
        at = _settle(connection)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
    return at


def instant(connection: DuckDBPyConnection) -> datetime:
    """An instant, UTC, after every other at which this warehouse has learned something or was published, whatever the clock says."""
    (row,) = queries.run(connection, "models", "next_instant")
    at: datetime = row[0]
    return at


def keep(
    connection: DuckDBPyConnection, table: str, fresh: str, at: datetime, within: str = "true", drop: bool = True
) -> int:
    """Close what the relation `fresh` no longer says and open what it says anew; how many rows were closed and opened.

    `within`: a condition in SQL of ours, which of the open rows `fresh` speaks about.
    """
    # Rows are told apart by all of their columns, NULL like NULL: only grouping does that whatever the columns are.
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE difference AS
        SELECT * EXCLUDE (open_row), max(open_row) AS open_row, count(*) FILTER (open_row IS NULL) > 0 AS is_fresh
        FROM (
            SELECT rowid AS open_row, * EXCLUDE (known_from, known_to) FROM internal.{table} WHERE known_to IS NULL AND {within}
            UNION ALL BY NAME
            SELECT NULL::BIGINT AS open_row, * FROM {fresh}
        )
        GROUP BY ALL
        HAVING (max(open_row) IS NULL) = (count(*) FILTER (open_row IS NULL) > 0)
        """  # noqa: S608 - names of ours
    )
    closed = connection.execute(
        f"UPDATE internal.{table} SET known_to = $at "  # noqa: S608
        "WHERE rowid IN (SELECT open_row FROM difference WHERE open_row IS NOT NULL)",
        {"at": at},
    ).fetchall()
    opened = connection.execute(
        f"INSERT INTO internal.{table} BY NAME "  # noqa: S608
        "SELECT * EXCLUDE (open_row, is_fresh), $at::TIMESTAMP AS known_from FROM difference WHERE open_row IS NULL",
        {"at": at},
    ).fetchall()
    connection.execute("DROP TABLE difference")
    if drop:
        connection.execute(f"DROP TABLE {fresh}")
    return int(closed[0][0]) + int(opened[0][0])


def note(connection: DuckDBPyConnection, at: datetime, cause: str, detail: str) -> None:
    """Note why facts have changed at an instant."""
    connection.execute(
        "INSERT INTO internal.changes VALUES ($at, $cause, $detail, $tool)",
        {"at": at, "cause": cause, "detail": detail, "tool": __version__},
    )


def _settle(connection: DuckDBPyConnection) -> datetime:
    at = instant(connection)
    changed = 0
    ((first, last, has_batches, has_site),) = queries.run(connection, "models", "stale_days")
    if first is not None:
        queries.run(connection, "models", "visits_of_days", first=first, last=last)
        queries.run(connection, "models", "facts_of_visits", first=first, last=last)
        for table in OF_EVENTS:
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {table}_fresh AS SELECT * FROM internal.{table}_anew "  # noqa: S608
                "WHERE day BETWEEN $first AND $last AND day IN (SELECT day FROM stale_days)",
                {"first": first, "last": last},
            )
        for table in (*OF_VISITS, *OF_EVENTS):
            changed += keep(connection, table, f"{table}_fresh", at, "day IN (SELECT day FROM stale_days)")
    for table in (*(OF_BATCHES if has_batches else ()), *(OF_SITE if has_site else ())):
        changed += keep(connection, table, f"internal.{table}_anew", at, drop=False)
    causes = connection.execute("SELECT DISTINCT cause, detail FROM internal.stale ORDER BY ALL").fetchall()
    connection.execute("DELETE FROM internal.stale")
    if changed:
        by_cause: dict[str, list[str]] = {}
        for cause, detail in causes:
            by_cause.setdefault(cause, []).append(detail)
        note(connection, at, ", ".join(by_cause), "; ".join(detail for all_ in by_cause.values() for detail in all_))
    return at


def _way() -> str:
    """What decides how facts are worked out: the SQL of it, without its comments."""
    texts = [queries.read("schema", name).sql for name in ("20_events", "60_assisted", "65_anew")]
    texts += [queries.read("models", name).sql for name in ("visits_of_days", "facts_of_visits")]
    lines = (line.strip() for text in texts for line in text.splitlines())
    said = [line for line in lines if line and not line.startswith(("--", "COMMENT"))]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
