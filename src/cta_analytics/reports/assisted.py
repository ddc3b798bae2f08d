"""The table of assisted clicks: clicks on product pages, by the answers that led there."""

from __future__ import annotations

from decimal import Decimal

from cta_analytics.reports.chart import Table
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.names import answer_name
from cta_analytics.reports.texts import text


def assisted(facts: Facts) -> Table:
    """An answer's assisted clicks by the configured model, beside the least and the most of all models."""

    def count(value: float) -> str:
        return facts.locale.count(Decimal(str(round(value, 1))))

    return Table(
        tuple(text(f"assisted.{name}") for name in ("answer", facts.assisted_model, "between", "product_pages")),
        tuple(
            (
                answer_name(row.answer, row.title),
                count(row.assisted_clicks),
                text("estimates.between", low=count(row.least), high=count(row.most)),
                count(row.product_pages),
            )
            for row in facts.assisted
        ),
    )
