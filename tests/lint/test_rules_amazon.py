"""The Amazon and page rules beyond their examples: what they weigh, whom they leave alone, who speaks."""

from __future__ import annotations

import pytest

from cta_analytics import config
from cta_analytics.lint.example import API_TAG, API_TAG_IS_OURS, CONTRACT, PRODUCT, STORE, TAG, query
from cta_analytics.lint.run import Choice, lint

PAGE = "answers/quiet-kettle.html"
TAGGED = f"maas={TAG}&ref_=aa_maas&tag=maas"


@pytest.fixture
def found(tmp_path):
    """Code, severity and page of what is found on a site of these pages, of `AMZ` and `PAG` and what is named."""

    def of(
        pages: dict[str, str],
        contract: str = "",
        paths: tuple[str, ...] = (),
        also: tuple[str, ...] = (),
        **choice: object,
    ) -> list[tuple[str, str, str]]:
        (tmp_path / "cta.toml").write_text(CONTRACT + contract, encoding="utf-8")
        for name, text in pages.items():
            file = tmp_path / "site" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        report = lint(
            config.read(tmp_path / "cta.toml"),
            [str(tmp_path / "site" / path) for path in paths],
            Choice(select=("AMZ", "PAG", *also), **choice),
        )
        return [(one.code, one.severity, one.page) for one in report.findings]

    return of


def link(href: str, text: str = "the kettle", more: str = "") -> str:
    return f'<p><a {more} href="{href.replace("&", "&amp;")}">{text}</a></p>'


PLACED = """
[[ctas]]
name = "button"
match = { kind = "amazon_product", slot = "buy*" }
on = ["product"]
program = "attribution"
"""


@pytest.mark.parametrize(
    ("page", "href", "more", "severity"),
    [
        # A policy for the Store holds on answers, one for products on blogs, none on others.
        (PAGE, "https://amzn.to/4kE7tLe", "", "error"),
        ("blog/kettles.html", "https://a.co/d/5hQz1Xy", "", "error"),
        ("about.html", "https://amzn.to/4kE7tLe", "", "warning"),
        # Only in its slot.
        ("products/kettle.html", "https://amzn.to/4kE7tLe", 'data-cta-slot="buy-now"', "error"),
        ("products/kettle.html", "https://amzn.to/4kE7tLe", 'data-cta-slot="see-also"', "warning"),
        # Where a third party's leads, nobody knows.
        (PAGE, "https://bit.ly/3xYz", "", "warning"),
        (PAGE, "https://geni.us/kettle", "", "warning"),
    ],
)
def test_a_short_link_weighs_more_where_a_cta_is_expected(found, page, href, more, severity):
    assert [one[:2] for one in found({page: link(href, more=more)}, PLACED)] == [("AMZ009", severity)]


def test_a_short_link_that_a_policy_is_about_is_an_error(found):
    policy = '\n[[ctas]]\nname = "short"\nmatch = { kind = "short" }\n'
    assert [one[:2] for one in found({"about.html": link("https://bit.ly/3xYz")}, policy)] == [("AMZ009", "error")]


def test_a_lowered_weight_holds_for_the_milder_findings_of_a_rule(found):
    pages = {PAGE: link("https://amzn.to/4kE7tLe"), "about.html": link("https://bit.ly/3xYz")}
    for level in ("info", "warning", "error"):
        severities = {one[2]: one[1] for one in found(pages, severity={"AMZ009": level})}
        assert severities == {
            "/answers/quiet-kettle": level,
            "/about": "info" if level == "info" else "warning",
        }


def test_a_host_that_is_allowed_is_neither_short_nor_a_look_alike(found):
    allow = '\n[lint.options.AMZ009]\nallow = ["bit.ly"]\n[lint.options.AMZ020]\nallow = ["*.amazon-deals.com", "amazon-deals.com"]\n'
    pages = {PAGE: link("https://bit.ly/3xYz") + link("https://www.amazon-deals.com/x")}
    assert found(pages, allow) == []
    assert [one[0] for one in found(pages)] == ["AMZ009", "AMZ020"]


def test_a_tag_of_a_single_answer_is_ours(found):
    href = f"{PRODUCT}?maas={API_TAG}&ref_=aa_maas&tag=maas&aa_campaignid=a&aa_adgroupid=b&aa_creativeid=c"
    assert found({"products/kettle.html": link(href)}, API_TAG_IS_OURS) == []
    assert [one[0] for one in found({"products/kettle.html": link(href)})] == ["AMZ014"]


