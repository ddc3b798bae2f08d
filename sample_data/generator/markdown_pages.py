"""The part of the site that is authored in Markdown: some answers and posts."""

from __future__ import annotations

from . import hyperlinks
from .catalogue import Answer, Catalogue, Post, Section
from .page import Composer, PageFile

_MARA = (
    "Mara spent eleven years as a prep cook before she and her brother Jonas started Keenrow. She sharpens every knife "
    "that comes back to the workshop and writes these answers from what she sees on the bench."
)


def _sections(composer: Composer, sections: tuple[Section, ...]) -> str:
    parts = []
    for section in sections:
        parts.append(f"## {section.heading}")
        parts.extend(composer.markdown(text) for text in section.paragraphs)
    return "\n\n".join(parts)


def answer_page(catalogue: Catalogue, answer: Answer) -> PageFile:
    """An answer as a page-to-Markdown export gives it: buttons and cards touch, labels are glued to their text."""
    composer = Composer(catalogue, answer.slug)
    product = catalogue.products[answer.product]
    takeaways = "\n".join(f"- &#10003;{item}" for item in answer.takeaways)
    lead = composer.markdown(answer.lead)
    sections = _sections(composer, answer.sections)
    bottom_line = composer.markdown(answer.bottom_line)
    store = hyperlinks.answer_store(catalogue, answer)
    buttons = f"[Shop Keenrow on Amazon]({composer.note('amazon', store)})" if store else ""
    buttons += f"[See the {product.short}]({composer.note('product', product.path)})"
    related = [catalogue.answers[slug] for slug in answer.related]
    cards = "".join(
        f"[### {card.title}\n{card.description}]({composer.note('related', card.path)})" for card in related
    )
    text = f"""# {answer.title} | Keenrow Answers

> {answer.description}

**URL:** https://localhost{answer.path}

---

Direct Answer{answer.direct}

## Key Takeaways

{takeaways}
{lead}

{sections}

## The Bottom Line
{bottom_line}

### One sharpening tip a month
A short letter from the workshop. No more than twelve a year, and every one has a way out.

Subscribe
Thank you. Look for a letter from Keenrow in your inbox.

That did not work. Please check the address and try again.

{answer.closing}

{buttons}
## More questions like this
{cards}  ![Mara Lindqvist at the grinding bench](/images/mara.svg)
### Mara Lindqvist
 Co-founder, Keenrow

  {_MARA}

 [Read Mara's story →]({composer.note("author", "/about")})   🔪A sharp knife deserves attention

Cut away from yourself and keep stones on a damp cloth.
[Full disclaimer →]({composer.note("legal", "/disclaimer")})

[All Questions]({composer.note("footer", "/answers")})
"""
    return PageFile(answer.path, f"answers/{answer.slug}.md", "answer", text, composer.links())


def post_page(catalogue: Catalogue, post: Post) -> PageFile:
    """A post with front matter; `permalink` gives its path."""
    composer = Composer(catalogue, post.slug)
    disclosure = (
        "As an Amazon Associate I earn from qualifying purchases. Links marked (paid link) are of that kind.\n\n"
        if post.disclosure
        else ""
    )
    sections = _sections(composer, post.sections)
    text = f"""---
title: "{post.title}"
description: "{post.description}"
date: {post.date}
permalink: {post.path}
---

# {post.title}

{disclosure}{sections}
"""
    return PageFile(post.path, f"blog/{post.date}-{post.slug}.md", "blog", text, composer.links())
