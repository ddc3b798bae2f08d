"""What to do: facts that ask for a hand, ranked by the clicks at stake."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from cta_analytics.metrics.figures import Departing
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.maturity import Stage
from cta_analytics.reports.names import answer_name, counted, day_list, word_list
from cta_analytics.reports.texts import text
from cta_analytics.stats.change import chance_of_none

# So improbable must a silence be before it is called one.
SILENCE = 0.01
LEAST_CHANCE = 0.0001
# Bots are worth a word where they would have made at least this many times the people's clicks.
BOTS_THAT_MATTER = 0.5
LEAST_BOT_CLICKS = 5
# A log has some broken lines; this share asks for a look.
REJECTED_SHARE = 0.01
MOST_OF_A_KIND = 5
MOST_DEPARTURES = 3


@dataclass(frozen=True, slots=True)
class Look:
    """Something to do: what, the numbers behind it, what would put it right; `stake` in clicks orders them.

    `where` is a file with its line, or a path; `url` the page as people see it.
    """

    kind: str
    title: str
    evidence: str
    remedy: str
    stake: float
    where: str | None = None
    url: str | None = None
    is_first: bool = False

    @property
    def shown_stake(self) -> int | None:
        """Whole clicks at stake; None where there is less than one, or nothing to win by doing something."""
        return round(self.stake) or None if self.kind != "know" else None


def looks(facts: Facts) -> list[Look]:
    """What deserves a hand, the most at stake first.

    While all answers share one tag, to make them measurable comes before all; then what is missing of the inputs.
    """
    finders: list[Callable[[Facts], list[Look]]] = [
        _missing_days, _stale, _without_cta, _silent, _departing, _shared, _bots, _rejected, _foreign, _masked,
    ]  # fmt: skip
    found = [look for finder in finders for look in finder(facts)]
    order = {"data": 0, "fix": 1, "check": 1, "know": 2}
    return sorted(found, key=lambda look: (not look.is_first, order[look.kind], -look.stake, look.title))


def _clicks(facts: Facts, count: int) -> str:
    return counted(facts.locale, count, "click")


def _missing_days(facts: Facts) -> list[Look]:
    """Days without a line in this period or the one before."""
    days = [day for day in facts.missing if day >= facts.period.before.first]
    if not days:
        return []
    usual = median([day.lines for day in facts.days if day.lines] or [0])
    stake = facts.now.clicks * len(days) / facts.period.length
    return [
        Look(
            "data",
            text("look.missing_title", days=day_list(facts.locale, days)),
            text("look.missing_evidence", usual=facts.locale.count(int(usual))),
            text("look.missing_remedy"),
            stake,
        )
    ]


def _stale(facts: Facts) -> list[Look]:
    """No import speaks of some days. That a fresh one lacks the last two is no news: it stands beside the figures."""
    mature = facts.maturity
    if not mature.uncovered:
        return []
    as_of = facts.locale.day(mature.as_of.date(), year=True) if mature.as_of else ""
    if mature.as_of is None:
        evidence = text("look.stale_never")
    elif mature.stage is Stage.nothing:
        evidence = text("look.stale_nothing", as_of=as_of)
    else:
        evidence = text("look.stale_evidence", days=day_list(facts.locale, sorted(mature.uncovered)), as_of=as_of)
    stake = facts.now.amazon_clicks * len(mature.uncovered) / facts.period.length
    return [Look("data", text("look.stale_title"), evidence, text("look.stale_remedy"), stake)]


def _without_cta(facts: Facts) -> list[Look]:
    """Answers that people read and that cannot lead anywhere."""
    rate = facts.now.share.rate or 0.0
    lacking = {(row.answer, row.site) for row in facts.without_cta}
    lines = [
        line.answer for line in facts.answers if (line.answer.answer, line.answer.site) in lacking and line.answer.views
    ]
    lines.sort(key=lambda answer: (-answer.visitor_days, answer.key))
    return [
        Look(
            "fix",
            text("look.cta_title", name=answer_name(answer.answer, answer.title)),
            text(
                "look.cta_evidence",
                visitors=counted(facts.locale, answer.visitor_days, "visitor_day"),
                lost=facts.locale.count(round(rate * answer.visitor_days)),
            ),
            text("look.cta_remedy"),
            rate * answer.visitor_days,
            answer.file or answer.path,
            answer.web_url,
        )
        for answer in lines[:MOST_OF_A_KIND]
    ]


def _silent(facts: Facts) -> list[Look]:
    """Answers whose clicks stopped although people still come."""
    found = []
    for line in facts.answers:
        rate = line.answer.before.rate
        if line.answer.like.successes or not line.answer.like.trials or not rate:
            continue
        chance = chance_of_none(line.answer.like.trials, rate)
        if chance > SILENCE:
            continue
        found.append(
            Look(
                "check",
                text("look.silent_title", name=answer_name(line.answer.answer, line.answer.title)),
                text(
                    "look.silent_evidence",
                    visitors=counted(facts.locale, line.answer.like.trials, "visitor_day"),
                    clicks=facts.locale.count(line.answer.before.successes),
                    before=facts.locale.count(line.answer.before.trials),
                    chance=facts.locale.share(chance, 2)
                    if chance >= LEAST_CHANCE
                    else text("look.below", share=facts.locale.share(LEAST_CHANCE, 2)),
                ),
                text("look.silent_remedy"),
                rate * line.answer.like.trials,
                line.answer.path,
                line.answer.web_url,
            )
        )
    return found


def _departing(facts: Facts) -> list[Look]:
    pages = {(line.answer.site, line.answer.path): line.answer.web_url for line in facts.answers}
    found = []
    for row in facts.departing[: MOST_OF_A_KIND * 2]:
        where = f"{row.file}:{row.line}" if row.file else row.page
        what = _departures(row)
        evidence = (
            text("look.departing_evidence", clicks=_clicks(facts, row.clicks), what=what)
            if row.clicks
            else text("look.departing_none", what=what)
        )
        found.append(
            Look(
                "fix",
                text("look.departing_title", name=answer_name(row.answer or row.page, row.title)),
                evidence,
                text("look.departing_remedy"),
                row.clicks,
                where,
                pages.get((row.site, row.page)),
            )
        )
    return found


def _departures(row: Departing) -> str:
    """What is wrong with a link: wrong values first, then what is missing."""
    departures = json.loads(row.departures)
    said = [
        _departure(each["key"], each["expected"], each["actual"]) for each in departures if each["actual"] is not None
    ]
    absent = [str(each["key"]) for each in departures if each["actual"] is None]
    if absent:
        name = "look.departure_absent_one" if len(absent) == 1 else "look.departure_absent_many"
        said.append(text(name, keys=word_list(absent)))
    return " ".join(said[:MOST_DEPARTURES])


def _departure(key: str, expected: str | list[str] | None, actual: str) -> str:
    if expected is None:
        return text("look.departure_surplus", key=key)
    if isinstance(expected, list):
        return text("look.departure_unknown", key=key, actual=actual)
    return text("look.departure", key=key, actual=actual, expected=expected)


def _shared(facts: Facts) -> list[Look]:
    """While a tag is shared, what an answer sells is an estimate: the first thing to change about the measuring."""
    answers = sum(1 for line in facts.answers if line.answer.basis in {"allocated", "mixed"})
    if answers < 2:
        return []
    clicks = sum((row.clicks_through for row in facts.by_basis), Decimal())
    split = sum((row.clicks_through for row in facts.basis_of("allocated")), Decimal())
    count = facts.locale.count
    return [
        Look(
            "fix" if not facts.is_ranked_by_money else "know",
            text("look.shared_title", answers=counted(facts.locale, answers, "answer")),
            text("look.shared_evidence", clicks=count(round(split)), all=count(round(clicks))),
            text("look.shared_remedy"),
            float(facts.now.amazon_clicks),
            is_first=not facts.is_ranked_by_money,
        )
    ]


def _bots(facts: Facts) -> list[Look]:
    rows = [line.answer for line in facts.answers]
    mattering = [
        a
        for a in rows
        if a.bot_clicks >= max(LEAST_BOT_CLICKS, BOTS_THAT_MATTER * (a.amazon_clicks + a.product_clicks))
    ]
    mattering.sort(key=lambda a: (-a.bot_clicks, a.key))
    return [
        Look(
            "know",
            text("look.bots_title", name=answer_name(a.answer, a.title)),
            text(
                "look.bots_evidence",
                bots=_clicks(facts, a.bot_clicks),
                clicks=facts.locale.count(a.amazon_clicks + a.product_clicks),
            ),
            text("look.bots_remedy"),
            float(a.bot_clicks),
            a.path,
            a.web_url,
        )
        for a in mattering[:MOST_OF_A_KIND]
    ]


def _rejected(facts: Facts) -> list[Look]:
    rejected = sum(batch.rejected for batch in facts.batches)
    if not facts.lines_read or rejected / facts.lines_read < REJECTED_SHARE:
        return []
    share = rejected / facts.lines_read
    return [
        Look(
            "data",
            text("look.rejected_title", share=facts.locale.share(share)),
            text(
                "look.rejected_evidence",
                lines=facts.locale.count(rejected),
                read=counted(facts.locale, facts.lines_read, "line"),
                reason=facts.rejected[0].reason if facts.rejected else "",
            ),
            text("look.rejected_remedy"),
            share * facts.now.clicks,
        )
    ]


def _foreign(facts: Facts) -> list[Look]:
    foreign = sum(row.clicks for row in facts.uncounted if row.reason == "foreign_target")
    if foreign < max(LEAST_BOT_CLICKS, 0.02 * facts.now.clicks):
        return []
    title = text("look.foreign_title", clicks=_clicks(facts, foreign))
    return [Look("check", title, text("look.foreign_evidence"), text("look.foreign_remedy"), float(foreign))]


def _masked(facts: Facts) -> list[Look]:
    masked = [line.answer for line in facts.answers if line.answer.basis == "masked"]
    if not masked:
        return []
    return [
        Look(
            "know",
            text("look.masked_title", answers=counted(facts.locale, len(masked), "answer")),
            text("look.masked_evidence"),
            text("look.masked_remedy"),
            float(sum(answer.amazon_clicks for answer in masked)),
        )
    ]
