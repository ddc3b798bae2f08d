"""Answers by click rate, each with the range that its true rate lies in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cta_analytics.reports.chart import NARROW, Chart, Table
from cta_analytics.reports.clean import fitted, plotly_text
from cta_analytics.reports.compare import AnswerChange
from cta_analytics.reports.drawing import Dot, Drawing, Line, Mark, Scale, Words, ticks
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.names import answer_name
from cta_analytics.reports.texts import text
from cta_analytics.reports.theme import LIGHT, axis, label, layout
from cta_analytics.stats.intervals import Interval

if TYPE_CHECKING:
    import plotly.graph_objects as go

SHOWN = 20
"""The answers with most visitors: the others could not be told apart anyway."""
TOP = 40
BOTTOM = 8


def _lines(facts: Facts) -> list[tuple[AnswerChange, Interval, float]]:
    """The answers with most visitor-days, the highest rate first."""
    read = [(line, line.interval, line.answer.share.rate) for line in facts.answers]
    known = [(line, interval, rate) for line, interval, rate in read if interval is not None and rate is not None]
    known.sort(key=lambda row: (-row[0].answer.visitor_days, row[0].answer.key))
    return sorted(known[:SHOWN], key=lambda row: (-row[2], -row[1].low, row[0].answer.key))


def _count(facts: Facts) -> int:
    return sum(1 for line in facts.answers if line.interval)


def _name(line: AnswerChange) -> str:
    return answer_name(line.answer.answer, line.answer.title)


def _of(facts: Facts, line: AnswerChange) -> str:
    share = line.answer.share
    return text(
        "answers_by_click_rate.label",
        clicking=facts.locale.count(share.successes),
        visitors=facts.locale.count(share.trials),
    )


def _most(facts: Facts) -> float:
    return max(interval.high for _, interval, _ in _lines(facts))


def _shape(width: int) -> tuple[int, int, int, int]:
    """Height of a row, room for names at the left and for rates at the right, and the breadth of a name, in pixels."""
    return (34, 2, 2, width - 60) if width < NARROW else (25, 330, 64, 315)


def _figure(facts: Facts, width: int) -> go.Figure:
    import plotly.graph_objects as go

    lines, levels = _lines(facts), ticks(_most(facts))
    row, left, right, longest = _shape(width)
    is_narrow = width < NARROW
    site = facts.now.share.rate or 0.0
    # On a phone the grid runs behind the words; a ground keeps them readable.
    ink = {
        "font": {"color": LIGHT["ink"], "size": 12.5},
        "bgcolor": LIGHT["paper"] if is_narrow else "rgba(0,0,0,0)",
        "borderpad": 0,
    }
    annotations = []
    for place, (line, _, rate) in enumerate(lines):
        name = plotly_text(fitted(_name(line), longest))
        annotations += [
            label(0, place, name, xref="paper", xshift=2 if is_narrow else -left, yshift=13 if is_narrow else 0, **ink),
            label(
                1,
                place,
                facts.locale.share(rate),
                xref="paper",
                xanchor="right",
                xshift=0 if is_narrow else right,
                yshift=13 if is_narrow else 0,
                **ink,
            ),
        ]
    annotations.append(
        label(
            site,
            1,
            text("answers_by_click_rate.site", rate=facts.locale.share(site)),
            yref="paper",
            xanchor="center",
            yanchor="bottom",
            yshift=20,
            font={"color": LIGHT["network"], "size": 12},
        )
    )
    figure = go.Figure(
        layout=layout(
            height=TOP + BOTTOM + row * len(lines),
            hovermode="closest",
            margin={"l": left, "r": right, "t": TOP, "b": BOTTOM, "pad": 0},
            xaxis=axis(
                range=[0, levels[-1]], side="top", tickvals=levels, ticktext=[facts.locale.share(v, 0) for v in levels]
            ),
            yaxis=axis(range=[len(lines) - 0.5, -0.5], visible=False),
            shapes=[
                {
                    "type": "line",
                    "x0": site,
                    "x1": site,
                    "yref": "paper",
                    "y0": 0,
                    "y1": 1,
                    "layer": "below",
                    "line": {"color": LIGHT["network"], "width": 1.5, "dash": "dot"},
                },
                {
                    "type": "line",
                    "x0": 0,
                    "x1": 0,
                    "yref": "paper",
                    "y0": 0,
                    "y1": 1,
                    "layer": "below",
                    "line": {"color": LIGHT["soft"], "width": 1},
                },
            ],
            annotations=annotations,
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[end for _, interval, _ in lines for end in (round(interval.low, 5), round(interval.high, 5), None)],
            y=[end for place in range(len(lines)) for end in (place, place, None)],
            mode="lines",
            line={"color": LIGHT["own"], "width": 5},
            opacity=0.35,
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[round(rate, 5) for _, _, rate in lines],
            y=list(range(len(lines))),
            mode="markers",
            cliponaxis=False,
            marker={"size": 9, "color": LIGHT["own"]},
            customdata=[
                [
                    plotly_text(_name(line)),
                    facts.locale.share(rate),
                    facts.locale.share(interval.low),
                    facts.locale.share(interval.high),
                    _of(facts, line),
                ]
                for line, interval, rate in lines
            ],
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}, %{customdata[2]}–%{customdata[3]}<br>%{customdata[4]}"
            "<extra></extra>",
        )
    )
    return figure


def _drawing(facts: Facts, width: int) -> Drawing:
    lines, levels = _lines(facts), ticks(_most(facts))
    row, left, right, longest = _shape(width)
    is_narrow = width < NARROW
    along = Scale(levels[-1], left, width - right)
    height = TOP + BOTTOM + row * len(lines)
    marks: list[Mark] = []
    for number, level in enumerate(levels):
        at_edge = "start" if number == 0 else "end" if number == len(levels) - 1 else "middle"
        marks += [
            Line(along(level), TOP, along(level), height - BOTTOM, "grid" if level else "base"),
            Words(along(level), TOP - 8, facts.locale.share(level, 0), "tick", at_edge if is_narrow else "middle"),
        ]
    site = facts.now.share.rate or 0.0
    marks += [
        Line(along(site), TOP, along(site), height - BOTTOM, "site"),
        Words(
            along(site), 10, text("answers_by_click_rate.site", rate=facts.locale.share(site)), "name network", "middle"
        ),
    ]
    for number, (line, interval, rate) in enumerate(lines):
        y = TOP + row * number + (22 if is_narrow else row / 2)
        base = y - 10 if is_narrow else y + 4
        marks += [
            Words(2 if is_narrow else 0, base, fitted(_name(line), longest), "name"),
            Words(width - 2 if is_narrow else width, base, facts.locale.share(rate), "value", "end"),
            Line(along(interval.low), y, along(interval.high), y, "interval own"),
            Dot(along(rate), y, 4.5, "own"),
        ]
    return Drawing(width, height, tuple(marks))


def _table(facts: Facts) -> Table:
    return Table(
        tuple(text(f"answers_by_click_rate.{name}") for name in ("answer", "rate", "low", "high", "visitors")),
        tuple(
            (
                _name(line),
                facts.locale.share(rate),
                facts.locale.share(interval.low),
                facts.locale.share(interval.high),
                facts.locale.count(line.answer.visitor_days),
            )
            for line, interval, rate in _lines(facts)
        ),
    )


def _note(facts: Facts) -> str:
    note = text("answers_by_click_rate.note")
    if _count(facts) <= SHOWN:
        return note
    return f"{note} {text('charts.answers_note', shown=SHOWN, count=facts.locale.count(_count(facts)))}"


def _summary(facts: Facts) -> str:
    lines = _lines(facts)
    line, _, rate = lines[0]
    return text("answers_by_click_rate.summary", count=len(lines), name=_name(line), rate=facts.locale.share(rate))


CHART = Chart(
    place=4,
    title=lambda facts: text("answers_by_click_rate.title"),
    note=_note,
    summary=_summary,
    figure=_figure,
    drawing=_drawing,
    table=_table,
    is_empty=lambda facts: not _lines(facts),
    empty="answers_by_click_rate.empty",
    is_wide=True,
)
