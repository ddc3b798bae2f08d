"""Links through a network or a redirector: publisher, sub-id and the URL that is wrapped."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from cta_analytics.urls import describe
from cta_analytics.urls.reading import MAX_DEPTH

SHOP = "https://shop.example/a?b=c&d=e"
Q = quote(SHOP, safe="")


@pytest.mark.parametrize(
    ("url", "network", "publisher", "sub_id"),
    [
        (f"https://www.awin1.com/cread.php?awinmid=1&awinaffid=22&clickref=page-1&ued={Q}", "awin", "22", "page-1"),
        (f"https://www.awin1.com/cread.php?awinmid=1&awinaffid=22&clickref2=s&p={Q}", "awin", "22", "s"),
        (f"https://go.skimresources.com/?id=1X2&url={Q}&sref=https://me.example/p&xcust=s", "skimlinks", "1X2", "s"),
        (f"https://go.redirectingat.com/?id=1X2&xs=1&url={Q}", "skimlinks", "1X2", None),
        (f"https://click.linksynergy.com/deeplink?id=w9s/x*M&mid=3&u1=s&murl={Q}", "rakuten", "w9s/x*M", "s"),
        (f"https://redirect.viglink.com/?key=k&cuid=s&u={Q}", "viglink", "k", "s"),
        (f"https://buy.geni.us/Proxy.ashx?TSID=9&GR_URL={Q}", "geniuslink", "9", None),
        (f"https://brand.pxf.io/c/123/456/789?subId1=s&u={Q}", "impact", "123", "s"),
        (f"https://www.anrdoezrs.net/links/123/type/dlg/sid/s/{SHOP}", "cj", "123", "s"),
        (f"https://www.dpbolvw.net/click-123-456?sid=s&url={Q}", "cj", "123", "s"),
        (f"https://www.shareasale.com/r.cfm?b=1&u=123&m=2&afftrack=s&urllink={Q}", "shareasale", "123", "s"),
        (f"https://prf.hn/click/camref:1abc/pubref:s/destination:{Q}", "partnerize", "1abc", "s"),
        (f"https://prf.hn/click/camref:1abc/adref:x/destination:{Q}", "partnerize", "1abc", None),
        (f"https://clk.tradedoubler.com/click?p=1&a=22&epi=s&url={Q}", "tradedoubler", "22", "s"),
        (
            f"https://track.webgains.com/click.html?wgcampaignid=22&wgprogramid=1&clickref=s&wgtarget={Q}",
            "webgains",
            "22",
            "s",
        ),
        (f"https://ad.admitad.com/g/abc/?subid=s&ulp={Q}", "admitad", "abc", "s"),
        (f"https://x.digidip.net/visit?url={Q}&ref=s", "digidip", None, "s"),
        (f"https://rover.ebay.com/rover/1/711/1?campid=5&customid=s&mpre={Q}", "ebay_partner", "5", "s"),
    ],
)
def test_an_affiliate_link_names_publisher_sub_id_and_target(
    url: str, network: str, publisher: str | None, sub_id: str | None
) -> None:
    found = describe(url)
    assert (found.kind, found.network, found.tracking_id, found.sub_tag) == ("affiliate", network, publisher, sub_id)
    assert (found.program, found.marketplace) == (None, None)
    assert found.target is not None
    assert (found.target.url, found.target.kind, found.landing.host) == (SHOP, "external", "shop.example")
    assert found.as_json()["target"]["canonical"] == "https://shop.example/a"


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.google.com/url?q={Q}&sa=D&source=editors",
        f"https://google.co.uk/url?sa=t&q=some+words&url={Q}",
        f"https://www.youtube.com/redirect?event=x&q={Q}",
        f"https://l.facebook.com/l.php?u={Q}&h=x",
        f"https://duckduckgo.com/l/?uddg={Q}",
        f"https://eur01.safelinks.protection.outlook.com/?url={Q}&data=x",
        f"https://web.archive.org/web/20240101000000/{SHOP}",
    ],
)
def test_a_redirector_is_an_external_link_to_what_it_wraps(url: str) -> None:
    found = describe(url)
    assert found.target is not None
    assert (found.kind, found.tracking_id, found.target.url) == ("external", None, SHOP)


@pytest.mark.parametrize(
    "url", ["https://www.google.com/search?q=x", "https://www.youtube.com/watch?v=x", "https://docs.google.com/url?q=x"]
)
def test_other_pages_of_such_hosts_wrap_nothing(url: str) -> None:
    assert "target" not in describe(url).as_json()


def test_a_network_link_without_a_target_says_so() -> None:
    found = describe("https://www.awin1.com/cread.php?awinmid=1&awinaffid=2")
    assert (found.is_wrapper, found.as_json()["target"]) == (True, None)


def test_a_half_encoded_target_is_read_as_a_browser_gets_it() -> None:
    found = describe("https://www.google.com/url?q=https://www.amazon.com/dp/B0ABCDEFGH?psc%3D1%26tag%3Dx-20&sa=D")
    assert found.target is not None
    assert (found.target.kind, found.target.asin, found.target.tracking_id) == ("amazon_product", "B0ABCDEFGH", "x-20")
    assert found.target.params == (("psc", "1"), ("tag", "x-20"))
    assert found.problems == ()


def test_amazons_own_redirects_are_opened_too() -> None:
    found = describe(
        "https://www.amazon.com/gp/redirect.html?location=http%3A%2F%2Fwww.amazon.com%2Fdp%2FB0ABCDEFGH&tag=x-20"
    )
    assert (found.kind, found.tracking_id, found.landing.asin) == ("amazon_other", "x-20", "B0ABCDEFGH")
    sponsored = describe("https://www.amazon.com/sspa/click?ie=UTF8&url=%2Fslug%2Fdp%2FB0ABCDEFGH%2Fref%3Dx")
    assert (sponsored.landing.kind, sponsored.landing.asin) == ("amazon_product", "B0ABCDEFGH")
    ad = describe("https://aax-us-east.amazon-adsystem.com/x/c/abc/https://www.amazon.com/dp/B0ABCDEFGH?tag=x-20")
    assert (ad.kind, ad.landing.asin, ad.landing.tracking_id) == ("affiliate", "B0ABCDEFGH", "x-20")


def test_a_product_image_of_the_ad_system_names_its_product() -> None:
    found = describe("https://ir-na.amazon-adsystem.com/e/ir?t=x-20&l=li3&o=1&a=B0ABCDEFGH")
    assert (found.kind, found.network, found.tracking_id, found.asin) == (
        "affiliate",
        "amazon_adsystem",
        "x-20",
        "B0ABCDEFGH",
    )


def test_wrappers_within_wrappers_are_opened_to_a_limit() -> None:
    url = SHOP
    for _ in range(MAX_DEPTH):
        url = f"https://www.google.com/url?q={quote(url, safe='')}"
    assert describe(url).landing.url == SHOP
    outer = describe(f"https://www.google.com/url?q={quote(url, safe='')}")
    assert (outer.landing.host, outer.landing.target) == ("www.google.com", None)


def test_problems_of_the_target_stay_with_the_target() -> None:
    found = describe(
        f"https://www.google.com/url?q={quote('https://www.amazon.com/dp/B0ABCDEFGH?tag=x y-20', safe='')}"
    )
    assert found.problems == ()
    assert found.target is not None
    assert [problem.code for problem in found.target.problems] == ["LNK002", "AFF014"]
