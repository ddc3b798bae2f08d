"""What a chart is: a Plotly figure, the same as a picture without scripts, and the same as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from cta_analytics.reports.drawing import Drawing
    from cta_analytics.reports.facts import Facts


NARROW = 500
"""Below this width a chart puts its names above its marks instead of beside them."""


@dataclass(frozen=True, slots=True)
class Table:
    """Column heads and rows of cells as they are shown; the first cell of a row names it, the others are numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: every part is a function of the facts, `figure` and `drawing` also of the width in pixels."""

    place: int
    """Order on the page."""
    title: Callable[[Facts], str]
    note: Callable[[Facts], str]
    summary: Callable[[Facts], str]
    """The chart in one sentence, for those who do not see it."""
    figure: Callable[[Facts, int], go.Figure]
    drawing: Callable[[Facts, int], Drawing]
    table: Callable[[Facts], Table]
    is_empty: Callable[[Facts], bool]
    empty: str
    """Name of the text that stands where there is nothing to draw."""
    is_wide: bool = False
    """Whether it takes the whole width of the page."""
