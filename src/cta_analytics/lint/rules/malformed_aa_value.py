"""AMZ011: an id of ours that Amazon does not take."""

from __future__ import annotations

from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import API_TAG, API_TAG_IS_OURS, PRODUCT, anchor
from cta_analytics.lint.rule import Example, Rule

_URL = f"{PRODUCT}?maas={API_TAG}&ref_=aa_maas&tag=maas&aa_campaignid=kitchen&aa_adgroupid=answers"

RULE = Rule(
    code="AMZ011",
    name="malformed-aa-value",
    severity="error",
    summary=(
        "An `aa_*` value is longer than 254 characters, or holds a character that is forbidden there even escaped: "
        "one of `/ & = # ? + ' \" ’ ” % $`."
    ),
    why="Amazon cannot read the value back as it was written: the clicks and sales of the link are in no report.",
    bad=(
        Example(anchor(f"{_URL}&aa_creativeid=quiet%2Fkettle"), contract=API_TAG_IS_OURS),
        Example(anchor(f"{_URL}&aa_creativeid={'quiet-kettle-' * 20}"), contract=API_TAG_IS_OURS),
    ),
    good=(Example(anchor(f"{_URL}&aa_creativeid=quiet-kettle"), contract=API_TAG_IS_OURS),),
    breaks_attribution=True,
    link=problem("AMZ011"),
)
