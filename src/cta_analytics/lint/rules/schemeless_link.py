"""LNK014: a host without a scheme."""

from __future__ import annotations

from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.repairs import reshaped
from cta_analytics.lint.rule import Example, Rule

RULE = Rule(
    code="LNK014",
    name="schemeless-link",
    severity="error",
    summary='`href="www.amazon.com/…"`: without `https://` it is a path of the own site.',
    why="The visitor gets our own error page in place of the shop: the click is lost and counted all the same.",
    bad=(Example(anchor(f"{STORE.removeprefix('https://')}?{query()}")),),
    good=(
        Example(anchor(f"{STORE}?{query()}")),
        Example(anchor("guide/kettles", "our guide"), others=(("/answers/guide/kettles", "<p>Ours.</p>"),)),
    ),
    fix="safe",
    link=problem("LNK014", repair=reshaped("LNK014")),
)
