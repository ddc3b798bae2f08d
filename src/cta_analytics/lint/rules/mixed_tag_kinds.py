"""AMZ022: parts of a console tag and of an API tag in one link."""

from __future__ import annotations

from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import API_TAG, API_TAG_IS_OURS, PRODUCT, TAG, anchor
from cta_analytics.lint.rule import Example, Rule

_API = f"{PRODUCT}?maas={API_TAG}&ref_=aa_maas&tag=maas&aa_campaignid=kitchen&aa_adgroupid=answers"

RULE = Rule(
    code="AMZ022",
    name="mixed-tag-kinds",
    severity="error",
    summary="A console Attribution tag stands with `aa_*` keys, or an API tag lacks one of the three.",
    why=(
        "A console tag has its ad group in itself, an API tag has it in `aa_campaignid`, `aa_adgroupid` and "
        "`aa_creativeid`. Half of one and half of the other measures nothing."
    ),
    bad=(
        Example(anchor(f"{PRODUCT}?maas={TAG}&ref_=aa_maas&tag=maas&aa_campaignid=kitchen")),
        Example(anchor(_API), contract=API_TAG_IS_OURS),
    ),
    good=(
        Example(anchor(f"{PRODUCT}?maas={TAG}&ref_=aa_maas&tag=maas")),
        Example(anchor(f"{_API}&aa_creativeid=quiet-kettle"), contract=API_TAG_IS_OURS),
    ),
    breaks_attribution=True,
    link=problem("AMZ022"),
)
