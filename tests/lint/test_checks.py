"""What rules are made of: a link's href with another query."""

from __future__ import annotations

import pytest

from cta_analytics import config
from cta_analytics.links.extract import scan
from cta_analytics.lint.checks import with_query

HREF = "https://www.example.com/a?b=1&c=2#d"


@pytest.fixture
def link_of(tmp_path):
    def of(href: str):
        (tmp_path / "a.md").write_text(f"[a](<{href}>)", encoding="utf-8")
        (link,) = scan(config.read(None, start=tmp_path), [str(tmp_path / "a.md")]).links
        return link

    return of


@pytest.mark.parametrize(
    ("href", "change", "expected"),
    [
        (HREF, lambda query: query.set("c", "x y"), "https://www.example.com/a?b=1&c=x%20y#d"),
        (HREF, lambda query: query.without({"b"}), "https://www.example.com/a?c=2#d"),
        (HREF, lambda query: query.without({"b", "c"}), "https://www.example.com/a#d"),
        ("/a#d", lambda query: query.set("e", "1"), "/a?e=1#d"),
        ("/a?", lambda query: query.set("e", "1"), "/a?e=1"),
        ("/a?b=1&&c", lambda query: query, "/a?b=1&&c"),
    ],
)
def test_an_href_with_another_query_keeps_all_else(link_of, href, change, expected):
    link = link_of(href)
    assert with_query(link, change(link.description.query)) == expected
