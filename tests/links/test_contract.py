"""The resolver: kinds of links, CTA policies, departures with their codes, slots."""

import tomllib

import pytest

from cta_analytics.config import Contract
from cta_analytics.links.contract import Resolution, Resolver, Stand
from cta_analytics.links.link import Departure
from cta_analytics.pages.page import PageIdentity

OURS = "maas_adg_7C20E94B1D8F4A63B5E07F1928C3D46A_afap_abs"
OWN = "maas_adg_0A1B2C3D4E5F60718293A4B5C6D7E8F9_afap_abs"
FOREIGN = "maas_adg_1F5B8830C6E24D9AA7D41E90B2C7F358_afap_abs"
PAGE_ID = "5D0C7B1E-92F4-4A38-8E61-C3F7A2904B6D"
STORE = f"https://www.amazon.com/stores/Larkmoor/page/{PAGE_ID}"

CONTRACT = f"""
[site]
base_url = "https://www.larkmoor.example"
[[pages]]
kind = "answer"
path = "/answers/{{slug}}"
[[pages]]
kind = "answer"
path = "/{{lang}}/answers/{{slug}}"
[[pages]]
kind = "product"
path = "/products/{{slug}}"
[[pages]]
kind = "blog"
path = "/blog/{{slug}}"
[[redirects]]
path = "/go/store"
target = "{STORE}?maas={OURS}&ref_=aa_maas&tag=maas"
[tags]
maas = ["{OURS}", "{OWN}"]
tracking_id = ["larkmoor-20"]
[tags.by_answer.copper-kettle]
maas = "{OWN}"
"""


def resolver(ctas: str = "") -> Resolver:
    return Resolver(Contract.model_validate(tomllib.loads(CONTRACT + ctas)))


def departures(ctas: str, url: str, path: str = "/answers/quiet-kettle", stand: Stand | None = None) -> list[tuple]:
    one = resolver(ctas)
    found = one.resolve(one.describe(url, path), one.identify(path), stand).departures
    return [(item.code, item.key, item.expected, item.actual) for item in found]


@pytest.mark.parametrize(
    ("href", "kind"),
    [
        ("/answers/tea", "answer"),
        ("https://www.larkmoor.example/answers/tea?x=1#y", "answer"),
        ("https://larkmoor.example/products/kettle.html", "product"),
        ("tea", "answer"),
        ("../products/kettle/", "product"),
        ("/contact", "page"),
        ("https://other.example/answers/tea", "external"),
        ("#lids", "fragment"),
        ("mailto:tea@larkmoor.example", "email"),
        ("tel:+353123", "phone"),
        (STORE, "amazon_store"),
        ("/go/store", "amazon_store"),
        ("https://www.larkmoor.example/go/store/", "amazon_store"),
    ],
)
def test_the_kind_of_a_link(href, kind):
    assert resolver().describe(href, "/answers/quiet-kettle").kind == kind


def test_without_a_base_url_paths_are_internal_and_stay_paths():
    found = Resolver(Contract()).describe("../tea", "/answers/quiet-kettle")
    assert (found.kind, found.path, found.host) == ("page", "/tea", None)


def test_a_redirect_is_described_by_its_target():
    found = resolver().describe("/go/store?utm_source=x", "/")
    assert (found.store.page_id, found.attribution.tag, found.utm.source) == (PAGE_ID, OURS, "x")
    assert found.url == "/go/store?utm_source=x"


def test_a_path_of_no_kind_is_a_page():
    assert resolver().identify("/contact") == PageIdentity("/contact", "page")
    assert resolver().identify("/de/answers/tea").lang == "de"


STORE_CTA = """
[[ctas]]
name = "store"
match = { kind = "amazon_store" }
on = ["answer"]
program = "attribution"
[ctas.params]
"""


