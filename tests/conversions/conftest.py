"""A warehouse in memory for the tests of conversions: its own tables, and the views it reads as plain tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cta_analytics.config import Account, Contract, ImportReport, Project
from cta_analytics.conversions import attribution, store
from cta_analytics.conversions.as_of import AsOf
from cta_analytics.conversions.importer import ConversionRow, Level, Settings, Statement
from cta_analytics.warehouse import queries

# Only the columns that the models read, so that these tests do not depend on how events are stored.
READ_VIEWS = """
    CREATE SCHEMA internal;
    CREATE TABLE internal.meta (key VARCHAR, value VARCHAR);
    CREATE TABLE urls (url_id BIGINT, url VARCHAR, tag VARCHAR, tracking_id VARCHAR, sub_tag VARCHAR, channel VARCHAR,
        marketplace VARCHAR, network VARCHAR);
    CREATE TABLE links (url_id BIGINT, page VARCHAR, answer VARCHAR, cta VARCHAR);
    CREATE TABLE revisions (path VARCHAR, answer VARCHAR, is_assumed BOOLEAN, opened_on DATE, closed_on DATE,
        ctas VARCHAR);
    CREATE TABLE clicks (url_id BIGINT, answer VARCHAR, day DATE, occurred_at TIMESTAMP, is_counted BOOLEAN);
"""
MONDAY = date(2026, 11, 2)


def console(letter: str) -> str:
    """A console tag that is all one hex digit."""
    return f"maas_adg_{letter * 32}_afap_abs"


@dataclass
class Warehouse:
    """The database with shorthands to fill it."""

    connection: duckdb.DuckDBPyConnection
    contract: Contract = field(default_factory=Contract)

    def link(self, tag: str, *answers: str | None, cta: str | None = None, query: str = "") -> int:
        """A URL with that tag, linked from these answers (None: from a page that is none)."""
        url = f"https://www.amazon.com/stores/page/032D49F7-CEC1-4EDB-B1E4-684E7AB0001C?maas={tag}{query}"
        url_id = hash((tag, query)) % 10**9
        if not self.rows("SELECT 1 FROM urls WHERE url_id = $id", id=url_id):
            self.rows(
                "INSERT INTO urls VALUES ($id, $url, $tag, NULL, NULL, NULL, 'US', 'amazon')",
                id=url_id,
                url=url,
                tag=tag,
            )
        for answer in answers:
            page = f"/answers/{answer}" if answer else "/about"
            self.rows(
                "INSERT INTO links VALUES ($id, $page, $answer, $cta)", id=url_id, page=page, answer=answer, cta=cta
            )
        return url_id

    def revision(
        self, answer: str, url_id: int, opened_on: date, closed_on: date | None = None, *, is_assumed: bool = False
    ) -> None:
        """A CTA with that URL stood on the answer's page in this time."""
        url = self.rows("SELECT url FROM urls WHERE url_id = $id", id=url_id)[0][0]
        values = (
            f"/answers/{answer}",
            answer,
            is_assumed,
            opened_on,
            closed_on,
            json.dumps([{"cta": "store", "url": url}]),
        )
        self.connection.execute("INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?)", values)

    def click(
        self,
        url_id: int,
        answer: str | None,
        day: date = MONDAY,
        times: int = 1,
        *,
        is_counted: bool = True,
        hour: int = 18,
    ) -> None:
        """Clicks on that URL on an answer's page."""
        at = datetime.combine(day, datetime.min.time()) + timedelta(hours=hour)
        values = (url_id, answer, day, at, is_counted)
        self.connection.execute(f"INSERT INTO clicks SELECT ?, ?, ?, ?, ? FROM range({times})", values)

    def state(
        self,
        rows: Sequence[Mapping[str, Any]],
        *,
        level: Level = "adgroup",
        as_of: int = 9,
        account: str = "us",
        covers: tuple[date, date] | None = None,
        currency: str = "USD",
        name: str = "report.json",
    ) -> store.Import:
        """A statement of rows as one import, known at 06:00 UTC of that day of November (or beyond)."""
        typed = tuple(ConversionRow(**({"row_number": n, "day": MONDAY} | dict(row))) for n, row in enumerate(rows, 1))
        days = [row.day for row in typed]
        statement = Statement("performance", level, typed, *(covers or (min(days), max(days))))
        owner = self.contract.accounts.get(account, Account())
        settings = Settings("amazon_attribution", account, owner, currency, 2, ImportReport())
        file = store.File("amazon_attribution", name, store._hash(name, str(as_of), level, account, repr(typed)))
        at = AsOf(datetime(2026, 11, 1, 6, tzinfo=UTC) + timedelta(days=as_of - 1), "option")
        return store.write(self.connection, statement, file, settings, at)

    def refresh(self) -> tuple[attribution.Untied, ...]:
        """Attribute anew."""
        return attribution.refresh(self.connection, Project(contract=self.contract, root=Path(), file=None))

    def rows(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.connection.execute(sql, parameters or None).fetchall()

    def shares(self, *figures: str) -> list[tuple[Any, ...]]:
        """(basis, answer, figures…) of answer_conversions, sorted."""
        names = ", ".join(figures or ("clicks_through", "orders", "sales_minor"))
        return self.rows(f"SELECT basis, answer, {names} FROM answer_conversions ORDER BY day, basis, answer, tag")

    def failing(self) -> list[tuple[Any, ...]]:
        """What the audits of the identity find."""
        return [
            row for name in ("conversions_add_up", "tags_add_up") for row in self.rows(queries.read("audits", name).sql)
        ]


def make() -> Warehouse:
    """An empty warehouse."""
    connection = duckdb.connect()
    connection.execute(READ_VIEWS)
    for name in ("00_warehouse", "30_conversions", "50_intervals"):
        connection.execute(queries.read("schema", name).sql)
    return Warehouse(connection)


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    made = make()
    yield made
    made.connection.close()
