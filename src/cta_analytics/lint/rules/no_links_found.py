"""CFG003: a run that found nothing to check."""

from __future__ import annotations

from collections.abc import Iterator

from cta_analytics.lint.example import anchor, cta
from cta_analytics.lint.outcome import Outcome
from cta_analytics.lint.rule import Context, Example, Hit, Rule, Spot

_REMEDY = "with --allow-empty that is no finding"


def _check(outcome: Outcome, context: Context) -> Iterator[Hit]:
    says = None if outcome.allows_empty else _says(outcome, context)
    if says:
        yield Hit(f"{says}; {_REMEDY}", at=Spot(outcome.file))


def _says(outcome: Outcome, context: Context) -> str | None:
    pages = f"{outcome.pages} page{'' if outcome.pages == 1 else 's'}"
    if not outcome.links:
        return f"no link on {pages}: are these the pages that readers get?" if outcome.is_wide else None
    if not outcome.is_whole:
        return None
    kinds = {kind.kind for kind in context.contract.pages}
    if kinds and not kinds & outcome.kinds:
        return f"none of {pages} has a path of [[pages]]: do the roots of [[sources]] start where the paths do?"
    if context.contract.ctas and not outcome.ctas:
        return (
            f"none of {outcome.links} links on {pages} falls under one of [[ctas]]: do `match` and `on` fit the site?"
        )
    return None


RULE = Rule(
    code="CFG003",
    name="no-links-found",
    severity="error",
    summary="A run over a whole site saw no link, no CTA, or no page that the contract is about.",
    why="A check that looked at nothing is green for ever, and so is every campaign that was meant to be checked by it.",
    bad=(
        Example("<p>Which kettle is the quietest? Ours.</p>"),
        Example('<p><a href="https://tea.example/kettles">About kettles</a></p>'),
        Example(cta(), path="/kettles/quiet-kettle"),
    ),
    good=(Example(cta()), Example(cta(), others=(("/about", anchor("/answers/quiet-kettle", "The kettle")),))),
    run=_check,
)
