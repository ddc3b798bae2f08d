"""LNK011: a host that the public cannot reach, or should not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import first_of, leads_to, problem
from cta_analytics.lint.example import anchor
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule
from cta_analytics.urls import Problem
from cta_analytics.urls.checks.hosts import is_private


def _is_not_meant(link: Link, found: Problem, context: Context) -> bool:
    host = link.description.host
    is_own = any(site.host == host for site in context.contract.all_sites)
    return not is_own and not leads_to(link.description, context.options["allowed"])


_found = problem("LNK011", _is_not_meant)


def _of_url(link: Link, context: Context) -> Iterable[Hit]:
    return _weighed(link, context) if link.description.problems else ()


def _weighed(link: Link, context: Context) -> Iterator[Hit]:
    own = [(site.host or "").removeprefix("www.") for site in context.contract.all_sites]
    host = link.description.host or ""
    is_ours = any(host == one or host.endswith(f".{one}") for one in own if one)
    for hit in _found(link, context):
        # What a stranger calls staging may be open to the public.
        yield hit if is_ours or is_private(host) else replace(hit, severity="warning")


def _listed(link: Link, context: Context) -> Iterable[Hit]:
    hosts = context.options["hosts"]
    if not hosts or link.description.parsed.is_relative or not leads_to(link.description, hosts):
        return ()
    host = link.description.host or ""
    start = link.href.lower().find(host)
    span = (start, start + len(host)) if start >= 0 else (None, None)
    return (Hit(f"{host} is not the public site", link, start=span[0], end=span[1]),)


RULE = Rule(
    code="LNK011",
    name="non-production-host",
    severity="error",
    summary="A link leads to `localhost`, a private address, a name like `.test`, or a staging host.",
    why="It works for its author and for nobody else: the visitor gets an error page, or a shop that sells nothing.",
    bad=(
        Example(anchor("http://localhost:3000/products/kettle", "the kettle")),
        Example(anchor("https://staging.tea.example/", "a friend")),
        Example(
            anchor("https://shop-42.preview.example/kettle", "the kettle"),
            contract='[lint.options.LNK011]\nhosts = ["*.preview.example"]\n',
        ),
    ),
    good=(
        Example(anchor("https://tea.example/", "a friend")),
        Example(
            anchor("http://localhost:3000/", "our demo, once it runs"),
            contract='[lint.options.LNK011]\nallowed = ["localhost"]\n',
        ),
    ),
    link=first_of(_of_url, _listed),
    options=(
        Option("hosts", [], "Globs of further hosts that are not for the public"),
        Option("allowed", [], "Globs of hosts that may be linked to all the same"),
    ),
)
