"""The site's HTML, as a static site generator would leave it."""

from __future__ import annotations

import html
from collections.abc import Callable

from . import hyperlinks
from .catalogue import Answer, Catalogue, Post, Product, Section
from .page import Composer, PageFile

_NAV = [("/answers", "Answers"), ("/products", "Products"), ("/blog", "Blog"), ("/about", "About")]


def _text(value: str) -> str:
    return html.escape(value, quote=False)


def document(
    composer: Composer, path: str, title: str, description: str, body: Callable[[], str], canonical: bool = True
) -> str:
    """A whole page around `body`, which is called where it stands so that links are noted in document order."""
    catalogue = composer.catalogue
    link = f'  <link rel="canonical" href="{catalogue.base_url}{path}">\n' if canonical else ""
    brand = composer.anchor("nav", "/", "Keenrow", css="brand")
    nav = "\n".join(f"        <li>{composer.anchor('nav', href, name)}</li>" for href, name in _NAV)
    main = body()
    foot = " · ".join(
        composer.anchor("footer", href, name)
        for href, name in [("/answers", "All questions"), ("/disclaimer", "Disclaimer"), ("/about", "About Keenrow")]
    )
    return f"""<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{_text(title)}</title>
  <meta name="description" content="{html.escape(description)}">
{link}  <link rel="stylesheet" href="/assets/site.css">
  <script src="/assets/cta.js" defer></script>
</head>
<body>
  <header>
    {brand}
    <nav aria-label="Main">
      <ul>
{nav}
      </ul>
    </nav>
  </header>
  <main>
{main.strip(chr(10))}
  </main>
  <footer>
    <p>{foot}</p>
    <p>© 2026 Keenrow. Sharpening and board care, made in small batches.</p>
  </footer>
</body>
</html>
"""


def _paragraphs(composer: Composer, paragraphs: tuple[str, ...] | list[str]) -> str:
    return "\n".join(f"    <p>{composer.html(text)}</p>" for text in paragraphs)


def _sections(composer: Composer, sections: tuple[Section, ...]) -> str:
    return "\n".join(
        f"    <h2>{_text(section.heading)}</h2>\n{_paragraphs(composer, section.paragraphs)}" for section in sections
    )


def _signup() -> str:
    return """    <form class="signup" action="/subscribe" method="post">
      <h3>One sharpening tip a month</h3>
      <p>A short letter from the workshop. No more than twelve a year, and every one has a way out.</p>
      <label>E-mail <input type="email" name="email" required autocomplete="email"></label>
      <button type="submit">Subscribe</button>
    </form>"""


def _author(composer: Composer) -> str:
    more = composer.anchor("author", "/about", "Read Mara's story →")
    return f"""    <aside class="author">
      <img src="/images/mara.svg" alt="Mara Lindqvist at the grinding bench" width="64" height="64" loading="lazy">
      <h3>Mara Lindqvist</h3>
      <p>Mara spent eleven years as a prep cook before she and her brother Jonas started Keenrow. She sharpens
        every knife that comes back to the workshop and writes these answers from what she sees on the bench. {more}</p>
    </aside>"""


def _card(composer: Composer, answer: Answer) -> str:
    inner = f"<h3>{_text(answer.title)}</h3><p>{_text(answer.description)}</p>"
    return f"      {composer.anchor('related', answer.path, inner, css='card')}"


def answer_page(catalogue: Catalogue, answer: Answer) -> PageFile:
    """An answer: direct answer, takeaways, sections, sign-up, the pair of closing CTAs, related answers, author."""
    composer = Composer(catalogue, answer.slug)
    product = catalogue.products[answer.product]
    store = hyperlinks.answer_store(catalogue, answer)

    def body() -> str:
        trail = composer.anchor("nav", "/answers", "Answers")
        takeaways = "\n".join(f"      <li>{_text(item)}</li>" for item in answer.takeaways)
        lead = _paragraphs(composer, [answer.lead])
        sections = _sections(composer, answer.sections)
        buttons = []
        if store:
            slot = "closing-amazon" if answer.slots else None
            buttons.append(composer.anchor("amazon", store, "Shop Keenrow on Amazon", slot=slot, css="button"))
        slot = "closing-product" if answer.slots else None
        view = f"See the {_text(product.short)}"
        buttons.append(composer.anchor("product", product.path, view, slot=slot, css="button quiet"))
        cards = "\n".join(_card(composer, catalogue.answers[slug]) for slug in answer.related)
        return f"""
    <p class="trail">{trail}</p>
    <article>
    <h1>{_text(answer.title)}</h1>
    <p class="direct"><strong>Direct answer</strong> {_text(answer.direct)}</p>
    <h2>Key takeaways</h2>
    <ul class="takeaways">
{takeaways}
    </ul>
{lead}
{sections}
    <h2>The bottom line</h2>
    <p>{composer.html(answer.bottom_line)}</p>
    </article>
{_signup()}
    <div class="cta">
      <p>{_text(answer.closing)}</p>
      {f"{chr(10)}      ".join(buttons)}
    </div>
    <section class="related">
      <h2>More questions like this</h2>
{cards}
    </section>
{_author(composer)}
    <p class="legal">A sharp knife deserves attention: cut away from yourself and keep stones on a damp cloth.
      {composer.anchor("legal", "/disclaimer", "Full disclaimer →")}</p>"""

    text = document(composer, answer.path, f"{answer.title} | Keenrow Answers", answer.description, body)
    return PageFile(answer.path, f"answers/{answer.slug}.html", "answer", text, composer.links())