def test_an_attribution_tag_on_a_foreign_page_is_not_our_matter(found):
    assert found({PAGE: link(f"https://www.example.com/kettles?maas={API_TAG}&ref_=aa_maas")}) == []


def test_a_tag_of_another_answer_is_known_and_the_wrong_one(found):
    contract = CONTRACT_BY_ANSWER
    pages = {
        "products/kettle.html": link(f"{PRODUCT}?maas={API_TAG}&ref_=aa_maas&tag=maas", more='data-cta-slot="buy"')
    }
    codes = [one[0] for one in found(pages, contract, also=("UTM004",))]
    assert codes == ["AMZ022", "UTM004"]


CONTRACT_BY_ANSWER = f"""
{API_TAG_IS_OURS}
[tags.by_answer.kettle]
maas = "{TAG}"
{PLACED}
[ctas.params]
maas = {{ by_answer = "maas" }}
"""

OWN_CHANNELS = """
[tags.by_answer.kettles]
channel = "kettles"
[tags.by_answer.teapots]
channel = "teapots"
[[ctas]]
name = "by-channel"
match = { kind = "amazon_store" }
on = ["blog"]
[ctas.params]
channel = { by_answer = "channel" }
"""
TWICE = {"blog/kettles.html": link(f"{STORE}?channel=kettles"), "blog/teapots.html": link(f"{STORE}?channel=kettles")}


def test_a_reused_channel_speaks_before_the_value_where_the_whole_site_was_read(found):
    assert found(TWICE, OWN_CHANNELS, also=("UTM004",)) == [("AMZ017", "warning", "/blog/teapots")]
    one = ("UTM004", "error", "/blog/teapots")
    assert found(TWICE, OWN_CHANNELS, paths=("blog/teapots.html",), also=("UTM004",)) == [one]
    assert found(TWICE, OWN_CHANNELS, also=("UTM004",), ignore=("AMZ017",)) == [one]


def test_answers_without_a_channel_of_their_own_must_not_share_one(found):
    contract = OWN_CHANNELS.replace("[tags.by_answer.kettles]", "[tags.by_answer.mugs]").replace(
        "[tags.by_answer.teapots]", "[tags.by_answer.cups]"
    )
    pages = {name: text.replace("=kettles", "=shop") for name, text in TWICE.items()}
    assert found(pages, contract) == [("AMZ017", "warning", "/blog/teapots")]
    # Where the contract lets them share one, they may.
    shared = contract.replace('{ by_answer = "channel" }', '"shop"')
    assert found(pages, shared) == []


def test_answers_of_a_pool_share_their_source_tag_and_nobody_else_may(found):
    pooled = OWN_CHANNELS.replace('channel = "teapots"', 'channel = "kettles"')
    assert found(TWICE, pooled, also=("UTM004",)) == []
    third = TWICE | {"blog/mugs.html": link(f"{STORE}?channel=kettles")}
    assert found(third, pooled) == [("AMZ017", "warning", "/blog/mugs")]


def test_one_answer_in_two_languages_has_one_channel(found):
    contract = '\n[[pages]]\nkind = "blog"\npath = "/{lang}/blog/{slug}"\n' + OWN_CHANNELS
    text = link(f"{STORE}?channel=kettles")
    assert found({"blog/kettles.html": text, "de/blog/kettles.html": text}, contract) == []


def test_an_api_tag_serves_one_page_however_it_is_written(found):
    ids = f"maas={API_TAG}&ref_=aa_maas&tag=maas&aa_campaignid=a&aa_adgroupid=b&aa_creativeid=c"
    same = {
        PAGE: link(f"{PRODUCT}?{ids}"),
        "products/kettle.html": link(f"https://www.amazon.com/-/en/Larkmoor-Kettle/dp/B0LARKMR01?{ids}"),
    }
    assert found(same, API_TAG_IS_OURS) == []
    other = same | {"products/teapot.html": link(f"https://www.amazon.de/dp/B0LARKMR01?{ids}")}
    assert found(other, API_TAG_IS_OURS) == [("AMZ012", "error", "/products/teapot")]
    # A page of our own that ads lead to carries the ids of its visitor's click.
    own = same | {"products/teapot.html": link(f"https://lp.example/kettle?{ids}")}
    assert found(own, f'{API_TAG_IS_OURS}[[ctas]]\nname = "lp"\nmatch = {{ host = "lp.example" }}\n') == []
    # A part of the site says nothing about the rest.
    assert found(other, API_TAG_IS_OURS, paths=(PAGE, "products/teapot.html")) == []


