"""The click rate of the site by ISO week, with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cta_analytics.metrics.figures import Day, total
from cta_analytics.metrics.period import week_of
from cta_analytics.reports.chart import Chart, Table
from cta_analytics.reports.drawing import Dot, Drawing, Line, Mark, Scale, Words, ticks
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.texts import text
from cta_analytics.reports.theme import LIGHT, axis, label, layout
from cta_analytics.stats import intervals
from cta_analytics.stats.change import Share
from cta_analytics.stats.intervals import Interval

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT = 300


@dataclass(frozen=True, slots=True)
class Week:
    """One ISO week, of which only a part may be known."""

    name: str
    short: str
    share: Share
    interval: Interval
    is_part: bool
    is_period: bool


def _weeks(facts: Facts) -> list[Week]:
    """The weeks with visitors, oldest first."""
    by_week: dict[str, list[Day]] = {}
    for day in facts.days:
        by_week.setdefault(week_of(day.day).name, []).append(day)
    weeks = []
    for name, days in by_week.items():
        share = total(days).share
        interval = intervals.rate(share.successes, share.trials)
        if interval is None:
            continue
        known = [
            d
            for d in days
            if facts.span.first_day and facts.span.last_day and facts.span.first_day <= d.day <= facts.span.last_day
        ]
        is_part = len(known) < 7 or any(day.day in facts.missing for day in days)
        is_period = facts.period.first <= days[0].day and days[-1].day <= facts.period.last
        weeks.append(Week(name, f"W{name[-2:]}", share, interval, is_part, is_period))
    return weeks


def _top(facts: Facts) -> float:
    return max(week.interval.high for week in _weeks(facts))


def _rate(week: Week) -> float:
    return week.share.successes / week.share.trials


def _shown(week: Week) -> str:
    return text("click_rate_by_week.partial", week=week.name) if week.is_part else week.name


def _figure(facts: Facts, width: int) -> go.Figure:
    import plotly.graph_objects as go

    weeks, levels = _weeks(facts), ticks(_top(facts))
    colours = [LIGHT["own"] if week.is_period else LIGHT["second"] for week in weeks]
    figure = go.Figure(
        layout=layout(
            height=HEIGHT,
            hovermode="closest",
            margin={"l": 44, "r": 12, "t": 22, "b": 32, "pad": 0},
            xaxis=axis(ticklabelstandoff=6, type="category", showgrid=False, range=[-0.5, len(weeks) - 0.5]),
            yaxis=axis(
                zeroline=True,
                range=[0, levels[-1]],
                tickvals=levels,
                ticktext=[facts.locale.share(v, 0) for v in levels],
            ),
            annotations=[
                label(
                    week.short,
                    week.interval.high,
                    f"<b>{facts.locale.share(_rate(week))}</b>",
                    xanchor="center",
                    yanchor="bottom",
                    yshift=3,
                    font={"color": LIGHT["ink"], "size": 13},
                )
                for week in weeks
                if week.is_period
            ],
        )
    )
    for week, colour in zip(weeks, colours, strict=True):
        figure.add_trace(
            go.Scatter(
                x=[week.short, week.short],
                y=[week.interval.low, week.interval.high],
                mode="lines",
                line={"color": colour, "width": 5 if week.is_period else 3},
                opacity=0.45,
                hoverinfo="skip",
            )
        )
    figure.add_trace(
        go.Scatter(
            x=[week.short for week in weeks],
            y=[round(_rate(week), 5) for week in weeks],
            mode="markers",
            marker={
                "size": [11 if week.is_period else 8 for week in weeks],
                "color": colours,
                "opacity": 1,
                "line": {"width": 0},
            },
            customdata=[
                [
                    _shown(w),
                    facts.locale.share(_rate(w)),
                    facts.locale.share(w.interval.low),
                    facts.locale.share(w.interval.high),
                    facts.locale.count(w.share.trials),
                ]
                for w in weeks
            ],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<br>%{customdata[2]}–%{customdata[3]}, %{customdata[4]} "
            + text("click_rate_by_week.visitors").lower()
            + "<extra></extra>",
        )
    )
    return figure


def _drawing(facts: Facts, width: int) -> Drawing:
    weeks, levels = _weeks(facts), ticks(_top(facts))
    left, right, top, bottom = 44, width - 10, 18, HEIGHT - 30
    up = Scale(levels[-1], bottom, top)
    step = (right - left) / len(weeks)
    marks: list[Mark] = []
    for level in levels:
        marks += [
            Line(left, up(level), right, up(level), "grid" if level else "base"),
            Words(left - 8, up(level) + 4, facts.locale.share(level, 0), "tick", "end"),
        ]
    for number, week in enumerate(weeks):
        x = round(left + step * (number + 0.5), 1)
        style = "own" if week.is_period else "second"
        marks += [
            Line(x, up(week.interval.low), x, up(week.interval.high), f"interval {style}"),
            Dot(x, up(_rate(week)), 5.5 if week.is_period else 4, style),
            Words(x, HEIGHT - 10, week.short, "tick", "middle"),
        ]
        if week.is_period:
            marks.append(Words(x, up(week.interval.high) - 8, facts.locale.share(_rate(week)), "value", "middle"))
    return Drawing(width, HEIGHT, tuple(marks))


def _table(facts: Facts) -> Table:
    return Table(
        tuple(text(f"click_rate_by_week.{name}") for name in ("week", "rate", "low", "high", "visitors")),
        tuple(
            (
                _shown(week),
                facts.locale.share(_rate(week)),
                facts.locale.share(week.interval.low),
                facts.locale.share(week.interval.high),
                facts.locale.count(week.share.trials),
            )
            for week in reversed(_weeks(facts))
        ),
    )


def _summary(facts: Facts) -> str:
    weeks = _weeks(facts)
    return text(
        "click_rate_by_week.summary",
        first=weeks[0].name,
        last=weeks[-1].name,
        values=", ".join(facts.locale.share(_rate(week)) for week in weeks),
    )


CHART = Chart(
    place=2,
    title=lambda facts: text("click_rate_by_week.title"),
    note=lambda facts: text("click_rate_by_week.note"),
    summary=_summary,
    figure=_figure,
    drawing=_drawing,
    table=_table,
    is_empty=lambda facts: not _weeks(facts),
    empty="click_rate_by_week.empty",
)
