"""Why a link differs from those of its group: the most telling of its differences speaks."""

from __future__ import annotations

from collections.abc import Sequence

from cta_analytics.config import Contract
from cta_analytics.links.inventory import Page
from cta_analytics.links.learn.majority import CLOSE, is_close, most
from cta_analytics.links.learn.observed import Observed
from cta_analytics.links.learn.tags import is_slip
from cta_analytics.links.link import Departure
from cta_analytics.urls import Problem

_FOREIGN = frozenset({"AMZ014", "AFF002"})
_COPIED = "AMZ007"

Reason = tuple[str, str | None]
"""Its name, and what it says; None where a fault of the URL speaks for itself."""


class Reasons:
    """What the whole site knows about a value that is wrong in one place."""

    def __init__(self, contract: Contract, pages: Sequence[Page], observed: Sequence[Observed]) -> None:
        self.tags = contract.tags
        self.page_of = {page.slug: page.path for page in pages if page.slug}
        self.used: dict[str, set[str]] = {}
        for one in observed:
            for value in (one.values.get("maas"), one.found.tracking_id):
                if value:
                    self.used.setdefault(value, set()).add(one.link.page)
        self.elsewhere = {
            (key, rule): policy
            for policy in contract.ctas
            for key, rule in policy.params.items()
            if isinstance(rule, str) and "{" not in rule
        }
        self.asked = {policy.name: len(policy.params) for policy in contract.ctas}

    def of(self, one: Observed, departures: Sequence[Departure], problems: Sequence[Problem]) -> Reason:
        """The probable reason for a link's departures and problems."""
        if one.is_copied:
            if one.is_from_search:
                return "copied-from-search", "pasted from an Amazon search"
            return "copied-from-browser", "pasted from the address bar of somebody's visit to Amazon"
        wrong = [departure for departure in departures if departure.actual is not None]
        for departure in wrong:
            found = self._of_value(one, departure)
            if found:
                return found
        absent = [departure for departure in departures if departure.actual is None]
        for departure in absent:
            slip = next((key for key in one.values if is_close(key, departure.key)), None)
            if slip:
                return "typo", f'"{slip}" is "{departure.key}" with a slip of the hand'
        if most(len(absent), len(one.values) + len(absent)) or (absent and not one.values):
            return "untagged", "written without the parameters"
        if absent:
            return "incomplete", "part of the parameters was left out"
        if any(problem.code == _COPIED for problem in problems):
            return "copied-from-browser", "copied with what a visit to Amazon had left in it"
        return ("different", "set by hand") if wrong else ("faulty-url", None)

    def _of_value(self, one: Observed, departure: Departure) -> Reason | None:
        value = departure.actual or ""
        if departure.code == "UTM008":
            return self._of_slug(one, value)
        if departure.code in _FOREIGN:
            ours = self.tags.maas if departure.code == "AMZ014" else self.tags.tracking_id
            near = next((tag for tag in ours if is_slip(value, tag)), None)
            if near:
                return "typo", f'"{near}" with a slip of the hand'
            alone = " on no other link of the site;" if len(self.used.get(value, ())) < 2 else ""
            return "foreign-tag", f"a foreign tag:{alone} if it is this answer's own, list it in [tags]"
        owner = next(
            (slug for slug, own in self.tags.by_answer.items() if value in {own.maas, own.channel, own.tracking_id}),
            None,
        )
        if owner and owner in self.page_of:
            return "copied-from-page", f"copied from {self.page_of[owner]}, whose own tag this is"
        if departure.key == "store_page":
            return "other-store-page", "leads to another page of the Store, or to another Store"
        if departure.key == "marketplace":
            return "other-marketplace", "copied from another country's Amazon"
        other = self.elsewhere.get((departure.key, value))
        if other:
            return "copied-from-kind", f"copied from a page of kind {' or '.join(other.on) or other.name}"
        wanted = [departure.expected] if isinstance(departure.expected, str) else list(departure.expected or ())
        near = next(
            (text for text in wanted if is_close(value.lower(), text.lower()) or value.lower() == text.lower()), None
        )
        return ("typo", f'"{near}" with a slip of the hand') if near else None

    def _of_slug(self, one: Observed, value: str) -> Reason:
        wanted = one.page.slug or ""
        exact = self.page_of.get(value)
        inside = max((slug for slug in self.page_of if slug in value and slug != wanted), key=len, default=None)
        source = exact or (self.page_of[inside] if inside and len(inside) > CLOSE * len(value) else None)
        if source:
            return "copied-from-page", f"copied from {source}"
        if wanted and is_close(value, wanted):
            return "typo", "this page's own slug with a slip of the hand"
        return "unknown-slug", "names no page of the site: an old slug, or copied from elsewhere"
