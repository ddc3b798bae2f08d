"""What the rules of the LNK and UTM families find beside their examples, and what they leave alone."""

from __future__ import annotations

import pytest

from cta_analytics import config
from cta_analytics.errors import CtaError
from cta_analytics.lint.example import CONTRACT, PRODUCT, STORE, anchor, query
from cta_analytics.lint.run import Choice, lint

KETTLE = "/products/kettle"


@pytest.fixture
def told(tmp_path):
    """What rules say of a link on `/answers/quiet-kettle`: code and message, with the text that they point at."""

    def of(url: str, *select: str, more: str = ""):
        (tmp_path / "cta.toml").write_text(CONTRACT + more, encoding="utf-8")
        for name, text in {"answers/quiet-kettle": anchor(url), "products/kettle": "<p>The kettle.</p>"}.items():
            file = tmp_path / "site" / f"{name}.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        report = lint(config.read(tmp_path / "cta.toml"), [], Choice(select=select, allow_empty=True))
        return [
            (f.code, f.message, f.source[f.source_start : f.source_end] if f.source_start is not None else None)
            for f in report.findings
        ]

    return of


def codes(found: list) -> list[str]:
    return [code for code, _, _ in found]


@pytest.mark.parametrize(
    ("code", "url", "part"),
    [
        ("LNK001", "HTTP://www.amazon.com/dp/B0LARKMR01", "HTTP"),
        ("LNK006", f"{PRODUCT}?keep=a%2520b", "%2520b"),
        ("LNK008", f"{PRODUCT}?&th=1", "&amp;"),
        ("LNK010", f"{PRODUCT}?th=1&gclid=x#a", "gclid=x"),
        ("LNK011", "https://u@10.0.0.1:8080/a", "10.0.0.1:8080"),
        ("LNK013", "/products/none?colour=red#a", "/products/none"),
        ("UTM005", f"{STORE}?{query()}&utm_term=Big%20Sale", "Big%20Sale"),
        ("UTM007", f"{STORE}?{query()}&utm_kind=x", "utm_kind=x"),
        ("UTM009", f"{KETTLE}?a=1&lmsrc=b&utm_source=c", "lmsrc=b"),
        ("UTM010", "https://doi.org/10.1/2?a=1&utm_source=c", "utm_source=c"),
        ("UTM012", "https://tea.example/a/utm_source=b", "utm_source=b"),
        ("UTM013", f"{PRODUCT}?th=1&userid=48213", "48213"),
        ("UTM013", "https://tea.example/?a=1&mail=x%40tea.example", "x%40tea.example"),
        ("UTM014", f"{STORE}?{query()}&utm_term={'a' * 101}", "a" * 101),
        ("UTM016", f"{STORE}?{query('tag')}&tag=maas", f"{query('maas', 'ref_', 'tag')}&tag=maas".replace("&", "&amp;")),
    ],
)  # fmt: skip
def test_a_finding_points_at_the_offending_part(code, url, part, told):
    assert [(found, shown) for found, _, shown in told(url, code)] == [(code, part)]


@pytest.mark.parametrize(
    ("code", "url"),
    [
        # The scheme is that of the page.
        ("LNK001", "//www.amazon.com/dp/B0LARKMR01"),
        ("LNK001", "http://www.larkmoor.example:8080/products/kettle"),
        ("LNK001", "http://help.larkmoor.example/"),
        # A URL within a URL, and others' own business.
        ("LNK006", f"{PRODUCT}?u=https%253A%252F%252Ftea.example%252F"),
        ("LNK006", "https://tea.example/?q=100%2525"),
        ("LNK008", "https://tea.example/?&&a"),
        ("UTM007", "https://tea.example/?utm_kind=x"),
        ("UTM007", "https://tea.example/?utm_campaign=a&utm_campaign-type=b"),
        ("UTM009", "https://tea.example/?utm_source=larkmoor"),
        ("UTM009", "/go/store?utm_content=quiet-kettle"),
        ("UTM010", "https://pubmed.ncbi.nlm.nih.gov/33786041/?term=kettle"),
        ("UTM011", "https://tea.example/?utm_source=a&utm_medium=b"),
        ("UTM012", "https://tea.example/notes/utm_source"),
        ("UTM013", "https://tea.example/@jane"),
        ("UTM014", f"{STORE}?{query()}&long={'a' * 200}"),
        ("UTM016", f"{STORE}?th=1&{query()}"),
        # Which of two counts, nobody knows.
        ("UTM016", f"{STORE}?utm_source=a&tag=maas&tag=maas"),
    ],
)
def test_what_is_meant_is_no_finding(code, url, told):
    redirect = f'[[redirects]]\npath = "/go/store"\ntarget = "{STORE}?{query("utm_content")}"\n'
    assert told(url, code, more=redirect) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        # A misspelled key is why the right one is missing.
        (f"{STORE}?{query('utm_source')}&utm_sorce=larkmoor", ["UTM007"]),
        (f"{STORE}?{query('utm_source')}&utm_kind=larkmoor", ["UTM001", "UTM007"]),
        # What may not be there at all is not also untidy, empty or doubled.
        (f"{KETTLE}?utm_source=A%20B&utm_source=b&utm_medium=&utm_souce=c", ["UTM009"]),
        ("https://doi.org/10.1/2?utm_source=A%20B&utm_term=TODO", ["UTM010"]),
        (f"{STORE}?{query()}&utm_term=jane%40larkmoor.example", ["UTM013"]),
        (f"{STORE}?{query()}&utm_term=TODO", ["UTM015"]),
        # The contract's own value is tidy, whatever it looks like; another one is the contract's matter.
        (f"{STORE}?{query(utm_medium='Content')}", ["UTM004"]),
    ],
)
def test_the_most_specific_rule_alone_speaks(url, expected, told):
    assert codes(told(url)) == expected


