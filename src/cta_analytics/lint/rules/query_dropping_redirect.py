"""LNK003: parameters that a redirect loses."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from cta_analytics.links.link import Link
from cta_analytics.lint.example import anchor
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule

_REDIRECT = """
[[redirects]]
path = "/go/tea"
target = "https://tea.example/?utm_source=larkmoor"
keeps_query = {}
"""
_LINK = anchor("/go/tea?utm_content=quiet-kettle", "a friend")


def _check(link: Link, context: Context) -> Iterator[Hit]:
    found = link.description
    if not found.params:
        return
    redirect = context.resolver.redirect(found)
    if redirect is not None:
        if redirect.keeps_query:
            return
        name = redirect.path
    else:
        address = f"{found.host or ''}{found.path}"
        if not any(fnmatchcase(address, pattern) for pattern in context.options["addresses"]):
            return
        name = address
    keys = found.query.keys
    shown = ", ".join(f'"{key}"' for key in keys[:3]) + (f" and {len(keys) - 3} more" if len(keys) > 3 else "")
    start = found.query.offset
    says = f"{name} redirects without the query: {shown} {'is' if len(keys) == 1 else 'are'} lost on the way"
    yield Hit(says, link, start=start, end=start + len(found.query.raw), keys=frozenset(keys))


RULE = Rule(
    code="LNK003",
    name="query-dropping-redirect",
    severity="error",
    summary="A link with parameters passes a redirect that the contract lists as losing the query.",
    why=(
        "The redirect answers with its target and nothing else: the shop gets a visit without tag and source, and "
        "only our own click log ever saw them. Put the parameters into the target, or let the redirect keep them."
    ),
    bad=(Example(_LINK, contract=_REDIRECT.format("false")),),
    good=(
        Example(_LINK, contract=_REDIRECT.format("true")),
        Example(
            anchor("https://larkmoor.example/products/kettle", "the kettle"),
            contract='[lint.options.LNK003]\naddresses = ["larkmoor.example/*"]\n',
            others=(("/products/kettle", "<p>The kettle.</p>"),),
        ),
    ),
    link=_check,
    mutes=("LNK009", "UTM001", "UTM002", "UTM003", "UTM004", "UTM005", "UTM007", "UTM008", "UTM014", "UTM015"),
    options=(
        Option(
            "addresses",
            [],
            "Globs of addresses (host and path, such as `larkmoor.example/shop/*`) whose redirect loses the query, "
            "beside the `[[redirects]]` with `keeps_query = false`",
        ),
    ),
)
