"""AFF011: a link that hides the page it stands on from Amazon."""

from __future__ import annotations

from collections.abc import Iterator

from cta_analytics.links.link import Link
from cta_analytics.lint.example import SENTENCE, STORE, TAGGED, associates, cta, query
from cta_analytics.lint.finding import Severity
from cta_analytics.lint.page_text import PageText
from cta_analytics.lint.programs import Program
from cta_analytics.lint.rule import Context, Example, Hit, Rule

_SEVERITIES: tuple[tuple[Program, Severity], ...] = (("attribution", "info"), ("associates", "warning"))


def _check(text: PageText, context: Context) -> Iterator[Hit]:
    for program, severity in _SEVERITIES:
        for link in text.by_program[program]:
            by = _suppressed_by(link)
            if by:
                yield Hit(f"{by} hides from Amazon which site the visitor comes from", link, severity=severity)


def _suppressed_by(link: Link) -> str | None:
    if link.rel and "noreferrer" in link.rel.lower().split():
        return 'rel="noreferrer"'
    if link.referrer_policy and link.referrer_policy.strip().lower() == "no-referrer":
        return 'referrerpolicy="no-referrer"'
    return None


def _page(attributes: str) -> str:
    return f'<p>{SENTENCE}</p>\n<p>We like <a href="{TAGGED}" {attributes}>this kettle</a> (paid link).</p>'


RULE = Rule(
    code="AFF011",
    name="suppressed-referrer",
    severity="warning",
    summary="A link to Amazon has `rel=noreferrer` or `referrerpolicy=no-referrer`; an info for program attribution.",
    why=(
        "The Associates policies want Amazon to see which site a visitor comes from. A link that hides it puts its "
        "commission at risk; `noopener` protects the page just as well and hides nothing."
    ),
    bad=(
        Example(_page('rel="sponsored noopener noreferrer"'), path="/blog/kettles"),
        Example(_page('rel="sponsored" referrerpolicy="no-referrer"'), path="/blog/kettles"),
        Example(
            f'<p><a href="{STORE}?{query().replace("&", "&amp;")}" rel="noreferrer">Shop Larkmoor on Amazon</a></p>'
        ),
    ),
    good=(
        Example(associates(TAGGED), path="/blog/kettles"),
        Example(_page('rel="sponsored noopener" referrerpolicy="origin"'), path="/blog/kettles"),
        Example(cta()),
        Example('<p><a href="https://www.teaguild.example/" rel="noreferrer">the guild</a></p>'),
    ),
    text=_check,
)
