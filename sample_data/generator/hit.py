"""One request as the web server sees it, with what the generator knows about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """What a hit means: a page view, a click or a sent form.

    `page` is the site path; `group` of a click is `amazon`, `product` or `other`; `via` is `beacon` or `redirect`.
    `same_click` marks a redirect hit whose click the beacon has told already.
    """

    type: str
    page: str | None
    url: str | None = None
    group: str | None = None
    via: str | None = None
    same_click: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A request; `actor` is human, internal, bot, quiet_burst, forged or noise."""

    at: int
    actor: str
    address: str
    method: str
    target: str
    protocol: str
    status: int
    size: int
    referrer: str
    agent: str
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class AmazonVisit:
    """Somebody arriving at Amazon from a link of the site, whether or not our log has it."""

    at: int
    url: str
    page: str | None
