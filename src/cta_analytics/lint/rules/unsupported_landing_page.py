"""AMZ008: an Attribution tag where Amazon measures none."""

from __future__ import annotations

from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import PRODUCT, TAG, anchor, cta
from cta_analytics.lint.rule import Example, Rule

_TAGGED = f"maas={TAG}&ref_=aa_maas&tag=maas"

RULE = Rule(
    code="AMZ008",
    name="unsupported-landing-page",
    severity="error",
    summary="An Attribution tag leads to a search, the home page, a category or another page that is no product or Store.",
    why=(
        "Amazon measures Attribution tags on product detail pages and Brand Store pages only. On any other page the "
        "clicks are lost to the report, and with them the sales and the Brand Referral Bonus."
    ),
    bad=(
        Example(anchor(f"https://www.amazon.com/s?k=larkmoor+kettle&{_TAGGED}")),
        Example(anchor(f"https://www.amazon.com/?{_TAGGED}")),
        Example(anchor(f"https://www.amazon.com/shop/larkmoor?{_TAGGED}")),
    ),
    good=(
        Example(cta()),
        Example(anchor(f"{PRODUCT}?{_TAGGED}", "the kettle")),
        # A single segment may be the Store's vanity name.
        Example(anchor(f"https://www.amazon.com/larkmoor?{_TAGGED}")),
    ),
    breaks_attribution=True,
    link=problem("AMZ008"),
)
