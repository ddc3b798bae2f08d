"""What a rule says would be right: with it the link no longer raises the rule, and all else stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from cta_analytics import config
from cta_analytics.links.contract import Resolver
from cta_analytics.links.extract import page_of
from cta_analytics.links.files import select
from cta_analytics.lint import by_code
from cta_analytics.lint.example import CONTRACT, STORE, TAG, anchor, cta, query
from cta_analytics.lint.rule import Context, Example, Hit, Rule
from cta_analytics.lint.run import Choice, lint

FAMILIES = ("LNK", "UTM")
"""The rules whose repairs are checked here."""


def site_of(folder: Path, example: Example) -> config.Project:
    (folder / "cta.toml").write_text(CONTRACT + example.contract, encoding="utf-8")
    for path, text in ((example.path, example.text), *example.others):
        file = folder / "site" / f"{path.strip('/')}{example.suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return config.read(folder / "cta.toml")


def hits_of(rule: Rule, project: config.Project) -> list[Hit]:
    """What the check of a link rule says, before other rules silence it."""
    resolver = Resolver(project.contract)
    options = {option.name: option.default for option in rule.options}
    context = Context(project.contract, resolver, options | project.contract.lint.options.get(rule.code, {}))
    links = [link for file in select(project, []).files for link in page_of(file, resolver, project)[1]]
    return [hit for link in links for hit in rule.link(link, context)]


def rewrite(project: config.Project, hit: Hit) -> None:
    """The file of a hit with the href that would be right, as its language writes it."""
    file = project.root / hit.link.file
    text = hit.repair if hit.link.syntax != "html" else hit.repair.replace("&", "&amp;")
    content = file.read_bytes()
    file.write_bytes(content[: hit.link.href_start] + text.encode() + content[hit.link.href_end :])


def repaired(rule: Rule, project: config.Project) -> int:
    """Repairs as long as there is something to repair; how often that was."""
    for done in range(20):
        hit = next((hit for hit in hits_of(rule, project) if hit.repair is not None), None)
        if hit is None:
            return done
        assert hit.repair != hit.link.href
        rewrite(project, hit)
    raise AssertionError(f"{rule.code}: repairs without end")


def bad_examples() -> list:
    return [
        pytest.param(rule, example, id=f"{rule.code}-{number}")
        for rule in by_code().values()
        if rule.fix != "none" and rule.code.startswith(FAMILIES)
        for number, example in enumerate(rule.bad)
    ]


@pytest.mark.parametrize(("rule", "example"), bad_examples())
def test_a_bad_example_is_repaired_and_then_good(rule, example, tmp_path):
    project = site_of(tmp_path, example)
    safeties = {hit.safety for hit in hits_of(rule, project) if hit.repair is not None}
    assert safeties == {"unsafe" if rule.fix == "unsafe" else "safe"}
    assert repaired(rule, project) >= 1
    choice = Choice(select=(rule.code,), allow_empty=True) if rule.off else Choice(allow_empty=True)
    assert [finding.code for finding in lint(project, [], choice).findings] == []


def test_a_rule_without_a_fix_has_no_repair(tmp_path):
    for rule in by_code().values():
        if rule.fix == "none" and rule.link and rule.code.startswith(FAMILIES):
            for number, example in enumerate(rule.bad):
                folder = tmp_path / f"{rule.code}-{number}"
                folder.mkdir()
                assert {hit.repair for hit in hits_of(rule, site_of(folder, example))} == {None}


def hrefs(code: str, tmp_path: Path, url: str, contract: str = "", path: str = "/answers/quiet-kettle") -> list:
    """What the rule says would be right for a link."""
    project = site_of(tmp_path, Example(anchor(url), path=path, contract=contract))
    return [hit.repair for hit in hits_of(by_code()[code], project)]


@pytest.mark.parametrize(
    ("code", "url", "right"),
    [
        ("LNK004", f"{STORE}?a=%41&amp;amp;b=x+y&&c#d?e", f"{STORE}?a=%41&b=x+y&&c#d?e"),
        ("LNK005", f"{STORE}?a=1?b=2&amp;c=3&&", f"{STORE}?a=1&b=2&amp;c=3&&"),
        ("LNK007", f"{STORE}?&a=1#top?utm_source=b", f"{STORE}?&a=1&utm_source=b#top"),
        ("LNK012", f"{STORE}?UTM_Source=a%20b&&x", f"{STORE}?utm_source=a%20b&&x"),
        ("LNK014", "www.amazon.com/dp/B0LARKMR01?a=1&&b", "https://www.amazon.com/dp/B0LARKMR01?a=1&&b"),
        # Which of the two values is meant, nobody knows.
        ("LNK012", f"{STORE}?UTM_Source=a&utm_source=b", None),
        ("LNK004", f"{STORE}?a=1&amp;utm_source=a&utm_source=b", None),
    ],
)
def test_one_fault_of_shape_is_repaired_and_no_other(code, url, right, tmp_path):
    assert hrefs(code, tmp_path, url) == [right]


@pytest.mark.parametrize(
    ("code", "url", "right"),
    [
        ("LNK009", f"{STORE}?{query()}&th=1&&th=1#x", f"{STORE}?{query()}&th=1&#x"),
        ("LNK009", f"{STORE}?{query()}&th=1&psc=1&th=2", None),
        ("UTM003", f"{STORE}?{query()}&utm_source=%6Carkmoor", f"{STORE}?{query()}"),
        # The contract says which of two values is right, also where both are wrong.
        ("UTM003", f"{STORE}?{query(utm_source='a')}&utm_source=larkmoor", f"{STORE}?{query()}"),
        ("UTM003", f"{STORE}?{query()}&utm_term=a&utm_term=b", None),
        ("UTM002", f"{STORE}?{query(utm_source='')}", f"{STORE}?{query()}"),
        ("UTM002", f"{STORE}?{query()}&utm_term", f"{STORE}?{query()}"),
        ("UTM008", f"{STORE}?{query(utm_content='copper')}", f"{STORE}?{query()}"),
        ("UTM015", f"{STORE}?{query(utm_content='SLUG')}", f"{STORE}?{query()}"),
        ("UTM015", f"{STORE}?{query()}&utm_term=TODO", None),
        ("UTM001", f"{STORE}?{query('utm_source')}#a", f"{STORE}?{query('utm_source')}&utm_source=larkmoor#a"),
    ],
)
def test_parameters_are_repaired_where_the_right_answer_is_certain(code, url, right, tmp_path):
    assert hrefs(code, tmp_path, url) == [right]


@pytest.mark.parametrize(
    ("code", "url", "right"),
    [
        ("LNK001", "HTTP://www.amazon.com/dp/B0LARKMR01?a=%41", "HTTPs://www.amazon.com/dp/B0LARKMR01?a=%41"),
        ("LNK006", f"{STORE}?a=%2520b&c=%25&d=1%2541#%2520", f"{STORE}?a=%20b&c=%25&d=1%41#%2520"),
        ("LNK008", f"{STORE}?&a=%41&&b=?#c", f"{STORE}?a=%41&b=#c"),
        ("LNK008", f"{STORE}?#c", f"{STORE}#c"),
        ("LNK010", f"{STORE}?gclid=1&a=%41&&gclid=2", f"{STORE}?a=%41&"),
        ("UTM005", f"{STORE}?{query()}&utm_term=%20Big++Sale%21", f"{STORE}?{query()}&utm_term=big-sale"),
        ("UTM005", f"{STORE}?{query()}&utm_term=caf%C3%A9", None),
        ("UTM007", f"{STORE}?a=1&utm-source=b&&c", f"{STORE}?a=1&utm_source=b&&c"),
        ("UTM007", f"{STORE}?utm_kind=b", None),
        ("UTM009", "/products/kettle?utm_source=a&b=%41&&lmsrc=c#d", "/products/kettle?b=%41&#d"),
        ("UTM009", "/products/kettle?utm_source=a#d", "/products/kettle#d"),
        ("UTM010", "https://doi.org/10.1/2?utm_id=1&a", "https://doi.org/10.1/2?a"),
        ("UTM012", "https://tea.example/utm_source=a&b=1?c=2#d", "https://tea.example/?utm_source=a&b=1&c=2#d"),
        ("UTM012", "https://tea.example/a&utm_source=b", "https://tea.example/a?utm_source=b"),
        ("UTM012", "https://tea.example/a%3Futm_source%3Db%26utm_medium%3Dc", "https://tea.example/a?utm_source=b&utm_medium=c"),
        ("UTM016", f"{STORE}?th=1&{query('maas')}&&maas={TAG}", f"{STORE}?th=1&{query().rpartition('&')[0]}&&{query().rpartition('&')[2]}"),
    ],
)  # fmt: skip
def test_other_repairs_leave_all_else_as_it_is(code, url, right, tmp_path):
    # One repair takes out all that the rule finds.
    found = hrefs(code, tmp_path, url)
    assert found == [right] * max(len(found), 1)


@pytest.mark.parametrize(
    ("rule", "actual", "right"),
    [
        ('["spring", "summer"]', "Spring", "spring"),
        ('["spring-26", "summer-26"]', "springg-26", "spring-26"),
        ('["spring", "summer"]', "winter", None),
        # Both are near.
        ('["campaign-a", "campaign-b"]', "campaign-c", None),
        ('{ pattern = "[a-z]+" }', "A1", None),
    ],
)
def test_of_several_values_the_only_near_one_is_right(rule, actual, right, tmp_path):
    contract = f'[[ctas]]\nname = "tea"\nmatch = {{ host = "tea.example" }}\nparams = {{ utm_campaign = {rule} }}\n'
    expected = f"https://tea.example/?utm_campaign={right}" if right else None
    assert hrefs("UTM004", tmp_path, f"https://tea.example/?utm_campaign={actual}", contract) == [expected]


REDIRECT = f"""
[[redirects]]
path = "/go/store"
target = "{STORE}?maas={TAG}&ref_=aa_maas&tag=maas&lmsrc=answer&utm_source=lark"
"""


def test_a_redirect_gets_what_is_missing_but_not_what_its_target_says_otherwise(tmp_path):
    given = "utm_medium=content&utm_content=quiet-kettle"
    assert hrefs("UTM001", tmp_path, "/go/store?utm_medium=content", REDIRECT) == [f"/go/store?{given}"]
    assert hrefs("UTM004", tmp_path, f"/go/store?{given}", REDIRECT) == [None]
    lossy = f"{REDIRECT}keeps_query = false\n"
    assert hrefs("UTM001", tmp_path, "/go/store?utm_medium=content", lossy) == [None]


def test_a_repair_in_markdown_is_written_without_escapes(tmp_path):
    text = f"[Shop Larkmoor]({STORE}?{query('utm_source')})"
    project = site_of(tmp_path, Example(text, suffix=".md"))
    assert repaired(by_code()["UTM001"], project) == 1
    page = (tmp_path / "site/answers/quiet-kettle.md").read_text(encoding="utf-8")
    assert page == f"[Shop Larkmoor]({STORE}?{query('utm_source')}&utm_source=larkmoor)"


def test_a_repaired_cta_is_the_correct_one(tmp_path):
    project = site_of(tmp_path, Example(cta("utm_content", utm_source="Larkmoor")))
    for code in ("UTM001", "UTM004"):
        assert repaired(by_code()[code], project) == 1
    assert (tmp_path / "site/answers/quiet-kettle.html").read_text(encoding="utf-8") == cta()
