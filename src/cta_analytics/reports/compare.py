"""This period against the one before: like days with like days, and how sure each change is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cta_analytics.metrics.figures import Answer
from cta_analytics.metrics.period import Period
from cta_analytics.stats import change, discovery, intervals
from cta_analytics.stats.change import Change
from cta_analytics.stats.intervals import Interval
from cta_analytics.stats.verdict import PROBABLE, Verdict, verdict


@dataclass(frozen=True, slots=True)
class LikeDays:
    """Which days of two periods can be compared: those known in both, first with first, second with second."""

    now: tuple[date, ...]
    before: tuple[date, ...]
    skipped_now: tuple[date, ...]
    skipped_before: tuple[date, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing had to be left out."""
        return not self.skipped_now and not self.skipped_before


def like_days(period: Period, unknown: Iterable[date]) -> LikeDays:
    """The days of `period` and of the one before it, without those that are `unknown` and their counterparts."""
    absent = set(unknown)
    shift = timedelta(days=period.length)
    kept = [day for day in period.days if day not in absent and day - shift not in absent]
    skipped = [day for day in period.days if day not in kept]
    return LikeDays(
        now=tuple(kept),
        before=tuple(day - shift for day in kept),
        skipped_now=tuple(skipped),
        skipped_before=tuple(day - shift for day in skipped),
    )


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """An answer of the period with the interval of its click rate, and how that moved over like days."""

    answer: Answer
    interval: Interval | None
    change: Change | None
    adjusted_p: float | None
    verdict: Verdict


def answer_changes(answers: Sequence[Answer]) -> tuple[AnswerChange, ...]:
    """The answers in their order, each with its change.

    The verdicts hold for all answers together: false discoveries are controlled over those whose numbers could have
    shown anything.
    """
    changes = [change.of_rates(answer.like, answer.before) for answer in answers]
    tested = [index for index, found in enumerate(changes) if found and found.least_p_value <= PROBABLE]
    adjusted = dict(zip(tested, discovery.adjusted([c.p_value for i in tested if (c := changes[i])]), strict=True))
    return tuple(
        AnswerChange(
            answer=answer,
            interval=intervals.rate(answer.clicking_visitors, answer.visitor_days),
            change=changes[index],
            adjusted_p=adjusted.get(index),
            verdict=verdict(changes[index], adjusted[index]) if index in adjusted else Verdict.cannot_tell,
        )
        for index, answer in enumerate(answers)
    )
