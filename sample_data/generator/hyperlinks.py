"""The tagged links of the sample site, right ones as the contract says and the planted wrong ones."""

from __future__ import annotations

from urllib.parse import urlencode

from .catalogue import Answer, Catalogue, Product

STORE = "https://www.amazon.com/stores/Keenrow/page/6B1F9E52-83C4-4D0A-9E77-A25C0D8F41B6"


def shared_tag(catalogue: Catalogue) -> str:
    """The Attribution tag that most answers share."""
    return str(catalogue.contract["tags"]["maas"][0])


def product_tag(catalogue: Catalogue) -> str:
    """The Attribution tag that the product pages share."""
    return str(catalogue.contract["tags"]["maas"][1])


def ad_groups(catalogue: Catalogue) -> dict[str, str]:
    """Attribution tag -> the ad group that Amazon reports it as."""
    return {tag: name for name, tag in catalogue.contract["tags"]["ad_groups"].items()}


def _tagged(landing: str, maas: str, source: str, content: str) -> str:
    params = {
        "maas": maas,
        "ref_": "aa_maas",
        "tag": "maas",
        "krsrc": source,
        "utm_source": "keenrow",
        "utm_medium": "content",
        "utm_content": content,
    }
    return f"{landing}?{urlencode(params)}"


def answer_store(catalogue: Catalogue, answer: Answer) -> str | None:
    """The closing Store link of an answer, or None for the answer that was left without one."""
    if answer.slug == catalogue.planted("no_cta")["answer"]:
        return None
    own = catalogue.contract["tags"]["by_answer"].get(answer.slug, {})
    maas = own.get("maas", shared_tag(catalogue))
    foreign = catalogue.planted("foreign_tag")
    if answer.slug == foreign["answer"]:
        maas = foreign["maas"]
    copied = catalogue.planted("copied_utm_content")
    content = copied["copied_from"] if answer.slug == copied["answer"] else answer.slug
    return _tagged(STORE, maas, "answer-cta", content)


def product_listing(catalogue: Catalogue, product: Product) -> str:
    """The Amazon link of a product page."""
    landing = f"https://www.amazon.com/dp/{product.asin}"
    return _tagged(landing, product_tag(catalogue), "product-cta", product.slug)


def answer_listing(catalogue: Catalogue, slug: str, product: Product) -> str:
    """An Amazon link in the prose of an answer that has a tag of its own."""
    maas = str(catalogue.contract["tags"]["by_answer"][slug]["maas"])
    return _tagged(f"https://www.amazon.com/dp/{product.asin}", maas, "answer-inline", slug)


def blog_store(catalogue: Catalogue, slug: str) -> str:
    """The Store link of a blog post, with the post's own Store source tag."""
    channel = catalogue.contract["tags"]["by_answer"][slug]["channel"]
    params = {
        "channel": channel,
        "krsrc": "blog-cta",
        "utm_source": "keenrow",
        "utm_medium": "content",
        "utm_content": slug,
    }
    return f"{STORE}?{urlencode(params)}"


def recommended(catalogue: Catalogue, slug: str, asin: str) -> str:
    """An Associates link to another maker's product, with the tracking id of the post or the general one."""
    own = catalogue.contract["tags"]["by_answer"].get(slug, {})
    tag = own.get("tracking_id", catalogue.contract["tags"]["tracking_id"][0])
    return f"https://www.amazon.com/dp/{asin}?tag={tag}&linkCode=ll1"
