"""AFF005: Amazon behind something that does not look like it."""

from __future__ import annotations

from collections.abc import Iterable

from cta_analytics.links.link import Link
from cta_analytics.lint.example import STORE, TAG, TAGGED, associates
from cta_analytics.lint.programs import Program, named, program_of
from cta_analytics.lint.rule import Context, Example, Hit, Rule
from cta_analytics.urls import Description

# These shorten or pass on, and pay nobody by their own; an affiliate network is another program, and no disguise.
_DISGUISES = {"short": "a shortener", "geniuslink": "a link service", "redirect": "a redirect", "google": "a redirect"}


def _check(link: Link, context: Context) -> Iterable[Hit]:
    found = link.description
    program: Program | None = None
    behind = ""
    if found.is_wrapper or found.kind == "short":
        program = program_of(link, context.contract)
        behind = _behind(found) if program else ""
    elif found.network is None and "amazon." in link.href and context.resolver.is_internal(found):
        inner = _handed_on(link, context)
        if inner is not None:
            program = named(inner.program)
            behind = f"a redirect of the own site ({found.path})"
    if program is None or not behind:
        return ()
    says = f"Amazon behind {behind}: a reader cannot tell where it leads"
    return (Hit(says, link, severity="error" if program == "associates" else "warning"),)


def _behind(found: Description) -> str:
    """What hides Amazon; empty where nothing does. A short link's target is known from the contract alone."""
    if found.table is None:
        return f"a redirect of the own site ({found.path})" if found.landing.network == "amazon" else ""
    name = _DISGUISES.get(found.table.table, "")
    is_amazon = found.landing.network == "amazon" or (found.target is None and found.kind == "short")
    return f"{name} ({found.host})" if name and is_amazon else ""


def _handed_on(link: Link, context: Context) -> Description | None:
    """What the parameters of an internal link hold, where that is a link to Amazon."""
    for _, value in link.description.params:
        if "amazon." in value and value.startswith(("http:", "https:", "//")):
            inner = context.resolver.describe(value, link.page)
            if inner.network == "amazon":
                return inner
    return None


_GO = f"""
[[redirects]]
path = "/go/kettle"
target = "{TAGGED}"
"""
_STORE = f"""
[[redirects]]
path = "/go/store"
target = "{STORE}?maas={TAG}&ref_=aa_maas&tag=maas"
"""

RULE = Rule(
    code="AFF005",
    name="cloaked-amazon-link",
    severity="error",
    summary="Amazon stands behind a redirect, a mask or a shortener; a warning for links of program attribution.",
    why=(
        "The Associates policies want a reader to see that a link leads to Amazon, and Amazon to see the site that it "
        "comes from. Hidden links put the commission and the account at risk, and what they carry cannot be checked."
    ),
    bad=(
        Example(
            associates("/out.php?url=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB0LARKMR01%3Ftag%3Dlarkmoor-20"),
            path="/blog/a",
        ),
        Example(associates("/go/kettle"), path="/blog/kettles", contract=_GO),
        Example('<p><a href="/go/store">Shop Larkmoor on Amazon</a></p>', path="/about", contract=_STORE),
    ),
    good=(
        Example(associates(TAGGED), path="/blog/kettles"),
        Example('<p><a href="/out.php?url=https%3A%2F%2Fteaguild.example%2F">the guild</a></p>'),
    ),
    link=_check,
    mutes=("AMZ009",),
)
