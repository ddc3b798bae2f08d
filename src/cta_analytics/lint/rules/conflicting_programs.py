"""AMZ005: Attribution and Associates on one link."""

from __future__ import annotations

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.checks import departure, first_of, problem
from cta_analytics.lint.example import PRODUCT, TAG, anchor, cta
from cta_analytics.lint.rule import Example, Rule


def _says(found: Departure, link: Link) -> str:
    return f'Attribution tag and Associates tag "{found.actual}" on one link'


RULE = Rule(
    code="AMZ005",
    name="conflicting-programs",
    severity="error",
    summary="An Attribution tag stands with an Associates `tag`, or with `ascsubtag`.",
    why=(
        "A link belongs to one of the two programs. With both, the bonus, the commission or the account itself is at "
        "risk: which of the tags is meant, only its author knows."
    ),
    bad=(
        Example(cta(tag="larkmoor-20")),
        Example(anchor(f"{PRODUCT}?maas={TAG}&ref_=aa_maas&tag=maas&ascsubtag=quiet-kettle", "the kettle")),
    ),
    good=(Example(cta()),),
    breaks_attribution=True,
    link=first_of(problem("AMZ005"), departure("AMZ005", _says)),
    mutes=("UTM004", "AFF002", "AFF003", "AMZ004"),
)
