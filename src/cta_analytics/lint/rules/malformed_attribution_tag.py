"""AMZ002: an Attribution tag of unknown shape."""

from __future__ import annotations

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.checks import departure, first_of, problem
from cta_analytics.lint.example import PRODUCT, anchor
from cta_analytics.lint.rule import Example, Rule


def _says(found: Departure, link: Link) -> str:
    return f'"maas" is of an unknown shape and none of our tags: "{found.actual}"'


RULE = Rule(
    code="AMZ002",
    name="malformed-attribution-tag",
    severity="warning",
    summary="`maas` has none of the shapes that Amazon's tags are known to have.",
    why=(
        "A tag that lost a character when it was copied measures nothing, and Amazon does not say so. The known shapes "
        "were seen in links, not promised by Amazon, hence a warning."
    ),
    bad=(Example(anchor(f"{PRODUCT}?maas=maas_adg_7C20E94B_afap_abs&ref_=aa_maas&tag=maas", "the kettle")),),
    good=(
        Example(
            anchor(f"{PRODUCT}?maas=maas_adg_7C20E94B1D8F4A63B5E07F1928C3D46A_afap_abs&ref_=aa_maas&tag=maas", "it")
        ),
    ),
    breaks_attribution=True,
    link=first_of(departure("AMZ002", _says), problem("AMZ002")),
    mutes=("AMZ014", "UTM004"),
)
