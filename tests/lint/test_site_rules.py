"""The rules that look at the whole site: missing pages, and values that differ a little."""

from __future__ import annotations

import pytest

from cta_analytics import config
from cta_analytics.lint.example import CONTRACT, STORE, query
from cta_analytics.lint.run import Choice, lint


@pytest.fixture
def told(tmp_path):
    """What one rule says of a site, by page."""

    def of(code: str, pages: dict[str, str], more: str = "", contract: str = CONTRACT, files: tuple[str, ...] = ()):
        (tmp_path / "cta.toml").write_text(contract + more, encoding="utf-8")
        for name, text in {**pages, **dict.fromkeys(files, "x")}.items():
            file = tmp_path / "site" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        report = lint(config.read(tmp_path / "cta.toml"), [], Choice(select=(code,)))
        return [(finding.page, finding.message) for finding in report.findings]

    return of


def link(*urls: str) -> str:
    return "".join(f'<p><a href="{url.replace("&", "&amp;")}">a</a></p>' for url in urls)


@pytest.mark.parametrize(
    "url",
    [
        "/answers/tea", "/answers/tea/", "/answers/tea.html", "/answers/tea/index.html", "tea", "./tea?a=1#b",
        "//www.larkmoor.example/answers/tea", "https://larkmoor.example/answers/tea", "/", "/answers/t%C3%A9", "/answers/té",
        "/moved-here", "/answers/kettle", "#top", "", "mailto:a@larkmoor.example", "tel:+3531234567", "svelte:head", "javascript:void(0)",
        "/manual.pdf", "/feed.xml", "/LICENSE", "/go/shop", "/go/store", "/cdn-cgi/l/email-protection",
        "https://tea.example/nothing", "https://shop.larkmoor.example/nothing",
    ],
)  # fmt: skip
def test_what_is_there_or_is_no_page_is_not_missing(url, told):
    pages = {
        "answers/kettle.html": link(url),
        "answers/tea.html": "<p>Tea.</p>",
        "answers/té.html": "<p>Thé.</p>",
        "drafts/1.html": '<link rel="canonical" href="https://www.larkmoor.example/moved-here"><p>Moved.</p>',
    }
    redirect = f'[[redirects]]\npath = "/go/store"\ntarget = "{STORE}"\n'
    assert told("LNK013", pages, redirect, files=("LICENSE",)) == []


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("/answers/tee", "no page of the site is at /answers/tee; is /answers/tea meant?"),
        ("/blog/tea#a", "no page of the site is at /blog/tea; is /answers/tea meant?"),
        ("https://larkmoor.example/a.html?b", "no page of the site is at /a"),
        ("/caf%C3%A9", "no page of the site is at /café"),
        ("tea.ie/mint", "no page of the site is at /answers/tea.ie/mint; is https://tea.ie/mint meant?"),
        ("old.html/mint", "no page of the site is at /answers/old.html/mint"),
    ],
)
def test_what_is_not_there_is_told_with_the_page_that_is_near(url, says, told):
    pages = {"answers/kettle.html": link(url), "answers/tea.html": "<p>Tea.</p>"}
    assert told("LNK013", pages) == [("/answers/kettle", says)]


def test_a_page_that_the_source_leaves_out_is_there(told):
    pages = {"a.html": link("/drafts/b", "/drafts/c", "/drafts/d"), "drafts/b.html": "<p>x</p>", "drafts/c.md": "x"}
    contract = CONTRACT.replace('root = "site"', 'root = "site"\nexclude = ["drafts/*"]')
    assert [page for page, _ in told("LNK013", pages, contract=contract)] == ["/a"]


def test_a_form_action_is_no_missing_page(told):
    assert told("LNK013", {"a.html": '<form action="/subscribe"><a href="/subscribe/now">a</a></form>'}) == []


def test_each_link_to_a_missing_page_is_told(told):
    pages = {"a.html": link("/b", "/b"), "c.html": link("/b")}
    assert [page for page, _ in told("LNK013", pages)] == ["/a", "/a", "/c"]


