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
    added = 0
    with transaction(connection):
        for (site, path), by_day in versions.items():
            known = connection.execute(
                "SELECT opened_on, closed_on, answer, ctas FROM internal.revisions "
                "WHERE site = ? AND path = ? ORDER BY revision",
                [site, path],
            ).fetchall()
            rows = _joined(by_day, known)
            added += len(rows) - len(known)
            connection.execute("DELETE FROM internal.revisions WHERE site = ? AND path = ?", [site, path])
            connection.executemany(
                "INSERT INTO internal.revisions BY NAME SELECT ? AS site, ? AS path, ? AS answer, ? AS revision, "
                "?::DATE AS opened_on, ?::DATE AS closed_on, ? AS is_assumed, ? AS ctas",
                [
                    [site, path, answer, number, opened, closed, number == 1, ctas]
                    for number, (opened, closed, answer, ctas) in enumerate(rows, 1)
                ],
            )
    return added


def date_revisions(connection: DuckDBPyConnection, project: Project, at: datetime | None = None) -> None:
    """Date the revisions that were opened today by the last commit of their page's file, where it is in git unchanged.

    A first revision is assumed to have stood before anyway. The one before closes on the same day.
    """
    contract = project.contract
    today = (at or datetime.now(UTC)).astimezone(contract.zone).date()
    opened = connection.execute(
        "SELECT r.site, r.path, r.revision, p.file, b.opened_on FROM internal.revisions AS r "
        "JOIN internal.pages AS p USING (site, path) "
        "JOIN internal.revisions AS b ON b.site = r.site AND b.path = r.path AND b.revision = r.revision - 1 "
        "WHERE r.opened_on = ? AND r.closed_on IS NULL AND b.closed_on = r.opened_on AND p.is_current",
        [today],
    ).fetchall()
    with transaction(connection):
        for site, path, revision, file, before in opened:
            committed = history.last_commit(project.resolve(file)) if file else None
            day = committed.astimezone(contract.zone).date() if committed else today
            if before < day < today:
                where = [day, site, path]
                connection.execute(
                    "UPDATE internal.revisions SET opened_on = ? WHERE site = ? AND path = ? AND revision = ?",
                    [*where, revision],
                )
                connection.execute(
                    "UPDATE internal.revisions SET closed_on = ? WHERE site = ? AND path = ? AND revision = ?",
                    [*where, revision - 1],
                )


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
