"""Days judged anew after events of them have gone or changed: sessions, clicks that are the same, verdicts by behaviour, floods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cta_analytics.warehouse import queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from cta_analytics.config import Contract


def judge_anew(connection: DuckDBPyConnection, contract: Contract) -> None:
    """Judge the days of the table `judged_days`, in the transaction of the caller."""
    queries.run(connection, "models", "judged_anew")
    queries.run(connection, "models", "sessions", idle_seconds=contract.sessions.idle_minutes * 60)
    queries.run(connection, "models", "same_clicks")
    judge_behaviour(connection, contract)


def judge_behaviour(connection: DuckDBPyConnection, contract: Contract) -> None:
    """Judge the visitors and addresses of the table `judged_days` by what they did, in the transaction of the caller."""
    idle_seconds = contract.sessions.idle_minutes * 60
    queries.run(connection, "models", "verdicts", idle_seconds=idle_seconds, zone=contract.zone.key)
    flood = contract.flood
    queries.run(
        connection,
        "models",
        "floods",
        visitor_clicks=flood.clicks_per_visitor,
        visitor_impressions=flood.impressions_per_visitor,
        address_clicks=flood.clicks_per_address,
        address_impressions=flood.impressions_per_address,
    )
