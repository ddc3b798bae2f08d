"""The parts of the learning that are functions of plain values: thresholds, page kinds, addresses, TOML."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cta_analytics.config import Contract, Project
from cta_analytics.links.learn import toml
from cta_analytics.links.learn.address import address
from cta_analytics.links.learn.kinds import kinds
from cta_analytics.links.learn.majority import is_close, nearly_all, rule_of
from cta_analytics.links.learn.names import singular
from cta_analytics.links.learn.survey import survey

LINK = '<p><a href="https://www.amazon.com/dp/{asin}?tag=pine-20">Buy</a></p>'


@pytest.mark.parametrize(
    ("count", "total", "expected"),
    [
        (0, 0, False),
        (1, 1, True),
        (1, 2, False),
        (2, 3, False),
        (3, 4, True),
        (2, 4, False),
        (18, 20, True),
        (17, 20, False),
    ],
)
def test_nearly_all_is_nine_of_ten_or_all_but_one(count: int, total: int, expected: bool) -> None:
    assert nearly_all(count, total) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ()),
        ({"a": 1}, ("a",)),
        ({"a": 1, "b": 1}, ()),
        ({"a": 9, "b": 1}, ("a",)),
        ({"a": 5, "b": 4}, ("a", "b")),
        ({"a": 5, "b": 4, "c": 1}, ("a", "b")),
        ({"a": 37, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "g": 1}, ("a",)),
        (dict.fromkeys("abcdefg", 2), ()),
        ({"a": 2, "b": 1, "c": 1, "d": 1}, ()),
    ],
)
def test_the_rule_of_values(values: dict[str, int], expected: tuple[str, ...]) -> None:
    assert rule_of(Counter(values)) == expected


def test_what_differs_in_numbers_alone_is_no_slip() -> None:
    assert is_close("pineshop-20", "pinehsop-20")
    assert not is_close("pineshop1-20", "pineshop2-20")
    assert not is_close("content", "blog")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("recipes", "recipe"),
        ("stories", "story"),
        ("glass", "glass"),
        ("How To", "how-to"),
        ("pages", "page-page"),
        ("é", "page-page"),
    ],
)
def test_a_kind_is_named_by_its_word_in_the_singular(word: str, expected: str) -> None:
    assert singular(word) == expected


VALUES = st.recursive(
    st.text() | st.integers(-(2**62), 2**62) | st.booleans() | st.lists(st.text(), max_size=3),
    lambda inner: st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_what_is_written_as_toml_is_read_back(table: Mapping[str, toml.Value]) -> None:
    text = "".join(f"{toml.pair(name, value)}  {toml.comment(name)}\n" for name, value in table.items())
    assert tomllib.loads(text) == table


def test_a_lone_surrogate_is_written_as_a_replacement() -> None:
    assert toml.quoted("a\ud800b") == '"a\ufffdb"'


def paths(tmp_path: Path, *pages: str, lang: str = "", asins: Mapping[str, str] = {}) -> list[tuple[str, str, int]]:
    for page in pages:
        name, _, target = page.partition(" > ")
        file = tmp_path / f"{name.strip('/') or 'index'}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        declared = f' lang="{name[1:3] if lang == "path" else lang}"' if lang else ""
        link = LINK.format(asin=asins[name]) if name in asins else ""
        onwards = f'<a href="{target}">on</a>' if target else ""
        file.write_text(f"<html{declared}><body><h1>x</h1>{link}{onwards}</body></html>", encoding="utf-8")
    seen = survey(Project(contract=Contract(), root=tmp_path, file=None), str(tmp_path))
    return [(one.kind.kind, one.kind.path, one.pages) for one in kinds(seen)]


def test_a_group_is_named_by_its_word_and_its_list_is_an_index(tmp_path: Path) -> None:
    assert paths(tmp_path, "/", "/faq", "/faq/a", "/faq/b", "/shop/x", "/about", "/legal/privacy") == [
        ("home", "/", 1),
        ("index", "/faq", 1),
        ("answer", "/faq/{slug}", 2),
        ("product", "/shop/{slug}", 1),
        ("page", "/about", 1),
        ("page", "/legal/{path}", 1),
    ]


def test_pages_that_sell_one_product_each_and_are_linked_are_products(tmp_path: Path) -> None:
    asins = {f"/stuff/{n}": f"B0PINE000{n}" for n in range(3)} | {f"/wiki/{n}": "B0PINE0001" for n in range(3)}
    links = [f"/wiki/{n} > /stuff/{n}" for n in range(3)]
    assert paths(tmp_path, *links, "/stuff/0", "/stuff/1", "/stuff/2", asins=asins) == [
        ("answer", "/wiki/{slug}", 3),
        ("product", "/stuff/{slug}", 3),
    ]


def test_a_group_that_sells_nothing_keeps_its_own_name(tmp_path: Path) -> None:
    found = paths(tmp_path, "/recipes/a", "/recipes/b", "/answers/x", asins={"/answers/x": "B0PINE0001"})
    assert found == [("answer", "/answers/{slug}", 1), ("recipe", "/recipes/{slug}", 2)]


def test_answers_at_the_root_are_told_from_pages_about_the_site(tmp_path: Path) -> None:
    asins = {"/how-to-oil": "B0PINE0001", "/is-it-soft": "B0PINE0001"}
    found = paths(tmp_path, "/", "/about-us", "/how-to-oil", "/is-it-soft", "/untold", asins=asins)
    assert found == [("home", "/", 1), ("page", "/about-us", 1), ("answer", "/{slug}", 3)]


def test_languages_are_recognised_by_what_their_pages_declare(tmp_path: Path) -> None:
    pages = ("/de", "/de/answers/a", "/de/answers/b", "/fr/answers/a", "/fr/answers/c", "/fr/about")
    assert paths(tmp_path, *pages, lang="path") == [
        ("home", "/{lang}", 1),
        ("answer", "/{lang}/answers/{slug}", 4),
        ("page", "/{lang}/about", 1),
    ]


def test_a_word_that_looks_like_a_language_is_none(tmp_path: Path) -> None:
    assert paths(tmp_path, "/it/tickets", "/it/phones", lang="en") == [("it", "/it/{slug}", 2)]


def test_deeper_paths_keep_their_slug_and_lists_are_told_apart(tmp_path: Path) -> None:
    pages = (
        "/answers/wood/a",
        "/answers/wood/b",
        "/answers/wood",
        "/blog/x",
        "/blog/y",
        "/blog/tag/oil",
        "/2024/05/z",
        "/2024/06/w",
    )
    assert paths(tmp_path, *pages) == [
        ("answer", "/answers/{path}/{slug}", 2),
        ("index", "/answers/{path}", 1),
        ("blog", "/2024/{path}/{slug}", 2),
        ("index", "/blog/tag/{path}", 1),
        ("blog", "/blog/{slug}", 2),
    ]


def test_pages_that_only_links_name_are_kinds_by_their_word(tmp_path: Path) -> None:
    assert paths(tmp_path, "/answers/a > /products/box", "/answers/b > /go/store") == [
        ("answer", "/answers/{slug}", 2),
        ("index", "/products", 0),
        ("product", "/products/{slug}", 0),
    ]


def test_the_address_is_the_one_that_most_pages_state(tmp_path: Path) -> None:
    stated = [
        "https://www.pine.example/a",
        "https://www.pine.example/b",
        "https://old.example/c",
        "https://localhost/d",
        None,
    ]
    found = address(stated, tmp_path)
    assert found
    assert found.base_url == "https://www.pine.example"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sitemap.xml", "<urlset><url><loc> https://pine.example/a </loc></url></urlset>"),
        ("robots.txt", "User-agent: *\nSitemap: https://pine.example/sitemap.xml\n"),
        ("CNAME", "pine.example\n"),
    ],
)
def test_the_address_may_stand_beside_the_pages(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = address(["https://127.0.0.1/a", "https://[bad", "/permalink"], tmp_path)
    assert found
    assert found.base_url == "https://pine.example"


def test_no_address_is_guessed(tmp_path: Path) -> None:
    assert address(["https://localhost/a"], tmp_path) is None
