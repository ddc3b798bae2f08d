"""The AFF rules that say the href that would be right: written into the page, it is right."""

from html import escape

import pytest

from cta_analytics import config
from cta_analytics.links.contract import Resolver
from cta_analytics.links.extract import scan
from cta_analytics.lint import by_code
from cta_analytics.lint.example import CONTRACT, PRODUCT, associates
from cta_analytics.lint.finding import Report
from cta_analytics.lint.rule import Context, Hit
from cta_analytics.lint.run import Choice, lint

REPAIRING = [rule for rule in by_code().values() if rule.code.startswith("AFF") and rule.fix != "none"]


@pytest.fixture
def site(tmp_path):
    return _Site(tmp_path)


class _Site:
    def __init__(self, folder) -> None:
        self.folder = folder

    def write(self, path: str, text: str, contract: str = "") -> None:
        (self.folder / "cta.toml").write_text(CONTRACT + contract, encoding="utf-8")
        self.file = self.folder / "site" / f"{path.strip('/')}.html"
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(text, encoding="utf-8")

    def hits(self, rule) -> list[Hit]:
        project = config.read(self.folder / "cta.toml")
        context = Context(project.contract, Resolver(project.contract))
        return [hit for link in scan(project, []).links for hit in rule.link(link, context)]

    def repair(self, hits: list[Hit]) -> None:
        data = self.file.read_bytes()
        for hit in reversed(hits):
            if hit.repair is not None and hit.link is not None:
                data = data[: hit.link.href_start] + escape(hit.repair).encode() + data[hit.link.href_end :]
        self.file.write_bytes(data)

    def linted(self) -> Report:
        return lint(config.read(self.folder / "cta.toml"), [], Choice())


@pytest.mark.parametrize("rule", REPAIRING, ids=lambda rule: rule.code)
def test_a_repaired_link_is_not_found_again(rule, site):
    repaired = 0
    for example in rule.bad:
        site.write(example.path, example.text, example.contract)
        hits = site.hits(rule)
        if not any(hit.repair for hit in hits):
            continue
        repaired += 1
        site.repair(hits)
        assert [finding.code for finding in site.linted().findings] == []
    assert repaired


@pytest.mark.parametrize(
    ("code", "query", "repaired"),
    [
        ("AFF001", "", "?tag=larkmoor-20"),
        ("AFF001", "?tag=&psc=1#a", "?tag=larkmoor-20&psc=1#a"),
        ("AFF001", "?psc=1&tag", "?psc=1&tag=larkmoor-20"),
        ("AFF014", "?tag=larkmoor-%2020", "?tag=larkmoor-20"),
        ("AFF014", "?psc=1&tag=+larkmoor-20%09#a", "?psc=1&tag=larkmoor-20#a"),
        ("AFF014", "?AssociateTag=lark%20moor-20", "?AssociateTag=larkmoor-20"),
        ("AFF014", "?tag=larkmoor", None),
        ("AFF014", "?tag=&tag=larkmoor-%2020", None),
    ],
)
def test_a_repair_changes_the_tag_alone(site, code, query, repaired):
    site.write("/blog/kettles", associates(PRODUCT + query))
    (hit,) = site.hits(by_code()[code])
    assert hit.repair == (PRODUCT + repaired if repaired is not None else None)
    assert hit.safety == "safe"


@pytest.mark.parametrize("rule", ['["a-20", "b-20"]', '{ pattern = "lark.*-20" }'])
def test_a_tag_that_several_would_do_for_is_not_chosen(site, rule):
    other = '[[ctas]]\nname = "other"\nmatch = { kind = "amazon_other" }\nprogram = "associates"\n'
    site.write(
        "/blog/kettles", associates("https://www.amazon.com/gp/bestsellers"), f"{other}params = {{ tag = {rule} }}"
    )
    (hit,) = site.hits(by_code()["AFF001"])
    assert hit.repair is None