def test_a_section_that_is_not_in_the_sources_is_not_judged(told):
    elsewhere = link(*(f"/products/{number}" for number in range(5)))
    pages = {f"answers/{number}.html": "<p>x</p>" for number in range(9)} | {"answers/a.html": elsewhere}
    assert told("LNK013", pages) == []
    assert len(told("LNK013", pages | {"products/9.html": "<p>x</p>"})) == 5


def test_an_excerpt_of_a_site_is_not_judged(told):
    assert told("LNK013", {"answers/a.html": link("/answers/b", "/answers/c", "/answers/d", "/about", "/legal")}) == []
    assert len(told("LNK013", {"answers/a.html": link("/answers/b", "/answers/c", "/about")})) == 3


def test_a_path_that_something_else_answers_is_listed_by_the_site(told):
    pages = {"a.html": link("/cart", "/checkout/pay")}
    assert len(told("LNK013", pages)) == 2
    assert told("LNK013", pages, '[lint.options.LNK013]\nserved_elsewhere = ["/cart", "/checkout/*"]\n') == []


SITES = """
[[sites]]
name = "shop"
base_url = "https://www.larkmoor.example"
[[sites]]
name = "help"
base_url = "https://help.larkmoor.example"
[[sites]]
name = "club"
base_url = "https://club.larkmoor.example"
[[sources]]
root = "site/shop"
site = "shop"
[[sources]]
root = "site/help"
site = "help"
"""


def test_pages_of_another_site_are_there_and_those_of_a_site_that_was_not_read_are_not_judged(told):
    pages = {
        "shop/a.html": link("https://help.larkmoor.example/b", "https://club.larkmoor.example/c", "/b", "/a"),
        "help/b.html": link("https://www.larkmoor.example/a", "/a", "/b"),
    }
    assert told("LNK013", pages, contract=SITES) == [
        ("/a", "no page of the site is at /b"),
        ("/b", "no page of the site is at /a"),
    ]


OUT = "https://tea.example/"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["email", "email", "e-mail"], ['"utm_source" is "e-mail" here and "email" in 2 other links']),
        # Of two that are as frequent, the first.
        (["321strong", "321-strong"], ['"utm_source" is "321-strong" here and "321strong" in another link']),
        (["e_mail", "email", "email", "e.mail"], [
            '"utm_source" is "e_mail" here and "email" in 2 other links',
            '"utm_source" is "e.mail" here and "email" in 2 other links',
        ]),
        (["email", "emails"], []),
        # Digits are numbers: between them a mark is no matter of taste.
        (["2026-1", "202-61", "20261"], []),
        # UTM005 has told of these.
        (["Email", "email", "email"], []),
    ],
)  # fmt: skip
def test_a_value_is_compared_with_those_that_differ_a_little(values, expected, told):
    pages = {"a.html": link(*(f"{OUT}?utm_source={value}" for value in values))}
    assert [message for _, message in told("UTM006", pages)] == expected


def test_values_of_different_keys_internal_links_and_slugs_are_not_compared(told):
    pages = {
        "answers/tea-pot.html": link(
            f"{OUT}?utm_source=teapot",
            f"{OUT}?utm_medium=tea-pot",
            "/?utm_source=tea-pot",
            f"{OUT}?utm_content=tea-pot",
        ),
        "answers/teapot.html": link(f"{OUT}?utm_content=teapot"),
    }
    assert told("UTM006", pages) == []


def test_own_source_keys_are_compared_and_what_the_contract_settles_is_not(told):
    pages = {"a.html": link(f"{OUT}?lmsrc=side-bar", f"{OUT}?lmsrc=sidebar")}
    assert told("UTM006", pages) == [("/a", '"lmsrc" is "sidebar" here and "side-bar" in another link')]
    pages = {"a.html": link(OUT), "answers/tea.html": link(*(
        f"{STORE}?{query(utm_content='tea', utm_source=value)}" for value in ("larkmoor", "lark-moor")
    ))}  # fmt: skip
    assert told("UTM006", pages) == []
