"""When many values are a rule, and when few exceptions to it are mistakes. Every threshold of the learning is here."""

from __future__ import annotations

from collections import Counter

NEARLY_ALL = 0.9
"""Such a share of links is a rule. A site that was never checked has its mistakes in one link of ten, seldom more."""
SMALLEST_MAJORITY = 4
"""From so many on, one link may differ from all the others, though it be more than one in ten: 3 against 1 is a
majority, 2 against 1 may be chance."""
MOST = 0.5
"""The share from which on values that name their own page follow it. The page's slug is no chance value, so half is
enough: the rest names other pages or was forgotten."""
FEW = 6
"""At most so many values are a list. More of them are free text."""
RARE = 0.05
"""A value of a list stands on at least this share of the links, and on two of them; below that it is a slip."""
FEW_COVER = 0.8
"""The values of a list cover at least this share, or the key is free and the list would be wrong tomorrow."""
CLOSE = 0.8
"""Two texts that are alike to this share (difflib's ratio) are one text and a slip of the hand."""


def nearly_all(count: int, total: int) -> bool:
    """Whether `count` of `total` is a rule."""
    return total > 0 and (count >= NEARLY_ALL * total or (total >= SMALLEST_MAJORITY and total - count <= 1))


def most(count: int, total: int) -> bool:
    """Whether `count` of `total` is more than half."""
    return count > MOST * total


def rule_of(values: Counter[str]) -> tuple[str, ...]:
    """The value that nearly all have, else the few that nearly all have one of, else none."""
    total = values.total()
    if not total:
        return ()
    ranked = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    if nearly_all(ranked[0][1], total):
        return (ranked[0][0],)
    kept = [(value, count) for value, count in ranked if count >= max(2, RARE * total)]
    covered = sum(count for _, count in kept)
    return tuple(value for value, _ in kept) if len(kept) <= FEW and covered >= FEW_COVER * total else ()


def is_close(one: str, other: str, may_be_numbered: bool = True) -> bool:
    """Whether one text may be the other with a slip of the hand. What differs in its digits alone may be numbered."""
    from difflib import SequenceMatcher

    if one == other or (may_be_numbered and _undigited(one) == _undigited(other)):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # The quick ratios are upper bounds.
    return matcher.real_quick_ratio() >= CLOSE and matcher.quick_ratio() >= CLOSE and matcher.ratio() >= CLOSE


def _undigited(text: str) -> str:
    return "".join(character for character in text if not character.isdigit())
