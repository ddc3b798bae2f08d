"""The one resolver: what a URL is, and what it should be where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol
from urllib.parse import urlsplit

from cta_analytics.config import Contract, CtaPolicy, Redirect, Site
from cta_analytics.links import params, policy, slot
from cta_analytics.links.link import Departure, Link
from cta_analytics.links.sites import site_of
from cta_analytics.pages.page import PageIdentity, identify, site_path
from cta_analytics.urls import Description, checks, describe
from cta_analytics.urls.checks.context import Context
from cta_analytics.urls.networks import load

# The page of a site whose address is not known; its host never gets into a result.
_SOMEWHERE = "https://base.invalid"
_INDEPENDENT = ("https://", "http://", "/")
_OF_SCHEME = ("//", "/\\")
# So many URLs are remembered, twice over: what all pages link to is among them, and memory has a bound.
_REMEMBERED = 20_000


def _origin(site: Site) -> str | None:
    parts = urlsplit(site.base_url) if site.base_url else None
    return f"{parts.scheme}://{parts.netloc}" if parts else None


class Standing(Protocol):
    """Where on its page a link stands. A `Link` is one; `Stand` is one for a click that no scanned link explains."""

    @property
    def placement(self) -> str | None:
        """One of `placement.PLACEMENTS`, or None where nobody knows."""

    @property
    def data_slot(self) -> str | None:
        """`data-cta-slot`."""

    @property
    def ordinal(self) -> int:
        """Its number among the page's links with the same URL without fragment, from 1."""


@dataclass(slots=True, unsafe_hash=True)
class Stand:
    """A place on a page."""

    placement: str | None = None
    data_slot: str | None = None
    ordinal: int = 1


@dataclass(slots=True, unsafe_hash=True)
class Resolution:
    """What a link is on its page: its CTA policy, the name of its place, its departures from the contract."""

    cta: str | None
    slot: str
    departures: tuple[Departure, ...] = ()


@dataclass(slots=True)
class Target:
    """A distinct URL of a site, and what is the same wherever a link to it stands."""

    description: Description
    url: str
    """The absolute URL that a browser goes to; a path where the site's base URL is not known."""
    counted_as: str
    """The part of it over which ordinals are counted."""
    rules: tuple[CtaPolicy, ...]
    """The CTA policies that are about such a URL, on some page, at some place."""


