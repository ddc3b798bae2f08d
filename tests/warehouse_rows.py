"""Rows for a warehouse whose every figure can be worked out by hand: so many people read, so many of them clicked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cta_analytics import config
from cta_analytics.warehouse import known, queries, schema

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MONDAY = date(2026, 11, 2)
"""First day of 2026-W45."""
STORE = "https://www.amazon.com/stores/Brand/page/6B1F9E52-83C4-4D0A-9E77-A25C0D8F41B6"
PRODUCT = "https://www.site.example/products/board"
OTHER = "https://www.site.example/answers/other"
_TARGETS = {"amazon": 1, "product": 2, "other": 3}


@dataclass
class Rows:
    """Fills an empty warehouse; `visits` are gathered and written by `done`."""

    connection: DuckDBPyConnection
    site: str = "site.example"
    _paths: dict[str, int] = field(default_factory=dict)
    _visits: list[tuple[Any, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in queries.names("schema"):
            self.connection.execute(queries.read("schema", name).sql)
        for fact in known.FACTS:
            # What a test writes is known at once: the facts are worked out at each look.
            self.connection.execute(f"DROP TABLE internal.{fact}")
            self.connection.execute(
                f"CREATE VIEW internal.{fact} AS SELECT *, NULL::TIMESTAMP AS known_from, NULL::TIMESTAMP AS known_to "
                f"FROM internal.{fact}_anew"
            )
        run = self.connection.execute
        run(
            "INSERT OR REPLACE INTO internal.meta VALUES ('schema_version', $version), ('sales_from', 'amazon_attribution')",
            {"version": str(schema.SCHEMA_VERSION)},
        )
        run(
            "INSERT INTO internal.user_agents VALUES (1, 1, 'Firefox', 'human', NULL, 'list-1', 'desktop'), "
            "(2, 2, 'Examplebot', 'crawler', 'Examplebot', 'list-1', 'other')"
        )
        run(
            "INSERT INTO internal.origins "
            "VALUES (1, 'search.example', NULL, NULL, NULL, NULL, NULL, NULL, 'Organic Search'), "
            "(2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'Direct')"
        )
        for key, (url, kind) in enumerate(((STORE, "amazon_store"), (PRODUCT, "product"), (OTHER, "answer")), 1):
            run(
                "INSERT INTO internal.urls (url_key, url_id, url, kind, network, problems, is_redirect, is_on_site) "
                "VALUES ($key, $key, $url, $kind, $network, '[]', false, true)",
                {"key": key, "url": url, "kind": kind, "network": "amazon" if key == 1 else None},
            )
        run("INSERT INTO internal.published VALUES ('2026-11-09', NULL, '0', 1)")

    def answer(
        self, slug: str, title: str | None = None, *, cta: bool = True, scanned: bool = True, departures: str = "[]"
    ) -> None:
        """An answer page, with its Store CTA unless told otherwise."""
        key = self._paths[slug] = len(self._paths) + 1
        path, file = f"/answers/{slug}", f"site/{slug}.md"
        values = {"key": key, "path": path, "site": self.site, "slug": slug, "title": title, "file": file}
        run = self.connection.execute
        run(
            "INSERT INTO internal.paths VALUES ($key, $path, $site, NULL, 'answer', $slug)",
            {name: values[name] for name in ("key", "path", "site", "slug")},
        )
        for target in _TARGETS.values():
            run(
                "INSERT INTO internal.targets VALUES ($id, $key, $target, NULL, 1, 'slot', NULL)",
                {"id": key * 10 + target, "key": key, "target": target},
            )
        if not scanned:
            return
        run(
            "INSERT INTO internal.pages VALUES "
            "($site, NULL, $path, 'answer', $slug, $title, $file, $url, true, '2026-09-01', '2026-11-08')",
            {name: values[name] for name in ("site", "path", "slug", "title", "file")}
            | {"url": f"https://www.site.example{path}"},
        )
        run(
            "INSERT INTO internal.links VALUES "
            "($key, $site, $path, $slug, 1, $url, $url, 1, 'Shop', 'Key', 'amazon_store', $placement, "
            "'store', 1, NULL, NULL, $cta, $file, 78, 1, 0, 10, $departures, NULL)",
            {name: values[name] for name in ("key", "site", "path", "slug", "file")}
            | {
                "url": STORE,
                "cta": "amazon-store" if cta else None,
                "departures": departures,
                "placement": "cta" if cta else "inline",
            },
        )

    def visits(
        self,
        slug: str,
        day: date,
        people: int,
        amazon: int = 0,
        product: int = 0,
        other: int = 0,
        *,
        bots: int = 0,
        bot_clicks: int = 0,
    ) -> None:
        """`people` view the answer once on that day, of whom `amazon` click to Amazon, `product` and `other` alike."""
        self._visits.append((self._paths[slug], day, people, amazon, product, other, bots, bot_clicks))

    def done(self) -> Rows:
        """Write the visits."""
        columns = list(zip(*self._visits, strict=True)) or [[] for _ in range(8)]
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE spec AS SELECT unnest($a::INTEGER[]) AS path_key, unnest($b::DATE[]) AS day, "
            "unnest($c::BIGINT[]) AS people, unnest($d::BIGINT[]) AS amazon, unnest($e::BIGINT[]) AS product, "
            "unnest($f::BIGINT[]) AS other, unnest($g::BIGINT[]) AS bots, unnest($h::BIGINT[]) AS bot_clicks",
            dict(zip("abcdefgh", map(list, columns), strict=True)),
        )
        # Noon UTC is on the same day in every zone that the tests use.
        # The i-th person of a day is the same on every answer.
        self.connection.execute(
            """
            INSERT INTO internal.events
            WITH made AS (
                SELECT s.*, r.i, what.kind, what.target, what.agent
                FROM spec AS s
                CROSS JOIN range((
                    SELECT coalesce(max(greatest(people, amazon, product, other, bots, bot_clicks)), 0) FROM spec
                )) AS r(i)
                CROSS JOIN (
                    VALUES (1, NULL, 1), (3, 1, 1), (3, 2, 1), (3, 3, 1), (1, NULL, 2), (3, 1, 2)
                ) AS what(kind, target, agent)
                WHERE r.i < CASE
                    WHEN what.agent = 2 THEN CASE WHEN what.kind = 1 THEN s.bots ELSE s.bot_clicks END
                    WHEN what.target IS NULL THEN s.people
                    WHEN what.target = 1 THEN s.amazon
                    WHEN what.target = 2 THEN s.product
                    ELSE s.other
                END
            )
            SELECT
                kind, day + INTERVAL 12 HOUR + i * INTERVAL 1 SECOND, day, path_key, agent,
                hash(day, i, agent) >> 2, hash(day, i, agent) >> 2, 1, 1, path_key * 10 + target,
                CASE WHEN kind = 3 THEN 1 END, NULL, false, false,
                hash(path_key, day, i, kind, target, agent) >> 2, 1, 1, NULL, false
            FROM made
            """
        )
        self.connection.execute(
            "UPDATE internal.published SET complete_through = (SELECT max(occurred_at) FROM internal.events)"
        )
        return self

    def batch(self, lines: int = 100, rejected: int = 0, file: str = "logs/access.log") -> None:
        """The batch that all events came in, and its lines that were not understood."""
        self.connection.execute(
            "INSERT INTO internal.batches VALUES "
            "(1, 1, $file, 'combined', $lines, 60, 10, 0, $other, $rejected, 0, MAP {'asset': 1}, "
            "'2026-11-02', '2026-11-08', '2026-11-09', '0')",
            {"file": file, "lines": lines, "rejected": rejected, "other": lines - 70 - rejected},
        )
        for number in range(rejected):
            self.connection.execute(
                "INSERT INTO internal.rejected_lines VALUES (1, $number, 'no request', '<script>alert(1)</script>')",
                {"number": number},
            )

    def imported(self, as_of: datetime, covers_from: date, covers_to: date) -> None:
        """An Amazon Attribution report."""
        self.connection.execute(
            "INSERT INTO internal.imports VALUES "
            "($id, 'amazon_attribution', 'main', 'US', 'USD', 'performance', 'adgroup', 'attribution.json', "
            "'x', 'x', $as_of, 'file', $covers_from, $covers_to, 'click', 1, $as_of, '0')",
            {"id": as_of.isoformat(), "as_of": as_of, "covers_from": covers_from, "covers_to": covers_to},
        )

    def sold(
        self,
        answer: str | None,
        day: date,
        basis: str,
        clicks: int = 0,
        orders: float = 0,
        cents: int = 0,
        *,
        currency: str = "USD",
        tag: str = "shared",
        own_clicks: int = 0,
    ) -> None:
        """What the network reports of an answer and a day; twice as many detail views as orders, and so on."""
        self.connection.execute(
            "INSERT INTO internal.answer_conversions (answer, day, source, account, tag, currency, basis, clicks_through, "
            "detail_views, carts, orders, units, sales_minor, bonus_minor, commission_minor, own_clicks, window_clicks) VALUES "
            "($answer, $day, 'amazon_attribution', 'main', $tag, $currency, $basis, "
            "$clicks, $clicks, $orders * 2, $orders, $orders, $cents, $bonus, NULL, $own, $own)",
            {
                "answer": answer,
                "day": day,
                "basis": basis,
                "clicks": clicks,
                "orders": orders,
                "cents": cents,
                "currency": currency,
                "tag": tag,
                "bonus": cents // 10,
                "own": own_clicks,
            },
        )


def days(first: date, count: int) -> list[date]:
    """`count` days from `first` on."""
    return [first + timedelta(days=number) for number in range(count)]


def project(root: Path, **report: str) -> config.Project:
    """A contract without a file, in Chicago."""
    site = {"name": "Example", "base_url": "https://www.site.example", "timezone": "America/Chicago"}
    contract = config.Contract.model_validate({"site": site, "report": report})
    return config.Project(contract=contract, root=root, file=None)
