"""The linter: links and pages against the contract. `RULES` holds one rule a file, `OUTPUTS` one output a file."""

from __future__ import annotations

from cta_analytics.lint.output import Output
from cta_analytics.lint.rule import Rule
from cta_analytics.registry import Registry

RULES = Registry("cta_analytics.lint.rules", "RULE", Rule)
"""The rules by the name of their file (`missing_utm_parameter`)."""

OUTPUTS = Registry("cta_analytics.lint.outputs", "OUTPUT", Output)
"""The outputs by name, as `--format` takes them."""


def by_code() -> dict[str, Rule]:
    """The rules by code, sorted."""
    return {rule.code: rule for rule in sorted(RULES.values(), key=lambda rule: rule.code)}