@pytest.mark.parametrize(
    ("rule", "query", "expected"),
    [
        # An exact value.
        ('utm_source = "lark"', "utm_source=lark", []),
        ('utm_source = "lark"', "utm_source=Lark", [("UTM004", "utm_source", "lark", "Lark")]),
        ('utm_source = "lark"', "", [("UTM001", "utm_source", "lark", None)]),
        ('utm_source = "lark"', "utm_source=", [("UTM002", "utm_source", "lark", "")]),
        ('utm_source = "a b"', "utm_source=a+b", []),
        # The page.
        ('utm_content = "{slug}"', "utm_content=quiet-kettle", []),
        ('utm_content = "{slug}"', "utm_content=tea", [("UTM008", "utm_content", "quiet-kettle", "tea")]),
        ('utm_content = "{kind}-{slug}"', "utm_content=answer-quiet-kettle", []),
        ('utm_term = "{kind}"', "utm_term=blog", [("UTM004", "utm_term", "answer", "blog")]),
        # A list, a pattern, a list elsewhere.
        ('utm_medium = ["content", "card"]', "utm_medium=card", []),
        ('utm_medium = ["content", "card"]', "utm_medium=x", [("UTM004", "utm_medium", ("content", "card"), "x")]),
        ('utm_id = { pattern = "[a-z]+" }', "utm_id=abc", []),
        ('utm_id = { pattern = "[a-z]+" }', "utm_id=abc1", [("UTM004", "utm_id", "/[a-z]+/", "abc1")]),
    ],
)
def test_a_parameter_rule(rule, query, expected):
    assert departures(STORE_CTA + rule, f"{STORE}?maas={OURS}&{query}") == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"maas={OURS}&ref_=aa_maas&tag=maas", []),
        (
            "",
            [
                ("AMZ001", "maas", (OURS, OWN), None),
                ("UTM001", "ref_", "aa_maas", None),
                ("UTM001", "tag", "maas", None),
            ],
        ),
        (f"maas={FOREIGN}&ref_=aa_maas&tag=maas", [("AMZ014", "maas", (OURS, OWN), FOREIGN)]),
        ("maas=maas_adg_7C2&ref_=aa_maas&tag=maas", [("AMZ002", "maas", (OURS, OWN), "maas_adg_7C2")]),
        (f"maas={OURS}&ref_=sr_1_1&tag=maas", [("AMZ006", "ref_", "aa_maas", "sr_1_1")]),
        (f"maas={OURS}&ref_=aa_maas&tag=larkmoor-20", [("AMZ005", "tag", "maas", "larkmoor-20")]),
    ],
)
def test_program_attribution(query, expected):
    assert departures(STORE_CTA + 'ref_ = "aa_maas"\ntag = "maas"', f"{STORE}?{query}") == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tag=larkmoor-20", []),
        ("", [("AFF001", "tag", "larkmoor-20", None)]),
        ("tag=somebody-20", [("AFF002", "tag", "larkmoor-20", "somebody-20")]),
    ],
)
def test_program_associates(query, expected):
    rule = '[[ctas]]\nname = "tool"\nmatch = { kind = "amazon_product" }\nprogram = "associates"'
    assert departures(rule, f"https://www.amazon.com/dp/B0LARKMR01?{query}", "/blog/tools") == expected


def test_a_tag_that_belongs_to_an_answer():
    rule = STORE_CTA + 'maas = { by_answer = "maas" }'
    assert departures(rule, f"{STORE}?maas={OWN}", "/answers/copper-kettle") == []
    assert departures(rule, f"{STORE}?maas={OURS}", "/answers/copper-kettle") == [("UTM004", "maas", OWN, OURS)]
    assert departures(rule, f"{STORE}?maas={FOREIGN}", "/answers/copper-kettle") == [("AMZ014", "maas", OWN, FOREIGN)]
    # An answer without a tag of its own may carry any of ours.
    assert departures(rule, f"{STORE}?maas={OURS}") == []


