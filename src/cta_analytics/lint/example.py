"""The site that the examples of the rules stand on: its contract, and links to change. All of it is invented."""

from __future__ import annotations

TAG = "maas_adg_7C20E94B1D8F4A63B5E07F1928C3D46A_afap_abs"
OTHER_TAG = "maas_adg_1F5B8830C6E24D9AA7D41E90B2C7F358_afap_abs"
API_TAG = "maas_adg_api_5502189_static_12_7"
API_TAG_IS_OURS = f"""
[tags.by_answer.quiet-kettle]
maas = "{API_TAG}"
"""
"""Appended to the contract, it makes the API tag one of ours."""
STORE = "https://www.amazon.com/stores/Larkmoor/page/5D0C7B1E-92F4-4A38-8E61-C3F7A2904B6D"
PRODUCT = "https://www.amazon.com/dp/B0LARKMR01"
TAGGED = f"{PRODUCT}?tag=larkmoor-20"
SENTENCE = "As an Amazon Associate I earn from qualifying purchases."

CONTRACT = f"""
[site]
base_url = "https://www.larkmoor.example"
timezone = "Europe/Dublin"

[[sources]]
root = "site"

[[pages]]
kind = "answer"
path = "/answers/{{slug}}"

[[pages]]
kind = "product"
path = "/products/{{slug}}"

[[pages]]
kind = "blog"
path = "/blog/{{slug}}"

[tags]
maas = ["{TAG}"]
tracking_id = ["larkmoor-20"]

[[ctas]]
name = "store"
match = {{ kind = "amazon_store" }}
on = ["answer"]
program = "attribution"
marketplace = "US"
store_page = "5D0C7B1E-92F4-4A38-8E61-C3F7A2904B6D"

[ctas.params]
maas = {{ one_of = "tags.maas" }}
ref_ = "aa_maas"
tag = "maas"
lmsrc = "answer"
utm_source = "larkmoor"
utm_medium = "content"
utm_content = "{{slug}}"

[[ctas]]
name = "recommended"
match = {{ kind = "amazon_product" }}
on = ["blog"]
program = "associates"
"""

PARAMS = {
    "maas": TAG,
    "ref_": "aa_maas",
    "tag": "maas",
    "lmsrc": "answer",
    "utm_source": "larkmoor",
    "utm_medium": "content",
    "utm_content": "quiet-kettle",
}


def query(*without: str, **changed: str) -> str:
    """The query of a correct CTA on `/answers/quiet-kettle`, some parameters left out, others changed or appended."""
    params = {key: value for key, value in PARAMS.items() if key not in without} | changed
    return "&".join(f"{key}={value}" for key, value in params.items())


def anchor(url: str, text: str = "Shop Larkmoor on Amazon") -> str:
    """A link that stands alone, its URL escaped as HTML asks for."""
    return f'<p><a href="{url.replace("&", "&amp;")}">{text}</a></p>'


def cta(*without: str, **changed: str) -> str:
    """The Store CTA with a changed query."""
    return anchor(f"{STORE}?{query(*without, **changed)}")


def associates(url: str, text: str = "the kettle we like") -> str:
    """An Associates link as it should stand on a page: after the sentence, marked, with its `rel`."""
    link = f'<a href="{url.replace("&", "&amp;")}" rel="sponsored">{text}</a>'
    return f"<p>{SENTENCE}</p>\n<p>At work we boil our water in {link} (paid link).</p>"
