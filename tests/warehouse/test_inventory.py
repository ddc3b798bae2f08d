"""Pages, links and revisions as scans find them, one after the other."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cta_analytics import config
from cta_analytics.links import extract
from cta_analytics.warehouse import inventory
from cta_analytics.warehouse.connection import reader, writer

CONTRACT = """\
[site]
base_url = "https://www.example.com"
timezone = "America/Chicago"
[[sources]]
root = "site"
[[pages]]
kind = "answer"
path = "/answers/{slug}"
[[pages]]
kind = "product"
path = "/products/{slug}"
[[redirects]]
path = "/go/store"
target = "https://www.amazon.com/dp/B0EXAMPLE1"
[[ctas]]
name = "shop"
match = { kind = ["amazon_product", "amazon_store"] }
on = ["answer"]
"""
SHOP = "https://www.amazon.com/dp/B0EXAMPLE1?tag=example-20"


def page(*links: str, title: str = "Oil a board") -> str:
    listed = "\n".join(f'<p><a href="{href}">Buy {number}</a></p>' for number, href in enumerate(links))
    return f"<!doctype html><html><head><title>{title}</title></head><body><main><h1>{title}</h1>{listed}</main></body></html>"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "cta.toml").write_text(CONTRACT)
    for name, content in (
        ("answers/a", page(SHOP, "/answers/b", SHOP)),
        ("answers/b", page(title="B")),
        ("products/c", page(title="C")),
    ):
        put(tmp_path, name, content)
    return tmp_path


def put(root: Path, name: str, content: str) -> None:
    file = root / "site" / f"{name}.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)


def scan(root: Path, at: datetime, *paths: str) -> None:
    project = config.read(root / "cta.toml")
    found = extract.scan(project, [str(root / path) for path in paths])
    with writer(project) as connection:
        inventory.write(connection, found, project.contract, at)


def rows(root: Path, sql: str) -> list[tuple[Any, ...]]:
    with reader(config.read(root / "cta.toml")) as connection:
        return connection.execute(sql).fetchall()


MONDAY = datetime(2026, 9, 7, 12, tzinfo=UTC)
TUESDAY = datetime(2026, 9, 9, 3, tzinfo=UTC)  # still the 8th in Chicago


def test_a_scan_stores_pages_links_and_urls(root: Path) -> None:
    scan(root, MONDAY)
    now = datetime(2026, 9, 7, 12)
    assert rows(
        root,
        "SELECT site, path, kind, answer, title, is_current, first_scanned_at, last_scanned_at FROM pages ORDER BY path",
    ) == [
        ("www.example.com", "/answers/a", "answer", "a", "Oil a board", True, now, now),
        ("www.example.com", "/answers/b", "answer", "b", "B", True, now, now),
        ("www.example.com", "/products/c", "product", None, "C", True, now, now),
    ]
    assert rows(root, "SELECT answer, url FROM answers ORDER BY answer") == [
        ("a", "https://www.example.com/answers/a"), ("b", "https://www.example.com/answers/b"),
    ]  # fmt: skip
    assert rows(root, "SELECT page, position, url, kind, slot, ordinal, cta FROM links ORDER BY page, position") == [
        ("/answers/a", 1, SHOP, "amazon_product", "shop:B0EXAMPLE1:1", 1, "shop"),
        ("/answers/a", 2, "https://www.example.com/answers/b", "answer", "answer:/answers/b:1", 1, None),
        ("/answers/a", 3, SHOP, "amazon_product", "shop:B0EXAMPLE1:2", 2, "shop"),
    ]
    assert rows(root, "SELECT u.url, u.kind, u.asin, u.target_answer, count(*) FROM urls AS u JOIN links AS l USING (url_id) GROUP BY ALL ORDER BY 1") == [
        (SHOP, "amazon_product", "B0EXAMPLE1", None, 2),
        ("https://www.example.com/answers/b", "answer", None, "b", 1),
    ]  # fmt: skip
    assert rows(root, "SELECT count(*), count(DISTINCT link_id) FROM links") == [(3, 3)]


def test_a_second_scan_of_the_same_site_changes_only_when_it_was_seen(root: Path) -> None:
    everything = (
        "SELECT * EXCLUDE (last_scanned_at) FROM pages ORDER BY path",
        "SELECT * FROM links ORDER BY link_id",
        "SELECT * FROM revisions ORDER BY path",
    )
    scan(root, MONDAY)
    before = [rows(root, sql) for sql in everything]
    scan(root, TUESDAY)
    assert [rows(root, sql) for sql in everything] == before
    assert rows(root, "SELECT DISTINCT last_scanned_at FROM pages") == [(datetime(2026, 9, 9, 3),)]


def test_a_revision_opens_where_the_ctas_of_a_page_change(root: Path) -> None:
    scan(root, MONDAY)
    put(root, "answers/a", page(SHOP, "/answers/b"))
    scan(root, TUESDAY)
    found = rows(
        root,
        "SELECT revision, opened_on, closed_on, is_assumed, ctas FROM revisions WHERE answer = 'a' ORDER BY revision",
    )
    assert [row[:4] for row in found] == [
        (1, date(2026, 9, 7), date(2026, 9, 8), True),
        (2, date(2026, 9, 8), None, False),
    ]
    assert [[cta["slot"] for cta in json.loads(row[4])] for row in found] == [
        ["shop:B0EXAMPLE1:1", "shop:B0EXAMPLE1:2"],
        ["shop:B0EXAMPLE1:1"],
    ]
    assert json.loads(found[1][4]) == [
        {
            "cta": "shop", "slot": "shop:B0EXAMPLE1:1", "url": SHOP, "kind": "amazon_product", "tag": None,
            "tracking_id": "example-20", "sub_tag": None, "channel": None,
        }
    ]  # fmt: skip


def test_two_changes_on_one_day_are_one_revision(root: Path) -> None:
    scan(root, MONDAY)
    for links in ((SHOP,), ()):
        put(root, "answers/a", page(*links))
        scan(root, TUESDAY)
    found = rows(
        root, "SELECT revision, opened_on, closed_on, ctas FROM revisions WHERE answer = 'a' ORDER BY revision"
    )
    assert [row[:3] for row in found] == [(1, date(2026, 9, 7), date(2026, 9, 8)), (2, date(2026, 9, 8), None)]
    assert found[1][3] == "[]"


def test_a_page_that_is_gone_stays_in_the_history(root: Path) -> None:
    scan(root, MONDAY)
    (root / "site/answers/a.html").unlink()
    scan(root, TUESDAY)
    assert rows(root, "SELECT path, is_current FROM pages ORDER BY path") == [
        ("/answers/a", False), ("/answers/b", True), ("/products/c", True),
    ]  # fmt: skip
    assert rows(root, "SELECT count(*) FROM links") == [(0,)]
    assert rows(root, "SELECT closed_on FROM revisions WHERE answer = 'a'") == [(date(2026, 9, 8),)]
    put(root, "answers/a", page(SHOP))
    scan(root, datetime(2026, 9, 10, 12, tzinfo=UTC))
    assert rows(root, "SELECT revision, opened_on, closed_on, is_assumed FROM revisions WHERE answer = 'a' ORDER BY 1") == [
        (1, date(2026, 9, 7), date(2026, 9, 8), True), (2, date(2026, 9, 10), None, False),
    ]  # fmt: skip


def test_a_scan_of_one_page_leaves_the_others_alone(root: Path) -> None:
    scan(root, MONDAY)
    put(root, "answers/b", page(SHOP, title="B, now with a CTA"))
    (root / "site/products/c.html").unlink()
    scan(root, TUESDAY, "site/answers/b.html")
    assert rows(root, "SELECT path, title, is_current FROM pages ORDER BY path") == [
        ("/answers/a", "Oil a board", True), ("/answers/b", "B, now with a CTA", True), ("/products/c", "C", True),
    ]  # fmt: skip
    assert rows(root, "SELECT page, count(*) FROM links GROUP BY page ORDER BY page") == [
        ("/answers/a", 3),
        ("/answers/b", 1),
    ]


def test_a_logged_click_takes_the_scanned_link_also_where_the_scan_comes_later(root: Path) -> None:
    from cta_analytics.events.ingest import ingest

    click = (
        '192.0.2.1 - - [07/Sep/2026:08:00:00 -0500] "POST /cta/e?t=click&u=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB0EXAMPLE1%3Ftag%3Dexample-20'
        '&p=/answers/a&o=2 HTTP/1.1" 204 0 "-" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"\n'
    )
    forged = click.replace("www.amazon.com%2Fdp%2FB0EXAMPLE1", "win.example%2Fprize")
    (root / "access.log").write_text(click + forged)
    ingest(config.read(root / "cta.toml"), [str(root / "access.log")])
    what = "SELECT slot, cta, uncounted_reason FROM clicks ORDER BY line_number"
    assert rows(root, what) == [("shop:B0EXAMPLE1:2", "shop", None), ("external:win.example/prize:2", None, None)]
    (root / "cta.toml").write_text(CONTRACT.replace('"shop"', '"store"'))
    scan(root, MONDAY)
    assert rows(root, what) == [
        ("store:B0EXAMPLE1:2", "store", None),
        ("external:win.example/prize:2", None, "foreign_target"),
    ]
