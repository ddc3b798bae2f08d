"""Everything that a report says, read from the warehouse at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from cta_analytics import __version__
from cta_analytics.conversions import intervals
from cta_analytics.metrics import figures, measure
from cta_analytics.metrics.calendar import days_beyond, days_without_lines
from cta_analytics.metrics.figures import Day, Totals, total
from cta_analytics.metrics.period import Period, week_of
from cta_analytics.reports import daily, watch
from cta_analytics.reports.compare import (
    AnswerChange,
    LikeDays,
    YearChange,
    answer_changes,
    factors,
    false_alarms,
    like_days,
    year_changes,
)
from cta_analytics.reports.earning import Earning, earnings
from cta_analytics.reports.locale import Locale, locale
from cta_analytics.reports.maturity import Maturity, maturity
from cta_analytics.reports.record import contract_sha256
from cta_analytics.reports.ripeness import Ripeness, ripeness
from cta_analytics.reports.standing import Standing, standings
from cta_analytics.stats.change import Change, of_rates
from cta_analytics.stats.dispersion import Likeness, Spread, likeness, spread

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from cta_analytics.config import Project

HISTORY_WEEKS = 8
"""How many ISO weeks before the period's last one the charts show."""
YEAR_DAYS = 364
"""Fifty-two weeks back, so that Monday is held against Monday."""


