"""UTM011: a source and medium that GA4 puts into no channel."""

from __future__ import annotations

from collections.abc import Iterable

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import leads_to
from cta_analytics.lint.example import anchor
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule

_OURS = '[lint.options.UTM011]\nhosts = ["shop.example"]\n'


def _check(link: Link, context: Context) -> Iterable[Hit]:
    hosts = context.options["hosts"]
    landing = link.description.landing if hosts else None
    if landing is None or landing.ga4_channel != "Unassigned" or not leads_to(landing, hosts):
        return ()
    keys = [key for key in ("utm_medium", "utm_source", "utm_campaign") if key in landing.query]
    # Only a link's own parameter can be pointed at.
    param = next((param for key in keys for param in link.description.query.params_of(key)), None)
    start, end = (None, None)
    if param is not None:
        offset = link.description.query.offset
        start, end = offset + param.start, offset + param.end
    said = ", ".join(f"{key}={landing.query.get(key)}" for key in reversed(keys))
    says = f"GA4 has no channel for {said}: the visit lands in Unassigned"
    return (Hit(says, link, start=start, end=end, keys=frozenset(keys)),)


RULE = Rule(
    code="UTM011",
    name="unassigned-ga4-channel",
    severity="info",
    summary="Source and medium fall into no channel of GA4, on a host that reports to our GA4.",
    why=(
        "GA4 sorts visits into channels by fixed words. What fits none is shown as Unassigned, together with all other "
        "mistakes, and no channel report has these visits and sales."
    ),
    bad=(Example(anchor("https://shop.example/?utm_source=larkmoor&utm_medium=content", "our shop"), contract=_OURS),),
    good=(
        Example(anchor("https://shop.example/?utm_source=larkmoor&utm_medium=referral", "our shop"), contract=_OURS),
        Example(anchor("https://tea.example/?utm_source=larkmoor&utm_medium=content", "a friend"), contract=_OURS),
    ),
    link=_check,
    options=(Option("hosts", [], "Globs of the hosts that report to our GA4 (never Amazon's)"),),
)
