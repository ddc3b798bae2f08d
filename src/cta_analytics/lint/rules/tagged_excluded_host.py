"""UTM010: UTM parameters on a host that must stay clean."""

from __future__ import annotations

from collections.abc import Iterable

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import leads_to, source_params
from cta_analytics.lint.example import anchor
from cta_analytics.lint.repairs import untagged
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule

_HOSTS = ["*.gov", "*.edu", "doi.org", "*.wikipedia.org"]


def _check(link: Link, context: Context) -> Iterable[Hit]:
    found = link.description
    if not found.params or not leads_to(found, context.options["hosts"]):
        return ()
    params = source_params(link, context)
    return [untagged(link, params, f"a link to {found.host}, which is to stay clean,")] if params else ()


RULE = Rule(
    code="UTM010",
    name="tagged-excluded-host",
    severity="error",
    summary="UTM or own source parameters on a host that must stay clean, such as that of a cited study.",
    why=(
        "Nobody there reads our parameters. They came with a copied link or a template, tell a stranger how we count, "
        "and can break a signed or cached address."
    ),
    bad=(
        Example(anchor("https://pubmed.ncbi.nlm.nih.gov/33786041/?utm_source=larkmoor", "a study")),
        Example(
            anchor("https://tea.example/?page=2&utm_source=larkmoor&utm_medium=content", "a friend"),
            contract='[lint.options.UTM010]\nhosts = ["tea.example"]\n',
        ),
    ),
    good=(
        Example(anchor("https://pubmed.ncbi.nlm.nih.gov/33786041/", "a study")),
        Example(anchor("https://tea.example/?utm_source=larkmoor&utm_medium=content", "a friend")),
    ),
    fix="safe",
    link=_check,
    mutes=("UTM002", "UTM003", "UTM005", "UTM007", "UTM011", "UTM014", "UTM015"),
    options=(Option("hosts", _HOSTS, "Globs of the hosts that must stay clean"),),
)