def product_page(catalogue: Catalogue, product: Product) -> PageFile:
    """A product with its Amazon button and the answers that lead to it."""
    composer = Composer(catalogue, product.slug)
    answers = [answer for answer in catalogue.answers.values() if answer.product == product.slug][:5]

    def body() -> str:
        lead = _paragraphs(composer, [product.lead])
        facts = "\n".join(f"      <li>{_text(fact)}</li>" for fact in product.facts)
        listing = hyperlinks.product_listing(catalogue, product)
        button = composer.anchor("amazon", listing, "Buy it on Amazon", css="button")
        sections = _sections(composer, product.sections)
        cards = "\n".join(_card(composer, answer) for answer in answers)
        return f"""
    <h1>{_text(product.name)}</h1>
    <img src="/images/{product.slug}.svg" alt="{html.escape(product.name)}" width="480" height="320">
{lead}
    <ul class="facts">
{facts}
    </ul>
    <div class="cta">
      {button}
    </div>
{sections}
    <section class="related">
      <h2>Answers about it</h2>
{cards}
    </section>"""

    text = document(composer, product.path, f"{product.name} | Keenrow", product.description, body)
    return PageFile(product.path, f"products/{product.slug}.html", "product", text, composer.links())


def post_page(catalogue: Catalogue, post: Post) -> PageFile:
    """A blog post; the disclosure stands before the first Associates link."""
    composer = Composer(catalogue, post.slug)

    def body() -> str:
        disclosure = (
            '\n    <p class="disclosure">As an Amazon Associate I earn from qualifying purchases. '
            "Links marked (paid link) are of that kind.</p>"
            if post.disclosure
            else ""
        )
        sections = _sections(composer, post.sections)
        return f"""
    <article>
    <h1>{_text(post.title)}</h1>
    <p class="date"><time datetime="{post.date}">{post.date}</time></p>{disclosure}
{sections}
    </article>
{_signup()}
{_author(composer)}"""

    text = document(composer, post.path, f"{post.title} | Keenrow", post.description, body)
    return PageFile(post.path, f"blog/{post.slug}.html", "blog", text, composer.links())


def _listing(composer: Composer, role: str, entries: list[tuple[str, str, str]]) -> str:
    items = (
        f"      <li>{composer.anchor(role, path, _text(title))}<br>{_text(description)}</li>"
        for path, title, description in entries
    )
    return "    <ul>\n" + "\n".join(items) + "\n    </ul>"


def index_pages(catalogue: Catalogue) -> list[PageFile]:
    """The lists of answers, products and posts."""
    answers = [(a.path, a.title, a.description) for a in catalogue.answers.values()]
    products = [(p.path, p.name, p.description) for p in catalogue.products.values()]
    posts = [(p.path, p.title, p.description) for p in catalogue.posts.values()]
    return [
        _index(catalogue, "/answers", "related", answers),
        _index(catalogue, "/products", "product", products),
        _index(catalogue, "/blog", "related", posts),
    ]


def _index(catalogue: Catalogue, path: str, role: str, entries: list[tuple[str, str, str]]) -> PageFile:
    words = catalogue.pages[path.strip("/")]
    composer = Composer(catalogue, "")

    def body() -> str:
        lead = _paragraphs(composer, words["text"].strip().split("\n\n"))
        return f"\n    <h1>{_text(words['title'])}</h1>\n{lead}\n{_listing(composer, role, entries)}"

    text = document(composer, path, f"{words['title']} | Keenrow", words["description"], body)
    return PageFile(path, f"{path.strip('/')}/index.html", "index", text, composer.links())


def plain_pages(catalogue: Catalogue) -> list[PageFile]:
    """Home, about and disclaimer; the last has no canonical link, so its path is that of its file."""
    return [
        _plain(catalogue, "/", "home", "index.html"),
        _plain(catalogue, "/about", "page", "about.html"),
        _plain(catalogue, "/disclaimer", "page", "disclaimer.html"),
    ]


def _plain(catalogue: Catalogue, path: str, kind: str, file: str) -> PageFile:
    words = catalogue.pages[path.strip("/") or "home"]
    composer = Composer(catalogue, "")

    def body() -> str:
        text = _paragraphs(composer, words["text"].strip().split("\n\n"))
        return f"\n    <h1>{_text(words['title'])}</h1>\n{text}"

    title = words["title"] if path == "/" else f"{words['title']} | Keenrow"
    text = document(composer, path, title, words["description"], body, canonical=path != "/disclaimer")
    return PageFile(path, file, kind, text, composer.links())
