"""Several sites or languages in one contract."""

import pytest

from cta_analytics import config
from cta_analytics.links.extract import scan

CONTRACT = """
[[sites]]
name = "en"
base_url = "https://larkmoor.example"
lang = "en"
[[sites]]
name = "de"
base_url = "https://larkmoor.example"
path_prefix = "/de"
lang = "de"
[[sites]]
name = "shop"
base_url = "https://shop.example"
[[sources]]
root = "public"
[[sources]]
root = "shop"
site = "shop"
[[sources]]
root = "german"
site = "de"
[[pages]]
kind = "product"
path = "/{slug}"
site = "shop"
[[pages]]
kind = "answer"
path = "/de/{slug}"
[[pages]]
kind = "answer"
path = "/{slug}"
[[ctas]]
name = "store-de"
site = "de"
match = { kind = "amazon_product" }
marketplace = "DE"
[[ctas]]
name = "store"
match = { kind = "amazon_product" }
"""
CANONICAL = "<link rel=canonical href="
LINK = '<a href="https://www.amazon.de/dp/B0ABCDEFGH">x</a>'


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("public/tea.html", "", ("en", "en", "/tea", "answer", "store")),
        ("public/de/tee.html", "", ("de", "de", "/de/tee", "answer", "store-de")),
        ("public/design.html", "", ("en", "en", "/design", "answer", "store")),
        ("public/x.html", CANONICAL + '"https://www.shop.example/pot">', ("shop", None, "/pot", "product", "store")),
        ("public/x.html", CANONICAL + '"//larkmoor.example/de/tee/">', ("de", "de", "/de/tee", "answer", "store-de")),
        ("public/x.html", '<link rel=canonical href="/de/tee">', ("de", "de", "/de/tee", "answer", "store-de")),
        ("public/x.html", CANONICAL + '"https://else.example/de/tee">', ("en", "en", "/de/tee", "answer", "store")),
        ("public/x.html", '<link rel=canonical href="http://[">', ("en", "en", "/x", "answer", "store")),
        ("shop/pot.html", "", ("shop", None, "/pot", "product", "store")),
        ("german/tee.html", "", ("de", "de", "/de/tee", "answer", "store-de")),
        ("german/de/tee.html", "", ("de", "de", "/de/tee", "answer", "store-de")),
    ],
)  # fmt: skip
def test_the_site_of_a_page_and_its_policies(tmp_path, file, text, expected):
    (tmp_path / "cta.toml").write_text(CONTRACT)
    for name in ("public", "shop", "german"):
        (tmp_path / name).mkdir()
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text + LINK)
    found = scan(config.read(tmp_path / "cta.toml"), [])
    (page,), (link,) = found.pages, found.links
    assert (page.site, page.lang, page.path, page.kind, link.cta) == expected
    assert link.site == page.site
