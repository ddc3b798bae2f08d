"""AMZ010: a macro that nobody filled."""

from __future__ import annotations

from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import API_TAG, API_TAG_IS_OURS, PRODUCT, anchor
from cta_analytics.lint.rule import Example, Rule

_URL = f"{PRODUCT}?maas={API_TAG}&ref_=aa_maas&tag=maas&aa_adgroupid=answers&aa_creativeid=quiet-kettle"

RULE = Rule(
    code="AMZ010",
    name="unexpanded-macro",
    severity="error",
    summary="`{…}` is left in an `aa_*` value of an API Attribution tag.",
    why=(
        "Only the publisher that a macro tag was made for fills the macro. On a page of ours all clicks are reported "
        "under one campaign that is literally called `{campaignid}`, or not at all."
    ),
    bad=(Example(anchor(f"{_URL}&aa_campaignid={{campaignid}}"), contract=API_TAG_IS_OURS),),
    good=(Example(anchor(f"{_URL}&aa_campaignid=kitchen"), contract=API_TAG_IS_OURS),),
    breaks_attribution=True,
    link=problem("AMZ010"),
)
