"""A report of before: the instant that a user names, and what of then cannot be shown any more."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cta_analytics import __version__
from cta_analytics.errors import CtaError
from cta_analytics.warehouse import queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def instant(text: str, zone: ZoneInfo) -> datetime:
    """The instant (UTC, without zone) of a time, or of the end of a day of the site.

    Raises: CtaError where it is neither.
    """
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        try:
            at = datetime.fromisoformat(text.strip())
        except ValueError:
            raise CtaError(
                f'--as-known-on "{text}": no date; write one like 2026-11-09, or a time like 2026-11-09T06:00Z'
            ) from None
    else:
        at = datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC).replace(tzinfo=None)


def check(connection: DuckDBPyConnection, at: datetime) -> None:
    """Check that the warehouse knew something at that instant.

    Raises: CtaError naming the first instant of which something is kept.
    """
    rows = connection.execute("SELECT min(known_from) FROM internal.changes").fetchall()
    first = rows[0][0]
    if first is None or at < first:
        since = (
            f"this warehouse keeps what it knew since {first:%Y-%m-%d %H:%M:%S} UTC" if first else "nothing is known"
        )
        raise CtaError(f"--as-known-on {at:%Y-%m-%dT%H:%M:%S}Z: {since}; name that time or a later one")


def lost(connection: DuckDBPyConnection, at: datetime, contract_sha256: str | None) -> str | None:
    """In one line, what a report as known at that instant may show otherwise than one that was made then; None: nothing."""
    found: list[str] = []
    (runs,) = queries.run(connection, "models", "last_run", at=at)
    tool, contract, forgotten = runs
    if tool is not None and tool != __version__:
        found.append(f"cta-analytics was {tool} (now {__version__})")
    if tool is not None and contract != contract_sha256:
        found.append("cta.toml was another (title, language, currency and links in the text are today's)")
    if forgotten:
        found.append(f"examples of rejected lines are forgotten ({forgotten:,})")
    return f"not as it was then: {'; '.join(found)}" if found else None
