"""The health of the tracking in a few lines: what is fine, and what asks for a look."""

from __future__ import annotations

from dataclasses import dataclass

from cta_analytics.reports.facts import Facts
from cta_analytics.reports.maturity import Stage
from cta_analytics.reports.names import counted, day_list
from cta_analytics.reports.texts import text

REJECTED_SHARE = 0.01
# Up to here a gap between the site's count and the network's is called normal (DOMAIN: 8 to 12 %).
USUAL_GAP = 0.12


@dataclass(frozen=True, slots=True)
class Check:
    """One line: `state` is fine, look or unknown."""

    name: str
    state: str
    said: str

    @property
    def label(self) -> str:
        """What was checked."""
        return text(f"health.{self.name}")


def checks(facts: Facts) -> list[Check]:
    """The checks in the order in which the data flow."""
    return [_days(facts), _lines(facts), _bots(facts), _beacons(facts), _gap(facts), _imports(facts)]


def _days(facts: Facts) -> Check:
    missing = [day for day in facts.missing if facts.period.first <= day <= facts.period.last]
    unknown = sorted({*missing, *facts.beyond})
    if not unknown:
        return Check("days", "fine", text("health.days_fine", days=counted(facts.locale, facts.period.length, "day")))
    return Check("days", "look", text("health.days_missing", days=day_list(facts.locale, unknown)))


def _lines(facts: Facts) -> Check:
    if not facts.lines_read:
        return Check("lines", "unknown", text("health.lines_none"))
    rejected = sum(batch.rejected for batch in facts.batches)
    share = rejected / facts.lines_read
    said = text(
        "health.lines_read",
        lines=counted(facts.locale, facts.lines_read, "line"),
        rejected=facts.locale.count(rejected),
        share=facts.locale.share(share, 2),
    )
    return Check("lines", "look" if share >= REJECTED_SHARE else "fine", said)


def _bots(facts: Facts) -> Check:
    views = sum(row.views for row in facts.bots)
    if not views:
        return Check("bots", "unknown", text("health.bots_none"))
    left_out = views - facts.all_views
    said = text(
        "health.bots_left_out", views=facts.locale.count(left_out), share=facts.locale.share(left_out / views, 0)
    )
    return Check("bots", "fine", said)


def _beacons(facts: Facts) -> Check:
    site = next((row for row in facts.witnesses if row.answer is None), None)
    if site is None or site.without_beacon is None:
        return Check("beacons", "unknown", text("health.beacons_unknown"))
    state = "look" if site.without_beacon > USUAL_GAP else "fine"
    return Check("beacons", state, text("health.beacons_lost", share=facts.locale.share(site.without_beacon, 0)))


def _gap(facts: Facts) -> Check:
    site = next((row for row in facts.witnesses if row.answer is None), None)
    if site is None or site.network is None or not site.own:
        return Check("gap", "unknown", text("health.gap_unknown"))
    values = {"own": facts.locale.count(site.own), "network": facts.locale.count(site.network)}
    state = "look" if site.missing is not None and site.missing > USUAL_GAP else "fine"
    return Check("gap", state, text("health.gap_seen", **values))


def _imports(facts: Facts) -> Check:
    stage = facts.maturity.stage
    state = {Stage.nothing: "look", Stage.partial: "look" if facts.maturity.uncovered else "fine"}.get(stage, "fine")
    return Check("imports", state, "")
