"""The report of one answer, as a file of its own: its figures, their course, where its visits come from and lead."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cta_analytics.errors import CtaError
from cta_analytics.metrics import figures, measure
from cta_analytics.metrics.figures import Day
from cta_analytics.metrics.period import Period
from cta_analytics.reports import answer_rows, headline, inline, look, provenance, theme, ways
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.headline import Headline, period_name
from cta_analytics.reports.html import FIRST_LOOKS, chart_parts, environment
from cta_analytics.reports.intake import maturity_note
from cta_analytics.reports.locale import NOTHING
from cta_analytics.reports.names import answer_name, counted
from cta_analytics.reports.spark import spark
from cta_analytics.reports.texts import text
from cta_analytics.warehouse import queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHARTS = ("clicks_over_time", "click_rate_by_week")
SQL = ("by_answer", "answers_by_day", "by_day", "by_channel", "by_slot")
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


def file_name(period: Period, slug: str) -> str:
    """Such as `2026-W45-answer-how-to-sharpen.html`; a slug that is no plain name is told by its hash."""
    plain = slug if _PLAIN.fullmatch(slug) else hashlib.sha256(slug.encode("utf-8", "replace")).hexdigest()[:16]
    return f"{period.name}-answer-{plain}.html"


def narrowed(connection: DuckDBPyConnection, facts: Facts, slug: str) -> Facts:
    """The facts of one answer, which `facts` has among the others; its verdict stays the one it has among them.

    Raises: CtaError where no answer has that slug.
    """
    lines = tuple(line for line in facts.answers if line.answer.answer == slug)
    if not lines:
        raise CtaError(f'--answer "{slug}": no such answer; `cta report --format csv` lists them in answers.csv')
    history = Period(facts.days[0].day, facts.days[-1].day)
    return replace(
        facts,
        answers=lines,
        days=tuple(measure.rows(connection, "by_day", Day, history, answer=slug)),
        channels=tuple(measure.rows(connection, "by_channel", figures.Channel, facts.period, answer=slug)),
        slots=tuple(measure.rows(connection, "by_slot", figures.Slot, facts.period, answer=slug)),
        departing=tuple(row for row in facts.departing if row.answer == slug),
        without_cta=tuple(row for row in facts.without_cta if row.answer == slug),
        witnesses=tuple(row for row in facts.witnesses if row.answer == slug),
        shared_tags=(),
        rejected=(),
        uncounted=(),
    )


def render(facts: Facts) -> str:
    """The page of the one answer of `facts`, which are narrowed to it: without scripts, its charts as pictures."""
    first, (channels, channel_scale) = facts.answers[0], ways.channels(facts)
    name = answer_name(first.answer.answer, first.answer.title)
    return (
        environment()
        .get_template("answer.html.jinja")
        .render(
            facts=facts,
            locale=facts.locale,
            name=name,
            row=answer_rows.rows(facts)[0],
            policy="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
            style=inline.style(),
            light=theme.LIGHT,
            dark=theme.DARK,
            font=theme.FONT,
            lead=_lead(facts, name),
            own=_own(facts),
            network=_network(facts),
            spark=spark,
            maturity_note=maturity_note(facts),
            looks=look.looks(facts),
            first_looks=FIRST_LOOKS,
            charts=[chart_parts(facts, name) for name in CHARTS],
            channels=channels,
            channel_scale=channel_scale,
            slots=ways.slots(facts),
            ways=[],
            ways_total=None,
            origins=[row for row in provenance.origins(facts) if set(row.metrics) <= set(SQL)],
            sql=[(name, queries.read(measure.FOLDER, name).sql) for name in SQL],
        )
    )


def _lead(facts: Facts, name: str) -> str:
    """What happened, in a sentence; how the rate moved is said as the report of all answers says it."""
    now, line = facts.now, facts.answers[0]
    period = period_name(facts, facts.period) if facts.period.iso_week else facts.locale.span(facts.period)
    first = text(
        "answer_page.lead",
        period=period,
        name=f"“{name}”",
        visitors=counted(facts.locale, now.visitor_days, "visitor_day"),
        clicks=counted(facts.locale, now.amazon_clicks, "click"),
    )
    if not line.change or len(facts.answers) > 1:
        return first
    values = {"rate": facts.locale.share(line.answer.like.rate), "before": facts.locale.share(line.answer.before.rate)}
    return f"{first} {text(f'sentence.rate_{line.verdict.value}', **values)}"


def _own(facts: Facts) -> list[Headline]:
    """The headline figures of the answer. One of many answers: its verdict allows for that."""
    (*counts, rate) = headline.own(facts)
    line = facts.answers[0]
    word = line.verdict if line.change and len(facts.answers) == 1 else None
    return [*counts, replace(rate, verdict=word)]


def _network(facts: Facts) -> list[Headline]:
    """What the network reports of it, with what that rests on. No change: an estimate moves with the clicks."""
    row, answer = answer_rows.rows(facts)[0], facts.answers[0].answer
    basis = text(f"basis.{row.basis}_title")
    if len(facts.answers) > 1:
        return [Headline(name, NOTHING, text("answer_page.several"), None, None, None, ()) for name in headline.NETWORK]
    clicks = NOTHING if row.is_hidden else facts.locale.count(answer.clicks_through)
    through = text("answers.about", value=clicks) if row.is_estimate else clicks
    shown = (NOTHING, NOTHING) if row.is_hidden else (row.orders, row.sales)
    return [
        Headline(name, value, basis, None, None, None, ())
        for name, value in zip(headline.NETWORK, (through, *shown), strict=True)
    ]
