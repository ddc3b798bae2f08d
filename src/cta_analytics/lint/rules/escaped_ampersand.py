"""LNK004: `&amp;` that is left after decoding."""

from __future__ import annotations

from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import STORE, query
from cta_analytics.lint.repairs import reshaped
from cta_analytics.lint.rule import Example, Rule

_URL = f"{STORE}?{query()}"
_TWICE = _URL.replace("&", "&amp;amp;")
_ONCE = _URL.replace("&", "&amp;")

RULE = Rule(
    code="LNK004",
    name="escaped-ampersand",
    severity="error",
    summary="After one decoding the URL still holds `&amp;`.",
    why=(
        "The browser sends a key called `amp;utm_source`, which nobody reads: every parameter but the first is "
        "lost. One `&amp;` in HTML is right, `&amp;amp;` was escaped twice."
    ),
    bad=(
        Example(f'<p><a href="{_TWICE}">Shop Larkmoor on Amazon</a></p>'),
        Example(f"[Shop Larkmoor on Amazon]({_TWICE})", suffix=".md"),
    ),
    good=(
        Example(f'<p><a href="{_ONCE}">Shop Larkmoor on Amazon</a></p>'),
        Example(f"[Shop Larkmoor on Amazon]({_ONCE})", suffix=".md"),
        Example(f"[Shop Larkmoor on Amazon]({_URL})", suffix=".md"),
    ),
    fix="safe",
    link=problem("LNK004", repair=reshaped("LNK004")),
)
