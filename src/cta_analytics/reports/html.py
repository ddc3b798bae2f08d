"""The report as one HTML file that needs no network, no server and, for its figures, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cta_analytics.metrics import measure
from cta_analytics.metrics.period import Period
from cta_analytics.reports import (
    CHARTS,
    answer_rows,
    assisted,
    estimates,
    headline,
    health,
    inline,
    look,
    movers,
    provenance,
    sentence,
    theme,
    ways,
    written,
)
from cta_analytics.reports.chart import NARROW
from cta_analytics.reports.clean import clean
from cta_analytics.reports.facts import Facts, read
from cta_analytics.reports.intake import intake, maturity_note
from cta_analytics.reports.names import counted, day_list
from cta_analytics.reports.reconciliation import reconciliation
from cta_analytics.reports.spark import spark
from cta_analytics.reports.texts import plural, text
from cta_analytics.warehouse import queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from jinja2 import Environment

    from cta_analytics.config import Project

WIDE, HALF, PHONE = 1080, 520, 343
"""Widths for which the pictures of the charts are drawn: across the page, half of it, a phone."""
FIRST_ROWS = 25
FIRST_LOOKS = 6


@dataclass(frozen=True, slots=True)
class Problem:
    """An input that failed: what a banner says of it."""

    file: str
    remedy: str
    last_good: date | None = None

    @property
    def said(self) -> str:
        """The remedy without the file, with which an error line begins and which stands before it here."""
        return self.remedy.removeprefix(f"{self.file}: ")


def write(
    connection: DuckDBPyConnection,
    project: Project,
    period: Period,
    *,
    out: Path | None = None,
    problems: Sequence[Problem] = (),
) -> Path:
    """Write the report of `period` as `<period>.html` into `out` (default: `[report] out`) and return its path.

    The same warehouse, contract, period and problems give the same bytes.

    Raises: CtaError where the folder cannot be written.
    """
    folder = out or project.resolve(project.contract.report.out)
    file = folder / f"{period.name}.html"
    document = render(read(connection, project, period), project.contract.zone.key, problems)
    written.write(folder, {file.name: document.encode()})
    return file


def render(facts: Facts, zone: str, problems: Sequence[Problem] = ()) -> str:
    """The report as one HTML document."""
    script = inline.script()
    channels, channel_scale = ways.channels(facts)
    charts = [_chart(facts, name) for name in sorted(CHARTS, key=lambda name: CHARTS[name].place)]
    data = {
        "charts": {entry["name"]: entry["figure"] for entry in charts if entry["figure"]},
        "dark": {theme.LIGHT[name]: theme.DARK[name] for name in theme.LIGHT if theme.LIGHT[name] != theme.DARK[name]},
        "first_rows": FIRST_ROWS,
        "narrow": NARROW,
        "texts": {name: text(f"answers.{name}") for name in ("count", "more", "fewer")},
    }
    return (
        _environment()
        .get_template("report.html.jinja")
        .render(
            facts=facts,
            locale=facts.locale,
            zone=zone,
            policy=inline.policy(script),
            script=script,
            style=inline.style(),
            light=theme.LIGHT,
            dark=theme.DARK,
            font=theme.FONT,
            data=inline.json_text(data),
            plotly=inline.plotly(),
            plotly_packed=inline.plotly_packed(),
            problems=problems,
            lead=sentence.lead(facts),
            support=sentence.support(facts),
            own=headline.own(facts),
            network=headline.network(facts),
            spark=spark,
            maturity_note=maturity_note(facts),
            looks=look.looks(facts),
            first_looks=FIRST_LOOKS,
            charts=charts,
            rows=answer_rows.rows(facts),
            scale=answer_rows.scale(facts),
            bar_width=answer_rows.BAR,
            first_rows=FIRST_ROWS,
            assisted=assisted.assisted(facts),
            estimates_note=estimates.note(facts),
            tested=sum(1 for line in facts.answers if line.adjusted_p is not None),
            period_name=headline.period_name(facts, facts.period),
            intake=intake(facts),
            movers=movers.movers(facts),
            enough=movers.enough(facts),
            channels=channels,
            channel_scale=channel_scale,
            slots=ways.slots(facts),
            ways=ways.ways(facts)[0],
            ways_total=ways.ways(facts)[1],
            checks=health.checks(facts),
            origins=provenance.origins(facts),
            absent=_absent(facts),
            reconciliation=reconciliation(facts),
            sql=[(name, queries.read(measure.FOLDER, name).sql) for name in measure.names()],
        )
    )


def _absent(facts: Facts) -> set[str]:
    """The sections that have nothing to show and are left out."""
    return {
        *({"movers"} if not facts.answers else ()),
        *({"ways"} if not (facts.channels or facts.slots or facts.paths) else ()),
    }


def _chart(facts: Facts, name: str) -> dict[str, Any]:
    chart = CHARTS[name]
    if chart.is_empty(facts):
        return {"name": name, "chart": chart, "figure": None}
    width = WIDE if chart.is_wide else HALF
    wide, narrow = chart.figure(facts, width).to_dict(), chart.figure(facts, PHONE).to_dict()
    return {
        "name": name,
        "chart": chart,
        "figure": {"data": wide["data"], "layout": wide["layout"], "narrow": narrow["layout"]},
        "wide": chart.drawing(facts, width),
        "narrow": chart.drawing(facts, PHONE),
        "table": chart.table(facts),
    }


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(inline.TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Whatever is printed goes through here, so that no template can forget to make text of a log harmless.
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    environment.globals |= {"text": text, "plural": plural, "counted": counted, "day_list": day_list}
    environment.filters["sortkeys"] = lambda keys: " ".join("" if key is None else f"{key:.6g}" for key in keys)
    return environment
