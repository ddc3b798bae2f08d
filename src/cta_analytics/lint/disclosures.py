"""What a site says instead of the Associates sentence: one list for all rules that ask for it."""

from __future__ import annotations

from cta_analytics.config import Contract
from cta_analytics.lint.rule import Option

_HOLDERS = ("AFF007", "missing-disclosure")

SENTENCES = Option(
    "sentences",
    [],
    "further sentences that do, such as one in the site's language; AFF009 and AFF010 know them, too",
)


def sentences(contract: Contract) -> list[str]:
    """The sentences of `[lint.options.AFF007]`."""
    settings = contract.lint.options
    given = next((settings[name] for name in _HOLDERS if settings.get(name)), {})
    return [str(sentence) for sentence in given.get(SENTENCES.name, ())]
