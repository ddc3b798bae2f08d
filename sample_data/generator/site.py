"""All files of the sample site."""

from __future__ import annotations

from cta_analytics.collect import snippet
from cta_analytics.config import Contract

from . import html_pages, markdown_pages
from .catalogue import ROOT, Catalogue
from .page import PageFile

SENT = ("click", "submit")
"""What the sample's snippet reports."""


def pages(catalogue: Catalogue) -> list[PageFile]:
    """Every page, in a fixed order."""
    found = [*html_pages.plain_pages(catalogue), *html_pages.index_pages(catalogue)]
    found += [html_pages.product_page(catalogue, product) for product in catalogue.products.values()]
    for post in catalogue.posts.values():
        module = markdown_pages if post.format == "markdown" else html_pages
        found.append(module.post_page(catalogue, post))
    for answer in catalogue.answers.values():
        module = markdown_pages if answer.format == "markdown" else html_pages
        found.append(module.answer_page(catalogue, answer))
    return found


def _drawing(label: str, hue: int, width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">'
        f'<rect width="{width}" height="{height}" fill="hsl({hue} 24% 88%)"/>'
        f'<path d="M{width // 8} {height * 5 // 8} H{width * 5 // 8} Q{width * 7 // 8} {height * 5 // 8} '
        f'{width * 7 // 8} {height * 3 // 8} H{width // 8} Z" fill="hsl({hue} 18% 42%)"/></svg>\n'
    )


def assets(catalogue: Catalogue, found: list[PageFile]) -> dict[str, str]:
    """Style sheet, click snippet, drawings, robots.txt and sitemap, by path under `site/`."""
    files = {
        "assets/site.css": (ROOT / "source" / "site.css").read_text(encoding="utf-8"),
        "assets/cta.js": f"{snippet.script(Contract.model_validate(catalogue.contract), SENT)}\n",
        "images/mara.svg": _drawing("Mara Lindqvist", 28, 64, 64),
        "robots.txt": f"User-agent: *\nDisallow: /go/\nDisallow: /cta/\n\nSitemap: {catalogue.base_url}/sitemap.xml\n",
    }
    for number, product in enumerate(catalogue.products.values()):
        files[f"images/{product.slug}.svg"] = _drawing(product.name, 30 + 60 * number, 480, 320)
    entries = "".join(f"  <url><loc>{catalogue.base_url}{page.path}</loc></url>\n" for page in found)
    files["sitemap.xml"] = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )
    return files
