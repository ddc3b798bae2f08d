"""Many answers are tested at once: how many of the alarms are false."""

from __future__ import annotations

from collections.abc import Sequence

SHARE = 0.05
"""Of what is called a discovery, at most this share is expected to be chance."""


def adjusted(p_values: Sequence[float]) -> list[float]:
    """The p-values after Benjamini and Hochberg, in the order given.

    Calling everything at or below `q` a discovery keeps the expected share of false ones among them at or below `q`
    (Benjamini & Hochberg 1995, JRSS B 57). `scipy.stats.false_discovery_control` gives the same, and a test compares
    the two: importing scipy.stats takes a second, which a report has no time for.

    Raises: ValueError for a value outside 0 to 1.
    """
    if any(not 0 <= value <= 1 for value in p_values):
        raise ValueError("a p-value lies outside 0 to 1")
    count = len(p_values)
    result = [1.0] * count
    smallest = 1.0
    for rank, index in sorted(enumerate(sorted(range(count), key=p_values.__getitem__), 1), reverse=True):
        smallest = min(smallest, p_values[index] * (count / rank))
        result[index] = smallest
    return result
