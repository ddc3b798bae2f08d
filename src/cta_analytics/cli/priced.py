"""`cta lint --with-warehouse`: what the findings cost, by the published warehouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cta_analytics.cli import output
from cta_analytics.config import Project
from cta_analytics.conversions import pricing
from cta_analytics.lint.finding import Finding
from cta_analytics.lint.price import DAYS
from cta_analytics.metrics import measure
from cta_analytics.metrics.calendar import complete_through
from cta_analytics.metrics.figures import DataEnd
from cta_analytics.warehouse import connection

Pricer = Callable[[Sequence[Finding]], Sequence[Finding]]


def pricer(project: Project, quiet: bool) -> Pricer:
    """Gives findings their prices. The warehouse is read once; the data says which days are the last, no clock does.

    Raises: CtaError where there is no warehouse.
    """
    with connection.reader(project) as reading:
        last = complete_through(measure.rows(reading, "data_ends", DataEnd), project.contract.zone)
        clicks = pricing.read(reading, last) if last else None
    if clicks is None:
        output.say(
            "the warehouse holds no page view or click, so findings have no price; `cta ingest LOG` brings them", quiet
        )
        return lambda findings: findings
    output.say(f"clicks of {DAYS} days, {clicks.first} to {clicks.last}{_unsold(clicks)}", quiet)
    return lambda findings: pricing.priced(findings, clicks, project.contract)


def _unsold(clicks: pricing.Clicks) -> str:
    """Why there are no sales, where there are none."""
    if any(rate.is_enough for rate in clicks.rates):
        return ""
    most = max(clicks.rates, key=lambda rate: (rate.orders, rate.own_clicks), default=None)
    own_clicks, orders = (most.own_clicks, most.orders) if most else (0, 0)
    return (
        f"; no sales: tags of one answer alone have {own_clicks} own clicks and {orders} orders in them, "
        f"an estimate needs {pricing.LEAST_CLICKS} and {pricing.LEAST_ORDERS}"
    )
