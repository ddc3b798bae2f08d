"""What is wrong with a URL by itself: each code with the part of the URL that it points at."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from cta_analytics.urls import describe
from cta_analytics.urls.checks.amazon import Leftover, leftovers
from cta_analytics.urls.checks.context import Context
from cta_analytics.urls.networks import load
from cta_analytics.urls.problem import NAMES

GROUP = "0123456789ABCDEF0123456789ABCDEF"
TAG = f"maas=maas_adg_{GROUP}_afap_abs"
FULL = f"{TAG}&ref_=aa_maas&tag=maas"
API = "maas=maas_adg_api_1_static_2_3&ref_=aa_maas&tag=maas"
PRODUCT = "https://www.amazon.com/dp/B0ABCDEFGH"
STORE = "https://www.amazon.com/stores/page/032D49F7-CEC1-4EDB-B1E4-684E7AB0001C"
SITE = "https://a.example/x"


def problems(url: str, own_keys: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    return [(problem.code, url[problem.start : problem.end]) for problem in describe(url, own_keys=own_keys).problems]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        # The shape of the URL.
        ("http://www.amazon.com/dp/B0ABCDEFGH", [("LNK001", "http")]),
        ("https://", [("LNK002", "https://")]),
        (f"{SITE}?a=b c", [("LNK002", " ")]),
        (f'{SITE}?a="b"', [("LNK002", '"')]),
        (f"{SITE}\x07?a=b", [("LNK002", "\x07")]),
        (f"{SITE}\t?a=b", [("LNK002", "\t")]),
        ("https:/a.example/x", [("LNK002", "https:/")]),
        ("https:a.example/x", [("LNK002", "https:")]),
        ("https:///a.example/x", [("LNK002", "https:///")]),
        ("https://https://a.example/x", [("LNK002", "https://")]),
        ("https://a.example\\x", [("LNK002", "\\")]),
        (f"{SITE}?a=1&amp;b=2", [("LNK004", "&amp;")]),
        (f"{SITE}?a=1&amp;amp;b=2", [("LNK004", "&amp;amp;")]),
        (f"{SITE}?a=1&#38;b=2", [("LNK004", "&#38;")]),
        (f"{SITE}?a=1?b=2", [("LNK005", "?")]),
        (f"{SITE}??a=1", [("LNK005", "?")]),
        (f"{SITE}?a=%2520b", [("LNK006", "%2520b")]),
        ("https://a.example/%25E2%2582%25AC", [("LNK006", "%25E2%2582%25AC")]),
        (f"{SITE}#top?utm_source=a", [("LNK007", "?utm_source=a")]),
        (f"{SITE}#utm_source=a", [("LNK007", "utm_source=a")]),
        (f"{SITE}?", [("LNK008", "?")]),
        (f"{SITE}?a=1&", [("LNK008", "&")]),
        (f"{SITE}?a=1&&b=2", [("LNK008", "&")]),
        (f"{SITE}?&a=1", [("LNK008", "&")]),
        ("www.amazon.com/x", [("LNK014", "www.amazon.com/x")]),
        ("amzn.to/x", [("LNK014", "amzn.to/x")]),
        ("www.a.example", [("LNK014", "www.a.example")]),
        # Parameters on any host.
        (f"{SITE}?a=1&b=2&a=3", [("LNK009", "a=3")]),
        (f"{SITE}?gclid=x", [("LNK010", "gclid=x")]),
        ("http://localhost:8000/x", [("LNK011", "localhost:8000")]),
        ("http://192.168.1.7/x", [("LNK011", "192.168.1.7")]),
        ("http://[::1]/x", [("LNK011", "[::1]")]),
        ("https://shop.test/x", [("LNK011", "shop.test")]),
        ("https://staging.a.example/x", [("LNK011", "staging.a.example")]),
        (f"{SITE}?UTM_Source=a", [("LNK012", "UTM_Source=a")]),
        (f"{STORE}?Channel=a", [("LNK012", "Channel=a")]),
        (f"{SITE}?utm_source=", [("UTM002", "utm_source=")]),
        (f"{SITE}?utm_source=a&utm_source=b", [("UTM003", "utm_source=b")]),
        (f"{SITE}?utm_medium=Email", [("UTM005", "Email")]),
        (f"{SITE}?utm_medium=a+b", [("UTM005", "a+b")]),
        (f"{SITE}?utm_medium=%C3%BC", [("UTM005", "%C3%BC")]),
        (f"{SITE}?utm_souce=a", [("UTM007", "utm_souce=a")]),
        (f"{SITE}?utm-source=a", [("UTM007", "utm-source=a")]),
        ("https://a.example/utm_source=a", [("UTM012", "utm_source=a")]),
        (f"{SITE}?x=me%40a.example", [("UTM013", "me%40a.example")]),
        (f"{SITE}?email=abc", [("UTM013", "abc")]),
        (f"{SITE}?mobile=1&email=true", []),
        (f"{SITE}?utm_id=%2B15550100200", [("UTM005", "%2B15550100200"), ("UTM013", "%2B15550100200")]),
        ("https://me:secret@a.example/x", [("UTM013", "https://me:secret")]),
        (f"{SITE}?utm_content={'a' * 101}", [("UTM014", "a" * 101)]),
        (f"{SITE}?utm_content=SLUG", [("UTM015", "SLUG")]),
        (f"{SITE}?utm_content=a-{{slug}}", [("UTM015", "a-{slug}")]),
        (f"{PRODUCT}?tag=x-20&ascsubtag=%5Bref%5D", [("UTM015", "%5Bref%5D")]),
        # Amazon.
        (f"{PRODUCT}?ref_=aa_maas&tag=maas", [("AMZ001", "ref_=aa_maas")]),
        (f"{PRODUCT}?maas=new_shape&ref_=aa_maas&tag=maas", [("AMZ002", "maas=new_shape")]),
        (f"{PRODUCT}?maas=&ref_=aa_maas&tag=maas", [("AMZ002", "maas=")]),
        (f"{PRODUCT}?{FULL}&tag=maas", [("AMZ003", "tag=maas")]),
        (f"{PRODUCT}?{TAG}&tag=maas", [("AMZ004", TAG)]),
        (f"{PRODUCT}?{TAG}&ref_=aa_maas", [("AMZ004", TAG)]),
        (f"{PRODUCT}?{TAG}&ref_=aa_maas&tag=x-20", [("AMZ005", "tag=x-20")]),
        (f"{PRODUCT}?{FULL}&ascsubtag=x", [("AMZ005", "ascsubtag=x")]),
        (f"{PRODUCT}?{TAG}&ref_=ast_bln&tag=maas", [("AMZ006", "ref_=ast_bln")]),
        (f"{PRODUCT}/ref=sr_1_1", [("AMZ007", "/ref=sr_1_1")]),
        (f"{PRODUCT}?th=1&qid=2&sr=3", [("AMZ007", "qid=2")]),
        (f"{PRODUCT}?ref_=ast_bln", [("AMZ007", "ref_=ast_bln")]),
        # Of Amazon's link builder, not of a visit.
        (f"{PRODUCT}/ref=as_li_ss_tl?tag=a-20", []),
        (f"{PRODUCT}?tag=a-20&ref_=as_li_ss_tl", []),
        (f"https://www.amazon.com/s?k=x&{FULL}", [("AMZ008", TAG)]),
        ("https://amzn.to/x", [("AMZ009", "amzn.to")]),
        ("https://bit.ly/x", [("AMZ009", "bit.ly")]),
        (
            f"{PRODUCT}?{API}&aa_campaignid={{campaignid}}&aa_adgroupid=b&aa_creativeid=c",
            [("AMZ010", "aa_campaignid={campaignid}")],
        ),
        (f"{PRODUCT}?{API}&aa_campaignid=a%2Fb&aa_adgroupid=b&aa_creativeid=c", [("AMZ011", "aa_campaignid=a%2Fb")]),
        (f"{PRODUCT}?{API}&aa_campaignid=a+b&aa_adgroupid=b&aa_creativeid=c", [("AMZ011", "aa_campaignid=a+b")]),
        (
            f"{PRODUCT}?{API}&aa_campaignid={'a' * 255}&aa_adgroupid=b&aa_creativeid=c",
            [("AMZ011", f"aa_campaignid={'a' * 255}")],
        ),
        (f"{STORE}?channel={'a' * 21}", [("AMZ015", f"channel={'a' * 21}")]),
        (f"{PRODUCT}?channel=a", [("AMZ016", "channel=a")]),
        ("https://www.amazon.com/shop?channel=a", [("AMZ016", "channel=a")]),
        # A single segment may be the vanity name of a Store.
        ("https://www.amazon.com/larkmoor?channel=a", []),
        ("https://www.amazon.com/larkmoor?channel=a/b", [("AMZ015", "channel=a/b")]),
        ("https://www.amazon.com/dp/0306406153", [("AMZ019", "0306406153")]),
        ("https://www.amazon.com/gp/product/B0XXXXX", [("AMZ019", "B0XXXXX")]),
        ("https://notamazon.com/x", [("AMZ020", "notamazon.com")]),
        ("https://amazon.com.example/x", [("AMZ020", "amazon.com.example")]),
        ("https://www.amazom.de/x", [("AMZ020", "www.amazom.de")]),
        ("https://amazon-shop.co.uk/x", [("AMZ020", "amazon-shop.co.uk")]),
        ("https://amaz0n.com/x", [("AMZ020", "amaz0n.com")]),
        ("https://аmazon.com/x", [("AMZ020", "аmazon.com")]),
        ("https://www.amazon.com@a.example/", [("AMZ020", "a.example")]),
        (f"{PRODUCT}?{FULL}&aa_campaignid=a", [("AMZ022", "aa_campaignid=a")]),
        (f"{PRODUCT}?{API}&aa_campaignid=a", [("AMZ022", "maas=maas_adg_api_1_static_2_3")]),
        (f"{PRODUCT}?tag=cse-ce-%2020", [("AFF014", "tag=cse-ce-%2020")]),
        (f"{PRODUCT}?tag=example", [("AFF014", "tag=example")]),
        ("https://www.amazon.com/exec/obidos/ASIN/B0ABCDEFGH/example", [("AFF014", "example")]),
    ],
)
def test_a_problem_points_at_what_is_wrong(url: str, expected: list[tuple[str, str]]) -> None:
    assert problems(url) == expected
    assert all(problem.name == NAMES[problem.code] and problem.message for problem in describe(url).problems)


@pytest.mark.parametrize(
    "url",
    [
        f"{STORE}?{FULL}&channel=back-pain_2&utm_source=a&utm_medium=content",
        f"{PRODUCT}?{FULL}&th=1&psc=1&language=en_US&utm_content=a.b~c_d-1",
        f"{PRODUCT}?{API}&aa_campaignid=a&aa_adgroupid=b&aa_creativeid=c",
        f"{PRODUCT}?tag=example-20&linkCode=ll1&linkId=0&ascsubtag=a|b",
        f"https://www.amazon.com/SomeVanity?{FULL}",
        "https://www.amazon.com/s?k=foam+roller&tag=x-20",
        "https://www.amazon.com/dp/0306406152",
        f"{SITE}?ids[]=1&ids[]=2&a=100%",
        f"{SITE}?next={quote('https://b.example/?c=%2520', safe='')}",
        f"{SITE}?next=https://b.example/?c=d",
        f"{SITE}#/list?page=2",
        f"{SITE}#:~:text=a=b",
        f"{SITE}?a=what?&b=1",
        "https://a.example/100%25-cotton/50%25x",
        "https://aboutamazon.com/",
        "https://amazonrainforest.org/",
        "https://m.media-amazon.com/images/x.jpg",
        "https://dev.example.com/",
        "https://a.example/@me/post",
        "/answers/x?page=2#y",
        "products.html",
        "#top",
        "mailto:me@a.example?subject=a b",
        "tel:+1 555 0100",
        "{{ url }}?utm_source=",
        " https://a.example/x ",
    ],
)
def test_nothing_is_said_about_what_is_in_order(url: str) -> None:
    assert problems(url) == []


@pytest.mark.parametrize(
    ("url", "code", "repaired"),
    [
        (f"{PRODUCT}?{FULL.replace('&', '&amp;')}", "LNK004", f"{PRODUCT}?{FULL}"),
        (
            f"{STORE}?channel=a?field-lbr_brands_browse-bin=X",
            "LNK005",
            f"{STORE}?channel=a&field-lbr_brands_browse-bin=X",
        ),
        (f"{PRODUCT}?{TAG}&ref_=aa_maas#a?tag=maas", "LNK007", f"{PRODUCT}?{FULL}#a"),
        (f"{PRODUCT}?{TAG}&ref_=aa_maas&Tag=maas", "LNK012", f"{PRODUCT}?{FULL}"),
        (f"https://https://www.amazon.com/dp/B0ABCDEFGH?{FULL}", "LNK002", f"{PRODUCT}?{FULL}"),
        (f"www.amazon.com/dp/B0ABCDEFGH?{FULL}", "LNK014", f"{PRODUCT}?{FULL}"),
        (f"{SITE}?a=%2541&b=%41#%2541", "LNK006", f"{SITE}?a=%41&b=%41#%2541"),
        (f"{SITE}?&a=1&&b=2&", "LNK008", f"{SITE}?a=1&b=2"),
    ],
)
def test_a_fault_of_the_shape_hides_its_consequences(url: str, code: str, repaired: str) -> None:
    found = describe(url)
    left = {problem.code for problem in describe(repaired).problems}
    assert [problem.code for problem in found.problems if problem.code not in left] == [code]
    assert found.repaired == repaired


def test_a_source_key_of_the_contract_counts_like_a_utm_key() -> None:
    own = frozenset({"321src"})
    assert problems(f"{SITE}?321src=a&321src=b", own) == [("UTM003", "321src=b")]
    assert problems(f"{SITE}?321src=TODO", own) == [("UTM015", "TODO")]
    assert problems(f"{SITE}?321src=", own) == [("UTM002", "321src=")]
    assert problems(f"{SITE}?321SRC=a", own) == [("LNK012", "321SRC=a")]
    assert problems(f"{SITE}?321src=Answer", own) == []
    assert problems(f"{SITE}?321src=a&321src=b") == [("LNK009", "321src=b")]


def test_every_leftover_is_listed_with_how_safe_its_removal_is() -> None:
    url = f"{PRODUCT}/ref=sr_1_1?crid=1&rnid=2&pf_rd_p=3&psc=1&hvadid=4&visitId=5&lp_slot=6&ingress=7"
    left = leftovers(describe(url), Context(load()))
    assert [(url[part.start : part.end], part.fix) for part in left] == [
        ("/ref=sr_1_1", "safe"),
        ("crid=1", "safe"),
        ("rnid=2", "unsafe"),
        ("pf_rd_p=3", "safe"),
        ("hvadid=4", "safe"),
        ("visitId=5", "safe"),
        ("lp_slot=6", "safe"),
        ("ingress=7", "unsafe"),
    ]
    assert left[1] == Leftover(url.index("crid"), url.index("crid") + 6, "crid", "safe")


def test_the_search_is_no_leftover_of_a_search_page() -> None:
    assert problems("https://www.amazon.com/s?k=x&crid=1") == [("AMZ007", "crid=1")]
    assert problems(f"{PRODUCT}?keywords=x") == [("AMZ007", "keywords=x")]