def test_marketplace_and_store_page():
    rule = STORE_CTA.replace("[ctas.params]", f'marketplace = "US"\nstore_page = "{PAGE_ID.lower()}"')
    other = "0E1D2C3B-4A59-4687-9576-A4B3C2D1E0F9"
    assert departures(rule, f"{STORE}?maas={OURS}") == []
    assert departures(rule, f"https://www.amazon.de/stores/page/{other}?maas={OURS}") == [
        ("AMZ018", "marketplace", "US", "DE"),
        ("AMZ021", "store_page", PAGE_ID, other),
    ]


def test_language_and_slot_in_a_value():
    rule = STORE_CTA + 'utm_campaign = "{lang}"\nutm_term = "{slot}"'
    stand = Stand("cta", "hero", 1)
    url = f"{STORE}?maas={OURS}&utm_campaign=de&utm_term=hero"
    assert departures(rule, url, "/de/answers/tea", stand) == []
    # Where the page has no language, a value that names it is no rule.
    assert departures(rule, f"{STORE}?maas={OURS}&utm_term=hero", stand=stand) == []


@pytest.mark.parametrize(
    ("match", "stand", "applies"),
    [
        ("{ kind = 'amazon_store' }", Stand(), True),
        ("{ kind = ['amazon_product', 'amazon_store'] }", Stand(), True),
        ("{ kind = 'amazon_product' }", Stand(), False),
        ("{ host = 'amazon.com' }", Stand(), True),
        ("{ host = 'amazon.de' }", Stand(), False),
        ("{ path = '/stores/*' }", Stand(), True),
        (f"{{ store_page = '{PAGE_ID.lower()}' }}", Stand(), True),
        ("{ slot = 'hero*' }", Stand("cta", "hero-1"), True),
        ("{ slot = 'hero*' }", Stand(), False),
        ("{ placement = 'cta' }", Stand("cta"), True),
        ("{ placement = 'cta' }", Stand("inline"), False),
        ("{ placement = 'cta' }", Stand(), False),
    ],
)
def test_what_a_policy_matches(match, stand, applies):
    one = resolver(f'[[ctas]]\nname = "x"\nmatch = {match}')
    found = one.resolve(one.describe(STORE), one.identify("/answers/quiet-kettle"), stand)
    assert (found.cta == "x") is applies


def test_the_first_policy_that_matches_counts_and_exceptions_are_left_out():
    one = resolver(
        '[[ctas]]\nname = "a"\nmatch = { kind = "amazon_store" }\nexcept_paths = ["/answers/old-*"]\n'
        '[[ctas]]\nname = "b"\nmatch = { host = "amazon.com" }\n'
    )
    store = one.describe(STORE)
    assert one.resolve(store, one.identify("/answers/tea")).cta == "a"
    assert one.resolve(store, one.identify("/answers/old-tea")).cta == "b"


@pytest.mark.parametrize(
    ("href", "stand", "slot"),
    [
        (STORE, Stand("cta", "hero", 2), "hero"),
        (STORE, Stand("cta", None, 2), f"store:{PAGE_ID}:2"),
        ("https://www.amazon.com/dp/B0LARKMR01?x=1", Stand(), "amazon_product:B0LARKMR01:1"),
        ("/products/kettle?x=1", Stand(), "product:/products/kettle:1"),
        ("https://study.example/1?x#y", Stand(), "external:study.example/1:1"),
        ("#lids", Stand(), "fragment:#lids:1"),
    ],
)
def test_the_name_of_a_place(href, stand, slot):
    one = resolver(STORE_CTA)
    assert one.resolve(one.describe(href, "/"), one.identify("/answers/tea"), stand).slot == slot


def test_a_link_without_policy_departs_from_nothing():
    one = resolver(STORE_CTA + 'utm_source = "x"')
    assert one.resolve(one.describe(STORE), one.identify("/blog/tools")) == Resolution(
        None, f"amazon_store:{PAGE_ID}:1"
    )


def test_a_departure_is_json_with_four_names():
    assert Departure("UTM004", "k", ("a", "b"), "c").as_json() == {
        "code": "UTM004", "key": "k", "expected": ["a", "b"], "actual": "c",
    }  # fmt: skip