class Resolver:
    """Resolves links by one contract. Each distinct URL is described once, as long as it is remembered."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.kinds = tuple(contract.pages)
        self.sites = contract.all_sites
        self.networks = load().merged(contract.networks) if contract.networks else load()
        self.own_keys = frozenset(
            key
            for rule in contract.ctas
            for key in rule.params
            if not key.startswith("utm_") and not self._is_known(key)
        )
        self._hosts = {site.host.removeprefix("www."): site for site in self.sites if site.host}
        self._redirects = {site_path(redirect.path): redirect for redirect in contract.redirects}
        self._origins = {id(site): _origin(site) for site in self.sites}
        # Two generations: what was asked for in the last one is known, and memory has a bound.
        self._targets: dict[tuple[str, str], Target] = {}
        self._older: dict[tuple[str, str], Target] = {}
        self._identified: dict[str, PageIdentity] = {}

    @cached_property
    def tracking_ids(self) -> frozenset[str]:
        """The Associates tags that are ours: listed, an answer's own, or spelled out by a policy of that program."""
        tags = self.contract.tags
        own = {answer.tracking_id for answer in tags.by_answer.values() if answer.tracking_id}
        asked = [rule.params.get("tag") for rule in self.contract.ctas if rule.program == "associates"]
        texts = [[rule] if isinstance(rule, str) else rule for rule in asked if isinstance(rule, str | list)]
        return frozenset({*tags.tracking_id, *own, *(text for one in texts for text in one if "{" not in text)})

    def _is_known(self, key: str) -> bool:
        return any(network.parameter(key) is not None for network in self.networks.by_name.values())

    def identify(self, path: str, site: str | None = None) -> PageIdentity:
        """What the contract makes of a site path; a path of no known kind is a `page`.

        `site`: the label of the site that the page is of, where the contract has several.
        """
        if site is not None:
            return replace(identify(path, self.kinds, site) or PageIdentity(path, "page"), site=site)
        known = self._identified.get(path)
        if known is None:
            if len(self._identified) >= _REMEMBERED:
                self._identified.clear()
            known = self._identified[path] = identify(path, self.kinds) or PageIdentity(path, "page")
        return known

    def identify_logged(self, path: str) -> PageIdentity:
        """The same of a path in a log, which names no host: of several sites the one below whose prefix it lies."""
        return self.identify(path, self.site_logged(path))

    def site_logged(self, path: str) -> str | None:
        """The label of that site, where the contract has several."""
        return site_of(None, None, path, self.sites).label if len(self.sites) > 1 else None

    def url_of(self, path: str, site: Site | None = None) -> str | None:
        """The absolute URL of a site path, where the site's base URL is known."""
        origin = self._origin_of(site)
        return f"{origin}{path}" if origin else None

    def _origin_of(self, site: Site | None) -> str | None:
        # By identity, which costs less than a model's hash; the resolver keeps its sites, so no other has their ids.
        key = id(site or self.sites[0])
        return self._origins[key] if key in self._origins or site is None else _origin(site)

    def describe(self, href: str, base_path: str | None = None, site: Site | None = None) -> Description:
        """What a URL is, with the contract's page kinds and redirects laid over.

        `base_path` is the path (or URL) that a relative URL starts from: that of its page, or of its `<base>`.
        """
        return self.target(href, base_path, site).description

    def target(self, href: str, base_path: str | None = None, site: Site | None = None) -> Target:
        """What a link leads to, described as `describe` does."""
        is_foreign = base_path is not None and "://" in base_path
        # Only a relative URL depends on its page, and one from the root of the site not even that.
        if not is_foreign and href.startswith(_INDEPENDENT) and not href.startswith(_OF_SCHEME):
            key = (href, self._origin_of(site) or "")
        else:
            key = (href, (base_path if is_foreign else self.url_of(base_path or "/", site)) or base_path or "")
        known = self._targets.get(key)
        if known is not None:
            return known
        known = self._older.get(key)
        if known is None:
            base = base_path if is_foreign else self.url_of(base_path or "/", site)
            known = self.target_of(self._laid_over(self._described_alone(href, base, base_path)))
        if len(self._targets) >= _REMEMBERED:
            self._older, self._targets = self._targets, {}
        self._targets[key] = known
        return known

    def target_of(self, found: Description) -> Target:
        """A described URL as a target."""
        url = found.href or found.canonical or found.url
        rules = tuple(rule for rule in self.contract.ctas if policy.matches_url(rule.match, found))
        return Target(found, url, slot.without_fragment(url), rules)

    def _described_alone(self, href: str, base: str | None, base_path: str | None) -> Description:
        if base is not None:
            return describe(href, base=base, own_keys=self.own_keys, networks=self.networks)
        found = describe(href, own_keys=self.own_keys, networks=self.networks)
        if found.kind == "page" and not href.lstrip().startswith(("/", "\\")):
            placed = describe(href, base=f"{_SOMEWHERE}{base_path or '/'}", networks=self.networks)
            found = found.but(parsed=replace(found.parsed, path=placed.path), canonical=placed.path)
        return found

    def _laid_over(self, found: Description) -> Description:
        if found.kind not in {"page", "external"}:
            return found
        if found.host is not None and found.host.removeprefix("www.") not in self._hosts:
            return found
        if found.kind == "external" and found.host is None:
            return found
        path = site_path(found.path)
        redirect = self._redirects.get(path)
        if redirect is None:
            kind = self.identify(path).kind
            return found if kind == found.kind else found.but(kind=kind)
        target = describe(redirect.target, base=self.url_of("/"), own_keys=self.own_keys, networks=self.networks)
        return found.but(
            kind=target.kind,
            network=target.network,
            program=target.program,
            marketplace=target.marketplace,
            store=target.store,
            asin=target.asin,
            attribution=found.attribution or target.attribution,
            tracking_id=found.tracking_id or target.tracking_id,
            sub_tag=found.sub_tag or target.sub_tag,
            channel=found.channel or target.channel,
            is_wrapper=True,
            target=target,
        )

    def is_internal(self, found: Description) -> bool:
        """Whether a link stays on the site."""
        if found.is_wrapper:
            return False
        if found.host is None:
            # Without a host an `urn:` or the like leads nowhere, least of all to a page.
            return found.parsed.is_relative
        return found.host.removeprefix("www.") in self._hosts

    def redirect(self, found: Description) -> Redirect | None:
        """The redirect of the contract that a link passes, or None."""
        if not found.is_wrapper or not (found.host is None or found.host.removeprefix("www.") in self._hosts):
            return None
        return self._redirects.get(site_path(found.path))

    def repaired(self, found: Description, code: str) -> str | None:
        """The URL without the faults of shape of one code (LNK004 to LNK014), all else as it stands."""
        return checks.repaired(found, Context(self.networks, self.own_keys), code)

    def rules_of(self, link: Link) -> list[params.Rule]:
        """What the link's CTA policy asks of its parameters, in the order of the contract."""
        rule = next((one for one in self.contract.ctas if one.name == link.cta), None)
        if rule is None:
            return []
        page = self.identify(link.page, link.site if len(self.sites) > 1 else None)
        return params.rules(rule, self.contract, page, link.slot)

    def candidate(self, found: Description, page: PageIdentity, data_slot: str | None) -> bool:
        """Whether some CTA policy is about such a link on that page, wherever on it the link stands."""
        return self.is_candidate(self.target_of(found), page, data_slot)

    def is_candidate(self, target: Target, page: PageIdentity, data_slot: str | None) -> bool:
        """The same for a target."""
        return any(
            policy.matches_place(rule.match, data_slot, None) and policy.applies(rule, page) for rule in target.rules
        )

    def resolve(self, found: Description, page: PageIdentity, link: Standing | None = None) -> Resolution:
        """What a described link is on a page: the first CTA policy that matches, its slot, its departures."""
        return self.resolve_target(self.target_of(found), page, link)

    def resolve_target(self, target: Target, page: PageIdentity, link: Standing | None = None) -> Resolution:
        """The same for a target."""
        stand = link or Stand()
        found = target.description
        rule = None
        for one in target.rules:
            if policy.matches_place(one.match, stand.data_slot, stand.placement or "") and policy.applies(one, page):
                rule = one
                break
        place = slot.name(stand.data_slot, rule.name if rule else None, found, stand.ordinal)
        if rule is None:
            return Resolution(None, place)
        return Resolution(rule.name, place, tuple(self.departures(rule, found, page, place)))

    def departures(self, rule: CtaPolicy, found: Description, page: PageIdentity, place: str) -> list[Departure]:
        """In what a link differs from its CTA policy."""
        landing = found.landing
        result = []
        if rule.marketplace and landing.is_amazon and landing.marketplace != rule.marketplace:
            result.append(Departure("AMZ018", "marketplace", rule.marketplace, landing.marketplace))
        if rule.store_page and landing.kind == "amazon_store":
            wanted = [rule.store_page] if isinstance(rule.store_page, str) else rule.store_page
            pages = tuple(page_id.upper() for page_id in wanted)
            actual = landing.store.page_id if landing.store else None
            if actual not in pages:
                result.append(Departure("AMZ021", "store_page", pages[0] if len(pages) == 1 else pages, actual))
        return result + params.departures(params.rules(rule, self.contract, page, place), rule, self.contract, found)
