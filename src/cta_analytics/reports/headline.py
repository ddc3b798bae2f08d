"""The headline figures: each with its change, how sure that is, and its recent weeks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cta_analytics.metrics.figures import AgedDay, Day, Totals, total
from cta_analytics.metrics.period import Period, week_of
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.locale import MINUS, NOTHING
from cta_analytics.reports.maturity import Stage
from cta_analytics.reports.texts import text
from cta_analytics.stats import change, intervals
from cta_analytics.stats.verdict import Verdict, verdict

NETWORK = ("clicks_through", "orders", "sales")
OWN = ("views", "visitor_days", "clicks", "click_rate")
USUAL_WEEKS = 3
"""From how many earlier whole weeks a usual range may be spoken of."""


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure as it is shown; `direction` is up, down, flat or None, `verdict` only where there is a test."""

    name: str
    value: str
    detail: str
    change: str | None
    direction: str | None
    verdict: Verdict | None
    context: tuple[str, ...]
    weeks: tuple[tuple[str, float | None], ...] = ()
    interval: str | None = None

    @property
    def label(self) -> str:
        """What it is."""
        return text(f"headline.{self.name}")


def own(facts: Facts) -> list[Headline]:
    """Views, visitor-days, clicks and click rate, from the own log. Without a line they are unknown, not zero."""
    if not any(day.lines for day in facts.period_days):
        return [Headline(name, NOTHING, text("headline.no_log"), None, None, None, ()) for name in OWN]
    return [
        _counted(facts, "views", lambda t: t.views, text("headline.views_detail", per_day=_per_day(facts))),
        _counted(facts, "visitor_days", lambda t: t.visitor_days, text("headline.visitor_days_detail")),
        _counted(
            facts,
            "clicks",
            lambda t: t.clicks,
            text(
                "headline.clicks_detail",
                amazon=facts.locale.count(facts.now.amazon_clicks),
                product=facts.locale.count(facts.now.product_clicks),
                other=facts.locale.count(facts.now.other_clicks),
            ),
        ),
        _click_rate(facts),
    ]


def _per_day(facts: Facts) -> str:
    known = sum(1 for day in facts.period_days if day.lines)
    return facts.locale.count(round(facts.now.views / known)) if known else NOTHING


def whole_weeks(facts: Facts) -> list[tuple[str, list[Day] | None]]:
    """The ISO weeks of the history with their days; None where a day is missing, or the logs do not reach that far."""
    weeks: dict[str, list[Day]] = {}
    for day in facts.days:
        weeks.setdefault(week_of(day.day).name, []).append(day)
    gaps = set(facts.missing)

    def is_whole(days: list[Day]) -> bool:
        span = facts.span
        inside = (
            span.first_day is not None
            and span.last_day is not None
            and span.first_day <= days[0].day
            and days[-1].day <= span.last_day
        )
        return len(days) == 7 and inside and not any(day.day in gaps for day in days)

    return [(name, days if is_whole(days) else None) for name, days in weeks.items()]


def _counted(facts: Facts, name: str, of: Callable[[Totals], int], detail: str) -> Headline:
    """A count: no sample, so no test; it stands beside its usual range."""
    weeks = [(week, float(of(total(days))) if days else None) for week, days in whole_weeks(facts)]
    shown, direction, context = None, None, [text("change.none")]
    if facts.like.now and of(facts.before_like):
        now, before = of(facts.now_like), of(facts.before_like)
        shown = facts.locale.change(now, before)
        direction = "up" if now > before else "down" if now < before else "flat"
        context = [_against(facts, facts.like.now)]
    usual = _usual(facts, weeks, of(facts.now), direction)
    context += [usual] if usual else []
    return Headline(
        name, facts.locale.count(of(facts.now)), detail, shown, direction, None, tuple(context), tuple(weeks)
    )


def _usual(facts: Facts, weeks: list[tuple[str, float | None]], now: int, direction: str | None) -> str | None:
    """Where this week stands among the whole weeks before it; a record must also beat the week before."""
    earlier = [value for week, value in weeks if value is not None and week != facts.period.iso_week]
    is_whole = any(week == facts.period.iso_week and value is not None for week, value in weeks)
    if not is_whole or len(earlier) < USUAL_WEEKS:
        return None
    low, high = min(earlier), max(earlier)
    if now > high and direction == "up":
        return text("change.highest", weeks=len(earlier) + 1)
    if now < low and direction == "down":
        return text("change.lowest", weeks=len(earlier) + 1)
    count = facts.locale.count
    return text("change.usual", low=count(int(low)), high=count(int(high)), weeks=len(earlier))


def period_name(facts: Facts, period: Period) -> str:
    """The period as people call it: `week 44`, else its days."""
    week = period.iso_week
    return text("page.week", week=int(week[-2:])).lower() if week else facts.locale.span(period)


def _against(facts: Facts, days: tuple[date, ...]) -> str:
    period, length = period_name(facts, facts.period.before), facts.period.length
    if len(days) == length:
        return text("change.against", period=period)
    return text("change.against_part", period=period, days=len(days), length=length)


