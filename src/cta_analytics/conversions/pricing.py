"""What lint findings cost: the clicks through their links, and the sales that nobody can attribute because of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cta_analytics.config import Contract
from cta_analytics.links.contract import Resolver
from cta_analytics.lint import by_code
from cta_analytics.lint.finding import Finding
from cta_analytics.lint.price import DAYS, Clicked, Price
from cta_analytics.lint.programs import named
from cta_analytics.lint.rule import Rule
from cta_analytics.stats.ripening import INCOMPLETE_DAYS
from cta_analytics.urls import Description
from cta_analytics.warehouse import ids, queries, urls

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LEAST_CLICKS = 100
"""Own clicks on measured tags, below which there is no estimate."""
LEAST_ORDERS = 10
"""Orders of measured tags, below which there is none: there one order more or less moves it by over a tenth."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What the own clicks on measured tags have sold, by the reports of one source in one currency."""

    program: str
    source: str
    currency: str
    tags: int
    own_clicks: int
    orders: int
    sales_minor: int

    @property
    def is_enough(self) -> bool:
        """Whether it carries an estimate."""
        return self.own_clicks >= LEAST_CLICKS and self.orders >= LEAST_ORDERS and self.sales_minor >= 0

    def sales_of(self, clicks: int) -> int:
        """What so many clicks would have sold, in minor units, rounded half up."""
        return (2 * clicks * self.sales_minor + self.own_clicks) // (2 * self.own_clicks)


@dataclass(frozen=True, slots=True)
class Clicks:
    """Counted clicks from `first` to `last`, and what clicks sold in that time."""

    first: date
    last: date
    of_links: Mapping[tuple[str, str, int, int], int] = field(default_factory=dict)
    """By site, path of the page, key of the URL and ordinal."""
    of_pages: Mapping[tuple[str, str], int] = field(default_factory=dict)
    rates: Sequence[Rate] = ()

    def rate(self, program: str | None, currency: str | None, preferred: str) -> Rate | None:
        """The rate of links of a program that sell in a currency; of several sources the preferred, else the fullest one."""
        found = [one for one in self.rates if (one.program, one.currency) == (program, currency) and one.is_enough]
        return min(found, key=lambda one: (one.source != preferred, -one.own_clicks, one.source), default=None)


def read(connection: DuckDBPyConnection, last: date) -> Clicks:
    """The clicks of the 28 days that end with `last`."""
    first = last - timedelta(days=DAYS - 1)
    span = {"first": first, "last": last}
    of_links: dict[tuple[str, str, int, int], int] = {}
    of_pages: Counter[tuple[str, str]] = Counter()
    for site, path, url_id, ordinal, clicks in queries.run(connection, "models", "clicks_by_link", **span):
        of_links[site, path, url_id, ordinal] = clicks
        of_pages[site, path] += clicks
    queries.run(connection, "models", "own_clicks_by_tag")
    rows = queries.run(connection, "models", "sales_per_click", **span, incomplete_days=INCOMPLETE_DAYS)
    connection.execute("DROP TABLE own_clicks_by_tag")
    return Clicks(first, last, of_links, of_pages, tuple(Rate(*row) for row in rows))


def priced(findings: Iterable[Finding], clicks: Clicks, contract: Contract) -> list[Finding]:
    """The findings in their order, each with its price; one that is about no link and no page has none."""
    resolver = Resolver(contract)
    rules = by_code()
    return [
        replace(one, price=_price(one, one.clicked, clicks, rules.get(one.code), resolver)) if one.clicked else one
        for one in findings
    ]


def _price(finding: Finding, at: Clicked, clicks: Clicks, rule: Rule | None, resolver: Resolver) -> Price:
    if at.url is None:
        return Price(clicks.of_pages.get((at.site, finding.page), 0))
    site = next((site for site in resolver.sites if site.label == at.site), None)
    found = resolver.describe(at.url, finding.page, site)
    count = clicks.of_links.get((at.site, finding.page, ids.of(urls.address(found)), at.ordinal), 0)
    if rule is None or not (rule.breaks_attribution or (rule.is_structural and _loses_tag(found, resolver))):
        return Price(count)
    place = found.landing.place
    rate = clicks.rate(
        _program(at, found, resolver.contract),
        place.currency if place else None,
        resolver.contract.report.sales_from,
    )
    if rate is None or place is None:
        return Price(count)
    return Price(count, rate.sales_of(count), rate.currency, place.digits)


def _program(at: Clicked, found: Description, contract: Contract) -> str | None:
    """Whose tag the link should carry: that of its policy, else of its URL."""
    asked = next((policy.program for policy in contract.ctas if policy.name == at.cta), None)
    return named(asked) or named(found.program) or named(found.landing.program)


def _loses_tag(found: Description, resolver: Resolver) -> bool:
    """Whether a fault in the shape of a URL to Amazon keeps a tag from arriving that its author wrote."""
    if not found.is_amazon or found.repaired is None:
        return False
    meant = resolver.describe(found.repaired)
    return _tags(meant) != _tags(found)


def _tags(found: Description) -> tuple[str | None, str | None]:
    return found.attribution.tag if found.attribution else None, found.tracking_id
