"""AFF012: a link to Amazon that nothing beside it calls so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cta_analytics.lint.example import TAGGED, associates, cta
from cta_analytics.lint.page_text import PageText
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule

_NAMES = Option("names", ["Amazon"], "what names the destination, in any case")


def _check(text: PageText, context: Context) -> Iterator[Hit]:
    named = [str(name) for name in context.options[_NAMES.name] if name]
    pattern = re.compile("|".join(re.escape(name) for name in named) or r"(?!)", re.IGNORECASE)
    for links in text.by_program.values():
        for link in links:
            if not pattern.search(link.text) and not pattern.search(text.said(*text.block_of(link))):
                yield Hit(f'neither the link "{link.text}" nor the text around it names Amazon', link)


RULE = Rule(
    code="AFF012",
    name="unnamed-destination",
    severity="info",
    summary="Neither the text of a link to Amazon nor the block that it stands in names Amazon.",
    why="Who knows before the click that it leads to a shop comes to buy; who does not, leaves, and counts as a click.",
    bad=(Example(associates(TAGGED), path="/blog/kettles"),),
    good=(
        Example(cta()),
        Example(associates(TAGGED, "the kettle we like, at Amazon"), path="/blog/kettles"),
    ),
    text=_check,
    options=(_NAMES,),
    off=True,
)
