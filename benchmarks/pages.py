"""A site of any number of HTML pages, the same for the same seed: answers as the sample site has them, and longer."""

# ruff: noqa: E501, SIM905
from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path

PAGES = 10_000
PRODUCTS = 40
POSTS = 200
BASE = "https://www.larkmoor.example"
STORE = "https://www.amazon.com/stores/Larkmoor/page/4D2A7F10-55B8-4E6C-9A13-7C0E2B9D8F64"
TAGS = [
    f"maas_adg_{number:032X}_afap_abs"
    for number in (0x5E1C0A9B47D83F26A0B1C93D7E4F6852, 0xB70D2F4E8A6C15930E7D4B2C9F81A36D)
]

CONTRACT = f"""\
[site]
base_url = "{BASE}"
timezone = "America/Chicago"
lang = "en"
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
[[pages]]
kind = "home"
path = "/"
[tags]
maas = {TAGS}
[[ctas]]
name = "amazon-store"
match = {{ kind = "amazon_store" }}
on = ["answer"]
program = "attribution"
min_per_page = 1
marketplace = "US"
store_page = "{STORE.rpartition("/")[2]}"
[ctas.params]
maas = {{ one_of = "tags.maas" }}
ref_ = "aa_maas"
tag = "maas"
lmsrc = "answer-cta"
utm_source = "larkmoor"
utm_medium = "content"
utm_content = "{{slug}}"
[[ctas]]
name = "amazon-product"
match = {{ kind = "amazon_product" }}
on = ["answer", "product"]
program = "attribution"
marketplace = "US"
[ctas.params]
maas = {{ one_of = "tags.maas" }}
ref_ = "aa_maas"
tag = "maas"
lmsrc = ["product-cta", "answer-inline"]
utm_source = "larkmoor"
utm_medium = "content"
utm_content = "{{slug}}"
"""

# Ordinary prose: the words that English text is mostly made of, with the nouns and verbs of a kitchen.
SMALL = (
    "the of and a to in is it that for on with as at by from or an this but not if when so than then there they you your "
    "we our its their more most less no one two three some any each every before after over under into through up out"
).split()
LARGE = (
    "kettle water steam lid handle spout stove burner boil whistle scale vinegar rinse dry towel copper steel enamel glass "
    "heat minute cup tea coffee mineral filter tap hard soft spring rust polish cloth brush shelf kitchen morning evening "
    "pour fill empty hold lift wait cool warm clean keep leave store buy choose measure weigh test repair replace notice "
    "quiet loud slow fast heavy light small large cheap good better worse simple common rare usual certain likely safe "
    "manufacturer laboratory temperature condensation thermometer induction ventilation maintenance difference reason"
).split()


def words(rng: random.Random, count: int) -> str:
    """So many words, two small ones for each large one or so."""
    return " ".join(rng.choice(SMALL) if rng.random() < 0.55 else rng.choice(LARGE) for _ in range(count))


def sentence(rng: random.Random, link: str = "") -> str:
    """A sentence, with a link among its words where one is given."""
    text = words(rng, rng.randint(6, 13)).capitalize()
    if link:
        text += f" {link} {words(rng, rng.randint(2, 6))}"
    elif rng.random() < 0.25:
        text += f", {words(rng, rng.randint(4, 9))}"
    elif rng.random() < 0.06:
        text += f" ({words(rng, 3)} &amp; {words(rng, 2)})"
    return text + rng.choice((".", ".", ".", ".", "?", " – and more."))


def paragraph(rng: random.Random, sentences: int, links: list[str]) -> str:
    """A paragraph of that many sentences, its links in some of them."""
    places = set(rng.sample(range(sentences), min(len(links), sentences)))
    waiting = iter(links)
    return f"<p>{' '.join(sentence(rng, next(waiting, '') if at in places else '') for at in range(sentences))}</p>"


def query(slug: str, number: int, source: str) -> str:
    """The parameters of a call to action; one page in a hundred carries another page's name, so that lint finds some."""
    content = slug if number % 100 else f"{slug}-old"
    pairs = f"maas={TAGS[number % 2]}&ref_=aa_maas&tag=maas&lmsrc={source}&utm_source=larkmoor&utm_medium=content&utm_content={content}"
    return escape(pairs)