@dataclass(frozen=True)
class Facts:
    """The figures of a period and of what it is compared with; all of it follows from warehouse and arguments."""

    site: str
    period: Period
    locale: Locale
    zone: str
    source: str
    days: tuple[Day, ...]
    span: figures.DataSpan
    missing: tuple[date, ...]
    beyond: tuple[date, ...]
    like: LikeDays
    answers: tuple[AnswerChange, ...]
    reaches: Mapping[str, intervals.Reach]
    assisted: tuple[figures.Assisted, ...]
    assisted_model: str
    kinds: tuple[figures.AnswerKind, ...]
    quarter: Period
    since: tuple[figures.AnswerSince, ...]
    year_like: LikeDays
    spans: tuple[figures.AnswerSpan, ...]
    measured: tuple[figures.MeasuredDay, ...]
    by_basis: tuple[figures.BasisTotal, ...]
    maturity: Maturity
    ripeness: Ripeness
    conversion_days: tuple[figures.ConversionDay, ...]
    imports: tuple[figures.Import, ...]
    stale: tuple[figures.StaleReport, ...]
    reconciled: tuple[figures.Reconciled, ...]
    shared_tags: tuple[figures.SharedTag, ...]
    amazon_clicks: tuple[figures.AmazonClicks, ...]
    bots: tuple[figures.BotClass, ...]
    uncounted: tuple[figures.Uncounted, ...]
    witnesses: tuple[figures.Witnesses, ...]
    batches: tuple[figures.Batch, ...]
    rejected: tuple[figures.Rejected, ...]
    without_cta: tuple[figures.Unled, ...]
    departing: tuple[figures.Departing, ...]
    channels: tuple[figures.Channel, ...]
    slots: tuple[figures.Slot, ...]
    paths: tuple[figures.AnswerPath, ...]
    daily: daily.Daily
    provenance: figures.Provenance
    tool_version: str
    contract_sha256: str | None

    @cached_property
    def period_days(self) -> list[Day]:
        """The days of the period."""
        return [day for day in self.days if self.period.first <= day.day <= self.period.last]

    @cached_property
    def now(self) -> Totals:
        """The whole period."""
        return total(self.period_days)

    @cached_property
    def now_like(self) -> Totals:
        """The days of the period that have a counterpart."""
        return self._sum(self.like.now)

    @cached_property
    def before_like(self) -> Totals:
        """Their counterparts in the period before."""
        return self._sum(self.like.before)

    def _sum(self, days: Sequence[date]) -> Totals:
        wanted = set(days)
        return total([day for day in self.days if day.day in wanted])

    @cached_property
    def currencies(self) -> list[str]:
        """The currencies of the period's conversions."""
        return sorted({row.currency for row in self.by_basis})

    @cached_property
    def currency(self) -> str | None:
        """The one currency; None where there is none, or more than one, which are never added up."""
        return self.currencies[0] if len(self.currencies) == 1 else None

    def basis_of(self, *names: str) -> list[figures.BasisTotal]:
        """The conversions of these bases."""
        return [row for row in self.by_basis if row.basis in names]

    @cached_property
    def is_hidden(self) -> bool:
        """Whether the network hides all that it has: there are rows, and every one is masked without a figure."""
        return bool(self.by_basis) and all(
            row.basis in {"masked", "masked_or_zero"} and not row.clicks_through and not row.orders
            for row in self.by_basis
        )

    @cached_property
    def is_ranked_by_money(self) -> bool:
        """Whether some answer is measured: allocated conversions are clicks times a constant, and rank nothing."""
        return any(line.answer.basis in {"measured", "mixed"} for line in self.answers)

    @cached_property
    def standings(self) -> dict[tuple[str, str, str], Standing]:
        """Shrunk rate, place and what is missing to know more, by `Answer.key`; empty where nobody read any answer."""
        return standings([line.answer for line in self.answers], self.kinds, factors(self.spans))

    @cached_property
    def watched(self) -> dict[tuple[str, str, str], watch.Watched]:
        """The quarter so far against the one before, by `Answer.key`: what may be read every week."""
        return watch.watched(self.since, factors(self.spans))

    @cached_property
    def likeness(self) -> Likeness:
        """How alike visitors of the whole site are within a day, over the like days of both periods."""
        return likeness([self._spread(self.like.now), self._spread(self.like.before)])

    @cached_property
    def dispersion(self) -> float:
        """By how much the variance of the site's click rate over the period is larger than that of independent visitors."""
        return self.likeness.factor(self._spread(self.period.days))

    def change(self) -> Change | None:
        """How sure it is that the click rate of the site moved over like days."""
        factor = self.likeness.factor(self._spread(self.like.now), self._spread(self.like.before))
        return of_rates(self.now_like.share, self.before_like.share, factor, self.likeness.freedom)

    def _spread(self, days: Sequence[date]) -> Spread:
        wanted = set(days)
        return spread((day.clicking_visitors, day.visitors) for day in self.days if day.day in wanted)

    @cached_property
    def year_changes(self) -> dict[tuple[str, str, str], YearChange]:
        """The answers against the same weeks a year before, by `Answer.key`; empty where the logs do not reach back."""
        return year_changes(self.spans) if self.year_like.now else {}

    @cached_property
    def false_alarms(self) -> float:
        """How many of the answers that are called risen or fallen are expected to be chance, at most."""
        return false_alarms(line.verdict for line in self.answers)

    @cached_property
    def earnings(self) -> dict[tuple[str, str], Earning]:
        """Money per click of measured answers over the thirteen weeks before the last one and that one, by slug and currency."""
        return earnings(self.measured)

    @cached_property
    def all_amazon_clicks(self) -> int:
        """Own counted clicks to Amazon from all pages."""
        return sum(row.clicks for row in self.amazon_clicks)

    @cached_property
    def all_views(self) -> int:
        """Counted page views of all pages."""
        return sum(row.views for row in self.bots if row.class_ == "human")

    @cached_property
    def lines_read(self) -> int:
        """Log lines of the batches that hold the period."""
        return sum(batch.lines for batch in self.batches)


def site_name(project: Project) -> str:
    """What a report is headed with: its title by the contract, else the names of the sites."""
    contract = project.contract
    return contract.report.title or ", ".join(dict.fromkeys(site.label for site in contract.all_sites))


