"""From view to order: what the log counts, then what Amazon counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cta_analytics.metrics.figures import BasisTotal
from cta_analytics.reports.chart import Chart, Table
from cta_analytics.reports.drawing import Drawing, Line, Mark, Rect, Scale, Words
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.maturity import Stage
from cta_analytics.reports.texts import text
from cta_analytics.reports.theme import LIGHT, axis, label, layout

if TYPE_CHECKING:
    import plotly.graph_objects as go

ROW = 48
TOP = 6


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `count` is None where it is not known."""

    name: str
    count: Decimal | None
    ratio: float | None
    is_own: bool


def _steps(facts: Facts) -> list[Step]:
    def reported(value: str) -> Decimal | None:
        return (
            sum((_of(row, value) for row in facts.by_basis), Decimal())
            if facts.by_basis and not facts.is_hidden
            else None
        )

    counts: list[tuple[str, Decimal | None, bool]] = [
        ("views", Decimal(facts.all_views), True),
        ("clicks", Decimal(facts.all_amazon_clicks), True),
        *((name, reported(name), False) for name in ("clicks_through", "detail_views", "carts", "orders")),
    ]
    steps: list[Step] = []
    for name, count, is_own in counts:
        before = steps[-1].count if steps else None
        ratio = float(count / before) if count is not None and before else None
        steps.append(Step(name, count, ratio, is_own))
    return steps


def _of(row: BasisTotal, name: str) -> Decimal:
    value: Decimal = getattr(row, name)
    return value


def _ratio(facts: Facts, step: Step) -> str:
    if step.count is None:
        return text("funnel.hidden" if facts.is_hidden else "funnel.unknown")
    if step.ratio is None:
        return ""
    if step.ratio > 1.05:
        return text("funnel.times", times=facts.locale.count(Decimal(repr(step.ratio)).quantize(Decimal("0.1"))))
    # Orders come in for weeks after the clicks: until then their share is not the last word.
    is_young = step.name in {"carts", "orders"} and facts.maturity.stage is not Stage.final
    return text(
        "funnel.so_far" if is_young else "funnel.ratio",
        share=facts.locale.share(step.ratio, 0 if step.ratio >= 0.0995 else 1),
    )


def _most(facts: Facts) -> float:
    return max(float(step.count or 0) for step in _steps(facts))


def _figure(facts: Facts, width: int) -> go.Figure:
    import plotly.graph_objects as go

    steps = _steps(facts)
    places = list(range(len(steps)))
    figure = go.Figure(
        layout=layout(
            height=TOP * 2 + ROW * len(steps),
            hovermode=False,
            bargap=0.66,
            margin={"l": 0, "r": 0, "t": TOP, "b": TOP, "pad": 0},
            xaxis=axis(range=[0, _most(facts)], visible=False),
            yaxis=axis(range=[len(steps) - 0.5, -0.5], visible=False),
            annotations=[
                annotation
                for place, step in zip(places, steps, strict=True)
                for annotation in (
                    label(
                        0,
                        place,
                        f"<b>{facts.locale.count(step.count)}</b>  {text(f'funnel.{step.name}')}",
                        yshift=17,
                        font={"color": LIGHT["ink"], "size": 13},
                    ),
                    label(1, place, _ratio(facts, step), xref="paper", xanchor="right", yshift=17, font={"size": 12}),
                )
            ],
        )
    )
    figure.add_trace(
        go.Bar(
            x=[float(step.count or 0) for step in steps],
            y=places,
            orientation="h",
            marker={
                "color": [LIGHT["own"] if step.is_own else LIGHT["network"] for step in steps],
                "line": {"width": 0},
            },
        )
    )
    return figure


def _width(number: str) -> float:
    """About how many pixels a bold number takes."""
    return sum(7.3 if char.isdigit() else 3.8 for char in number)


def _drawing(facts: Facts, width: int) -> Drawing:
    steps, along = _steps(facts), Scale(_most(facts), 0, width)
    marks: list[Mark] = []
    for number, step in enumerate(steps):
        y = TOP + ROW * number
        length = along(float(step.count or 0))
        marks += [
            Words(0, y + 13, f"{facts.locale.count(step.count)}", "value"),
            Words(8 + _width(facts.locale.count(step.count)), y + 13, text(f"funnel.{step.name}"), "name"),
            Words(width, y + 13, _ratio(facts, step), "tick", "end"),
            Rect(0, y + 20, max(length, 1.5) if step.count else 0, 15, "own" if step.is_own else "network"),
            Line(0, y + 19, 0, y + 36, "base"),
        ]
    return Drawing(width, TOP * 2 + ROW * len(steps), tuple(marks))


def _table(facts: Facts) -> Table:
    return Table(
        tuple(text(f"funnel.{name}") for name in ("step", "count", "of_before", "counted_by")),
        tuple(
            (
                text(f"funnel.{step.name}"),
                facts.locale.count(step.count),
                facts.locale.share(step.ratio) if step.ratio is not None else _ratio(facts, step),
                text("funnel.own" if step.is_own else "funnel.network"),
            )
            for step in _steps(facts)
        ),
    )


def _summary(facts: Facts) -> str:
    values = ", ".join(f"{text(f'funnel.{step.name}')} {facts.locale.count(step.count)}" for step in _steps(facts))
    return text("funnel.summary", values=values)


CHART = Chart(
    place=3,
    title=lambda facts: text("funnel.title"),
    note=lambda facts: text("funnel.note"),
    summary=_summary,
    figure=_figure,
    drawing=_drawing,
    table=_table,
    is_empty=lambda facts: _most(facts) == 0,
    empty="funnel.empty",
)
