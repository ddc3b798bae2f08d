"""Placement: the structure of a page and the target of a link, worked out by hand on small pages."""

import pytest

from cta_analytics import config
from cta_analytics.links.extract import scan

CONTRACT = """
[site]
base_url = "https://www.larkmoor.example"
[[sources]]
root = "site"
[[pages]]
kind = "answer"
path = "/answers/{slug}"
[[pages]]
kind = "product"
path = "/products/{slug}"
[[ctas]]
name = "store"
match = { kind = "amazon_store" }
[[ctas]]
name = "partner"
match = { host = "partner.example" }
"""
STORE = "https://www.amazon.com/stores/Larkmoor/page/5D0C7B1E-92F4-4A38-8E61-C3F7A2904B6D"
PROSE = "A kettle is quiet when its base is thick and its lid is light."


@pytest.fixture
def placements(tmp_path):
    def of(text: str, suffix: str = ".html") -> list[str]:
        (tmp_path / "cta.toml").write_text(CONTRACT)
        file = tmp_path / "site" / "answers" / f"quiet-kettle{suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return [link.placement for link in scan(config.read(tmp_path / "cta.toml"), []).links]

    return of


@pytest.mark.parametrize(
    ("html", "placement"),
    [
        # Landmarks come first, whatever the target.
        (f'<nav><a href="{STORE}">Shop</a></nav>', "nav"),
        (f'<header><a href="{STORE}">Shop</a></header>', "header"),
        (f'<footer><p>{PROSE} <a href="{STORE}">Shop</a></p></footer>', "footer"),
        ('<form><p>By joining you accept our <a href="/privacy">terms</a></p></form>', "form"),
        ('<form action="/join"></form>', "form"),
        # What its author declares.
        (f'<p>{PROSE} <a rel="author" href="/people/mo">Mo</a></p>', "author"),
        (f'<p>{PROSE} <a rel="license" href="/reuse">licence</a></p>', "legal"),
        # Legal pages by their path.
        (f'<p>{PROSE} <a href="/affiliate-disclosure">Our disclosure</a></p>', "legal"),
        ('<p><a href="/privacy-policy/">Privacy</a></p>', "legal"),
        # A CTA stands alone; in prose the same link is inline.
        (f'<p><a href="{STORE}">Shop</a></p>', "cta"),
        (f'<p>Now: <a href="{STORE}">Shop</a></p>', "cta"),
        (f'<p>{PROSE} <a href="{STORE}">Shop</a></p>', "inline"),
        ('<p><a href="https://partner.example/k">Partner</a></p>', "cta"),
        ('<ul><li><a href="https://amzn.to/3x">Airy kettle</a></li></ul>', "cta"),
        ('<table><tr><td><a href="https://www.amazon.com/dp/B0LARKMR01">Check price</a></td></tr></table>', "cta"),
        ('<p><a href="/products/kettle">View the kettle</a></p>', "cta"),
        (f'<p>{PROSE} <a href="/products/kettle">View the kettle</a></p>', "inline"),
        ('<p><a data-cta-slot="hero" href="https://shop.example/">Go</a></p>', "cta"),
        ('<p><a class="btn" href="/join">Join</a></p>', "cta"),
        # Citations: external, not ours, and cited.
        (f'<p>{PROSE} (<a href="https://study.example/1">Study, 2021</a>)</p>', "citation"),
        (f'<p>{PROSE}<sup><a href="https://study.example/1">1</a></sup></p>', "citation"),
        (f'<p>{PROSE} <a href="https://study.example/1">[1]</a></p>', "citation"),
        ('<h2>References</h2><ol><li><a href="https://study.example/1">A study</a></li></ol>', "citation"),
        (f'<p>{PROSE} <a href="https://study.example/1">A study</a></p>', "inline"),
        (f'<p>{PROSE} (<a href="{STORE}">Amazon</a>)</p>', "inline"),
        # Cards and single links to other content.
        ('<a href="/answers/tea"><h3>Which tea?</h3><p>Green.</p></a>', "related"),
        ('<p>Next: <a href="/answers/tea">Which tea?</a></p>', "related"),
        # An author is who the page says it is by structure and target.
        ('<p><a href="/about">About Mo</a></p>', "author"),
        (f'<aside class="author"><p>{PROSE} <a href="/about">Mo</a></p></aside>', "author"),
        (f'<p>{PROSE} <a href="/about">about us</a></p>', "inline"),
        # Upwards: a breadcrumb before all headings, a way out behind all prose.
        (f'<p><a href="/answers">Answers</a></p><h1>Kettles</h1><p>{PROSE}</p>', "nav"),
        (f'<h1>Kettles</h1><p>{PROSE}</p><p><a href="/answers">All answers</a></p>', "footer"),
        ('<ul><li><a href="#lids">Lids</a></li></ul>', "nav"),
    ],
)
def test_placement_in_html(placements, html, placement):
    assert placements(f"<body>{html}</body>") == [placement]


def test_a_pair_of_closing_links_is_a_pair_of_ctas(placements):
    assert placements(f'<p><a href="{STORE}">Shop</a> <a href="/compare">Compare</a></p>') == ["cta", "cta"]


def test_a_shelf_of_product_cards_is_related_and_two_buttons_are_not(placements):
    card = '<a href="/products/{}"><h3>Kettle</h3></a>'
    assert placements("<div>" + "".join(card.format(n) for n in range(3)) + "</div>") == ["related"] * 3
    button = '<p><a href="/products/{}">Kettle</a></p>'
    assert placements("".join(button.format(n) for n in range(2))) == ["cta", "cta"]


def test_an_exported_markdown_page(placements):
    page = f"""# Which kettle is the quietest? | Larkmoor

**URL:** https://localhost/answers/quiet-kettle

{PROSE} See [how lids work](/answers/lids), or ([Moss, *Kettles*, 2020](https://study.example/1)).

Ready for a quiet kettle?

[Shop Larkmoor on Amazon]({STORE})[View our kettles](/products/kettle)
## More questions
[### Which tea is best?
{PROSE}](/answers/tea)[### Why does it whistle?
{PROSE}](/answers/whistle)       ![Mo](/mo.jpg)
### Mo

{PROSE} {PROSE}

 [Read Mo's full story →](/about)   ⚠️A word of caution about steam

{PROSE}
[Full disclaimer →](/disclaimer)

[All answers](/answers)"""
    assert placements(page, ".md") == [
        "inline", "citation", "cta", "cta", "related", "related", "author", "legal", "footer",
    ]  # fmt: skip
