"""What came in, and what of it was left out: the accounts at the end of the report."""

from __future__ import annotations

from dataclasses import dataclass

from cta_analytics.reports.chart import Table
from cta_analytics.reports.clean import short
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.locale import NOTHING
from cta_analytics.reports.maturity import Stage
from cta_analytics.reports.texts import catalogue, text

LONGEST_LINE = 160
BATCH_COUNTS = ("lines", "pageviews", "clicks", "impressions", "other", "rejected", "already_seen")


@dataclass(frozen=True, slots=True)
class Intake:
    """The tables of the section, any of which may have no rows."""

    who: Table
    uncounted: Table
    witnesses: Table
    batches: Table
    batch_total: tuple[str, ...]
    rejected: Table
    imports: Table


def intake(facts: Facts) -> Intake:
    """The accounts of a period."""
    count, share = facts.locale.count, facts.locale.share
    return Intake(
        who=Table(
            _heads("class", "pageviews", "clicks", "agents"),
            tuple(
                (named("class", row.class_), count(row.views), count(row.clicks), count(row.agents))
                for row in facts.bots
            ),
        ),
        uncounted=Table(
            _heads("reason", "clicks"),
            tuple((named("reason", row.reason), count(row.clicks)) for row in facts.uncounted),
        ),
        witnesses=Table(
            _heads("seen_for", "seen_beacon", "seen_redirect", "seen_both", "without_beacon", "seen_network", "unseen"),
            tuple(
                (
                    row.answer or text("intake.whole_site"),
                    count(row.beacon),
                    count(row.redirect),
                    count(row.both),
                    share(row.without_beacon),
                    NOTHING if row.network is None else count(row.network),
                    share(row.missing),
                )
                for row in facts.witnesses
                if row.own or row.network
            ),
        ),
        batches=Table(
            _heads(
                "batch",
                "file",
                "format",
                "read",
                "pageviews",
                "clicks",
                "impressions",
                "other",
                "rejected",
                "already_seen",
            ),
            tuple(
                (str(row.batch_id), row.file, row.log_format, *(count(getattr(row, name)) for name in BATCH_COUNTS))
                for row in facts.batches
            ),
        ),
        batch_total=(
            text("intake.total"),
            "",
            "",
            *(count(sum(getattr(row, name) for row in facts.batches)) for name in BATCH_COUNTS),
        ),
        rejected=Table(
            _heads("reason", "read", "example"),
            tuple((row.reason, count(row.lines), short(row.example, LONGEST_LINE)) for row in facts.rejected),
        ),
        imports=Table(
            _heads("file", "account", "level", "as_of", "covers", "date_means", "rows"),
            tuple(
                (
                    row.file,
                    row.account,
                    row.level,
                    facts.locale.day(row.as_of.date(), year=True),
                    f"{facts.locale.day(row.covers_from)} – {facts.locale.day(row.covers_to, year=True)}",
                    text(f"intake.means_{row.date_means}"),
                    count(row.row_count),
                )
                for row in facts.imports
            ),
        ),
    )


def _heads(*names: str) -> tuple[str, ...]:
    return tuple(text(f"intake.{name}") for name in names)


def named(kind: str, value: str) -> str:
    """The text for a word of the warehouse, or the word itself where the catalogue has none."""
    return catalogue()["intake"].get(f"{kind}_{value}", value or NOTHING)


def maturity_note(facts: Facts) -> str:
    """How final the network's figures are, and as of when."""
    mature = facts.maturity
    said = text(
        f"maturity.{mature.stage.value}",
        known=facts.period.length - len(mature.unknown),
        length=facts.period.length,
        day=facts.locale.day(mature.final_on, year=True),
    )
    if mature.as_of is None:
        return said
    ripe = facts.ripeness
    if ripe.share is not None and mature.stage in {Stage.partial, Stage.provisional}:
        name = "maturity.in_learned" if ripe.curve.is_learned else "maturity.in_documented"
        days = facts.locale.count(ripe.curve.days)
        said = f"{said} {text(name, share=facts.locale.share(ripe.share, 0), days=days)}"
    return f"{said} {text('maturity.as_of', day=facts.locale.day(mature.as_of.date(), year=True))}"
