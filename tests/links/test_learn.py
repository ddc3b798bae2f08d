"""A contract learned from a site: small sites written for each case, and the sample site."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from cta_analytics.config import Contract, CtaPolicy, Project, read
from cta_analytics.errors import CtaError
from cta_analytics.links.contract import Resolver
from cta_analytics.links.extract import scan
from cta_analytics.links.learn.site import Learned, learn
from cta_analytics.lint.run import lint

SAMPLE = Path(__file__).parents[2] / "sample_data"
STORE = "https://www.amazon.com/stores/Pine/page/0D8A2E61-7C35-4F09-B1AE-5C93D2E7F604"
PRODUCT = "https://www.amazon.com/dp/B0PINEBOX1"
OURS = "maas_adg_11112222333344445555666677778888_afap_abs"
SLUGS = ("how-to-oil-pine", "is-pine-soft", "why-does-pine-yellow", "can-pine-get-wet", "what-glue-for-pine")

Write = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def site(tmp_path: Path) -> Write:
    def write(pages: Mapping[str, str]) -> Path:
        for name, text in pages.items():
            file = tmp_path / "site" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path / "site"

    return write


def tagged(slug: str, target: str = STORE, **params: str) -> str:
    given = {"maas": OURS, "ref_": "aa_maas", "tag": "maas", "src": "answer-cta", "utm_content": slug} | params
    return target + "?" + "&amp;".join(f"{key}={value}" for key, value in given.items() if value)


def page(*hrefs: str, slot: str = "") -> str:
    links = "".join(f'<p><a href="{href}"{slot and f" data-cta-slot={slot}"}>Shop</a></p>' for href in hrefs)
    return f"<h1>Pine</h1><p>Some words about pine and what it is good for in a house.</p>{links}"


def answers(**instead: str) -> dict[str, str]:
    """Five answers with their CTA; `instead` replaces the page of a slug (`_` for `-`)."""
    pages = {slug: page(tagged(slug)) for slug in SLUGS}
    pages |= {slug.replace("_", "-"): text for slug, text in instead.items()}
    return {f"answers/{slug}.html": text for slug, text in pages.items()}


def learned(root: Path, known: str | None = None) -> Learned:
    return learn(str(root), root.parent, known)


def policy(found: Learned, name: str = "amazon-store") -> CtaPolicy:
    return next(one for one in found.contract.ctas if one.name == name)


def params(found: Learned, name: str = "amazon-store") -> dict[str, Any]:
    return policy(found, name).model_dump()["params"]


def kinds(found: Learned) -> list[tuple[str, str]]:
    return [(kind.kind, kind.path) for kind in found.contract.pages]


def differing(found: Learned) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (Path(one.file).name, one.reason, tuple(departure.key for departure in one.departures))
        for one in found.differing
    ]


def test_a_uniform_site_gives_its_rule_and_nothing_differs(site: Write) -> None:
    found = learned(site(answers()))
    assert kinds(found) == [("answer", "/answers/{slug}")]
    assert policy(found).model_dump(exclude_defaults=True) == {
        "name": "amazon-store",
        "match": {"kind": "amazon_store"},
        "on": ["answer"],
        "program": "attribution",
        "min_per_page": 1,
        "marketplace": "US",
        "store_page": "0D8A2E61-7C35-4F09-B1AE-5C93D2E7F604",
        "params": {
            "maas": {"one_of": "tags.maas"},
            "ref_": "aa_maas",
            "tag": "maas",
            "src": "answer-cta",
            "utm_content": "{slug}",
        },
    }
    assert found.contract.tags.maas == [OURS]
    assert found.contract.tags.by_answer == {}
    assert (found.differing, found.unsure) == ((), ())


@pytest.mark.parametrize(
    ("slug", "wrong", "expected"),
    [
        ("is_pine_soft", page(tagged("how-to-oil-pine")), ("copied-from-page", ("utm_content",))),
        ("is_pine_soft", page(tagged("is-pine-sofd")), ("typo", ("utm_content",))),
        ("is_pine_soft", page(tagged("forgotten-page-about-oak")), ("unknown-slug", ("utm_content",))),
        ("is_pine_soft", page(tagged("is-pine-soft", src="answr-cta")), ("typo", ("src",))),
        ("is_pine_soft", page(tagged("is-pine-soft", src="", scr="answer-cta")), ("incomplete", ("src",))),
        ("is_pine_soft", page(tagged("", utm_contnt="is-pine-soft")), ("typo", ("utm_content",))),
        ("is_pine_soft", page(tagged("is-pine-soft", src="")), ("incomplete", ("src",))),
        ("is_pine_soft", page(tagged("is-pine-soft", maas=OURS.replace("4445", "4454"))), ("typo", ("maas",))),
        ("is_pine_soft", page(tagged("is-pine-soft", maas="maas_adg_" + "F0" * 16 + "_afap_abs")),
         ("foreign-tag", ("maas",))),
        ("is_pine_soft", page(tagged("is-pine-soft").replace("0D8A2E61", "99999999")),
         ("other-store-page", ("store_page",))),
        ("is_pine_soft", page(tagged("is-pine-soft").replace("amazon.com", "amazon.de")),
         ("other-marketplace", ("marketplace",))),
        ("is_pine_soft", page(STORE), ("untagged", ("maas", "ref_", "tag", "src", "utm_content"))),
        ("is_pine_soft", page(f"{STORE}/ref=sr_1_2?crid=X&amp;sprefix=pine&amp;qid=1"),
         ("copied-from-search", ("maas", "ref_", "tag", "src", "utm_content"))),
        ("is_pine_soft", page(f"{STORE}?visitId=1&amp;ingress=0"),
         ("copied-from-browser", ("maas", "ref_", "tag", "src", "utm_content"))),
        ("is_pine_soft", page(tagged("is-pine-soft") + "&amp;visitId=7"), ("copied-from-browser", ())),
        ("is_pine_soft", page(tagged("is-pine-soft").replace("https:", "http:")), ("faulty-url", ())),
        ("is_pine_soft", page(), ("missing-cta", ())),
    ],
)  # fmt: skip
def test_the_one_link_that_differs_is_named_with_its_reason(
    site: Write, slug: str, wrong: str, expected: tuple[str, tuple[str, ...]]
) -> None:
    found = learned(site(answers(**{slug: wrong})))
    assert differing(found) == [("is-pine-soft.html", *expected)]
    assert params(found) == params(learned(site(answers()))), "one mistake changes no rule"


def test_a_missing_link_is_no_wrong_link(site: Write) -> None:
    found = learned(site(answers(is_pine_soft=page(STORE.replace("https://", "")))))
    assert [(file, reason) for file, reason, _ in differing(found)] == [("is-pine-soft.html", "untagged")]


def test_two_links_that_disagree_prove_no_rule(site: Write) -> None:
    pages = answers()
    first, second = list(pages)[:2]
    found = learned(site({first: page(tagged(SLUGS[0], src="one")), second: page(tagged(SLUGS[1], src="two"))}))
    assert "src" not in params(found)
    assert params(found)["utm_content"] == "{slug}"
    assert found.differing == ()


def test_few_values_are_a_list_and_many_are_free(site: Write) -> None:
    pages = {
        f"answers/{slug}-{number}.html": page(
            tagged(f"{slug}-{number}", utm_medium="abc"[number % 3], utm_campaign=f"run{slug[:2]}{number * 7}")
        )
        for number in range(4)
        for slug in SLUGS
    }
    found = learned(site(pages))
    assert sorted(params(found)["utm_medium"]) == ["a", "b", "c"]
    assert params(found)["utm_campaign"] == {"pattern": ".+"}
    assert found.differing == ()


def test_a_value_may_hold_the_slug_among_other_words(site: Write) -> None:
    found = learned(site({f"answers/{slug}.html": page(tagged(f"pine_{slug}_2026")) for slug in SLUGS}))
    assert params(found)["utm_content"] == "pine_{slug}_2026"


def test_braces_on_the_site_are_no_placeholder_of_the_contract(site: Write) -> None:
    found = learned(site({f"answers/{slug}.html": page(tagged(slug, src="%7Bslug%7D")) for slug in SLUGS}))
    assert params(found)["src"] == {"pattern": r"\{slug\}"}


def test_a_value_that_follows_the_placement_splits_the_policy(site: Write) -> None:
    def both(slug: str) -> str:
        inline = f'<p>See what <a href="{tagged(slug, src="inline")}">we sell there</a> and read on about pine.</p>'
        return page(tagged(slug)) + inline

    found = learned(site({f"answers/{slug}.html": both(slug) for slug in SLUGS}))
    sources = {(one.name, one.match.placement): one.model_dump()["params"]["src"] for one in found.contract.ctas}
    assert sources == {("amazon-store-inline", "inline"): "inline", ("amazon-store", None): "answer-cta"}
    assert found.differing == ()


def test_a_value_that_is_the_slot_is_bound_to_it(site: Write) -> None:
    pages = {
        f"answers/{slug}.html": page(tagged(slug, src="top"), slot="top") + page(tagged(slug, src="end"), slot="end")
        for slug in SLUGS
    }
    assert params(learned(site(pages)))["src"] == "{slot}"


def test_a_tag_of_each_answer_is_that_answers_own(site: Write) -> None:
    def own(number: int) -> str:
        return f"maas_adg_{number:032X}_afap_abs"

    found = learned(site({f"answers/{s}.html": page(tagged(s, maas=own(n * 77))) for n, s in enumerate(SLUGS, 1)}))
    assert params(found)["maas"] == {"by_answer": "maas"}
    assert {slug: tags.maas for slug, tags in found.contract.tags.by_answer.items()} == {
        slug: own(number * 77) for number, slug in enumerate(SLUGS, 1)
    }
    assert (found.differing, found.unsure) == ((), ())


def test_a_tag_that_two_links_of_an_answer_share_is_its_own_also_among_shared_ones(site: Write) -> None:
    own = "maas_adg_" + "AB" * 16 + "_afap_abs"
    twice = page(tagged("is-pine-soft", maas=own), tagged("is-pine-soft", maas=own))
    found = learned(site(answers(is_pine_soft=twice)))
    assert params(found)["maas"] == {"one_of": "tags.maas"}
    assert {slug: tags.maas for slug, tags in found.contract.tags.by_answer.items()} == {"is-pine-soft": own}
    assert found.differing == ()


def test_tags_of_several_single_links_are_kept_and_said_to_be_unsure(site: Write) -> None:
    one, other = (f"maas_adg_{part * 16}_afap_abs" for part in ("AB", "CD"))
    found = learned(
        site(
            answers(
                is_pine_soft=page(tagged("is-pine-soft", maas=one)),
                can_pine_get_wet=page(tagged("can-pine-get-wet", maas=other)),
            )
        )
    )
    assert {tag.tag for tag in found.unsure} == {one, other}
    assert set(found.contract.tags.by_answer) == {"is-pine-soft", "can-pine-get-wet"}
    assert found.differing == ()


def test_a_list_of_our_tags_settles_what_is_foreign(site: Write) -> None:
    one, other = (f"maas_adg_{part * 16}_afap_abs" for part in ("AB", "CD"))
    root = site(
        answers(
            is_pine_soft=page(tagged("is-pine-soft", maas=one)),
            can_pine_get_wet=page(tagged("can-pine-get-wet", maas=other)),
        )
    )
    found = learned(root, f"shared;{OURS}\nsoft;{one}\nlonger;{other}x\n")
    assert found.contract.tags.maas == [OURS, one]
    assert differing(found) == [("can-pine-get-wet.html", "foreign-tag", ("maas",))]
    assert found.unsure == ()


def test_amazons_own_advertising_tag_is_never_ours(site: Write) -> None:
    pages = {f"blog/{slug}.html": page(f"{PRODUCT}?tag=googshopuk-21") for slug in SLUGS}
    assert learned(site(pages)).contract.tags.tracking_id == []


def test_the_accounts_first_tracking_id_belongs_to_no_answer(site: Write) -> None:
    found = learned(
        site({"blog/one.html": page(f"{PRODUCT}?tag=pine-20"), "blog/two.html": page(f"{PRODUCT}?tag=pinegifts-20")})
    )
    assert found.contract.tags.tracking_id == ["pine-20", "pinegifts-20"]
    assert {slug: tags.tracking_id for slug, tags in found.contract.tags.by_answer.items()} == {"two": "pinegifts-20"}


def test_two_programs_are_told_apart_by_their_products(site: Write) -> None:
    def both(slug: str) -> str:
        return page(tagged(slug, PRODUCT), "https://www.amazon.com/dp/B0OTHERGLU?tag=pine-20")

    found = learned(site({f"answers/{slug}.html": both(slug) for slug in SLUGS}))
    assert [(one.program, one.match.asin, one.min_per_page) for one in found.contract.ctas] == [
        ("attribution", "B0PINEBOX1", 1),
        ("associates", None, 1),
    ]
    assert found.differing == ()


def test_what_all_pages_have_around_them_is_a_policy_of_its_own(site: Write) -> None:
    footer = f'<footer><a href="{tagged("", src="footer")}">Shop</a></footer>'
    found = learned(site({name: text + footer for name, text in answers().items()}))
    assert [(one.on, one.match.placement, params(found, one.name)["src"]) for one in found.contract.ctas] == [
        ([], "footer", "footer"),
        (["answer"], None, "answer-cta"),
    ]
    assert found.differing == ()


def test_a_group_of_copied_links_has_the_rules_of_the_same_products_elsewhere(site: Write) -> None:
    names = ("box", "shelf", "stool", "bench")
    asins = {name: f"B0PINE{number:04d}" for number, name in enumerate(names)}
    products = {
        f"products/{name}.html": page(tagged(name, f"https://www.amazon.com/dp/{asin}", src="product"))
        for name, asin in asins.items()
    }
    posts = {f"blog/{slug}.html": page("https://www.amazon.com/dp/B0OTHERGLU?tag=pine-20") for slug in SLUGS}
    pasted = page(
        tagged("is-pine-soft"), f"https://www.amazon.com/dp/{asins['box']}/ref=sr_1_1?keywords=pine&amp;qid=1"
    )
    found = learned(site(answers(is_pine_soft=pasted) | products | posts))
    assert differing(found) == [
        ("is-pine-soft.html", "copied-from-search", ("maas", "ref_", "tag", "src", "utm_content"))
    ]
    assert policy(found, "amazon-product-on-answer").min_per_page == 0


def test_links_without_any_tag_are_drafted_and_said_to_earn_nothing(site: Write) -> None:
    found = learned(site({f"answers/{slug}.html": page(PRODUCT) for slug in SLUGS}))
    assert policy(found, "amazon-product").model_dump(exclude_defaults=True) == {
        "name": "amazon-product",
        "match": {"kind": "amazon_product"},
        "on": ["answer"],
        "min_per_page": 1,
        "marketplace": "US",
    }
    assert "# They carry no tag: what they sell is in nobody's report.\n" in found.text


def test_another_network_is_a_policy_with_its_host(site: Write) -> None:
    def link(slug: str) -> str:
        return f"https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=77&amp;clickref={slug}&amp;ued=https%3A%2F%2Fx.example%2F{slug}"

    found = learned(site({f"answers/{slug}.html": page(link(slug)) for slug in SLUGS}))
    assert found.contract.ctas[0].match.model_dump(exclude_none=True) == {"kind": "affiliate", "host": "awin1.com"}
    learned_params = params(found, found.contract.ctas[0].name)
    assert (learned_params["awinaffid"], learned_params["clickref"]) == ("77", "{slug}")


def test_one_page_alone_gives_a_contract(site: Write) -> None:
    found = learned(
        site({"page.md": f"**URL:** https://localhost/answers/is-pine-soft\n\n[Shop]({STORE}?tag=pine-20)\n"})
    )
    assert ("answer", "/answers/{slug}") in kinds(found)
    assert found.contract.tags.tracking_id == ["pine-20"]
    assert found.contract.tags.by_answer == {}, "one page shows nothing about other pages"
    assert found.contract.site
    assert found.contract.site.base_url is None, "where a page was exported is not where the site is"


def test_texts_of_the_site_cannot_break_the_file(site: Write) -> None:
    nasty = 'a"]\\ \u2028\n[ctas] # \x01 é 🪵'
    text = f'<h1>x</h1><p><a href="{STORE}?tag=pine-20&amp;s%22rc=%22%5C%0A%7F%C3%A9">{nasty}</a></p>'
    found = learned(site({'answers/o"dd\\.html': text, "answers/b.html": text}))
    assert Contract.model_validate(tomllib.loads(found.text)) == found.contract
    assert params(found)['s"rc'] == '"\\\n\x7fé'


def test_a_site_that_links_nowhere_to_buy_is_an_error(site: Write) -> None:
    with pytest.raises(CtaError, match=r"no link to Amazon .* \(pages read: 1\); name the folder"):
        learned(site({"a.html": '<a href="https://example.org/">x</a>'}))


@pytest.fixture(scope="module")
def sample() -> Learned:
    return learn(str(SAMPLE / "site"), SAMPLE)


@pytest.fixture(scope="module")
def planted() -> dict[str, tuple[str, int]]:
    truth = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))["planted"]
    names = {
        "copied_utm_content": "copied-from-page",
        "pasted_link": "copied-from-search",
        "foreign_tag": "foreign-tag",
    }
    return {reason: (truth[name]["file"], truth[name]["line"]) for name, reason in names.items()} | {
        "missing-cta": (truth["no_cta"]["file"], 1)
    }


def test_the_samples_planted_faults_are_named_and_no_others(
    sample: Learned, planted: dict[str, tuple[str, int]]
) -> None:
    unsure = {(one.file, one.line) for one in sample.unsure}
    named = {one.reason: (one.file, one.line) for one in sample.differing}
    assert len(named) == len(sample.differing)
    # A tag on one link is foreign or that answer's own; where several are, pages do not tell, and so it says.
    assert named.items() <= planted.items()
    assert planted.items() - named.items() <= {("foreign-tag", planted["foreign-tag"])}
    assert set(planted.values()) <= set(named.values()) | unsure


def test_with_the_list_of_its_tags_exactly_the_samples_planted_faults_are_named(
    planted: dict[str, tuple[str, int]],
) -> None:
    known = learn(str(SAMPLE / "site"), SAMPLE, (SAMPLE / "cta.toml").read_text(encoding="utf-8"))
    assert {one.reason: (one.file, one.line) for one in known.differing} == planted
    assert len(known.differing) == len(planted)
    assert known.unsure == ()


def test_the_samples_page_kinds_are_recovered(sample: Learned) -> None:
    by_hand = read(SAMPLE / "cta.toml").contract
    assert sorted(kinds(sample)) == sorted((kind.kind, kind.path) for kind in by_hand.pages)
    assert sample.contract.site
    assert by_hand.site
    assert (sample.contract.site.base_url, sample.contract.site.lang) == (by_hand.site.base_url, by_hand.site.lang)
    assert sample.contract.sources == by_hand.sources


def test_the_sample_is_judged_by_the_learned_contract_as_by_its_own() -> None:
    """Every link falls under a policy of the same program, and departs in the same things."""
    own = read(SAMPLE / "cta.toml").contract
    known = learn(str(SAMPLE / "site"), SAMPLE, (SAMPLE / "cta.toml").read_text(encoding="utf-8")).contract
    assert set(known.tags.maas) == set(own.tags.maas)
    assert set(known.tags.channel) == set(own.tags.channel)
    assert set(known.tags.tracking_id) == set(own.tags.tracking_id)
    assert {slug: tags.model_copy(update={"ad_group": None}) for slug, tags in own.tags.by_answer.items()} == (
        known.tags.by_answer
    )
    stores = {one.store_page for one in own.ctas if one.store_page}
    assert {one.store_page for one in known.ctas if one.store_page} == stores
    # What pages cannot tell: a redirect's target.
    drafted = Project(contract=known, root=SAMPLE, file=None)
    by_hand = Project(contract=own.model_copy(update={"redirects": []}), root=SAMPLE, file=None)

    def judged(project: Project) -> list[tuple[Any, ...]]:
        programs = {one.name: one.program for one in project.contract.ctas}
        return [
            (
                link.file,
                link.line,
                link.column,
                programs.get(link.cta or ""),
                {(d.code, d.key) for d in link.departures},
            )
            for link in scan(project, []).links
        ]

    # The contract leaves these two to the tag; all links of the site carry them, so the learned one asks for them.
    implied = {("UTM001", "ref_"), ("UTM001", "tag")}
    drafted_links = [(*rest, codes - implied) for *rest, codes in judged(drafted)]
    assert drafted_links == [(*rest, codes - implied) for *rest, codes in judged(by_hand)]


def test_lint_by_the_samples_learned_contract_finds_exactly_what_was_listed() -> None:
    known = learn(str(SAMPLE / "site"), SAMPLE, (SAMPLE / "cta.toml").read_text(encoding="utf-8"))
    report = lint(Project(contract=known.contract, root=SAMPLE, file=None), [])
    found = {(finding.file, finding.line) for finding in report.findings if finding.severity != "info"}
    assert found == {(one.file, one.line) for one in known.differing}


def test_each_policy_resolves_the_links_that_it_was_learned_from(site: Write) -> None:
    root = site(answers())
    found = learned(root)
    resolver = Resolver(found.contract)
    inventory = scan(Project(contract=found.contract, root=root.parent, file=None), [])
    assert {link.cta for link in inventory.links} == {"amazon-store"}
    assert resolver.identify("/answers/is-pine-soft").answer == "is-pine-soft"
