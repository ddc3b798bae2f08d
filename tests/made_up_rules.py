"""Rules for tests of fixing: each is about every link that its repair would change."""

from __future__ import annotations

from collections.abc import Callable

from cta_analytics.lint.rule import Hit, Rule

SAFE = frozenset({"safe"})
BOTH = frozenset({"safe", "unsafe"})


def rule(code: str, repair: Callable[[str], str], safety: str = "safe", scope: str = "link") -> Rule:
    """A rule of links, of pages, or of the site."""

    def check(link, context):
        repaired = repair(link.href)
        if repaired != link.href:
            yield Hit("no good", link, repair=repaired, safety=safety)

    def check_page(page, links, context):
        for link in links:
            yield from check(link, context)

    def check_site(pages, links, context):
        yield from check_page(None, links, context)

    checks = {"link": check, "page": check_page, "site": check_site}
    return Rule(
        code, code.lower(), "error", "Finds.", "Costs.", (), (), **{scope: checks[scope]}, needs=lambda link: True
    )


def swap(old: str, new: str) -> Callable[[str], str]:
    """A repair that replaces a part of each URL that has it."""
    return lambda href: href.replace(old, new)
