"""What a URL is by itself: Amazon's pages, short links, links of the own site, and what is no URL."""

from __future__ import annotations

from typing import Any

import pytest

from cta_analytics.urls import KINDS, Store, Utm, computed, describe, load

PAGE = "032D49F7-CEC1-4EDB-B1E4-684E7AB0001C"
GROUP = "F4D5512AD692C30138B6764655B5DC4E"
TAG = f"maas_adg_{GROUP}_afap_abs"
STORE = (
    f"https://www.amazon.com/stores/321STRONG/page/{PAGE}?maas={TAG}&ref_=aa_maas&tag=maas"
    "&321src=answer-cta&utm_source=321strong&utm_medium=content&utm_content=is-it-healthy-to-foam-roll-your-back"
)
ASIN = "B0ABCDEFGH"


def test_the_store_link_of_an_answer_is_taken_apart() -> None:
    assert describe(STORE).as_json() == {
        "url": STORE,
        "canonical": f"https://www.amazon.com/stores/page/{PAGE}",
        "kind": "amazon_store",
        "network": "amazon",
        "program": "attribution",
        "marketplace": "US",
        "host": "www.amazon.com",
        "store": {"brand": "321STRONG", "page_id": PAGE},
        "asin": None,
        "attribution": {"tag": TAG, "level": "adgroup", "id": GROUP},
        "tracking_id": None,
        "sub_tag": None,
        "channel": None,
        "utm": {
            "source": "321strong",
            "medium": "content",
            "campaign": None,
            "term": None,
            "content": "is-it-healthy-to-foam-roll-your-back",
            "id": None,
        },
        "params": [
            ["maas", TAG],
            ["ref_", "aa_maas"],
            ["tag", "maas"],
            ["321src", "answer-cta"],
            ["utm_source", "321strong"],
            ["utm_medium", "content"],
            ["utm_content", "is-it-healthy-to-foam-roll-your-back"],
        ],
        "ga4_channel": "Unassigned",
        "stripped_by": ["clearurls", "dandelionsprout", "adguard", "ublock", "brave_copy"],
        "problems": [],
    }
    found = describe(STORE)
    assert (found.currency, found.fragment, found.repaired, len(found.url)) == ("USD", None, None, 266)
    assert (found.store, found.attribution and found.attribution.kind) == (Store("321STRONG", PAGE), "console")


@pytest.mark.parametrize(
    ("path", "store"),
    [
        (f"/stores/page/{PAGE}", Store(None, PAGE)),
        (f"/stores/page/{PAGE.lower()}/", Store(None, PAGE)),
        (f"/stores/page/{PAGE}/ref=ast_bln", Store(None, PAGE)),
        (f"/stores/Some+Brand/page/{PAGE}", Store("Some Brand", PAGE)),
        (f"/stores/M%C3%BCller/Rollers/page/{PAGE}", Store("Müller", PAGE, "Rollers")),
        (f"/-/en/stores/page/{PAGE}", Store(None, PAGE)),
        ("/stores/node/1234567", Store(None, None, None, "1234567")),
        ("/stores/SomeBrand", Store("SomeBrand", None)),
    ],
)
def test_a_brand_store_is_known_by_its_page_id(path: str, store: Store) -> None:
    found = describe(f"https://amazon.de{path}?channel=a%20b")
    assert (found.kind, found.store, found.marketplace, found.channel) == ("amazon_store", store, "DE", "a b")
    if store.page_id:
        assert found.canonical == f"https://www.amazon.de/stores/page/{PAGE}"


