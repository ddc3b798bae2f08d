"""A scan: the path of a page, the place, URL, ordinal and slot of each link."""

import pytest

from cta_analytics import config
from cta_analytics.links.extract import scan

CONTRACT = """
[site]
base_url = "https://www.larkmoor.example"
lang = "en"
[[sources]]
root = "site"
[[pages]]
kind = "answer"
path = "/answers/{slug}"
[[pages]]
kind = "product"
path = "/products/{slug}"
"""


@pytest.fixture
def scanned(tmp_path):
    def of(files: dict[str, str]):
        (tmp_path / "cta.toml").write_text(CONTRACT)
        for name, text in files.items():
            file = tmp_path / "site" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        return scan(config.read(tmp_path / "cta.toml"), [])

    return of


@pytest.mark.parametrize(
    ("name", "text", "path"),
    [
        ("answers/tea.html", "", "/answers/tea"),
        ("index.html", "", "/"),
        ("answers/index.md", "", "/answers"),
        ("answers/tea/index.html", "", "/answers/tea"),
        ("früh & spät.md", "", "/fr%C3%BCh%20&%20sp%C3%A4t"),
        ("x.html", '<link rel=canonical href="https://www.larkmoor.example/answers/tea/">', "/answers/tea"),
        ("x.html", '<link rel=canonical href="/answers/tea?utm_source=x">', "/answers/tea"),
        ("x.md", "**URL:** https://localhost/answers/tea\n", "/answers/tea"),
        ("x.md", "---\npermalink: /answers/tea/\n---\n**URL:** https://localhost/no\n", "/answers/tea"),
        ("x.md", "---\npermalink: /:categories/:title/\n---\n", "/x"),
        ("x.md", "---\npermalink: /{{ slug }}/\n---\n", "/x"),
    ],
)
def test_the_path_of_a_page(scanned, name, text, path):
    (page,) = scanned({name: text or "x"}).pages
    assert page.path == path


def test_a_page_with_all_that_is_known_of_it(scanned):
    (page,) = scanned({"answers/tea.html": '<html lang="en-IE"><title>Which tea?</title>'}).pages
    assert page.as_json() == {
        "site": "www.larkmoor.example",
        "lang": "en-IE",
        "path": "/answers/tea",
        "kind": "answer",
        "answer": "tea",
        "title": "Which tea?",
        "file": "site/answers/tea.html",
        "url": "https://www.larkmoor.example/answers/tea",
    }


def test_a_link_with_all_that_is_known_of_it(scanned):
    text = '<h1>Tea</h1>\n<p>é <a rel="nofollow" target="_blank" href="/products/pot?a=1&amp;b=2">The  pot</a></p>'
    (link,) = scanned({"answers/tea.html": text}).links
    assert link.as_json() == {
        "page": "/answers/tea",
        "answer": "tea",
        "position": 1,
        "href": "/products/pot?a=1&b=2",
        "url": "https://www.larkmoor.example/products/pot?a=1&b=2",
        "text": "The pot",
        "heading": "Tea",
        "kind": "product",
        "placement": "cta",
        "slot": "product:/products/pot:1",
        "ordinal": 1,
        "rel": "nofollow",
        "target": "_blank",
        "file": "site/answers/tea.html",
        "line": 2,
        "column": 6,
        "end_line": 2,
        "end_column": 73,
        "href_start": 59,
        "href_end": 84,
        "cta": None,
        "departures": [],
        "disclosure": None,
    }
    assert text.encode()[59:84] == b"/products/pot?a=1&amp;b=2"


def test_ordinals_are_counted_over_equal_urls_without_fragment(scanned):
    text = "[a](/x) [b](/x#y) [c](/x?z) [d](https://www.larkmoor.example/x) [e](../x)"
    found = scanned({"answers/tea.md": text}).links
    assert [(link.text, link.ordinal) for link in found] == [("a", 1), ("b", 2), ("c", 1), ("d", 3), ("e", 4)]


def test_a_base_element_moves_relative_links(scanned):
    text = '<base href="/products/"><p><a href="pot">x</a> <a href="/answers/tea">y</a></p>'
    assert [link.url for link in scanned({"answers/tea.html": text}).links] == [
        "https://www.larkmoor.example/products/pot",
        "https://www.larkmoor.example/answers/tea",
    ]


def test_the_same_pages_give_the_same_inventory(scanned):
    files = {f"answers/{n}.html": f"<p><a href=/answers/{n}>x</a></p>" for n in "cab"}
    first = scanned(files)
    assert first == scanned(files)
    assert [page.path for page in first.pages] == ["/answers/a", "/answers/b", "/answers/c"]
    assert first.whole
