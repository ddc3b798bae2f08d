"""What of the reported figures belongs to which answer: measured, allocated, masked or unallocated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cta_analytics.config import Account, Contract, ImportReport, Project
from cta_analytics.conversions import intervals, sources
from cta_analytics.conversions.importer import ReportedKey, Tie, UrlTags
from cta_analytics.events.dimensions import moves
from cta_analytics.warehouse import known, queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

RESTATED = "restated"
"""Why figures of the network change: it said more, or something else."""
WINDOW_DAYS = 14
"""Amazon credits the last tagged click of the 14 days before; docs/conversions.md has the source."""
_DERIVED = (
    "link_tags",
    "contract_tags",
    "moved_answers",
    "conversion_keys",
    "accounts",
    "measured_tags",
)


@dataclass(frozen=True, slots=True)
class Untied:
    """A name that reports use and that nothing ties to a tag. `tags`: ours that no reported name stands for."""

    source: str
    level: str
    name: str
    clicks_through: int
    tags: tuple[str, ...]

    @property
    def remedy(self) -> str:
        """What is unallocated for it, and the line for cta.toml that would tie it."""
        tag = self.tags[0] if len(self.tags) == 1 else "the tag of its links"
        return (
            f'{self.level} "{self.name}" ({self.clicks_through} click-throughs) is tied to no tag, so its figures are '
            f'unallocated; write under [tags.ad_groups] in cta.toml: "{self.name}" = "{tag}"'
        )


def refresh(connection: DuckDBPyConnection, project: Project, imported: Sequence[str] = ()) -> tuple[Untied, ...]:
    """Work out `answer_conversions` anew from rows, links, clicks and contract, in the caller's transaction.

    To be called after whatever changes one of these: an import (then `imported` names its files), a scan, an ingestion,
    an undo. Returns the ad groups that nothing ties to a tag.
    """
    contract = project.contract
    for table in _DERIVED:
        connection.execute(f"DELETE FROM internal.{table}")  # noqa: S608 - names from the list above
    if not connection.execute(
        "SELECT 1 FROM internal.conversion_rows UNION ALL SELECT 1 FROM answer_conversions LIMIT 1"
    ).fetchone():
        intervals.refresh(connection)
        return ()
    _insert(connection, "link_tags", _link_tags(connection, contract))
    _insert(connection, "contract_tags", _contract_tags(contract))
    _insert(connection, "moved_answers", moves(contract).items())
    _insert(connection, "conversion_keys", _keys(connection, contract))
    _insert(connection, "accounts", _accounts(connection, contract))
    for model in (
        "measured_tags",
        "own_clicks_by_tag",
        "tag_clicks_fresh",
        "conversion_leaves",
        "attribution_begins",
        "answer_conversions",
    ):
        connection.execute(queries.read("models", model).sql)
    connection.execute("DROP TABLE own_clicks_by_tag")
    connection.execute("DROP TABLE conversion_leaves")
    at = known.instant(connection)
    changed = known.keep(connection, "tag_click_facts", "tag_clicks_fresh", at)
    changed += known.keep(connection, "answer_conversions", "answer_conversions_fresh", at)
    if changed:
        known.note(connection, at, *_cause(connection, imported))
    connection.execute("INSERT OR REPLACE INTO internal.meta VALUES ('attributed_at', $at)", {"at": at.isoformat()})
    intervals.refresh(connection)
    return _untied(connection, contract)


def is_stale(connection: DuckDBPyConnection) -> bool:
    """Whether clicks or links have changed since conversions were attributed."""
    return bool(_changes(connection))


def _changes(connection: DuckDBPyConnection) -> list[tuple[str, str]]:
    return [(cause, detail) for cause, detail in queries.run(connection, "models", "changes_since_attribution")]


def _cause(connection: DuckDBPyConnection, imported: Sequence[str]) -> tuple[str, str]:
    """Why shares have changed: what was imported, else what has changed clicks or links since, else what cta.toml says."""
    if imported:
        return RESTATED, "; ".join(dict.fromkeys(imported))
    changes = _changes(connection)
    if not changes:
        return "contract", "what cta.toml says of tags and accounts"
    return (
        ", ".join(dict.fromkeys(cause for cause, _ in changes)),
        "; ".join(dict.fromkeys(detail for _, detail in changes)),
    )


def _insert(connection: DuckDBPyConnection, table: str, rows: Iterable[Sequence[str | int | bool | None]]) -> None:
    listed = list(rows)
    if listed:
        marks = ", ".join("?" * len(listed[0]))
        connection.executemany(f"INSERT INTO internal.{table} VALUES ({marks})", listed)  # noqa: S608 - a table of ours


def _link_tags(connection: DuckDBPyConnection, contract: Contract) -> list[tuple[str, int, str]]:
    rows = connection.execute(
        "SELECT url_id, url, tag, tracking_id, sub_tag, channel, network FROM urls "
        "WHERE tag IS NOT NULL OR tracking_id IS NOT NULL OR sub_tag IS NOT NULL OR channel IS NOT NULL ORDER BY url_id"
    ).fetchall()
    urls = [UrlTags(url_id, _landing(url, contract), *tags) for url_id, url, *tags in rows]
    return [
        (name, url.url_id, tag)
        for name, importer in sources.importers(contract.imports).items()
        for url in urls
        if _is_of(url, contract.imports.mappings.get(name))
        for tag in importer.link_tags(url)
    ]


def _is_of(url: UrlTags, report: ImportReport | None) -> bool:
    return report is None or report.network is None or url.network == report.network


def _landing(url: str, contract: Contract) -> str:
    """Where a click on the URL ends: a redirect of the site hides the ids that its target carries."""
    parts = urlsplit(url)
    if parts.hostname not in {None, *(site.host for site in contract.all_sites)}:
        return url
    return next((redirect.target for redirect in contract.redirects if redirect.path == parts.path), url)


def _contract_tags(contract: Contract) -> list[tuple[str, str, str]]:
    renamed = moves(contract)
    found = [
        (name, tag, answer)
        for name, importer in sources.importers(contract.imports).items()
        for tag, answer in importer.contract_tags(contract)
    ]
    return [(name, tag, renamed.get(answer, answer)) for name, tag, answer in found]


def _keys(connection: DuckDBPyConnection, contract: Contract) -> list[tuple[str | None, ...]]:
    tags: dict[str, set[str]] = {}
    for source, tag in connection.execute(
        "SELECT source, tag FROM internal.link_tags UNION SELECT source, tag FROM internal.contract_tags"
    ).fetchall():
        tags.setdefault(source, set()).add(tag)
    rows = connection.execute(
        "SELECT DISTINCT i.source, i.level, r.campaign, r.ad_group, r.creative, r.stated_tag, r.sub_tag "
        "FROM internal.conversion_rows AS r JOIN internal.imports AS i USING (import_id) ORDER BY ALL"
    ).fetchall()
    tied: list[tuple[str | None, ...]] = []
    for source, *key in rows:
        tie = _tie(source, ReportedKey(*key), contract, frozenset(tags.get(source, ())))
        *named, sub_tag = key
        tied.append((source, *named, tie.tag if tie else None, tie.tied_by if tie else None, sub_tag))
    return tied


def _tie(source: str, key: ReportedKey, contract: Contract, known: frozenset[str]) -> Tie | None:
    # An import of an importer that is no longer there keeps its rows, unallocated.
    importer = sources.importers(contract.imports).get(source)
    return importer.tie(key, contract, known) if importer else None


def _accounts(connection: DuckDBPyConnection, contract: Contract) -> list[tuple[str, str, str | None, int, bool]]:
    rows = connection.execute("SELECT DISTINCT source, account FROM internal.imports ORDER BY ALL").fetchall()
    return [_compared(contract, source, name) for source, name in rows]


def _compared(contract: Contract, source: str, name: str) -> tuple[str, str, str | None, int, bool]:
    importer = sources.importers(contract.imports).get(source)
    account = contract.accounts.get(name, Account())
    window = contract.imports.mappings.get(source, ImportReport()).window_days
    if window is None:
        # Where a day's figures are those of its own clicks, no click of another day has part in them.
        by_click = account.date_means == "click" and not (importer and importer.has_own_dates)
        window = 0 if by_click else importer.window_days if importer else WINDOW_DAYS
    return source, name, account.timezone, window, importer.masks if importer else False


def _untied(connection: DuckDBPyConnection, contract: Contract) -> tuple[Untied, ...]:
    rows = connection.execute(
        "SELECT source, level, ad_group, CAST(coalesce(sum(clicks_through), 0) AS BIGINT) FROM conversions "
        "WHERE tag IS NULL AND level = 'adgroup' AND ad_group IS NOT NULL GROUP BY ALL ORDER BY 4 DESC, 1, 2, 3"
    ).fetchall()
    tied = {row[0] for row in connection.execute("SELECT DISTINCT tag FROM internal.conversion_keys").fetchall()}
    free = tuple(tag for tag in contract.tags.maas if tag not in tied)
    return tuple(Untied(source, level, name, clicks, free) for source, level, name, clicks in rows)


def vanished(connection: DuckDBPyConnection, imports: Sequence[str]) -> list[str]:
    """What these imports take away: ad groups with click-throughs on days that they cover and now do not name.

    An export that was filtered looks like this, and so does a correction by the network.
    """
    rows = connection.execute(queries.read("models", "vanished_keys").sql, {"imports": list(imports)}).fetchall()
    return [
        f"{file}: no longer names {keys} ({clicks} click-throughs before) on days that it covers"
        for file, keys, clicks in rows
    ]
