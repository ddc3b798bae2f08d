"""This period against the one before: like days with like days, and how sure each change is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cta_analytics.metrics.figures import Answer, AnswerSpan
from cta_analytics.metrics.period import Period
from cta_analytics.stats import change, discovery, intervals
from cta_analytics.stats.change import Change, Share
from cta_analytics.stats.dispersion import Likeness, Spread, likeness
from cta_analytics.stats.intervals import Interval
from cta_analytics.stats.verdict import PROBABLE, Verdict, verdict

Key = tuple[str, str, str]


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


def like_days(period: Period, unknown: Iterable[date], back: int | None = None) -> LikeDays:
    """The days of `period` and of the one before it, without those that are `unknown` and their counterparts.

    `back` is how many days before its counterpart lies, by default the length of the period.
    """
    absent = set(unknown)
    shift = timedelta(days=back or period.length)
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


def answer_changes(answers: Sequence[Answer], spans: Sequence[AnswerSpan] = ()) -> tuple[AnswerChange, ...]:
    """The answers in their order, each with its change.

    The verdicts hold for all answers together: false discoveries are controlled over those whose numbers could have
    shown anything. `spans` tell how much rates swing from day to day; without them visitors are taken as independent.
    """
    swings = factors(spans)
    found = moved(
        [(line.like, line.before) for line in answers], [line.key for line in answers], spans, "now", "before"
    )
    return tuple(
        AnswerChange(
            answer=answer,
            interval=intervals.rate(
                answer.clicking_visitors, answer.visitor_days, dispersion=swings.get(answer.key, 1.0)
            ),
            change=found_change,
            adjusted_p=adjusted_p,
            verdict=Verdict.cannot_tell if adjusted_p is None else verdict(found_change, adjusted_p),
        )
        for answer, (found_change, adjusted_p) in zip(answers, found, strict=True)
    )


@dataclass(frozen=True, slots=True)
class YearChange:
    """An answer's click rate against the same weeks a year before."""

    now: Share
    before: Share
    change: Change
    adjusted_p: float | None
    verdict: Verdict


def year_changes(spans: Sequence[AnswerSpan]) -> dict[Key, YearChange]:
    """How answers moved against the same weeks a year before, by `Answer.key`: those read in both, judged together."""
    by_span = {(line.key, line.span): line.spread.share for line in spans}
    keys = [line.key for line in spans if line.span == "year_now" and (line.key, "year_before") in by_span]
    pairs = [(by_span[key, "year_now"], by_span[key, "year_before"]) for key in keys]
    return {
        key: YearChange(
            *pair,
            found_change,
            adjusted_p,
            Verdict.cannot_tell if adjusted_p is None else verdict(found_change, adjusted_p),
        )
        for key, pair, (found_change, adjusted_p) in zip(
            keys, pairs, moved(pairs, keys, spans, "year_now", "year_before"), strict=True
        )
        if found_change
    }


def factors(spans: Sequence[AnswerSpan]) -> dict[Key, float]:
    """By how much the click rate of each answer swings more than by chance, by the days of both periods."""
    like = _likeness(spans)
    of_key: dict[Key, list[Spread]] = {}
    for line in spans:
        if line.span in {"now", "before"}:
            of_key.setdefault(line.key, []).append(line.spread)
    return {key: like.factor(*spreads) for key, spreads in of_key.items()}


def false_alarms(verdicts: Iterable[Verdict]) -> float:
    """How many of the answers that are called risen or fallen are expected to be chance, at most."""
    return discovery.SHARE * sum(word in {Verdict.rose, Verdict.fell} for word in verdicts)


def moved(
    pairs: Sequence[tuple[Share, Share]], keys: Sequence[Key], spans: Sequence[AnswerSpan], *names: str
) -> list[tuple[Change | None, float | None]]:
    """The change of each pair, and its p-value after all that could have shown anything were looked at; None elsewhere."""
    like = _likeness(spans)
    spread_of = {(line.key, line.span): line.spread for line in spans}
    changes = []
    for key, pair in zip(keys, pairs, strict=True):
        known = [found for name in names if (found := spread_of.get((key, name)))]
        changes.append(change.of_rates(*pair, like.factor(*known), like.freedom))
    tested = [index for index, one in enumerate(changes) if one and one.least_p_value <= PROBABLE]
    adjusted = dict(zip(tested, discovery.adjusted([c.p_value for i in tested if (c := changes[i])]), strict=True))
    return [(one, adjusted.get(index)) for index, one in enumerate(changes)]


def _likeness(spans: Sequence[AnswerSpan]) -> Likeness:
    # The days of the period are in two spans where it is also held against the year before; one of them is enough.
    return likeness([line.spread for line in spans if line.span != "year_now"])
