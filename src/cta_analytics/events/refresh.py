"""A changed contract: what it says of paths, URLs, slots and own user agents holds for what came in before, too."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from cta_analytics.config import Contract
from cta_analytics.errors import CtaError
from cta_analytics.events import bots
from cta_analytics.events.days import judge_behaviour
from cta_analytics.events.dimensions import moves, path_row
from cta_analytics.links.contract import Resolver, Stand
from cta_analytics.pages.page import PageIdentity
from cta_analytics.warehouse import known as facts
from cta_analytics.warehouse import queries, urls
from cta_analytics.warehouse.connection import transaction
from cta_analytics.warehouse.frames import given

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_DETAIL = "what cta.toml says of paths, URLs and own visits"
_DECIDES = ("site", "sites", "pages", "tags", "ctas", "redirects", "moved", "exclude", "flood")


def refresh(connection: DuckDBPyConnection, contract: Contract) -> None:
    """Resolve anew what was resolved by another contract; nothing where the contract is the same.

    Raises: CtaError where the site's zone is another: stored days and visitors cannot be cut anew.
    """
    known = dict(connection.execute("SELECT key, value FROM internal.meta").fetchall())
    now = {"timezone": contract.zone.key, "contract_sha256": _sha256(contract)}
    if now.items() <= known.items():
        return
    was = known.get("timezone", now["timezone"])
    if was != now["timezone"] and connection.execute("SELECT 1 FROM internal.events LIMIT 1").fetchall():
        raise CtaError(
            f"cta.toml: timezone is {now['timezone']}, but the warehouse was cut into days of {was}; set that zone again, "
            "or move cta.duckdb and .cta away and ingest the logs anew"
        )
    with transaction(connection):
        resolver = Resolver(contract)
        _paths(connection, contract, resolver)
        _urls(connection, resolver)
        _targets(connection, resolver)
        _user_agents(connection, contract)
        # What behaviour is told by depends on who is human and who is one of us.
        queries.run(connection, "models", "all_days")
        judge_behaviour(connection, contract)
        facts.mark(connection, "internal.all_days", "contract", _DETAIL)
        facts.mark_batches(connection, "contract", _DETAIL)
        for key, value in now.items():
            connection.execute(
                "INSERT OR REPLACE INTO internal.meta VALUES ($key, $value)", {"key": key, "value": value}
            )
    facts.settle(connection)


def _sha256(contract: Contract) -> str:
    values = contract.model_dump(mode="json", include=set(_DECIDES))
    return hashlib.sha256(json.dumps([values, bots.list_version()], sort_keys=True).encode()).hexdigest()


def _paths(connection: DuckDBPyConnection, contract: Contract, resolver: Resolver) -> None:
    rows = connection.execute("SELECT path_key, path FROM internal.paths").fetchall()
    moved = moves(contract)
    made = [(key, *path_row(resolver.identify_logged(path), resolver, moved)) for key, path in rows]
    replace_rows(connection, "paths", ("path_key", "path", "site", "lang", "kind", "answer"), made)


def _urls(connection: DuckDBPyConnection, resolver: Resolver) -> None:
    rows = connection.execute("SELECT url_key, url, is_on_site FROM internal.urls").fetchall()
    made = []
    for key, url, is_on_site in rows:
        row = urls.row(resolver.describe(url), resolver)
        made.append((key, *(row[column] for column in urls.COLUMNS), is_on_site))
    replace_rows(connection, "urls", ("url_key", *urls.COLUMNS, "is_on_site"), made)


def _targets(connection: DuckDBPyConnection, resolver: Resolver) -> None:
    rows = connection.execute(
        "SELECT t.target_key, t.path_key, t.url_key, t.sent_slot, t.ordinal, p.path, u.url "
        "FROM internal.targets AS t JOIN internal.urls AS u USING (url_key) LEFT JOIN internal.paths AS p USING (path_key)"
    ).fetchall()
    made = []
    for *columns, path, url in rows:
        page = resolver.identify_logged(path) if path is not None else PageIdentity("", "page")
        sent_slot, ordinal = columns[3], columns[4]
        found = resolver.resolve(resolver.describe(url, base_path=path), page, Stand(None, sent_slot, ordinal))
        made.append((*columns, found.slot, found.cta))
    replace_rows(
        connection, "targets", ("target_key", "path_key", "url_key", "sent_slot", "ordinal", "slot", "cta"), made
    )
    queries.run(connection, "models", "scanned_targets")


def _user_agents(connection: DuckDBPyConnection, contract: Contract) -> None:
    """Own user agents; what the lists say of the others is judged anew by `cta bots --rejudge`, which shows what changes."""
    rows = connection.execute("SELECT * FROM internal.user_agents ORDER BY user_agent_key").fetchall()
    judge = bots.Judge(contract.exclude.user_agents)
    made = []
    for row in rows:
        now = judge.verdict(row[2])
        concerned = "internal" in {row[3], now.class_}
        made.append((row[0], *judge.rows([row[2]])[0]) if concerned else row)
    replace_rows(connection, "user_agents", bots.COLUMNS, made)


def replace_rows(
    connection: DuckDBPyConnection, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> None:
    """Put rows in place of all rows of a table of `internal`, in the transaction of the caller."""
    import polars as pl

    if not rows:
        return
    frame = pl.DataFrame(rows, schema=list(columns), orient="row", infer_schema_length=None)
    with given(connection, "replacing", frame):
        connection.execute(f"DELETE FROM internal.{table}")  # noqa: S608 - names of our own schema
        connection.execute(f"INSERT INTO internal.{table} BY NAME SELECT * FROM replacing")  # noqa: S608