@pytest.mark.parametrize(
    "path",
    [
        f"/dp/{ASIN}",
        f"/dp/{ASIN.lower()}/",
        f"/Some-Slug/dp/{ASIN}/ref=sr_1_1?keywords=x",
        f"/Some-Slug/dp/{ASIN}/ref%3dsr_1_1.html",
        f"/S%C3%BC%C3%9F/dp/{ASIN}/ref=sr_1_1/262-3877129-1714269",
        f"/Süß-raw/dp/{ASIN}#customerReviews",
        f"/-/en/Slug/dp/{ASIN}",
        f"/-/de_DE/dp/{ASIN}?language=de_DE",
        f"/dp/product/{ASIN}",
        f"/dp/{ASIN}/index.html",
        f"/dp/{ASIN}%3Ftag%3Dx-20",
        f"/dp/{ASIN}&tag=x-20",
        f"/gp/product/{ASIN}/",
        f"/gp/aw/d/{ASIN}",
        f"/gp/offer-listing/{ASIN}",
        f"/o/ASIN/{ASIN}",
        f"/exec/obidos/ASIN/{ASIN}/example-20",
        f"/exec/obidos/tg/detail/-/{ASIN}/",
        f"/product-reviews/{ASIN}",
        f"/TENLETTERS/dp/{ASIN}",
        f"/d/Tools/Some-Slug/{ASIN}",
        f"//dp//{ASIN}",
    ],
)
def test_a_product_is_known_by_the_segment_behind_the_keyword(path: str) -> None:
    found = describe(f"https://www.amazon.co.uk{path}")
    assert (found.kind, found.asin, found.marketplace, found.currency) == ("amazon_product", ASIN, "UK", "GBP")
    assert found.canonical == f"https://www.amazon.co.uk/dp/{ASIN}"


def test_the_asin_of_a_shopping_ad_in_the_ref_does_not_count() -> None:
    found = describe(f"https://www.amazon.com/dp/{ASIN}/ref=asc_df_B0ZZZZZZZZ?tag=hyprod-20&linkCode=df0&hvadid=1")
    assert found.asin == ASIN
    assert found.table is not None
    assert found.table.is_own_tag("hyprod-20")
    assert not found.table.is_own_tag("example-20")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/s?k=foam+roller", "amazon_search"),
        ("/s/ref=nb_sb_noss?field-keywords=x", "amazon_search"),
        ("/foam-roller/s?k=foam+roller", "amazon_search"),
        ("/gp/search/ref=x?keywords=y", "amazon_search"),
        ("/", "amazon_other"),
        ("", "amazon_other"),
        ("/b?node=123", "amazon_other"),
        ("/shop/somebody", "amazon_other"),
        ("/SomeVanity", "amazon_other"),
        ("/stores/author/B000000000", "amazon_other"),
        ("/gp/help/customer/display.html", "amazon_other"),
        ("/TENLETTERS/review", "amazon_other"),
    ],
)
def test_other_pages_of_amazon_have_no_asin(path: str, kind: str) -> None:
    found = describe(f"https://smile.amazon.com{path}")
    assert (found.kind, found.asin, found.network, found.program) == (kind, None, "amazon", "none")


def test_each_marketplace_has_host_currency_and_digits() -> None:
    places = load().by_name["amazon"].marketplaces
    assert len(places) == 24
    for place in places.values():
        for host in (place.domain, f"www.{place.domain}", f"WWW.{place.domain.upper()}", f"m.{place.domain}"):
            found = describe(f"https://{host}/dp/{ASIN}")
            assert (found.marketplace, found.currency) == (place.name, place.currency)
            assert found.canonical == f"https://www.{place.domain}/dp/{ASIN}"
    assert {name: place.digits for name, place in places.items() if place.digits != 2} == {"JP": 0}
    assert places["TR"].currency == "TRY"


@pytest.mark.parametrize(
    "host",
    [
        "notamazon.com",
        "docs.aws.amazon.com",
        "music.amazon.com",
        "sell.amazon.com",
        "amazon.com.example",
        "amazon.example",
        "xamazon.de",
    ],
)
def test_not_every_host_with_the_name_is_the_shop(host: str) -> None:
    found = describe(f"https://{host}/dp/{ASIN}?tag=x-20")
    assert (found.kind, found.network, found.program, found.asin, found.tracking_id) == (
        "external",
        None,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("query", "program", "tracking_id", "sub_tag"),
    [
        ("", "none", None, None),
        ("tag=x-20", "associates", "x-20", None),
        ("tag=x-20&ascsubtag=my|page", "associates", "x-20", "my|page"),
        ("tag=maas", "none", None, None),
        ("tag=", "none", None, None),
        (f"maas={TAG}&ref_=aa_maas&tag=maas", "attribution", None, None),
        (f"maas={TAG}&tag=x-20", "attribution", "x-20", None),
        (f"tag=maas&tag=x-20&maas={TAG}", "attribution", "x-20", None),
        ("AssociateTag=x-20", "associates", "x-20", None),
        ("maas=", "none", None, None),
    ],
)
def test_the_program_follows_from_the_tags(
    query: str, program: str, tracking_id: str | None, sub_tag: str | None
) -> None:
    found = describe(f"https://www.amazon.com/dp/{ASIN}?{query}")
    assert (found.program, found.tracking_id, found.sub_tag) == (program, tracking_id, sub_tag)


