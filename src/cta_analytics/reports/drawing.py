"""A chart as a picture: marks with classes, which the template writes as SVG and the style sheet colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    style: str
    shape: str = "line"


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points; a gap starts a new one."""

    points: tuple[tuple[float, float], ...]
    style: str
    shape: str = "path"

    @property
    def d(self) -> str:
        """The SVG path data."""
        return "M" + "L".join(f"{x} {y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Rect:
    """A bar or a band."""

    x: float
    y: float
    width: float
    height: float
    style: str
    shape: str = "rect"


@dataclass(frozen=True, slots=True)
class Dot:
    """A point."""

    x: float
    y: float
    radius: float
    style: str
    shape: str = "dot"


@dataclass(frozen=True, slots=True)
class Words:
    """A text; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    style: str
    anchor: str = "start"
    shape: str = "words"


Mark = Line | Path | Rect | Dot | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """Marks in a box of width times height, in CSS pixels."""

    width: int
    height: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale from values to pixels; starts at zero."""

    most: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value, to a tenth of a pixel."""
        return round(self.start + (self.end - self.start) * (value / self.most if self.most else 0.0), 1)


def ticks(most: float, about: int = 4) -> list[float]:
    """Round values from 0 to the first one that is not below `most`."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / about
    size = 10.0 ** floor(log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough * (1 - 1e-9))
    return [round(step * number, 10) for number in range(ceil(most / step - 1e-9) + 1)]


def runs(points: Sequence[tuple[float, float] | None]) -> list[tuple[tuple[float, float], ...]]:
    """The points without their gaps: each run of neighbours for itself."""
    found: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            found.append([])
        else:
            found[-1].append(point)
    return [tuple(run) for run in found if run]
