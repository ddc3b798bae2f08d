"""AFF006: an Associates link that does not say so to search engines."""

from __future__ import annotations

from collections.abc import Iterator

from cta_analytics.lint.example import SENTENCE, TAGGED, associates
from cta_analytics.lint.page_text import PageText
from cta_analytics.lint.rule import Context, Example, Hit, Rule

_ENOUGH = frozenset({"sponsored", "nofollow"})


def _check(text: PageText, context: Context) -> Iterator[Hit]:
    if not text.is_html:
        return
    for link in text.by_program["associates"]:
        rel = (link.rel or "").lower().split()
        if _ENOUGH.isdisjoint(rel):
            has = f'its rel is "{" ".join(rel)}"' if rel else "it has no rel"
            yield Hit(f'an Associates link without rel="sponsored": {has}', link)


def _page(rel: str) -> str:
    return f'<p>{SENTENCE}</p>\n<p>We like <a href="{TAGGED}"{rel}>this kettle</a> (paid link).</p>'


RULE = Rule(
    code="AFF006",
    name="missing-sponsored-rel",
    severity="warning",
    summary='An Associates link of an HTML page has no `rel="sponsored"`; `nofollow` will do.',
    why=(
        "Google asks sites to mark the outbound links that they are paid for. A site that does not puts the visits at risk "
        "that all its CTAs live from."
    ),
    bad=(
        Example(_page(""), path="/blog/kettles"),
        Example(_page(' target="_blank" rel="noopener"'), path="/blog/kettles"),
    ),
    good=(
        Example(associates(TAGGED), path="/blog/kettles"),
        Example(_page(' rel="nofollow noopener"'), path="/blog/kettles"),
        Example(f"{SENTENCE}\n\nWe like [this kettle]({TAGGED}) (paid link).\n", path="/blog/kettles", suffix=".md"),
    ),
    text=_check,
)
