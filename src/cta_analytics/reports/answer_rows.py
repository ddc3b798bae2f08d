"""The table of answers: cells as they are shown, values to sort by, and the bar of each interval."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cta_analytics.metrics.figures import Answer
from cta_analytics.reports.compare import AnswerChange
from cta_analytics.reports.drawing import Scale, ticks
from cta_analytics.reports.estimates import orders_between, sales_between
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.locale import NOTHING
from cta_analytics.reports.names import answer_name
from cta_analytics.reports.spark import spark_path
from cta_analytics.reports.standing_rows import StandingRow, standing_row
from cta_analytics.reports.texts import text
from cta_analytics.stats.verdict import Verdict

BAR = 120
"""Width of an interval's bar in CSS pixels."""
COVERED = 0.8
"""Share of the known intervals that end on the scale; the others point out of it."""
ENOUGH = 20
"""Visitor-days from which on an answer's interval has a say in the scale of the bars."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval as pixels from the left; `goes_on` where its end lies beyond the scale."""

    low: float
    high: float
    rate: float
    goes_on: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row; the fields that end in `_sort` order it, None goes last."""

    name: str
    slug: str
    url: str | None
    has_cta: bool
    weeks: str | None
    views: str
    visitor_days: str
    clicks: str
    clicks_detail: str
    rate: str
    between: str
    bar: Bar | None
    verdict: Verdict | None
    from_to: str
    chance: str
    orders: str
    sales: str
    orders_between: str
    sales_between: str
    is_estimate: bool
    is_hidden: bool
    basis: str
    standing: StandingRow
    views_sort: int
    visitor_days_sort: int
    clicks_sort: int
    rate_sort: float | None
    change_sort: float | None
    orders_sort: float | None
    sales_sort: float | None


def scale(facts: Facts) -> Scale:
    """The common scale of the bars, from zero to a round rate that most of the better known intervals stay below."""
    by_trials = sorted(
        (line for line in facts.answers if line.interval), key=lambda line: (-line.answer.visitor_days, line.answer.key)
    )
    known = [line.interval.high for line in by_trials if line.interval and line.answer.visitor_days >= ENOUGH]
    highs = sorted(known or [line.interval.high for line in by_trials if line.interval] or [0.1])
    return Scale(min(1.0, ticks(highs[int(COVERED * (len(highs) - 1))])[-1]), 2, BAR - 2)


def rows(facts: Facts) -> list[AnswerRow]:
    """The answers, most clicks first."""
    along = scale(facts)
    without = {(row.answer, row.site) for row in facts.without_cta}
    return [
        _row(facts, line, along, (line.answer.answer, line.answer.site or "") not in without) for line in facts.answers
    ]


def _row(facts: Facts, line: AnswerChange, along: Scale, has_cta: bool) -> AnswerRow:
    answer, count, share = line.answer, facts.locale.count, facts.locale.share
    rate = answer.share.rate
    return AnswerRow(
        name=answer_name(answer.answer, answer.title),
        slug=answer.answer,
        url=answer.web_url,
        has_cta=has_cta,
        weeks=spark_path(facts.daily.weekly_clicks(answer.key, facts.period.last)),
        views=count(answer.views),
        visitor_days=count(answer.visitor_days),
        clicks=count(answer.clicks),
        clicks_detail=text(
            "headline.clicks_detail",
            amazon=count(answer.amazon_clicks),
            product=count(answer.product_clicks),
            other=count(answer.clicks - answer.amazon_clicks - answer.product_clicks),
        ),
        rate=share(rate),
        between=f"{share(line.interval.low)}–{share(line.interval.high)}" if line.interval else "",
        bar=_bar(line, along),
        verdict=line.verdict if line.change and line.verdict is not Verdict.cannot_tell else None,
        from_to=text("answers.from_to", before=share(line.answer.before.rate), now=share(line.answer.like.rate))
        if line.change
        else "",
        chance=_chance(facts, line),
        is_hidden=answer.basis in {"masked", "masked_or_zero"},
        orders=_figure(answer, None if answer.orders is None else count(answer.orders)),
        sales=_figure(answer, _cash(facts, answer), "answers.hidden"),
        orders_between=orders_between(facts, answer),
        sales_between=sales_between(facts, answer),
        is_estimate=answer.basis in {"allocated", "mixed"},
        basis=answer.basis or "none",
        standing=standing_row(facts, answer),
        views_sort=answer.views,
        visitor_days_sort=answer.visitor_days,
        clicks_sort=answer.clicks,
        rate_sort=line.interval.low if line.interval else None,
        change_sort=_movement(line),
        orders_sort=_measured(answer, answer.orders),
        sales_sort=_measured(answer, answer.sales_minor),
    )


def _bar(line: AnswerChange, along: Scale) -> Bar | None:
    rate = line.answer.share.rate
    if line.interval is None or rate is None:
        return None
    most = along.most
    return Bar(
        low=along(min(line.interval.low, most)),
        high=along(min(line.interval.high, most)),
        rate=along(min(rate, most)),
        goes_on=line.interval.high > most,
    )


def _chance(facts: Facts, line: AnswerChange) -> str:
    if line.change is None or line.verdict is Verdict.cannot_tell:
        return ""
    rise = line.change.rise
    # 100 % is never claimed.
    shown = facts.locale.share(min(0.999, max(rise, 1 - rise)), 1)
    return text("answers.chance" if rise >= 0.5 else "answers.chance_lower", chance=shown)


def _cash(facts: Facts, answer: Answer) -> str | None:
    if answer.sales_minor is None:
        return None
    shown = facts.locale.cash if answer.basis == "measured" else facts.locale.about
    return shown(answer.sales_minor, answer.currency)


def _figure(answer: Answer, shown: str | None, masked: str = "answers.few") -> str:
    if answer.basis in {"masked", "masked_or_zero"}:
        return text(masked)
    if shown is None:
        return NOTHING
    return text("answers.about", value=shown) if answer.basis in {"allocated", "mixed"} else shown


def _measured(answer: Answer, value: Decimal | int | None) -> float | None:
    """What may rank: a measured figure. An estimate follows the clicks."""
    return float(value) if value is not None and answer.basis == "measured" else None


def _movement(line: AnswerChange) -> float | None:
    """Orders by how sure a rise is; what cannot be told stands between risen and fallen."""
    if line.change is None:
        return None
    weight = {
        Verdict.rose: 3,
        Verdict.probably_rose: 2,
        Verdict.cannot_tell: 0,
        Verdict.probably_fell: -2,
        Verdict.fell: -3,
    }
    return weight[line.verdict] + line.change.rise
