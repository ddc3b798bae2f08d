"""AFF010: the Associates sentence where nothing is an Associates link."""

from __future__ import annotations

from collections.abc import Iterator

from cta_analytics.lint.disclosures import sentences
from cta_analytics.lint.example import SENTENCE, TAGGED, anchor, associates, cta
from cta_analytics.lint.page_text import PageText
from cta_analytics.lint.rule import Context, Example, Hit, Rule

# Behind these an Associates tag may stand.
_UNKNOWN = frozenset({"amazon_short", "short", "computed", "affiliate"})


def _check(text: PageText, context: Context) -> Iterator[Hit]:
    ours = text.by_program["attribution"]
    if not ours or text.by_program["associates"] or any(link.kind in _UNKNOWN for link in text.links):
        return
    # A banner or a script of Associates is no link.
    if "amazon-adsystem." in text.lower or "assoc-amazon." in text.lower:
        return
    if text.sentence_at(sentences(text.contract)) is not None:
        says = "says that it earns as an Amazon Associate, and its links to Amazon carry Attribution tags only"
        yield Hit(says, page=text.page)


RULE = Rule(
    code="AFF010",
    name="inapplicable-disclosure",
    severity="warning",
    summary="The Associates sentence stands on a page whose links to Amazon are all of program attribution.",
    why=(
        "The page tells its readers of a commission that nobody pays, on a brand's own products, and it hides which "
        "program its links are of from whoever checks them next."
    ),
    bad=(Example(f"{cta()}\n<footer><p>{SENTENCE}</p></footer>"),),
    good=(
        Example(cta()),
        Example(f"{associates(TAGGED)}\n{cta()}"),
        Example(f"{cta()}\n{anchor('https://www.awin1.com/cread.php?awinmid=77', 'a kettle')}\n<p>{SENTENCE}</p>"),
    ),
    text=_check,
)
