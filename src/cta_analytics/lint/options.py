"""The options of a rule: its defaults with `[lint.options.<CODE>]` laid over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cta_analytics.errors import CtaError
from cta_analytics.lint.rule import Rule

_NAMES = {list: "a list", dict: "a table", str: "a text", bool: "true or false", int: "a number"}


def of(rule: Rule, settings: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The options of a rule by name; `settings`: those of the contract by code or name of their rule.

    Raises: CtaError where the contract has an option that the rule does not know, or a value of another type.
    """
    given = settings.get(rule.code) or settings.get(rule.name) or {}
    known = {option.name: option.default for option in rule.options}
    unknown = sorted(set(given) - set(known))
    if unknown:
        has = f"its options are {', '.join(known)}" if known else "it has none"
        raise CtaError(f'cta.toml: {rule.code} has no option "{unknown[0]}"; {has}')
    for name, value in given.items():
        if not isinstance(value, type(known[name])):
            kind = _NAMES.get(type(known[name]), "another value")
            raise CtaError(f'cta.toml: the option "{name}" of {rule.code} is {kind}, not {value!r}')
    return known | dict(given)
