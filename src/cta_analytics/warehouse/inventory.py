"""Pages, links and URLs of a scan, and what stood on a page from when to when."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cta_analytics.config import Contract
from cta_analytics.links.contract import Resolver
from cta_analytics.links.inventory import Inventory
from cta_analytics.links.link import Link
from cta_analytics.warehouse import ids, queries, urls
from cta_analytics.warehouse.connection import transaction
from cta_analytics.warehouse.frames import given

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from polars import DataFrame

_CTA = ("tag", "tracking_id", "sub_tag", "channel")


def write(connection: DuckDBPyConnection, inventory: Inventory, contract: Contract, at: datetime | None = None) -> None:
    """Store a scan, in one transaction: pages and links as they are now, a new revision where the CTAs of a page changed.

    Pages of files that were not read stay as they were, unless the whole site was read: then what is not there is gone.
    """
    now = (at or datetime.now(UTC)).astimezone(UTC)
    resolver = Resolver(contract)
    sites = {page.path: page.site for page in inventory.pages}
    described = {}
    for link in inventory.links:
        found = urls.row(link.description, resolver)
        described[found["url"]] = found
    frames = {
        "scanned_pages": _pages(inventory, contract),
        "scanned_links": _frame([_link(link, sites) for link in inventory.links], _LINK),
        "scanned_urls": _frame(list(described.values()), urls.COLUMNS),
        "scanned_revisions": _revisions(inventory),
    }
    values = {"now": now.replace(tzinfo=None), "today": now.astimezone(contract.zone).date(), "whole": inventory.whole}
    with transaction(connection):
        for name, frame in frames.items():
            # A table of its own, so that every statement of the model sees the same rows.
            with given(connection, "scanned", frame):
                connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM scanned")  # noqa: S608 - our names
        for name in ("scanned_pages", "scanned_urls", "scanned_links", "scanned_revisions", "scanned_targets"):
            queries.run(connection, "models", name, **values)


_PAGE = ("site", "lang", "path", "kind", "answer", "title", "file", "url")
_LINK = (
    "link_id", "site", "page", "answer", "position", "href", "url", "url_id", "text", "heading", "kind", "placement", "slot",
    "ordinal", "rel", "target", "cta", "file", "line", "column", "href_start", "href_end", "departures",
)  # fmt: skip
_NUMBERS = frozenset({"link_id", "url_id", "position", "ordinal", "line", "column", "href_start", "href_end"})


def _frame(rows: list[dict[str, Any]], columns: Iterable[str]) -> DataFrame:
    import polars as pl

    schema = {
        name: pl.Int64 if name in _NUMBERS else pl.Boolean if name.startswith("is_") else pl.String for name in columns
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _pages(inventory: Inventory, contract: Contract) -> DataFrame:
    addressed = any(site.base_url for site in contract.all_sites)
    rows = [{name: getattr(page, name) for name in _PAGE} for page in inventory.pages]
    return _frame([row if addressed else row | {"url": None} for row in rows], _PAGE)


def _link(link: Link, sites: dict[str, str]) -> dict[str, Any]:
    address = urls.address(link.description)
    site = sites[link.page]
    row = {name: getattr(link, name) for name in _LINK if hasattr(link, name)}
    return row | {
        "link_id": ids.of(site, link.page, address, link.ordinal),
        "site": site,
        "url_id": ids.of(address),
        "departures": json.dumps([departure.as_json() for departure in link.departures], ensure_ascii=False),
    }


def _revisions(inventory: Inventory) -> DataFrame:
    """The CTAs of each page, in the order of the page."""
    ctas: dict[str, list[dict[str, Any]]] = {page.path: [] for page in inventory.pages}
    for link in inventory.links:
        if link.cta:
            found = link.description.landing
            tag = found.attribution.tag if found.attribution else None
            values = (tag, found.tracking_id, found.sub_tag, found.channel)
            ctas[link.page].append(
                {"cta": link.cta, "slot": link.slot, "url": urls.address(link.description), "kind": link.kind}
                | dict(zip(_CTA, values, strict=True))
            )
    rows = [
        {
            "site": page.site,
            "path": page.path,
            "answer": page.answer,
            "ctas": json.dumps(ctas[page.path], ensure_ascii=False),
        }
        for page in inventory.pages
    ]
    return _frame(rows, ("site", "path", "answer", "ctas"))