def page(number: int, slugs: list[str], titles: list[str], seed: int) -> str:
    """The HTML of one answer: some 13 kB and some 33 links."""
    rng = random.Random(seed * 1_000_003 + number)
    slug, title = slugs[number], titles[number]
    others = rng.sample(range(len(slugs)), min(14, len(slugs)))

    def inline() -> str:
        kind = rng.random()
        if kind < 0.45:
            return f'<a href="/answers/{slugs[others[rng.randrange(5)]]}">{words(rng, 2)}</a>'
        if kind < 0.65:
            return f'<a href="/products/kettle-{rng.randrange(PRODUCTS)}">{words(rng, 2)}</a>'
        if kind < 0.80:
            return f'<a href="/blog/post-{rng.randrange(POSTS)}#{rng.choice(LARGE)}">{words(rng, 3)}</a>'
        if kind < 0.88:
            asin = f"B0LARK{rng.randrange(PRODUCTS):04d}"
            return f'<a href="https://www.amazon.com/dp/{asin}?{query(slug, number, "answer-inline")}" rel="sponsored">{words(rng, 2)}</a>'
        return f'<a href="https://journal-{rng.randrange(300)}.example/articles/{rng.randrange(10_000)}" rel="noopener">{words(rng, 3)}</a>'

    sections = []
    for _ in range(6):
        heading = words(rng, rng.randint(4, 8)).capitalize()
        blocks = [paragraph(rng, rng.randint(4, 6), [inline() for _ in range(rng.choice((0, 1, 1)))]) for _ in range(3)]
        sections.append(f"    <h2>{heading}?</h2>\n    " + "\n    ".join(blocks))
    points = "\n".join(f"      <li>{sentence(rng)}</li>" for _ in range(5))
    related = "\n".join(
        f'      <a class="card" href="/answers/{slugs[other]}"><h3>{titles[other]}</h3><p>{sentence(rng)}</p></a>'
        for other in others[5:11]
    )
    references = "\n".join(
        f'      <li><a href="https://doi.example/10.{rng.randrange(1000, 9999)}/{rng.randrange(10**6)}">{words(rng, 6).capitalize()}</a>, {rng.randint(1990, 2026)}.</li>'
        for _ in range(3)
    )
    product = rng.randrange(PRODUCTS)
    return f"""<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{title} | Larkmoor Answers</title>
  <meta name="description" content="{sentence(rng)}">
  <link rel="canonical" href="{BASE}/answers/{slug}">
  <link rel="stylesheet" href="/assets/site.css">
  <script src="/assets/cta.js" defer></script>
  <script type="application/ld+json">{{"@context":"https://schema.org","@type":"QAPage","name":"{title}","url":"{BASE}/answers/{slug}"}}</script>
</head>
<body>
  <header>
    <a class="brand" href="/">Larkmoor</a>
    <nav aria-label="Main">
      <ul>
        <li><a href="/answers">Answers</a></li>
        <li><a href="/products">Products</a></li>
        <li><a href="/blog">Blog</a></li>
        <li><a href="/about">About</a></li>
        <li><a href="/contact">Contact</a></li>
      </ul>
    </nav>
  </header>
  <main>
    <p class="trail"><a href="/">Home</a> › <a href="/answers">Answers</a></p>
    <article>
    <h1>{title}</h1>
    <p class="direct"><strong>Direct answer</strong> {sentence(rng)} {sentence(rng)}</p>
    <h2>Key takeaways</h2>
    <ul class="takeaways">
{points}
    </ul>
{chr(10).join(sections)}
    </article>
    <form class="signup" action="/subscribe" method="post">
      <h3>One tip a month</h3>
      <p>{sentence(rng)}</p>
      <label>E-mail <input type="email" name="email" required autocomplete="email"></label>
      <button type="submit">Subscribe</button>
    </form>
    <div class="cta">
      <p>{sentence(rng)}</p>
      <a class="button" href="{STORE}?{query(slug, number, "answer-cta")}" target="_blank" rel="noopener">Shop Larkmoor on Amazon</a>
      <a class="button quiet" href="/products/kettle-{product}">See kettle {product}</a>
    </div>
    <section class="related">
      <h2>More questions like this</h2>
{related}
    </section>
    <section class="references">
      <h2>Sources</h2>
      <ol>
{references}
      </ol>
    </section>
    <aside class="author">
      <img src="/images/wren.svg" alt="Wren Aldous at the stove" width="64" height="64" loading="lazy">
      <h3>Wren Aldous</h3>
      <p>{sentence(rng)} {sentence(rng)} <a href="/about">Read Wren's story →</a></p>
    </aside>
    <p class="legal">{sentence(rng)} <a href="/disclaimer">Full disclaimer →</a></p>
  </main>
  <footer>
    <p><a href="/answers">All questions</a> · <a href="/privacy">Privacy</a> · <a href="/disclaimer">Disclaimer</a> · <a href="mailto:hello@larkmoor.example">Write to us</a></p>
    <p>© 2026 Larkmoor. Kettles, made to last.</p>
  </footer>
</body>
</html>
"""


def pages(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Slug and HTML of each page."""
    rng = random.Random(seed)
    titles = [f"{words(rng, rng.randint(5, 9)).capitalize()}?" for _ in range(count)]
    slugs = [f"{title.rstrip('?').lower().replace(' ', '-')}-{number}" for number, title in enumerate(titles)]
    for number, slug in enumerate(slugs):
        yield slug, page(number, slugs, titles, seed)


def linked() -> Iterator[str]:
    """The paths of the small pages that answers link to, so that none of their links leads nowhere."""
    yield from ("/", "/answers", "/products", "/blog", "/about", "/contact", "/disclaimer", "/privacy")
    yield from (f"/products/kettle-{number}" for number in range(PRODUCTS))
    yield from (f"/blog/post-{number}" for number in range(POSTS))


def write(folder: Path, count: int = PAGES, seed: int = 1) -> Path:
    """The site in `folder` with its `cta.toml`, whole or not at all; one that is there already stays."""
    if folder.is_dir():
        return folder
    draft = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    answers = draft / "site" / "answers"
    answers.mkdir(parents=True)
    (draft / "cta.toml").write_text(CONTRACT, encoding="utf-8")
    for slug, html in pages(count, seed):
        (answers / f"{slug}.html").write_text(html, encoding="utf-8")
    for path in linked():
        file = draft / "site" / path.lstrip("/") / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"<!doctype html><title>{path}</title><p>Larkmoor: {path}</p>\n", encoding="utf-8")
    draft.rename(folder)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.folder, options.pages, options.seed)


if __name__ == "__main__":
    main()
