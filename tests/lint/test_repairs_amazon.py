"""The repairs of the Amazon and page rules: a page that is rewritten with them is found no fault with any more."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest

from cta_analytics import config
from cta_analytics.links.contract import Resolver
from cta_analytics.links.extract import scan
from cta_analytics.lint import by_code
from cta_analytics.lint.example import API_TAG_IS_OURS, CONTRACT, OTHER_TAG, PRODUCT, STORE, TAG, anchor, cta, query
from cta_analytics.lint.rule import Context, Example, Hit, Rule
from cta_analytics.lint.run import Choice, lint

RULES = [rule for rule in by_code().values() if rule.code.startswith(("AMZ", "PAG"))]
COMPANIONS = "ref_=aa_maas&tag=maas"


@dataclass
class Site:
    """A small site in a folder."""

    folder: Path

    def write(self, example: Example) -> None:
        (self.folder / "cta.toml").write_text(CONTRACT + example.contract, encoding="utf-8")
        for path, text in ((example.path, example.text), *example.others):
            file = self.folder / "site" / f"{path.strip('/')}{example.suffix}"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    @property
    def project(self) -> config.Project:
        return config.read(self.folder / "cta.toml")

    def hits(self, rule: Rule) -> list[Hit]:
        project = self.project
        found = scan(project, [])
        options = {option.name: option.default for option in rule.options}
        options |= project.contract.lint.options.get(rule.code, {})
        context = Context(project.contract, Resolver(project.contract), options)
        hits = [hit for link in found.links if rule.link for hit in rule.link(link, context)]
        for page in found.pages:
            if rule.page:
                hits += rule.page(page, [link for link in found.links if link.page == page.path], context)
        if rule.site:
            hits += rule.site(found.pages, [link for link in found.links if rule.needs(link)], context)
        return hits

    def repair(self, hit: Hit) -> None:
        place = hit.link or hit.stated
        assert place is not None
        assert hit.repair is not None
        file = self.folder / place.file
        data = file.read_bytes()
        assert data[place.href_start : place.href_end].decode() == place.raw
        written = escape(hit.repair).encode()
        file.write_bytes(data[: place.href_start] + written + data[place.href_end :])

    def codes(self) -> list[str]:
        return [finding.code for finding in lint(self.project, [], Choice(allow_empty=True)).findings]


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


@pytest.fixture
def repairs(site):
    """The hrefs that a rule would write in place of those of an example, with their safety."""

    def of(code: str, example: Example) -> list[tuple[str | None, str]]:
        site.write(example)
        return [(hit.repair, hit.safety) for hit in site.hits(by_code()[code])]

    return of


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        pytest.param(rule, example, id=f"{rule.code}-{number}")
        for rule in RULES
        if rule.fix != "none"
        for number, example in enumerate(rule.bad)
    ],
)
def test_a_repaired_page_no_longer_has_the_fault(rule, example, site):
    site.write(example)
    repaired = 0
    for _ in range(5):
        hit = next((hit for hit in site.hits(rule) if hit.repair is not None), None)
        if hit is None:
            break
        site.repair(hit)
        repaired += 1
    assert repaired
    assert rule.code not in site.codes()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_only_a_rule_that_says_so_repairs(rule, site):
    for example in rule.bad:
        site.write(example)
        repairs = [hit for hit in site.hits(rule) if hit.repair is not None]
        assert bool(repairs) == (rule.fix != "none")
        if rule.fix == "unsafe":
            assert {hit.safety for hit in repairs} == {"unsafe"}


@pytest.mark.parametrize(
    ("code", "example", "expected"),
    [
        # A tag is three parameters; what is there of it stays where it is.
        ("AMZ001", Example(cta("maas", "tag")), f"{STORE}?{query('maas', 'tag')}&maas={TAG}&tag=maas"),
        ("AMZ001", Example(cta(maas="")), f"{STORE}?{query()}"),
        # Where the link was copied, nobody needs to know beside a tag.
        ("AMZ001", Example(cta("maas", ref_="ast_bln")), f"{STORE}?{query('maas')}&maas={TAG}"),
        # A tag of Associates would make it two programs.
        ("AMZ001", Example(cta("maas", tag="larkmoor-20")), None),
        # Nobody says which of our tags is meant.
        ("AMZ001", Example(anchor(f"{PRODUCT}?{COMPANIONS}")), None),
        ("AMZ003", Example(cta(th="1").replace("&amp;th=1", f"&amp;th=1&amp;maas={TAG}")), f"{STORE}?{query(th='1')}"),
        ("AMZ003", Example(anchor(f"{STORE}?{query()}&maas={OTHER_TAG}")), None),
        ("AMZ004", Example(anchor(f"{PRODUCT}?maas={TAG}&th=1#x")), f"{PRODUCT}?maas={TAG}&th=1&{COMPANIONS}#x"),
        ("AMZ004", Example(anchor(f"{PRODUCT}?maas={TAG}&ref_=&tag=maas")), f"{PRODUCT}?maas={TAG}&{COMPANIONS}"),
        ("AMZ006", Example(cta(ref_="sr_1_3")), f"{STORE}?{query()}"),
        ("AMZ014", Example(cta(maas=OTHER_TAG)), f"{STORE}?{query()}"),
        ("AMZ016", Example(anchor(f"{PRODUCT}?channel=x#y")), f"{PRODUCT}#y"),
        ("AMZ021", Example(anchor(f"https://www.amazon.com/stores/Larkmoor?{query()}")), f"{STORE}?{query()}"),
        (
            "AMZ021",
            Example(anchor(f"https://www.amazon.com/stores/node/8121?{query()}")),
            f"https://www.amazon.com/stores/page/{STORE.rpartition('/')[2]}?{query()}",
        ),
    ],
)
def test_the_right_href_is_known(repairs, code, example, expected):
    ((found, _),) = repairs(code, example)
    assert found == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        (f"{PRODUCT}/ref=sr_1_3?crid=2K&keywords=kettle&th=1&psc=1", [(f"{PRODUCT}?th=1&psc=1", "safe")]),
        (f"{PRODUCT}/ref=sr_1_3?_encoding=UTF8", [(PRODUCT, "safe")]),
        (f"{PRODUCT}/262-3877129-1714269?qid=1#reviews", [(f"{PRODUCT}#reviews", "safe")]),
        (
            f"{PRODUCT}?m=A1&smid=A2&language=en&ie=UTF8&sr=8-1",
            [(f"{PRODUCT}?m=A1&smid=A2&language=en&ie=UTF8", "safe")],
        ),
        # What may change the page goes only where somebody asks for it, and then all goes.
        (
            f"{PRODUCT}?visitId=6a&ingress=0&th=1",
            [(f"{PRODUCT}?ingress=0&th=1", "safe"), (f"{PRODUCT}?th=1", "unsafe")],
        ),
        (f"{PRODUCT}?rnid=1&th=1", [(f"{PRODUCT}?th=1", "unsafe")]),
    ],
)
def test_a_visit_is_taken_out_of_a_link(repairs, href, expected):
    assert repairs("AMZ007", Example(anchor(href))) == expected


def test_a_key_that_is_kept_or_asked_for_is_no_leftover(repairs):
    kept = '\n[lint.options.AMZ007]\nkeep = ["ingress", "visitId"]\n'
    assert repairs("AMZ007", Example(cta(ingress="0", visitId="6a"), contract=kept)) == []
    asked = '\n[[ctas]]\nname = "p"\nmatch = { kind = "amazon_product" }\non = ["answer"]\n[ctas.params]\nref_ = "lm"\n'
    assert repairs("AMZ007", Example(anchor(f"{PRODUCT}?ref_=lm"), contract=asked)) == []


def test_of_several_tags_none_is_certain(repairs):
    assert repairs("AMZ014", Example(anchor(f"{PRODUCT}?maas={OTHER_TAG}"), contract=API_TAG_IS_OURS)) == [
        (None, "unsafe")
    ]


def test_where_no_policy_is_about_a_link_its_tag_is_changed_on_demand_only(repairs):
    example = Example(anchor(f"{PRODUCT}?maas={OTHER_TAG}&{COMPANIONS}"))
    assert repairs("AMZ014", example) == [(f"{PRODUCT}?maas={TAG}&{COMPANIONS}", "unsafe")]


def test_a_redirect_is_repaired_where_it_is_configured(repairs):
    redirect = f'\n[[redirects]]\npath = "/go/store"\ntarget = "{STORE}?{query("maas", "utm_content")}"\n'
    assert repairs("AMZ001", Example(anchor("/go/store?utm_content=quiet-kettle"), contract=redirect)) == [
        (None, "safe")
    ]


def test_a_canonical_address_is_repaired_in_its_element(site):
    address = "https://www.larkmoor.example/answers/quiet-kettle"
    text = f"<head>\n<LINK\n href='{address}?page=2&amp;utm_source=a&amp;lmsrc=b#c' rel=\"x Canonical\">\n</head>"
    site.write(Example(text))
    (hit,) = site.hits(by_code()["PAG003"])
    assert hit.repair == f"{address}?page=2#c"
    (finding,) = lint(site.project, [], Choice(allow_empty=True)).findings
    assert (finding.code, finding.line, finding.column, finding.end_column) == ("PAG003", 3, 69, 81)
    site.repair(hit)
    assert (site.folder / "site/answers/quiet-kettle.html").read_text() == text.replace(
        "&amp;utm_source=a&amp;lmsrc=b", ""
    )


def test_an_address_in_a_sitemap_is_repaired_there(site):
    page = Example("<p>Ours.</p>", others=(("/answers/tea", "<p>Ours.</p>"),))
    site.write(page)
    contract = (site.folder / "cta.toml").read_text().replace('root = "site"', 'root = "site/sitemap.xml"')
    (site.folder / "cta.toml").write_text(contract)
    start = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    base = "https://www.larkmoor.example/answers"
    listed = [
        f"<url><loc>{base}/quiet-kettle?utm_source=a&amp;utm_medium=b</loc></url>",
        f"<url><loc> <![CDATA[{base}/tea?x=1&utm_source=a]]> </loc></url>",
        f"<url><loc>{base}/tea</loc></url>",
    ]
    sitemap = site.folder / "site/sitemap.xml"
    sitemap.write_text("\n".join((start, *listed, "</urlset>")))
    findings = lint(site.project, [], Choice(allow_empty=True)).findings
    places = [(one.code, one.file, one.line, one.page) for one in findings]
    assert places == [
        ("PAG003", "site/sitemap.xml", 2, "/answers/quiet-kettle"),
        ("PAG003", "site/sitemap.xml", 3, "/answers/tea"),
    ]
    hits = site.hits(by_code()["PAG003"])
    assert [(hit.repair, hit.stated.syntax) for hit in hits] == [
        (f"{base}/quiet-kettle", "html"),
        (f"{base}/tea?x=1", "plain"),
    ]
    # The last first, so that the places before it hold.
    for hit in reversed(hits):
        site.repair(hit)
    assert site.codes() == []


def test_an_address_in_a_packed_sitemap_is_told_and_not_repaired(site):
    site.write(Example("<p>Ours.</p>"))
    url = "https://www.larkmoor.example/answers/quiet-kettle?utm_source=a"
    packed = site.folder / "site/sitemap.xml.gz"
    packed.write_bytes(gzip.compress(f"<urlset><url><loc>{url}</loc></url></urlset>".encode()))
    report = lint(site.project, [str(packed)])
    assert [(one.code, one.file, one.line, one.column) for one in report.findings] == [
        ("PAG003", "site/sitemap.xml.gz", 1, 1)
    ]