ASKED = """
[[ctas]]
name = "closing"
match = { kind = "amazon_store", placement = "cta" }
on = ["answer"]
min_per_page = 1
"""


@pytest.mark.parametrize(
    ("href", "severity"),
    [
        ("{{ store_url }}", "info"),
        ("javascript:window.open(shop())", "info"),
        ("javascript:void(0)", "error"),
        ("javascript:;", "error"),
        ("javascript:history.back()", "error"),
        ("/about", "error"),
    ],
)
def test_a_cta_that_may_stand_behind_a_computed_link_is_not_missing_for_certain(found, href, severity):
    assert found({PAGE: link(href, "Shop Larkmoor on Amazon")}, ASKED) == [
        ("PAG001", severity, "/answers/quiet-kettle")
    ]


def test_a_computed_link_elsewhere_is_not_the_cta(found):
    page = (
        f"<nav>{link('{{ menu_url }}')}</nav><p>Which kettle is the quietest one of all? Ours, by three decibels.</p>"
    )
    assert found({PAGE: page}, ASKED) == [("PAG001", "error", "/answers/quiet-kettle")]


def test_a_page_of_another_site_needs_no_cta_of_this_one(tmp_path):
    (tmp_path / "cta.toml").write_text(
        """
[[sites]]
name = "en"
base_url = "https://en.larkmoor.example"
[[sites]]
name = "de"
base_url = "https://de.larkmoor.example"
[[sources]]
root = "en"
site = "en"
[[sources]]
root = "de"
site = "de"
[[pages]]
kind = "answer"
path = "/answers/{slug}"
[[ctas]]
name = "store"
match = { kind = "amazon_store" }
min_per_page = 1
site = "en"
"""
    )
    for site in ("en", "de"):
        (tmp_path / site / "answers").mkdir(parents=True)
        (tmp_path / site / "answers" / "tea.html").write_text("<p>Tea.</p>")
    report = lint(config.read(tmp_path / "cta.toml"), [], Choice(select=("PAG",)))
    assert [(one.code, one.file) for one in report.findings] == [("PAG001", "en/answers/tea.html")]


def test_a_source_key_may_be_the_id_of_a_cta(found):
    page = link(f"{STORE}?{query()}") + link(f"{PRODUCT}?lmsrc=answer")
    assert found({PAGE: page}) == []
    assert found({PAGE: page}, '\n[lint.options.PAG002]\nkeys = ["lmsrc"]\n') == [
        ("PAG002", "warning", "/answers/quiet-kettle")
    ]


def test_one_slug_may_stand_in_two_languages_and_kinds(found):
    contract = '\n[[pages]]\nkind = "answer"\npath = "/{lang}/answers/{slug}"\n'
    pages = dict.fromkeys(("answers/tea.html", "de/answers/tea.html", "blog/tea.html"), "<p>Ours.</p>")
    assert found(pages, contract) == []
    pages["blog/tea/index.html"] = "<p>Ours.</p>"
    assert found(pages, contract) == [("PAG005", "error", "/blog/tea")]
    # As its author wrote it.
    assert found(pages | {"answers/tea.md": "Ours."}, contract) == [("PAG005", "error", "/blog/tea")]
    assert found(pages, contract + '\n[lint.options.PAG005]\nkinds = ["answer"]\n') == []


def test_a_canonical_address_without_source_parameters_is_fine(found):
    for address in ("?page=2", "?utm=1", "#utm_source=x", ""):
        head = f'<head><link rel="canonical" href="https://www.larkmoor.example/answers/quiet-kettle{address}"></head>'
        assert found({PAGE: head}) == []
    # Of another relation it is no address of the page.
    assert found({PAGE: '<head><link rel="alternate" href="/answers/quiet-kettle?utm_source=x"></head>'}) == []


def test_a_canonical_address_in_markdown_is_found_where_it_stands(found):
    page = 'Ours.\n\n<link rel="canonical" href="https://www.larkmoor.example/answers/tea?utm_source=x">\n'
    assert found({"answers/tea.md": page}) == [("PAG003", "error", "/answers/tea")]