def _click_rate(facts: Facts) -> Headline:
    weeks = tuple((week, total(days).share.rate if days else None) for week, days in whole_weeks(facts))
    share, now, before = facts.now.share, facts.now_like.share, facts.before_like.share
    interval = intervals.rate(share.successes, share.trials, dispersion=facts.dispersion)
    found = facts.change()
    shown, direction, context, word = None, None, text("change.none"), None
    if found and now.rate is not None and before.rate is not None:
        points = round((now.rate - before.rate) * 100, 1)
        sign = "+" if points > 0 else MINUS if points < 0 else "±"
        shown = text("change.points", sign=sign, points=facts.locale.decimal(abs(points)))
        direction = "up" if points > 0 else "down" if points < 0 else "flat"
        word = verdict(found)
        context = _against(facts, facts.like.now)
    between = None
    if interval:
        between = text(
            "headline.interval", low=facts.locale.share(interval.low), high=facts.locale.share(interval.high)
        )
    detail = text(
        "headline.click_rate_detail",
        clicking=facts.locale.count(share.successes),
        visitors=facts.locale.count(share.trials),
    )
    return Headline(
        "click_rate", facts.locale.share(share.rate), detail, shown, direction, word, (context,), weeks, between
    )


def network(facts: Facts) -> list[Headline]:
    """The figures that the network reports: click-throughs, orders, sales."""
    if facts.is_hidden or (facts.maturity.stage is Stage.nothing and not facts.by_basis):
        unknown = text("headline.hidden" if facts.is_hidden else "headline.unknown")
        return [Headline(name, NOTHING, unknown, None, None, None, ()) for name in NETWORK]
    return [_clicks_through(facts), _orders(facts), _sales(facts)]


def _like(facts: Facts, value: Callable[[AgedDay], int], currency: str | None = None) -> tuple[Decimal, Decimal] | None:
    """Now and before over like days, each pair as known at one age; None where there are none. Money is in one currency."""
    ripe = facts.ripeness
    if not ripe.like.now:
        return None

    def total(days: Sequence[AgedDay]) -> Decimal:
        return Decimal(sum(value(day) for day in days if currency in (None, day.currency)))

    return total(ripe.now), total(ripe.before)


def _clicks_through(facts: Facts) -> Headline:
    clicks = sum((row.clicks_through for row in facts.by_basis), Decimal())
    own_clicks = facts.all_amazon_clicks
    detail = text("headline.clicks_through_plain")
    if own_clicks:
        ratio = facts.locale.share(float(clicks) / own_clicks, 0)
        detail = text("headline.clicks_through_detail", ratio=ratio, own=facts.locale.count(own_clicks))
    return _reported(
        facts, "clicks_through", facts.locale.count(clicks), detail, _like(facts, lambda d: d.clicks_through), None
    )


def _orders(facts: Facts) -> Headline:
    orders = sum((row.orders for row in facts.by_basis), Decimal())
    units = facts.locale.count(sum((row.units for row in facts.by_basis), Decimal()))
    detail = text("headline.orders_plain", units=units)
    rate = facts.ripeness.rate
    if rate is not None:
        days = [day.day for day in facts.ripeness.rated]
        detail = text(
            "headline.orders_detail",
            units=units,
            rate=facts.locale.share(rate),
            span=facts.locale.span(Period(min(days), max(days))),
        )
    like = _like(facts, lambda d: d.orders)
    return _reported(facts, "orders", facts.locale.count(orders), detail, like, orders_verdict(facts))


def orders_verdict(facts: Facts) -> Verdict | None:
    """How sure it is that orders moved. Figures that still grow are never said to have fallen."""
    like = _like(facts, lambda d: d.orders)
    if like is None:
        return None
    found = verdict(change.of_counts(int(like[0]), int(like[1])))
    is_growing = facts.maturity.stage is not Stage.final
    return Verdict.cannot_tell if is_growing and found in {Verdict.fell, Verdict.probably_fell} else found


def _sales(facts: Facts) -> Headline:
    currency = facts.currency
    if currency is None:
        shown = " + ".join(
            facts.locale.cash(sum(r.sales_minor for r in facts.by_basis if r.currency == name), name)
            for name in facts.currencies
        )
        detail = (
            text("headline.currencies", list=", ".join(facts.currencies))
            if facts.currencies
            else text("headline.unknown")
        )
        return Headline("sales", shown or NOTHING, detail, None, None, None, ())
    earned = {
        "headline.sales_detail": [row.bonus_minor for row in facts.by_basis if row.bonus_minor is not None],
        "headline.sales_commission": [r.commission_minor for r in facts.by_basis if r.commission_minor is not None],
    }
    # Two programs that pay apart: side by side, never one sum.
    parts = [text(name, amount=facts.locale.cash(sum(of), currency)) for name, of in earned.items() if of]
    detail = " · ".join(parts) or text("headline.sales_plain")
    sales = facts.locale.cash(sum(row.sales_minor for row in facts.by_basis), currency)
    # Sales hang on orders and swing more: never surer of them than of the orders.
    return _reported(
        facts, "sales", sales, detail, _like(facts, lambda d: d.sales_minor, currency), orders_verdict(facts)
    )


def _reported(
    facts: Facts, name: str, value: str, detail: str, like: tuple[Decimal, Decimal] | None, word: Verdict | None
) -> Headline:
    if like is None:
        return Headline(name, value, detail, None, None, None, (text("change.immature"),))
    now, before = like
    if not before:
        return Headline(name, value, detail, None, None, None, (text("change.none"),))
    direction = "up" if now > before else "down" if now < before else "flat"
    shown = facts.locale.change(float(now), float(before))
    return Headline(name, value, detail, shown, direction, word, (_against(facts, facts.ripeness.like.now),))
