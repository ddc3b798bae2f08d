"""The answers whose click rate moved, by how many clicking visitors more or fewer that is."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from cta_analytics.reports.compare import AnswerChange
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.names import answer_name, counted
from cta_analytics.reports.spark import spark_path
from cta_analytics.reports.texts import text
from cta_analytics.stats import needed
from cta_analytics.stats.verdict import Verdict

MOST = 8


@dataclass(frozen=True, slots=True)
class Mover:
    """An answer that moved, as it is shown."""

    name: str
    url: str | None
    verdict: Verdict
    before: str
    now: str
    evidence: str
    effect: str
    weeks: str | None


def movers(facts: Facts) -> list[Mover]:
    """Those that rose or fell, also probably, with most clicking visitors more or fewer first; at most `MOST`."""
    moved = [line for line in facts.answers if line.verdict is not Verdict.cannot_tell]
    return [
        _mover(facts, line) for line in sorted(moved, key=lambda line: (-abs(effect(line)), line.answer.key))[:MOST]
    ]


def effect(line: AnswerChange) -> float:
    """Clicking visitors more (or, below zero, fewer) than the like days would have had at the rate before."""
    now, before = line.answer.like, line.answer.before
    return (now.rate - before.rate) * now.trials if now.rate is not None and before.rate is not None else 0.0


def _mover(facts: Facts, line: AnswerChange) -> Mover:
    share, count, answer = facts.locale.share, facts.locale.count, line.answer
    whole = round(abs(effect(line)))
    return Mover(
        name=answer_name(answer.answer, answer.title),
        url=answer.web_url,
        verdict=line.verdict,
        before=share(answer.before.rate),
        now=share(answer.like.rate),
        evidence=text(
            "movers.evidence",
            clicking=count(answer.like.successes),
            visitors=counted(facts.locale, answer.like.trials, "visitor_day"),
            before=count(answer.before.successes),
            before_visitors=count(answer.before.trials),
        ),
        effect=text(
            "movers.more" if effect(line) > 0 else "movers.fewer", visitors=counted(facts.locale, whole, "visitor")
        ),
        weeks=spark_path(facts.daily.weekly_clicks(answer.key, facts.period.last)),
    )


def enough(facts: Facts) -> str | None:
    """What it takes to tell a change at all: visitor-days for a doubling and a halving; None without a rate to start from."""
    rate = facts.now.share.rate
    if not rate or rate > 0.5:
        return None
    doubled, halved = (ceil(needed.to_change(rate, times)) for times in (2, 0.5))
    reached = sum(1 for line in facts.answers if min(line.answer.like.trials, line.answer.before.trials) >= doubled)
    return text(
        "movers.enough",
        rate=facts.locale.share(rate),
        doubled=facts.locale.count(doubled),
        halved=facts.locale.count(halved),
        reached=facts.locale.count(reached),
        count=facts.locale.count(len(facts.answers)),
    )