def test_a_tag_may_stand_in_the_path() -> None:
    found = describe(f"https://www.amazon.com/exec/obidos/ASIN/{ASIN}/example-20")
    assert (found.program, found.tracking_id) == ("associates", "example-20")
    assert describe(f"https://www.amazon.com/exec/obidos/ASIN/{ASIN}/262-3877129-1714269").tracking_id is None


def test_an_attribution_tag_off_amazon_is_seen_but_is_no_program() -> None:
    found = describe("https://brand.example/x?maas=maas_adg_api_1_macro_2_3&ref_=aa_maas")
    assert found.attribution is not None
    assert (found.kind, found.program, found.attribution.id) == ("external", None, "1_2_3")


@pytest.mark.parametrize("host", ["amzn.to", "amzn.eu", "amzn.asia", "a.co"])
def test_amazons_short_links_tell_nothing(host: str) -> None:
    found = describe(f"https://{host}/d/abc123")
    assert (found.kind, found.network, found.marketplace, found.program) == ("amazon_short", "amazon", None, None)
    assert found.canonical == f"https://{host}/d/abc123"


def test_the_short_link_with_an_asin_tells_the_product() -> None:
    found = describe(f"https://amzn.com/{ASIN}")
    assert (found.kind, found.asin, found.marketplace) == ("amazon_short", ASIN, "US")
    assert found.canonical == f"https://www.amazon.com/dp/{ASIN}"


@pytest.mark.parametrize(
    "url", ["https://bit.ly/x", "https://geni.us/abc", "https://t.co/x", "https://urlgeni.us/amzn/abc"]
)
def test_other_short_hosts(url: str) -> None:
    assert (describe(url).kind, describe(url).canonical) == ("short", url)


@pytest.mark.parametrize(
    ("url", "kind", "canonical"),
    [
        ("/answers/x?utm_source=a#b", "page", "/answers/x"),
        ("x", "page", "/x"),
        ("../x", "page", "/x"),
        ("?page=2", "page", "/"),
        ("www.amazon.com/dp/B0ABCDEFGH", "page", "/www.amazon.com/dp/B0ABCDEFGH"),
        ("#top", "fragment", None),
        ("", "fragment", None),
        ("mailto:a@b.example?subject=x", "email", "mailto:a@b.example"),
        ("tel:+1-555-0100", "phone", "tel:+1-555-0100"),
        ("sms:+15550100", "phone", "sms:+15550100"),
        ("javascript:void(0)", "computed", None),
        ("{{ product.url }}", "computed", None),
        ("https://a.example/{% if x %}y{% endif %}", "computed", None),
        ("https://${host}/x", "computed", None),
        ("https://a.example/x?id=${id}", "external", "https://a.example/x"),
        ("ftp://a.example/x", "external", "ftp://a.example/x"),
        ("//a.example/x", "external", "https://a.example/x"),
        ("http://A.example:8080/x/../y?z#f", "external", "http://a.example:8080/y"),
        ("https://", "invalid", None),
        ("http://[", "invalid", None),
    ],
)
def test_links_beyond_the_networks(url: str, kind: str, canonical: str | None) -> None:
    found = describe(url)
    assert (found.kind, found.canonical, found.url) == (kind, canonical, url)
    assert kind in KINDS


def test_a_relative_link_on_a_known_page_is_inside_the_site() -> None:
    found = describe("../b?x=1", base="https://a.example/x/y")
    assert (found.kind, found.canonical, found.host, found.href) == (
        "page",
        "https://a.example/b",
        "a.example",
        "https://a.example/b?x=1",
    )
    assert describe("https://a.example/c", base="https://a.example/x").kind == "page"
    assert describe("https://b.example/c", base="https://a.example/x").kind == "external"
    assert describe("https://amzn.to/x", base="https://a.example/x").kind == "amazon_short"


