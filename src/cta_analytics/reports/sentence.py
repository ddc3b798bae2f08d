"""The sentences on top: what the period was, and nothing that the numbers do not carry."""

from __future__ import annotations

from decimal import Decimal

from cta_analytics.reports.compare import AnswerChange
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.headline import period_name
from cta_analytics.reports.maturity import Stage
from cta_analytics.reports.names import answer_name, counted
from cta_analytics.reports.texts import plural, text
from cta_analytics.stats.verdict import Verdict, verdict

SURE = {Verdict.rose, Verdict.fell}
PROBABLE = {Verdict.probably_rose, Verdict.probably_fell}


def lead(facts: Facts) -> str:
    """What happened, and whether the click rate moved."""
    now = facts.now
    if not facts.answers and facts.all_views:
        views = counted(facts.locale, facts.all_views, "view")
        return text("sentence.no_answers", views=views, period=facts.locale.span(facts.period))
    if not now.views and not now.clicks:
        return text("sentence.nothing", period=facts.locale.span(facts.period))
    read = sum(1 for line in facts.answers if line.answer.views)
    period = (
        period_name(facts, facts.period)
        if facts.period.iso_week
        else text("sentence.span", span=facts.locale.span(facts.period))
    )
    first = text(
        "sentence.rate",
        period=period,
        visitors=counted(facts.locale, now.visitor_days, "visitor_day"),
        answers=counted(facts.locale, read, "answer"),
        clicks=counted(facts.locale, now.amazon_clicks, "click"),
    )
    return f"{first} {_rate(facts)}"


def _rate(facts: Facts) -> str:
    rate = facts.now.share.rate
    if rate is None:
        return text("sentence.no_rate")
    like, before = facts.now_like.share, facts.before_like.share
    found = facts.change()
    if found is None:
        return text("sentence.rate_alone", rate=facts.locale.share(rate))
    word = verdict(found).value
    values = {"rate": facts.locale.share(like.rate), "before": facts.locale.share(before.rate)}
    if facts.like.is_whole:
        return text(f"sentence.rate_{word}", **values)
    # The rate of the whole period stands below: where days are left out, the two may differ, so it is said.
    days = counted(facts.locale, len(facts.like.now), "day")
    return f"{text('sentence.like', days=days, **values)} {text(f'sentence.like_{word}')}"


def support(facts: Facts) -> list[str]:
    """Which answers moved, and what Amazon says."""
    return [sentence for sentence in (_movers(facts), _money(facts)) if sentence]


def _movers(facts: Facts) -> str | None:
    compared = [line for line in facts.answers if line.change]
    sure = [line for line in compared if line.verdict in SURE]
    if not compared:
        return None
    if not sure:
        if any(line.verdict in PROBABLE for line in compared):
            return text("sentence.few_moved")
        return plural("sentence.none_moved", len(compared), facts.locale.count(len(compared)))
    first = max(sure, key=lambda line: (_clicks_moved(line), line.answer.key))
    values = {
        "name": f"“{answer_name(first.answer.answer, first.answer.title)}”",
        "before": facts.locale.share(first.answer.before.rate),
        "rate": facts.locale.share(first.answer.like.rate),
    }
    if len(sure) == 1:
        return text("sentence.answer_moved", **values)
    return text("sentence.answers_moved", count=facts.locale.count(len(sure)), **values)


def _clicks_moved(line: AnswerChange) -> float:
    """Clicking visitors more or fewer than at the old rate."""
    if line.answer.like.rate is None or line.answer.before.rate is None:
        return 0.0
    return abs(line.answer.like.rate - line.answer.before.rate) * line.answer.like.trials


def _money(facts: Facts) -> str | None:
    if not facts.by_basis:
        return text("sentence.no_money") if facts.maturity.stage is Stage.nothing else None
    if facts.is_hidden:
        return text("sentence.hidden_money")
    orders = sum((row.orders for row in facts.by_basis), Decimal())
    cash = " + ".join(
        facts.locale.cash(sum(r.sales_minor for r in facts.by_basis if r.currency == name), name)
        for name in facts.currencies
    )
    so_far = "" if facts.maturity.stage is Stage.final else text("sentence.so_far")
    shown = plural("sentence.orders", int(orders), facts.locale.count(orders))
    return text("sentence.money", orders=shown, sales=cash, so_far=so_far)
