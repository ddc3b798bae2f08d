"""What docs/privacy.md promises: nothing on disk tells one address from the many that it may as well be."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.events.conftest import GOOGLEBOT, Site, beacon, line

ROOT = Path(__file__).parents[2]
RANDOM = {"visitor", "session_id", "sender"}
"""Made with a random key of the day, which is kept outside the database and thrown away."""
CLOCK = {"ingested_at", "published_at", "complete_through", "stamp", "known_from", "known_to"}


def _twins() -> tuple[str, str]:
    """Two addresses of the same length whose SHA-256 ends in the same byte: all that a fingerprint covers of them."""

    def byte(address: str) -> str:
        return hashlib.sha256(address.encode()).hexdigest()[-2:]

    first = "203.0.113.77"
    return first, next(
        other for n in range(10, 100) for m in range(10, 100) if byte(other := f"198.51.{n}.{m}") == byte(first)
    )


def _log(address: str) -> list[str]:
    return [
        line(address=address),
        line("/answers/b", "07/Sep/2026:08:05:00 -0500", address=address, agent=GOOGLEBOT),
        beacon(address=address),
        line("/css/site.css", address=address),
        f"rubbish from {address}\n",
    ]


def _tables(site: Site) -> dict[str, list[tuple[Any, ...]]]:
    """Every column of every table but those that a random key, the clock or the order of threads makes."""
    found = {}
    with duckdb.connect(str(site.root / ".cta" / "work.duckdb"), read_only=True) as connection:
        names = "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal ORDER BY ALL"
        for schema, table in connection.execute(names).fetchall():
            columns = connection.execute(
                "SELECT column_name FROM duckdb_columns() WHERE schema_name = ? AND table_name = ? ORDER BY column_index",
                [schema, table],
            ).fetchall()
            wanted = ", ".join(
                f'"{column}"' for (column,) in columns if column not in RANDOM | CLOCK and not column.endswith("_key")
            )
            found[table] = connection.execute(f"SELECT {wanted} FROM {schema}.{table} ORDER BY ALL").fetchall()
    return found


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("lines", [1, 5])
def test_the_database_is_the_same_for_each_of_many_addresses(
    new_site: Callable[..., Site], lines: int, packed: bool
) -> None:
    import gzip

    tables = []
    for address in _twins():
        site = new_site("site")
        log = site.log("a.log", *_log(address)[:lines])
        if packed:
            log.write_bytes(gzip.compress(log.read_bytes(), mtime=0))
        site.ingest("a.log")
        # A log that has grown is known by other bytes.
        if not packed:
            site.log("a.log", *_log(address)[:lines], line("/answers/c", "07/Sep/2026:08:10:00 -0500", address=address))
            site.ingest("a.log")
        tables.append(_tables(site))
        shutil.rmtree(site.root)
    assert tables[0]["events"]
    assert tables[0]["sources"]
    assert tables[0] == tables[1]


def test_without_its_key_a_visitor_is_any_address(new_site: Callable[..., Site]) -> None:
    """The same address on the same day has another name under another key: nothing but the key ties it to one."""
    names = set()
    for name in ("a", "b"):
        site = new_site(name)
        site.log("a.log", line())
        site.ingest("a.log")
        keys = json.loads((site.root / ".cta" / "keys").read_text())
        assert re.fullmatch("[0-9a-f]{64}", keys["2026-09-07"]["key"])
        assert (site.root / ".cta" / "keys").stat().st_mode & 0o777 == 0o600
        names |= set(site.rows("SELECT visitor FROM pageviews"))
    assert len(names) == 2


def test_a_key_goes_when_its_time_has_come_even_if_nothing_comes_in(site: Site) -> None:
    site.log("a.log", line())
    site.ingest("a.log")
    file = site.root / ".cta" / "keys"
    keys = json.loads(file.read_text())
    keys["2026-09-07"]["added_on"] = "2026-01-01"
    file.write_text(json.dumps(keys))
    site.ingest("a.log")
    assert json.loads(file.read_text())["2026-09-07"]["key"] is None


def test_no_file_holds_an_address_after_every_step_of_its_life(site: Site) -> None:
    addresses = ["203.0.113.77", "2001:db8:85a3::8a2e:370:7334"]
    for number, address in enumerate(addresses):
        site.log(f"{number}.log", *_log(address))
        site.ingest(f"{number}.log")
    site.undo(1)
    site.ingest("0.log")
    site.forget("2026-09-01")
    for log in site.root.glob("*.log"):
        log.unlink()
    for file in site.root.rglob("*"):
        if file.is_file():
            assert [address for address in addresses if address.encode() in file.read_bytes()] == [], file


def test_every_table_is_explained() -> None:
    """What docs/privacy.md lists is what the warehouse has."""
    text = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    schema = "\n".join(file.read_text() for file in sorted((ROOT / "queries" / "schema").glob("*.sql")))
    tables = set(re.findall(r"CREATE TABLE IF NOT EXISTS internal\.(\w+)", schema))
    assert tables - set(re.findall(r"`(\w+)`", text)) == set()