def test_an_expression_of_a_template_is_computed() -> None:
    assert computed("product.url").as_json()["kind"] == "computed"


@pytest.mark.parametrize(
    ("typed", "kind", "codes"),
    [
        ("www.amazon.com/dp/B0ABCDEFGH", "amazon_product", ["LNK014"]),
        ("amzn.to/abc", "amazon_short", ["LNK014", "AMZ009"]),
        (" example.com ", "external", ["LNK014"]),
        ("localhost:3000/x", "external", ["LNK014", "LNK011"]),
        ("//example.com/x", "external", []),
        ("/x", "page", []),
        ("mailto:a@b.example", "email", []),
        ("not a url", "invalid", ["LNK002"]),
        ("word", "invalid", ["LNK002"]),
        ("", "invalid", ["LNK002"]),
    ],
)
def test_a_person_may_leave_out_the_scheme(typed: str, kind: str, codes: list[str]) -> None:
    found = describe(typed, assume_https=True)
    assert (found.url, found.kind, [problem.code for problem in found.problems]) == (typed, kind, codes)


def test_positions_hold_without_the_scheme_too() -> None:
    typed = " www.amazon.com/dp/B0ABCDEFGH?gclid=1"
    problems = {
        problem.code: typed[problem.start : problem.end] for problem in describe(typed, assume_https=True).problems
    }
    assert problems == {"LNK014": typed[1:], "LNK010": "gclid=1"}


def test_odd_input_is_kept_as_it_stood() -> None:
    raw = " HTTPS://www.Amazon.com/dp/B0ABCDEFGH?&tag=a%2D20&&TAG=b#x?y "
    found = describe(raw)
    assert (found.url, found.query.raw, found.fragment) == (raw, "&tag=a%2D20&&TAG=b", "x?y")
    assert found.parsed.with_query(str(found.query)) == raw
    assert found.params == (("tag", "a-20"), ("TAG", "b"))


def test_utm_values_are_the_first_of_each_key() -> None:
    found = describe("https://a.example/?utm_source=a&utm_source=b&utm_medium=&utm_id=7&utm_foo=1")
    assert found.utm == Utm(source="a", medium="", id="7")


@pytest.mark.parametrize(
    ("query", "channel"),
    [
        ("", None),
        ("utm_content=x", None),
        ("utm_source=google&utm_medium=cpc", "Paid Search"),
        ("utm_campaign=x", "Direct"),
    ],
)
def test_the_channel_is_that_of_the_utm_values(query: str, channel: str | None) -> None:
    assert describe(f"https://a.example/?{query}").ga4_channel == channel


@pytest.mark.parametrize(
    ("url", "lists"),
    [
        ("https://a.example/?x=1", []),
        ("https://a.example/?utm_source=x", ["clearurls", "dandelionsprout", "adguard", "ublock", "brave_copy"]),
        ("https://a.example/?gclid=x", ["clearurls", "adguard", "ublock", "brave", "brave_copy"]),
        (f"https://www.amazon.com/dp/{ASIN}?th=1&qid=2", []),
        (f"https://www.amazon.com/dp/{ASIN}?tag=x-20", ["clearurls", "dandelionsprout", "brave_copy"]),
        ("https://www.amazon.com/s?k=x&tag=x-20", ["clearurls", "brave_copy"]),
        (f"https://www.amazon.com/dp/{ASIN}?maas={TAG}", ["dandelionsprout"]),
        (f"https://www.amazon.com/dp/{ASIN}?ascsubtag=x", ["clearurls", "dandelionsprout", "brave_copy"]),
        (f"https://www.amazon.com/stores/page/{PAGE}?channel=x", []),
    ],
)
def test_privacy_lists_that_remove_what_the_link_relies_on(url: str, lists: list[str]) -> None:
    assert list(describe(url).stripped_by) == lists


def test_the_json_has_the_same_keys_for_every_kind() -> None:
    keys = list(describe(STORE).as_json())
    urls = [
        "",
        "#a",
        "x",
        "mailto:x",
        "tel:1",
        "{{x}}",
        "https://",
        "https://bit.ly/x",
        "https://a.example",
        "amzn.to/x",
    ]
    shapes: list[dict[str, Any]] = [describe(url).as_json() for url in urls]
    assert all(list(shape) == keys for shape in shapes)
