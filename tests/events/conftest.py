"""A project in a folder, with logs that a test writes line by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from cta_analytics import config
from cta_analytics.events.forget import Old, forget
from cta_analytics.events.ingest import Ingested, ingest
from cta_analytics.events.undo import Undone, undo
from cta_analytics.warehouse import queries
from cta_analytics.warehouse.connection import reader

CONTRACT = """\
[site]
base_url = "https://www.example.com"
timezone = "America/Chicago"
[[pages]]
kind = "answer"
path = "/answers/{slug}"
[[pages]]
kind = "product"
path = "/products/{slug}"
[[pages]]
kind = "home"
path = "/"
[[redirects]]
path = "/go/store"
target = "https://www.amazon.com/stores/page/0A1B2C3D-0000-4000-8000-0123456789AB?utm_source=example"
"""
STORE = "https://www.amazon.com/stores/page/0A1B2C3D-0000-4000-8000-0123456789AB?utm_source=example"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def line(
    target: str = "/answers/a",
    at: str = "07/Sep/2026:08:00:00 -0500",
    *,
    address: str = "192.0.2.1",
    method: str = "GET",
    status: int = 200,
    referrer: str = "-",
    agent: str = FIREFOX,
) -> str:
    """A line of a combined log, with its end."""
    return f'{address} - - [{at}] "{method} {target} HTTP/1.1" {status} 512 "{referrer}" "{agent}"\n'


def beacon(
    kind: str = "click", url: str = STORE, page: str = "/answers/a", at: str = "07/Sep/2026:08:00:30 -0500", **rest: Any
) -> str:
    """A line that the beacon left."""
    query = f"t={kind}&u={quote(url, safe='')}&p={page}"
    for name in ("s", "o", "i"):
        if name in rest:
            query += f"&{name}={rest.pop(name)}"
    return line(f"/cta/e?{query}&v=1", at, status=204, referrer=f"https://www.example.com{page}", method="POST", **rest)


@dataclass
class Site:
    """A project folder."""

    root: Path

    def log(self, name: str, *lines: str) -> Path:
        """Write a log."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(lines))
        return file

    def ingest(self, *names: str | Path, **options: Any) -> Ingested:
        """Take logs in."""
        return ingest(config.read(self.root / "cta.toml"), [str(self.root / name) for name in names], **options)

    def ingest_stdin(self) -> Ingested:
        """Take in what stands on standard input."""
        return ingest(config.read(self.root / "cta.toml"), ["-"])

    def undo(self, *batch_ids: int) -> list[Undone]:
        """Take batches back."""
        return undo(config.read(self.root / "cta.toml"), batch_ids)

    def forget(self, before: str) -> Old:
        """Delete what lies before a day."""
        return forget(config.read(self.root / "cta.toml"), date.fromisoformat(before))

    def broken(self) -> dict[str, list[tuple[Any, ...]]]:
        """What the audits find."""
        with reader(config.read(self.root / "cta.toml")) as connection:
            found = {
                name: connection.execute(queries.read("audits", name).sql).fetchall()
                for name in queries.names("audits")
            }
        return {name: rows for name, rows in found.items() if rows}

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a reader of the published warehouse sees."""
        with reader(config.read(self.root / "cta.toml")) as connection:
            return connection.execute(sql).fetchall()

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """What two equal warehouses have in common: all but the names of visitors, sessions and batches."""
        clear = "EXCLUDE (visitor, session_id, batch_id, line_number)"
        people = "dense_rank() OVER (PARTITION BY day ORDER BY v.first) AS who, v.size"
        visitors = "(SELECT visitor, min(event_id) AS first, count(*) AS size FROM {} GROUP BY visitor)"
        wanted = {
            view: f"SELECT e.* {clear}, e.visitor IS NULL AS unknown, {people} FROM {view} AS e "
            f"LEFT JOIN {visitors.format(view)} AS v ON v.visitor = e.visitor ORDER BY event_id"
            for view in ("pageviews", "clicks", "impressions")
        }
        wanted["sessions"] = "SELECT * EXCLUDE (session_id, visitor) FROM sessions ORDER BY ALL"
        wanted["urls"] = "SELECT * FROM urls ORDER BY ALL"
        wanted["rejected"] = "SELECT reason, line FROM rejected_lines ORDER BY ALL"
        wanted["user_agents"] = "SELECT * FROM user_agents ORDER BY ALL"
        with reader(config.read(self.root / "cta.toml")) as connection:
            return {name: connection.execute(sql).fetchall() for name, sql in wanted.items()}


@pytest.fixture
def new_site(tmp_path: Path) -> Callable[..., Site]:
    """Makes a project folder: `new_site("a", contract)`."""

    def make(name: str = "site", contract: str = CONTRACT) -> Site:
        root = tmp_path / name
        root.mkdir()
        (root / "cta.toml").write_text(contract)
        return Site(root)

    return make


@pytest.fixture
def site(new_site: Callable[..., Site]) -> Site:
    """A project folder with the usual contract."""
    return new_site()
