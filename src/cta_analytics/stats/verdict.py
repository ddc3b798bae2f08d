"""What may be said of a change, in words that claim no more than the numbers do."""

from __future__ import annotations

from enum import StrEnum

from cta_analytics.stats.change import Change
from cta_analytics.stats.discovery import SHARE

# Of what is said to have risen or fallen, at most one in twenty is chance; of "probably", at most one in ten.
SURE = SHARE
PROBABLE = 0.10


class Verdict(StrEnum):
    """How a rate or a count of rare events moved."""

    rose = "rose"
    probably_rose = "probably_rose"
    cannot_tell = "cannot_tell"
    probably_fell = "probably_fell"
    fell = "fell"


def verdict(change: Change | None, adjusted_p: float | None = None) -> Verdict:
    """The word for a change; `adjusted_p` (see `stats.discovery`) where it is one of many that were tested."""
    if change is None:
        return Verdict.cannot_tell
    return word(change.p_value if adjusted_p is None else adjusted_p, rose=change.rise >= 0.5)


def word(p_value: float, *, rose: bool) -> Verdict:
    """The word for a p-value, and for the direction in which the figures moved."""
    if p_value <= SURE:
        return Verdict.rose if rose else Verdict.fell
    if p_value <= PROBABLE:
        return Verdict.probably_rose if rose else Verdict.probably_fell
    return Verdict.cannot_tell
