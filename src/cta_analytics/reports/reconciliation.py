"""The table of the report that sets our own clicks beside the network's, tag by tag."""

from __future__ import annotations

from cta_analytics.reports.chart import Table
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.texts import text

_COLUMNS = (
    "reconcile.tag",
    "reconcile.days",
    "reconcile.own",
    "reconcile.network",
    "reconcile.expected",
    "reconcile.verdict",
)
_JUDGEMENTS = {
    "as expected": "reconcile.is_as_expected",
    "below": "reconcile.is_below",
    "above": "reconcile.is_above",
    "masked": "reconcile.is_masked",
}


def reconciliation(facts: Facts) -> Table:
    """One row a tag with clicks on a side; without rows where no report of the period counts clicks."""
    count = facts.locale.count
    return Table(
        tuple(text(name) for name in _COLUMNS),
        tuple(
            (
                row.known_as,
                count(row.days_covered),
                count(row.own_clicks),
                count(row.clicks_through),
                f"{count(row.least_expected)} – {count(row.most_expected)}",
                text(_JUDGEMENTS[row.judgement]),
            )
            for row in facts.reconciled
        ),
    )
