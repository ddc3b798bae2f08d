"""Recent weeks as a small picture: columns beside a headline figure, a line in a row of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 126, 32
GAP = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One week; `is_last` is the newest."""

    x: float
    y: float
    width: float
    height: float
    is_last: bool


@dataclass(frozen=True, slots=True)
class Spark:
    """Columns from zero; a week that is not known leaves its place empty."""

    columns: tuple[Column, ...]
    width: int = WIDTH
    height: int = HEIGHT


def spark(weeks: Sequence[tuple[str, float | None]]) -> Spark | None:
    """The columns of some weeks; None where fewer than two are known."""
    known = [value for _, value in weeks if value is not None]
    if len(known) < 2 or not max(known):
        return None
    step = WIDTH / len(weeks)
    columns = []
    for number, (_, value) in enumerate(weeks):
        if value is not None:
            height = max(1.0, round(value / max(known) * HEIGHT, 1))
            width = round(min(step - GAP, 12), 1)
            columns.append(
                Column(round(number * step, 1), round(HEIGHT - height, 1), width, height, number == len(weeks) - 1)
            )
    return Spark(tuple(columns))


LINE_WIDTH, LINE_HEIGHT = 64, 18


def spark_path(weeks: Sequence[int]) -> str | None:
    """SVG path data of a line from zero through some weeks, in a box of `LINE_WIDTH` x `LINE_HEIGHT`; None of nothing."""
    if len(weeks) < 2 or not max(weeks):
        return None
    step = (LINE_WIDTH - 6) / (len(weeks) - 1)
    points = [
        (3 + round(n * step), round(LINE_HEIGHT - 2 - w / max(weeks) * (LINE_HEIGHT - 5))) for n, w in enumerate(weeks)
    ]
    return "M" + "L".join(f"{x} {y}" for x, y in points)