def read(connection: DuckDBPyConnection, project: Project, period: Period) -> Facts:
    """The facts of `period` from the warehouse.

    Raises: CtaError where the contract names an unknown locale.
    """
    contract = project.contract
    source = contract.report.sales_from
    both = Period(period.before.first, period.last)
    history = Period(min(both.first, week_of(period.last).first - timedelta(weeks=HISTORY_WEEKS)), period.last)

    days = measure.rows(connection, "by_day", Day, history)
    span = measure.rows(connection, "data_span", figures.DataSpan)[0]
    missing = days_without_lines(days, span)
    like = like_days(period, [*missing, *days_beyond(both, span)])

    answers = measure.rows(
        connection,
        "by_answer",
        figures.Answer,
        period,
        like_days=list(like.now),
        before_days=list(like.before),
        source=source,
    )
    year = Period(period.first - timedelta(days=YEAR_DAYS), period.last - timedelta(days=YEAR_DAYS))
    year_days = measure.rows(connection, "by_day", Day, year)
    year_like = like_days(
        period,
        [*missing, *days_beyond(period, span), *days_without_lines(year_days, span), *days_beyond(year, span)],
        YEAR_DAYS,
    )
    spans = measure.rows(
        connection,
        "answers_by_span",
        figures.AnswerSpan,
        like_days=list(like.now),
        before_days=list(like.before),
        year_like_days=list(year_like.now),
        year_days=list(year_like.before),
    )
    imports = measure.rows(connection, "imports_used", figures.Import, both, source=source)
    mature = maturity(imports, period)
    quarter = watch.quarter(period)
    return Facts(
        site=site_name(project),
        period=period,
        locale=locale(contract.report.locale),
        zone=contract.zone.key,
        source=source,
        days=tuple(days),
        span=span,
        missing=tuple(missing),
        beyond=tuple(days_beyond(period, span)),
        like=like,
        answers=answer_changes(answers, spans),
        year_like=year_like,
        spans=tuple(spans),
        reaches=intervals.reaches(intervals.of_period(connection, period.first, period.last), source),
        assisted=tuple(measure.rows(connection, "assisted_by_answer", figures.Assisted, period)),
        assisted_model=contract.report.assisted_model,
        kinds=tuple(measure.rows(connection, "kinds_of_answers", figures.AnswerKind)),
        quarter=quarter,
        since=tuple(
            measure.rows(
                connection,
                "answers_since",
                figures.AnswerSince,
                since=quarter.first,
                until=quarter.last,
                before=watch.before(quarter.first),
            )
        ),
        measured=tuple(
            measure.rows(
                connection,
                "measured_days",
                figures.MeasuredDay,
                since=watch.before(week_of(period.last).first),
                until=period.last,
                source=source,
            )
        ),
        by_basis=tuple(measure.rows(connection, "conversions_by_basis", figures.BasisTotal, period, source=source)),
        maturity=mature,
        conversion_days=tuple(
            measure.rows(connection, "conversions_by_day", figures.ConversionDay, both, source=source)
        ),
        ripeness=ripeness(
            measure.rows(connection, "conversions_by_age", figures.AgedDay, source=source),
            period,
            [*mature.unknown, *mature.unknown_before],
        ),
        imports=tuple(imports),
        reconciled=tuple(measure.rows(connection, "reconciliation", figures.Reconciled, period, source=source)),
        stale=tuple(measure.rows(connection, "stale_reports", figures.StaleReport, period)),
        shared_tags=tuple(measure.rows(connection, "shared_tags", figures.SharedTag, period, source=source)),
        amazon_clicks=tuple(measure.rows(connection, "amazon_clicks_by_page_kind", figures.AmazonClicks, period)),
        bots=tuple(measure.rows(connection, "bots", figures.BotClass, period)),
        uncounted=tuple(measure.rows(connection, "uncounted_clicks", figures.Uncounted, period)),
        witnesses=tuple(measure.rows(connection, "click_witnesses", figures.Witnesses, period, source=source)),
        batches=tuple(measure.rows(connection, "batches_used", figures.Batch, period)),
        rejected=tuple(measure.rows(connection, "rejected_by_reason", figures.Rejected, period)),
        without_cta=tuple(measure.rows(connection, "answers_without_cta", figures.Unled)),
        departing=tuple(measure.rows(connection, "departing_ctas", figures.Departing, period)),
        channels=tuple(measure.rows(connection, "by_channel", figures.Channel, period)),
        slots=tuple(measure.rows(connection, "by_slot", figures.Slot, period)),
        paths=tuple(measure.rows(connection, "answer_paths", figures.AnswerPath, period)),
        daily=daily.read(connection, period, span),
        provenance=measure.rows(connection, "provenance", figures.Provenance)[0],
        tool_version=__version__,
        contract_sha256=contract_sha256(project),
    )
