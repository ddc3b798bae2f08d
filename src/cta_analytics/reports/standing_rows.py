"""Where each answer stands, as the table of answers shows it: cells in words, and values to sort by."""

from __future__ import annotations

from dataclasses import dataclass

from cta_analytics.metrics.figures import Answer
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.locale import NOTHING
from cta_analytics.reports.texts import text
from cta_analytics.stats.ranking import BEST


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One answer's cells; the fields that end in `_sort` order them, None goes last."""

    shrunk: str
    between: str
    place: str
    among_best: str
    needs: str
    needs_to_change: str
    shrunk_sort: float | None
    place_sort: int | None


NOBODY = StandingRow(NOTHING, "", NOTHING, "", "", "", None, None)


def standing_row(facts: Facts, answer: Answer) -> StandingRow:
    """The cells of an answer; all of them empty where nobody read any answer of the site."""
    found = facts.standings.get(answer.key)
    if found is None:
        return NOBODY
    count, share = facts.locale.count, facts.locale.share
    rate, interval = found.estimate.rate, found.estimate.interval
    if found.is_told:
        needs = text("standing.above" if rate > found.usual else "standing.below", usual=share(found.usual))
    elif found.needs_to_differ is None:
        needs = text("standing.alike", usual=share(found.usual))
    else:
        needs = text("standing.needs", count=count(found.needs_to_differ), usual=share(found.usual))
    return StandingRow(
        shrunk=share(rate),
        between=f"{share(interval.low)}–{share(interval.high)}",
        place=NOTHING if found.place is None else count(found.place),
        # 100 % is never claimed.
        among_best=text("standing.among_best", chance=share(min(0.999, found.among_best), 1), best=count(BEST)),
        needs=needs,
        needs_to_change=text("standing.needs_to_change", count=count(found.needs_to_change)),
        shrunk_sort=rate,
        place_sort=found.place,
    )
