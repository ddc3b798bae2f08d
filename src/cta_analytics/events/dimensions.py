"""The distinct values of a log: each is resolved once, by the same Python that lint uses, and stored as a row with a key."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cta_analytics.config import Contract
from cta_analytics.events import bots, channels
from cta_analytics.links.contract import Resolver, Stand
from cta_analytics.pages.page import PageIdentity, identify, site_path
from cta_analytics.urls import Query
from cta_analytics.warehouse import ids, urls
from cta_analytics.warehouse.frames import given

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

K = TypeVar("K", bound=Hashable)
_CACHED = 500_000
"""Raw values remembered per kind; a site under attack sees more than that."""
_LONGEST_PAGE = 2000
"""Characters of a page that a beacon or a referrer may name."""


@dataclass(frozen=True, slots=True)
class NewRows:
    """Rows to be stored with the batch that brought them."""

    table: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def store(self, connection: DuckDBPyConnection) -> None:
        """Store them, in the transaction of the caller."""
        import polars as pl

        frame = pl.DataFrame(self.rows, schema=list(self.columns), orient="row", infer_schema_length=None)
        with given(connection, "new_rows", frame):
            connection.execute(f"INSERT INTO {self.table} BY NAME SELECT * FROM new_rows")  # noqa: S608 - a name of our own


class Keyed(Generic[K]):
    """The rows of a table of distinct values: those that are stored, and those that are new since."""

    def __init__(
        self, connection: DuckDBPyConnection, table: str, columns: tuple[str, ...], identity: tuple[str, ...]
    ) -> None:
        self._table = table
        self._columns = columns
        names = ", ".join((columns[0], *identity))
        rows = connection.sql(f"SELECT {names} FROM {table}").fetchall()  # noqa: S608 - names of our own schema
        self._keys: dict[Any, int] = {(row[1] if len(identity) == 1 else row[1:]): row[0] for row in rows}
        self._last = max(self._keys.values(), default=0)
        self._new: list[tuple[Any, ...]] = []

    def __contains__(self, value: K) -> bool:
        return value in self._keys

    def key(self, value: K, row: Callable[[], Iterable[Any]]) -> int:
        """The key of a value; `row` gives the columns behind the key where the value is new."""
        known = self._keys.get(value)
        if known is None:
            # Not their number: rows that nothing uses any more are deleted by `cta undo`.
            self._last += 1
            known = self._keys[value] = self._last
            self._new.append((known, *row()))
        return known

    def take(self) -> NewRows | None:
        """The rows that are new since this was asked last."""
        rows, self._new = self._new, []
        return NewRows(self._table, self._columns, rows) if rows else None


@dataclass(frozen=True, slots=True)
class Beacon:
    """What a beacon sent, as it stands in the query: still percent-encoded."""

    url: str
    page: str
    slot: str
    ordinal: str


class Dimensions:
    """All of them, for one run of ingestion; kept in memory, and stored with each batch."""

    def __init__(
        self, connection: DuckDBPyConnection, contract: Contract, unescape: Callable[[str], str] = str
    ) -> None:
        self.unescape = unescape
        self._contract = contract
        self._resolver = Resolver(contract)
        self._kinds = tuple(contract.pages)
        self._moved = moves(contract)
        self._own_hosts = frozenset(site.host.removeprefix("www.") for site in contract.all_sites if site.host)
        self._judge = bots.Judge(contract.exclude.user_agents)
        self._raw_paths: dict[str, int | None] = {}
        self._raw_beacons: dict[Beacon, int] = {}
        self._own_paths: dict[str, str | None] = {}
        self._links = _links(connection)
        self._paths: Keyed[str] = Keyed(
            connection, "internal.paths", ("path_key", "path", "site", "lang", "kind", "answer"), ("path",)
        )
        self._agents: Keyed[str | None] = Keyed(connection, "internal.user_agents", bots.COLUMNS, ("user_agent",))
        origin_columns = tuple(field.name for field in fields(channels.Origin))
        self._origins: Keyed[tuple[Any, ...]] = Keyed(
            connection, "internal.origins", ("origin_key", *origin_columns), origin_columns[:-1]
        )
        self._urls: Keyed[str] = Keyed(connection, "internal.urls", ("url_key", *urls.COLUMNS, "is_on_site"), ("url",))
        target_columns = ("target_key", "path_key", "url_key", "sent_slot", "ordinal", "slot", "cta")
        self._targets: Keyed[tuple[Any, ...]] = Keyed(
            connection, "internal.targets", target_columns, target_columns[1:5]
        )

    def take(self) -> list[NewRows]:
        """What is new since this was asked last."""
        taken = [table.take() for table in (self._paths, self._agents, self._origins, self._urls, self._targets)]
        return [rows for rows in taken if rows]

    def pages(self, rows: list[tuple[str]]) -> list[int | None]:
        """The keys of raw paths that are pages; None for what is no page."""
        return [self._page(path) for (path,) in rows]

    def _page(self, raw: str) -> int | None:
        if raw in self._raw_paths:
            return self._raw_paths[raw]
        path = site_path(self.unescape(raw)) if raw.startswith("/") else None
        found = identify(path, self._kinds, self._resolver.site_logged(path)) if path is not None else None
        key = self._path_key(found) if found else None
        if len(self._raw_paths) >= _CACHED:
            self._raw_paths.clear()
        self._raw_paths[raw] = key
        return key

    def _path_key(self, found: PageIdentity) -> int:
        return self._paths.key(found.path, lambda: path_row(found, self._resolver, self._moved))

    def user_agents(self, rows: list[tuple[str]]) -> list[int | None]:
        """The keys of user agents as logged."""
        texts = [self.unescape(raw) or None for (raw,) in rows]
        new = [text for text in dict.fromkeys(texts) if text not in self._agents]
        judged = dict(zip(new, self._judge.rows(new), strict=True))
        return [self._agents.key(text, lambda text=text: judged[text]) for text in texts]  # type: ignore[misc]

    def user_agent_ids(self, raw: Iterable[str]) -> list[int]:
        """The ids of user agents as logged, which need not be stored."""
        return [ids.of(self.unescape(text) or None) for text in raw]

    def origins(self, rows: list[tuple[str, str]]) -> list[int | None]:
        """The keys of origins, from the scheme and host of a referrer and a query with campaign parameters."""
        return [
            self._origin(channels.origin(self.unescape(referrer), self.unescape(query), self._own_hosts))
            for referrer, query in rows
        ]

    def _origin(self, origin: channels.Origin) -> int:
        values = astuple(origin)
        return self._origins.key(values[:-1], lambda: values)

    def beacon_targets(self, rows: list[tuple[str, str, str, str]]) -> list[int | None]:
        """The keys of what a beacon says was clicked or seen: its url, page, slot and ordinal as sent."""
        return [self._beacon(Beacon(*row)) for row in rows]

    def _beacon(self, sent: Beacon) -> int:
        known = self._raw_beacons.get(sent)
        if known is None:
            text = Query.parse(
                self.unescape(f"u={sent.url.replace('+', '%2B')}&p={sent.page}&s={sent.slot}&o={sent.ordinal}")
            )
            ordinal = text.get("o") or ""
            known = self._target(
                text.get("u") or "",
                self.own_path(text.get("p") or ""),
                (text.get("s") or "")[:200] or None,
                int(ordinal) if ordinal.isdecimal() and len(ordinal) < 6 else 1,
            )
            if len(self._raw_beacons) >= _CACHED:
                self._raw_beacons.clear()
            self._raw_beacons[sent] = known
        return known

    def beacon_pages(self, rows: list[tuple[str]]) -> list[int | None]:
        """The keys of pages that a beacon names in its view."""
        pages = [self.own_path(Query.parse(self.unescape(f"p={page}")).get("p") or "") for (page,) in rows]
        return [self._path_key(self._resolver.identify_logged(page)) if page is not None else None for page in pages]

    def redirect_targets(self, rows: list[tuple[str, str]]) -> list[int | None]:
        """The keys of redirect hits: the path and query that were asked for, and the referrer."""
        return [
            self._target(self.unescape(target), self.own_path(self.unescape(referrer)), None, 1)
            for target, referrer in rows
        ]

    def own_path(self, page: str) -> str | None:
        """The site path of a page that a beacon or a referrer names; None where it is of another site, too long or missing."""
        if len(page) > _LONGEST_PAGE:
            return None
        if page.startswith("/"):
            return site_path(page)
        if page not in self._own_paths:
            if len(self._own_paths) >= _CACHED:
                self._own_paths.clear()
            self._own_paths[page] = self._described_path(page)
        return self._own_paths[page]

    def _described_path(self, page: str) -> str | None:
        if not page or page == "-":
            return None
        found = self._resolver.describe(page)
        if found.kind in {"invalid", "computed"} or not found.path.startswith("/"):
            return None
        path = site_path(found.path)
        if self._own_hosts:
            return path if (found.host or "").removeprefix("www.") in self._own_hosts else None
        # Without an address of the site, only the contract's page kinds tell an own page.
        return path if self._kinds and identify(path, self._kinds) else None

    def _target(self, url: str, path: str | None, sent_slot: str | None, ordinal: int) -> int:
        found = self._resolver.describe(url, base_path=path)
        address = urls.address(found)[:4000]
        url_key = self._urls.key(address, lambda: self._url_row(urls.row(found, self._resolver)))
        page = self._resolver.identify_logged(path) if path is not None else None
        path_key = self._path_key(page) if page else None

        def row() -> tuple[Any, ...]:
            link = self._links.get((path, ids.of(address), ordinal))
            if link:
                slot, cta = sent_slot or link[0], link[1]
            else:
                resolved = self._resolver.resolve(
                    found, page or PageIdentity("", "page"), Stand(None, sent_slot, ordinal)
                )
                slot, cta = resolved.slot, resolved.cta
            return (path_key, url_key, sent_slot, ordinal, slot, cta)

        return self._targets.key((path_key, url_key, sent_slot, ordinal), row)

    def _url_row(self, row: dict[str, Any]) -> tuple[Any, ...]:
        return (*(row[column] for column in urls.COLUMNS), False)


def _links(connection: DuckDBPyConnection) -> dict[tuple[str | None, int, int], tuple[str, str | None]]:
    """The scanned links: (page, url_id, ordinal) -> (slot, cta)."""
    rows = connection.sql("SELECT page, url_id, ordinal, slot, cta FROM internal.links").fetchall()
    return {(page, url_id, ordinal): (slot, cta) for page, url_id, ordinal, slot, cta in rows}


def moves(contract: Contract) -> dict[str, str]:
    """`[[moved]]`: slug -> the slug that it has in the end."""
    steps = {move.from_: move.to for move in contract.moved}
    found = {}
    for slug in steps:
        seen, last = {slug}, steps[slug]
        while last in steps and last not in seen:
            seen.add(last)
            last = steps[last]
        found[slug] = last
    return found


def path_row(found: PageIdentity, resolver: Resolver, moved: dict[str, str]) -> tuple[Any, ...]:
    """The columns of a path behind its key."""
    answer = moved.get(found.answer, found.answer) if found.answer else None
    site = found.site or resolver.site_logged(found.path) or resolver.sites[0].label
    return (found.path, site, found.lang, found.kind, answer)
