"""Clicks to Amazon and to product pages by day; a day without a log is a gap."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cta_analytics.metrics.figures import Day
from cta_analytics.reports.chart import Chart, Table
from cta_analytics.reports.drawing import Drawing, Line, Mark, Path, Rect, Scale, Words, runs, ticks
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.names import day_list
from cta_analytics.reports.texts import text
from cta_analytics.reports.theme import LIGHT, axis, label, layout

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT = 300
DATE_WIDTH = 64
LINES = (("amazon", "own", "solid"), ("product", "second", "dot"))


def _known(facts: Facts) -> list[Day]:
    """The days between the first and the last event; what lies outside is not zero but unknown."""
    span = facts.span
    if span.first_day is None or span.last_day is None:
        return []
    return [day for day in facts.days if span.first_day <= day.day <= span.last_day]


def _value(facts: Facts, day: Day, name: str) -> int | None:
    if day.day in facts.missing:
        return None
    return day.amazon_clicks if name == "amazon" else day.product_clicks


def _most(facts: Facts) -> int:
    return max((max(day.amazon_clicks, day.product_clicks) for day in _known(facts)), default=0)


def _note(facts: Facts) -> str:
    gaps = [day.day for day in _known(facts) if day.day in facts.missing]
    note = text("clicks_over_time.note")
    return f"{note} {text('clicks_over_time.note_missing', days=day_list(facts.locale, gaps))}" if gaps else note


def _summary(facts: Facts) -> str:
    days = _known(facts)
    return text(
        "clicks_over_time.summary",
        first=facts.locale.day(days[0].day),
        last=facts.locale.day(days[-1].day),
        amazon=facts.locale.count(facts.now.amazon_clicks),
        product=facts.locale.count(facts.now.product_clicks),
    )


def _ends(facts: Facts) -> list[tuple[str, str, str, int]]:
    """Name, colour, dash and last value of each line, kept apart where the two ends are close."""
    days = [day for day in _known(facts) if day.day not in facts.missing]
    return [(name, colour, dash, _value(facts, days[-1], name) or 0) for name, colour, dash in LINES] if days else []


def _apart(values: list[float], least: float) -> list[float]:
    """Two places at least so far from each other, the higher value on top."""
    if len(values) != 2 or abs(values[0] - values[1]) >= least:
        return values
    middle = sum(values) / 2
    first_is_higher = values[0] >= values[1]
    low, high = max(0.0, middle - least / 2), max(least, middle + least / 2)
    return [high, low] if first_is_higher else [low, high]


def _figure(facts: Facts, width: int) -> go.Figure:
    import plotly.graph_objects as go

    days = _known(facts)
    top = ticks(_most(facts))[-1]
    half = timedelta(hours=12)
    dates = [day.day.isoformat() for day in days]
    mondays = [days[number].day for number in _mondays(days, width - 40 - 84)]
    figure = go.Figure(
        layout=layout(
            height=HEIGHT,
            hovermode="x unified",
            margin={"l": 40, "r": 84, "t": 10, "b": 32, "pad": 0},
            xaxis=axis(
                ticklabelstandoff=6,
                type="date",
                showgrid=False,
                tickvals=[day.isoformat() for day in mondays],
                ticktext=[facts.locale.day(day) for day in mondays],
                hoverformat="%a %-d %b",
                range=[dates[0], dates[-1]],
            ),
            yaxis=axis(zeroline=True, range=[0, top], tickvals=ticks(_most(facts)), rangemode="tozero"),
            shapes=[
                _band(facts.period.first, facts.period.last, half, "band"),
                *(_band(day, day, half, "grid") for day in facts.missing if dates[0] <= day.isoformat() <= dates[-1]),
            ],
            annotations=[
                label(
                    1,
                    place,
                    text(f"clicks_over_time.{name}"),
                    xref="paper",
                    xshift=8,
                    font={"color": LIGHT[colour], "size": 13},
                )
                for (name, colour, _, _), place in zip(
                    _ends(facts), _apart([float(end[3]) for end in _ends(facts)], top * 0.08), strict=True
                )
            ],
        )
    )
    for name, colour, dash in LINES:
        values = [_value(facts, day, name) for day in days]
        figure.add_trace(
            go.Scatter(
                x=dates,
                y=values,
                mode="lines+markers",
                connectgaps=False,
                name=text(f"clicks_over_time.{name}"),
                line={"color": LIGHT[colour], "width": 2.25, "dash": dash},
                marker={"size": 3.5, "color": LIGHT[colour]},
                hovertemplate="%{y} %{fullData.name}<extra></extra>",
            )
        )
    return figure


def _mondays(days: list[Day], width: int) -> list[int]:
    """Places of the Mondays that have room for a date below them, counted back from the last."""
    mondays = [number for number, day in enumerate(days) if day.day.weekday() == 0] or [0]
    every = max(1, -(-len(mondays) * DATE_WIDTH // width))
    return mondays[::-1][::every][::-1]


def _band(first: date, last: date, half: timedelta, colour: str) -> dict[str, object]:
    from datetime import datetime, time

    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"width": 0},
        "x0": (datetime.combine(first, time()) - half).isoformat(),
        "x1": (datetime.combine(last, time()) + half).isoformat(),
        "fillcolor": LIGHT[colour],
    }


def _drawing(facts: Facts, width: int) -> Drawing:
    days = _known(facts)
    left, right, top, bottom = 40, width - 78, 10, HEIGHT - 30
    levels = ticks(_most(facts))
    across, up = Scale(max(1, len(days) - 1), left, right), Scale(levels[-1], bottom, top)
    step = (right - left) / max(1, len(days) - 1)
    marks: list[Mark] = []
    inside = [number for number, day in enumerate(days) if facts.period.first <= day.day <= facts.period.last]
    if inside:
        start = max(left, across(inside[0]) - step / 2)
        end = min(right + step / 2, across(inside[-1]) + step / 2)
        marks.append(Rect(round(start, 1), top, round(end - start, 1), bottom - top, "band"))
    for number, day in enumerate(days):
        if day.day in facts.missing:
            marks.append(Rect(round(across(number) - step / 2, 1), top, round(step, 1), bottom - top, "gap"))
    for level in levels:
        marks += [
            Line(left, up(level), right, up(level), "grid" if level else "base"),
            Words(left - 8, up(level) + 4, facts.locale.count(int(level)), "tick", "end"),
        ]
    marks += [
        Words(across(number), HEIGHT - 10, facts.locale.day(days[number].day), "tick", "middle")
        for number in _mondays(days, right - left)
    ]
    for name, colour, dash in LINES:
        values = [_value(facts, day, name) for day in days]
        points = [None if value is None else (across(n), up(value)) for n, value in enumerate(values)]
        marks += [Path(run, f"line {colour} {dash}") for run in runs(points)]
    ends = _ends(facts)
    places = _apart([float(end[3]) for end in ends], levels[-1] * 0.08)
    marks += [
        Words(right + 8, up(place) + 4, text(f"clicks_over_time.{name}"), f"name {colour}")
        for (name, colour, _, _), place in zip(ends, places, strict=True)
    ]
    return Drawing(width, HEIGHT, tuple(marks))


def _table(facts: Facts) -> Table:
    def cell(day: Day, name: str) -> str:
        value = _value(facts, day, name)
        return text("clicks_over_time.no_log") if value is None else facts.locale.count(value)

    return Table(
        (text("clicks_over_time.day"), text("clicks_over_time.amazon"), text("clicks_over_time.product")),
        tuple(
            (facts.locale.weekday(day.day), cell(day, "amazon"), cell(day, "product"))
            for day in reversed(_known(facts))
        ),
    )


CHART = Chart(
    place=1,
    title=lambda facts: text("clicks_over_time.title"),
    note=_note,
    summary=_summary,
    figure=_figure,
    drawing=_drawing,
    table=_table,
    is_empty=lambda facts: _most(facts) == 0,
    empty="clicks_over_time.empty",
    is_wide=True,
)
