"""Pages, links and URLs of a scan, and what stood on a page from when to when."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from cta_analytics.config import Contract, Project
from cta_analytics.links.contract import Resolver
from cta_analytics.links.inventory import Inventory
from cta_analytics.links.link import Link
from cta_analytics.links.past import Past
from cta_analytics.pages import history
from cta_analytics.warehouse import ids, known, queries, urls
from cta_analytics.warehouse.connection import transaction
from cta_analytics.warehouse.frames import given

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from polars import DataFrame

SCANNED = "pages scanned"
"""Why facts change after a scan: clicks on targets that the site has, or has no more."""
_CTA = ("tag", "tracking_id", "sub_tag", "channel")


def write(connection: DuckDBPyConnection, inventory: Inventory, contract: Contract, at: datetime | None = None) -> None:
    """Store a scan, in one transaction: pages and links as they are now, a new revision where the CTAs of a page changed.

    Pages of files that were not read stay as they were, unless the whole site was read: then what is not there is gone.
    """
    now = (at or datetime.now(UTC)).astimezone(UTC)
    resolver = Resolver(contract)
    described = {}
    for link in inventory.links:
        found = urls.row(link.description, resolver)
        described[found["url"]] = found
    frames = {
        "scanned_pages": _pages(inventory, contract),
        "scanned_links": _frame([_link(link) for link in inventory.links], _LINK),
        "scanned_urls": _frame(list(described.values()), urls.COLUMNS),
        "scanned_revisions": _revisions(inventory),
    }
    values = {"now": now.replace(tzinfo=None), "today": now.astimezone(contract.zone).date(), "whole": inventory.whole}
    with transaction(connection):
        for name, frame in frames.items():
            # A table of its own, so that every statement of the model sees the same rows.
            with given(connection, "scanned", frame):
                connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM scanned")  # noqa: S608 - our names
        queries.run(connection, "models", "clicks_before_scan")
        for name in ("scanned_pages", "scanned_urls", "scanned_links", "scanned_revisions", "scanned_targets"):
            queries.run(connection, "models", name, **values)
        queries.run(connection, "models", "clicks_after_scan")
        known.mark(connection, "days_of_other_clicks", SCANNED, "what pages hold")
        known.mark_site(connection, SCANNED, "what pages hold")


_PAGE = ("site", "lang", "path", "kind", "answer", "title", "file", "url")
_LINK = (
    "link_id", "site", "page", "answer", "position", "href", "url", "url_id", "text", "heading", "kind", "placement", "slot",
    "ordinal", "rel", "target", "cta", "file", "line", "column", "href_start", "href_end", "departures", "disclosure",
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


def _link(link: Link) -> dict[str, Any]:
    address = urls.address(link.description)
    site = link.site
    row = {name: getattr(link, name) for name in _LINK if hasattr(link, name)}
    return row | {
        "link_id": ids.of(site, link.page, address, link.ordinal),
        "site": site,
        "url_id": ids.of(address),
        "departures": json.dumps([departure.as_json() for departure in link.departures], ensure_ascii=False),
    }


def write_history(connection: DuckDBPyConnection, past: list[Past], contract: Contract) -> int:
    """Fill in what stood on pages before, in one transaction; the number of revisions that were added.

    What is known stays: versions count up to the first revision of a page, which they may only date back. The first
    revision of all is assumed to have stood before as well. Of several versions of a day the last one counts.
    """
    versions: dict[tuple[str, str], dict[date, tuple[str | None, str]]] = {}
    for one in past:
        day = one.committed_at.astimezone(contract.zone).date()
        key = (one.page.site, one.page.path)
        versions.setdefault(key, {})[day] = (one.page.answer, _as_json(_ctas(one.links)))
    known: dict[tuple[str, str], list[tuple[date, date | None, str | None, str]]] = {}
    for site, path, *revision in queries.run(connection, "models", "known_revisions"):
        known.setdefault((site, path), []).append((revision[0], revision[1], revision[2], revision[3]))
    rows = []
    added = 0
    for key, by_day in versions.items():
        before = known.get(key, [])
        after = _joined(by_day, before)
        added += len(after) - len(before)
        rows += [
            (*key, answer, number, opened, closed, number == 1, ctas)
            for number, (opened, closed, answer, ctas) in enumerate(after, 1)
        ]
    with transaction(connection):
        _replace(connection, "past_revisions", rows, _REVISION)
    return added


def date_revisions(connection: DuckDBPyConnection, project: Project, at: datetime | None = None) -> None:
    """Date the revisions that were opened today by the last commit of their page's file, where it is in git unchanged.

    A first revision is assumed to have stood before anyway. The one before closes on the same day.
    """
    contract = project.contract
    today = (at or datetime.now(UTC)).astimezone(contract.zone).date()
    opened = queries.run(connection, "models", "undated_revisions", today=today)
    files = {file: project.resolve(file) for _, _, _, file, _ in opened if file}
    committed = history.last_commits(files.values()) if files else {}
    rows = []
    for site, path, revision, file, before in opened:
        at_commit = committed.get(files[file]) if file else None
        if at_commit and before < (day := at_commit.astimezone(contract.zone).date()) < today:
            rows.append((site, path, revision, day))
    with transaction(connection):
        _replace(connection, "dated_revisions", rows, ("site", "path", "revision", "day"))


_REVISION = ("site", "path", "answer", "revision", "opened_on", "closed_on", "is_assumed", "ctas")


def _replace(connection: DuckDBPyConnection, model: str, rows: list[tuple[Any, ...]], columns: tuple[str, ...]) -> None:
    import polars as pl

    if not rows:
        return
    frame = pl.DataFrame(rows, schema=list(columns), orient="row", infer_schema_length=None)
    with given(connection, "given_rows", frame):
        # A table of its own, so that every statement of the model sees the same rows.
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {model} AS SELECT * FROM given_rows")  # noqa: S608 - our names
    queries.run(connection, "models", model)


def _joined(
    by_day: dict[date, tuple[str | None, str]], known: list[tuple[date, date | None, str | None, str]]
) -> list[tuple[date, date | None, str | None, str]]:
    """Revisions from the versions of days, followed by those that are known."""
    first = known[0] if known else None
    earlier: list[tuple[date, str | None, str]] = []
    for day in sorted(by_day):
        answer, ctas = by_day[day]
        if (first is None or day < first[0]) and (not earlier or earlier[-1][2] != ctas):
            earlier.append((day, answer, ctas))
    if first is not None and earlier and earlier[-1][2] == first[3]:
        known = [(earlier.pop()[0], *first[1:]), *known[1:]]
    end = known[0][0] if known else None
    closes = [day for day, _, _ in earlier[1:]] + [end]
    return [(day, closed, answer, ctas) for (day, answer, ctas), closed in zip(earlier, closes, strict=False)] + known


def _revisions(inventory: Inventory) -> DataFrame:
    """The CTAs of each page, in the order of the page."""
    links: dict[tuple[str, str], list[Link]] = {(page.site, page.path): [] for page in inventory.pages}
    for link in inventory.links:
        links[link.site, link.page].append(link)
    rows = [
        {
            "site": page.site,
            "path": page.path,
            "answer": page.answer,
            "ctas": _as_json(_ctas(links[page.site, page.path])),
        }
        for page in inventory.pages
    ]
    return _frame(rows, ("site", "path", "answer", "ctas"))


def _as_json(ctas: list[dict[str, Any]]) -> str:
    return json.dumps(ctas, ensure_ascii=False)


def _ctas(links: Iterable[Link]) -> list[dict[str, Any]]:
    """What a revision keeps of the links with a policy."""
    found: list[dict[str, Any]] = []
    for link in links:
        if link.cta:
            landing = link.description.landing
            tag = landing.attribution.tag if landing.attribution else None
            values = (tag, landing.tracking_id, landing.sub_tag, landing.channel)
            found.append(
                {
                    "cta": link.cta,
                    "slot": link.slot,
                    "url": urls.address(link.description),
                    "kind": link.kind,
                    **dict(zip(_CTA, values, strict=True)),
                }
            )
    return found
