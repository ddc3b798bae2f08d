"""Clicks by day as pale bars, and above them the mean of seven days, in which no weekday shows; a missing day is a gap."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
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
MEAN_DAYS = 7
FEWEST_KNOWN = 4
"""Of fewer known days among the seven no mean is given."""
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


def _means(facts: Facts, name: str) -> list[float | None]:
    """For each day the mean of the known ones among it and the six before; None until a week is there."""
    values = [_value(facts, day, name) for day in _known(facts)]
    means: list[float | None] = []
    for end in range(1, len(values) + 1):
        known = [value for value in values[max(0, end - MEAN_DAYS) : end] if value is not None]
        is_enough = end >= MEAN_DAYS and len(known) >= FEWEST_KNOWN
        means.append(round(sum(known) / len(known), 2) if is_enough else None)
    return means


def _most(facts: Facts) -> float:
    bars = [float(day.amazon_clicks) for day in _known(facts)]
    return max([*bars, *(mean for name, _, _ in LINES for mean in _means(facts, name) if mean)], default=0.0)


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


def _ends(facts: Facts) -> list[tuple[str, str, float]]:
    """Name, colour and last value of each line that has one."""
    last = [(name, colour, _means(facts, name)[-1]) for name, colour, _ in LINES if _known(facts)]
    return [(name, colour, mean) for name, colour, mean in last if mean is not None]


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
                range=[_noon_before(days[0].day), _noon_before(days[-1].day + timedelta(days=1))],
            ),
            yaxis=axis(zeroline=True, range=[0, top], tickvals=ticks(_most(facts)), rangemode="tozero"),
            bargap=0.25,
            shapes=[_band(day, day, half, "grid") for day in facts.missing if dates[0] <= day.isoformat() <= dates[-1]],
            annotations=[
                label(
                    1,
                    place,
                    text(f"clicks_over_time.{name}"),
                    xref="paper",
                    xshift=8,
                    font={"color": LIGHT[colour], "size": 13},
                )
                for (name, colour, _), place in zip(
                    _ends(facts), _apart([mean for _, _, mean in _ends(facts)], top * 0.08), strict=True
                )
            ],
        )
    )
    figure.add_trace(
        go.Bar(
            x=dates,
            y=[_value(facts, day, "amazon") for day in days],
            name=text("clicks_over_time.amazon"),
            marker={"color": [LIGHT[_shade(facts, day)] for day in days], "line": {"width": 0}},
            hovertemplate="%{y} %{fullData.name}<extra></extra>",
        )
    )
    for name, colour, dash in LINES:
        figure.add_trace(
            go.Scatter(
                x=dates,
                y=_means(facts, name),
                mode="lines",
                connectgaps=False,
                name=text(f"clicks_over_time.{name}"),
                line={"color": LIGHT[colour], "width": 2.5, "dash": dash},
                hovertemplate=text("clicks_over_time.mean") + "<extra></extra>",
            )
        )
    return figure


def _shade(facts: Facts, day: Day) -> str:
    return "own_mid" if facts.period.first <= day.day <= facts.period.last else "own_pale"


def _noon_before(day: date) -> str:
    from datetime import datetime, time

    return (datetime.combine(day, time()) - timedelta(hours=12)).isoformat()


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
    up = Scale(levels[-1], bottom, top)
    step = (right - left) / max(1, len(days))

    def across(number: int) -> float:
        return round(left + step * (number + 0.5), 1)

    marks: list[Mark] = []
    for number, day in enumerate(days):
        if day.day in facts.missing:
            marks.append(Rect(round(across(number) - step / 2, 1), top, round(step, 1), bottom - top, "gap"))
    for level in levels:
        marks += [
            Line(left, up(level), right, up(level), "grid" if level else "base"),
            Words(left - 8, up(level) + 4, facts.locale.count(Decimal(repr(level))), "tick", "end"),
        ]
    marks += [
        Words(across(number), HEIGHT - 10, facts.locale.day(days[number].day), "tick", "middle")
        for number in _mondays(days, right - left)
    ]
    for number, day in enumerate(days):
        if clicks := _value(facts, day, "amazon"):
            wide, high = round(step * 0.75, 1), round(bottom - up(clicks), 1)
            marks.append(Rect(round(across(number) - wide / 2, 1), up(clicks), wide, high, _shade(facts, day)))
    for name, colour, dash in LINES:
        points = [None if mean is None else (across(n), up(mean)) for n, mean in enumerate(_means(facts, name))]
        marks += [Path(run, f"line {colour} {dash}") for run in runs(points)]
    ends = _ends(facts)
    places = _apart([mean for _, _, mean in ends], levels[-1] * 0.08)
    marks += [
        Words(right + 8, up(place) + 4, text(f"clicks_over_time.{name}"), f"name {colour}")
        for (name, colour, _), place in zip(ends, places, strict=True)
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