def test_the_contract_may_ask_for_what_is_unusual(told):
    policy = (
        '[[ctas]]\nname = "tea"\nmatch = { host = ["tea.example", "doi.org"] }\n'
        'params = { utm_source = "Lark Moor", utm_kind = "banner" }\n'
        '[[ctas]]\nname = "kettle"\nmatch = { kind = "product" }\nparams = { utm_source = "own" }\n'
    )
    for url in ("https://tea.example/", "https://doi.org/10.1"):
        assert told(f"{url}?utm_source=Lark%20Moor&utm_kind=banner", more=policy) == []
    assert told(f"{KETTLE}?utm_source=own", more=policy) == []
    assert codes(told(f"{KETTLE}?utm_source=own&utm_medium=a", more=policy)) == ["UTM009"]


def test_a_redirect_that_loses_the_query_is_told_once(told):
    redirect = (
        f'[[redirects]]\npath = "/go/store"\ntarget = "{STORE}?{query("utm_content", "lmsrc")}"\nkeeps_query = false\n'
    )
    url = "/go/store?utm_content=SLUG&lmsrc=answer&lmsrc=b&x=1"
    assert told(url, "LNK", "UTM", more=redirect) == [
        (
            "LNK003",
            '/go/store redirects without the query: "utm_content", "lmsrc", "x" are lost on the way',
            url.partition("?")[2].replace("&", "&amp;"),
        )
    ]
    # Without parameters nothing is lost; what the target lacks is missing.
    assert codes(told("/go/store", "LNK", "UTM", more=redirect)) == ["UTM001", "UTM001"]


def test_addresses_whose_redirect_loses_the_query_are_listed_by_the_site(told):
    more = '[lint.options.LNK003]\naddresses = ["tea.example/old/*", "larkmoor.example/*"]\n'
    assert codes(told("https://tea.example/old/a?b=1", more=more)) == ["LNK003"]
    assert codes(told("https://larkmoor.example/products/kettle?b=1", more=more)) == ["LNK003"]
    assert told("https://tea.example/new/a?b=1", more=more) == []
    assert told(f"{KETTLE}?b=1", more=more) == []


def test_a_strangers_staging_host_is_a_warning_and_ours_an_error(tmp_path, told):
    for url, severity in (
        ("https://staging.tea.example/", "warning"),
        ("https://staging.larkmoor.example/", "error"),
        ("http://192.168.1.5/", "error"),
        ("https://kettle.test/", "error"),
    ):
        assert codes(told(url, "LNK011")) == ["LNK011"]
        (finding,) = lint(config.read(tmp_path / "cta.toml"), [], Choice(select=("LNK011",), allow_empty=True)).findings
        assert finding.severity == severity


def test_ga4s_channel_is_judged_on_the_hosts_that_report_there(told):
    more = '[lint.options.UTM011]\nhosts = ["*.larkmoor.shop", "larkmoor.shop"]\n'
    url = "https://www.larkmoor.shop/?utm_source=larkmoor&utm_medium="
    assert told(f"{url}content", more=more) == [
        (
            "UTM011",
            "GA4 has no channel for utm_source=larkmoor, utm_medium=content: the visit lands in Unassigned",
            "utm_medium=content",
        )
    ]
    redirect = f'[[redirects]]\npath = "/go/shop"\ntarget = "{url}content"\n'
    assert codes(told("/go/shop", more=more + redirect)) == ["UTM011"]
    # Organic Social, Email and Affiliates by Google's table.
    for medium in ("social", "email", "affiliate"):
        assert told(f"{url}{medium}", more=more) == []


def test_an_alphabet_of_the_site_decides_what_is_tidy(told):
    more = '[lint.options.UTM005]\nalphabet = "a-z_"\n'
    assert codes(told(f"{STORE}?{query()}&utm_term=big-sale", more=more)) == ["UTM005"]
    assert told(f"{STORE}?{query()}&utm_term=big_sale", more=more) == []
    with pytest.raises(CtaError, match=r"\[lint.options.UTM005\] alphabet \"z-a\" is no class of characters"):
        told(f"{STORE}?{query()}", more='[lint.options.UTM005]\nalphabet = "z-a"\n')
