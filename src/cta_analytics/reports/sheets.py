"""The tables of the report for other programs: the same facts as the page shows, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import date
from decimal import Decimal
from typing import Any

from cta_analytics.metrics import figures
from cta_analytics.metrics.figures import total
from cta_analytics.reports import estimates, headline, look
from cta_analytics.reports.compare import AnswerChange
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.locale import NOTHING, minor_places
from cta_analytics.reports.sheet import Cell, Column, Kind, Sheet, columns_of, of_records
from cta_analytics.stats import intervals

HIDDEN = {"masked", "masked_or_zero"}
"""Bases of which the network shows nothing: what is unknown is an empty cell, never a zero."""
_SOLD = ("clicks_through", "detail_views", "carts", "orders", "units", "sales_minor")

_FIGURES = (
    Column("figure", Kind.text),
    Column("value", Kind.number, can_be_empty=True),
    Column("unit", Kind.text),
    Column("low", Kind.share, can_be_empty=True),
    Column("high", Kind.share, can_be_empty=True),
    Column("like_value", Kind.number, can_be_empty=True),
    Column("before_value", Kind.number, can_be_empty=True),
    Column("verdict", Kind.text, can_be_empty=True),
    Column("detail", Kind.text),
    Column("context", Kind.text),
)


def _figure_rows(facts: Facts) -> Iterable[tuple[Cell, ...]]:
    """The headline figures, with their numbers as numbers."""
    share = facts.now.share
    interval = intervals.rate(share.successes, share.trials)
    for tile in (*headline.own(facts), *headline.network(facts)):
        is_rate, is_known = tile.name == "click_rate", tile.value != NOTHING
        is_own = tile.name in headline.OWN
        of = _own if is_own else _network
        like = facts.like if is_own else facts.ripeness.like
        yield (
            tile.name,
            of(facts, tile.name, None) if is_known else None,
            "share" if is_rate else facts.currency or "" if tile.name == "sales" else "count",
            interval.low if is_rate and interval else None,
            interval.high if is_rate and interval else None,
            of(facts, tile.name, like.now) if is_known and like.now else None,
            of(facts, tile.name, like.before) if is_known and like.now else None,
            tile.verdict.value if tile.verdict else None,
            tile.detail,
            "; ".join(tile.context),
        )


def _own(facts: Facts, name: str, days: Sequence[date] | None) -> float | None:
    """A figure of the own log over some days, or over the period."""
    found = facts.now if days is None else total([day for day in facts.days if day.day in days])
    if name == "click_rate":
        return found.share.rate
    return float(getattr(found, name))


def _network(facts: Facts, name: str, days: Sequence[date] | None) -> float | None:
    """A figure of the network over some days, or over the period."""
    column = "sales_minor" if name == "sales" else name
    if name == "sales" and facts.currency is None:
        return None  # Two currencies are never added up.
    chosen: Sequence[Any] = facts.by_basis
    if days is not None:
        # Each pair of days as known at one age.
        aged = (*facts.ripeness.now, *facts.ripeness.before)
        chosen = [row for row in aged if row.day in days and (name != "sales" or row.currency == facts.currency)]
    found = sum((Decimal(getattr(row, column)) for row in chosen), Decimal())
    return float(found.scaleb(-minor_places(facts.currency)) if name == "sales" else found)


_LOOKS = (
    Column("kind", Kind.text),
    Column("title", Kind.text),
    Column("evidence", Kind.text),
    Column("remedy", Kind.text),
    Column("stake", Kind.number),
    Column("where", Kind.text, can_be_empty=True),
)


def _looked(found: look.Look) -> tuple[Cell, ...]:
    return found.kind, found.title, found.evidence, found.remedy, found.stake, found.where


_ANSWERS = (
    *columns_of(figures.Answer),
    Column("has_cta", Kind.flag),
    Column("click_rate", Kind.share, can_be_empty=True),
    Column("click_rate_low", Kind.share, can_be_empty=True),
    Column("click_rate_high", Kind.share, can_be_empty=True),
    Column("like_click_rate", Kind.share, can_be_empty=True),
    Column("before_click_rate", Kind.share, can_be_empty=True),
    Column("verdict", Kind.text, can_be_empty=True),
    Column("adjusted_p", Kind.number, can_be_empty=True),
    *(Column(name, Kind.number, can_be_empty=True) for name in estimates.ENDS),
)


def _answer_rows(facts: Facts) -> Iterable[tuple[Cell, ...]]:
    without = {(row.answer, row.site) for row in facts.without_cta}
    for line in facts.answers:
        judged = _judged(line, (line.answer.answer, line.answer.site or "") not in without)
        yield (*_answer(line), *judged, *estimates.ends(facts, line.answer))


def _answer(line: AnswerChange) -> tuple[Cell, ...]:
    names = [column.name for column in columns_of(figures.Answer)]
    cells = dict(zip(names, astuple(line.answer), strict=True))
    if line.answer.basis in HIDDEN:
        cells |= dict.fromkeys(_SOLD)
    return tuple(cells.values())


def _judged(line: AnswerChange, has_cta: bool) -> tuple[Cell, ...]:
    return (
        has_cta,
        line.answer.share.rate,
        line.interval.low if line.interval else None,
        line.interval.high if line.interval else None,
        line.answer.like.rate,
        line.answer.before.rate,
        line.verdict.value if line.change else None,
        line.adjusted_p,
    )


SHEETS = (
    Sheet("figures", _FIGURES, _figure_rows),
    Sheet("looks", _LOOKS, lambda facts: [_looked(found) for found in look.looks(facts)]),
    Sheet("answers", _ANSWERS, _answer_rows),
    of_records("days", figures.Day, lambda facts: facts.days),
    of_records("conversions_by_basis", figures.BasisTotal, lambda facts: facts.by_basis),
    of_records("conversions_by_day", figures.ConversionDay, lambda facts: facts.conversion_days),
    of_records("channels", figures.Channel, lambda facts: facts.channels),
    of_records("slots", figures.Slot, lambda facts: facts.slots),
    of_records("departing_ctas", figures.Departing, lambda facts: facts.departing),
    of_records("answers_without_cta", figures.Unled, lambda facts: facts.without_cta),
    of_records("shared_tags", figures.SharedTag, lambda facts: facts.shared_tags),
    of_records("amazon_clicks", figures.AmazonClicks, lambda facts: facts.amazon_clicks),
    of_records("agents", figures.BotClass, lambda facts: facts.bots),
    of_records("uncounted_clicks", figures.Uncounted, lambda facts: facts.uncounted),
    of_records("witnesses", figures.Witnesses, lambda facts: facts.witnesses),
    of_records("reconciliation", figures.Reconciled, lambda facts: facts.reconciled),
    of_records("batches", figures.Batch, lambda facts: facts.batches),
    of_records("rejected_lines", figures.Rejected, lambda facts: facts.rejected),
    of_records("imports", figures.Import, lambda facts: facts.imports),
)
"""In the order of the page."""
