"""GA4's default channel group: which channel a source, medium and campaign fall into."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_PAID = re.compile(r"^(.*cp.*|ppc|retargeting|paid.*)$")
_SHOP = re.compile(r"^(.*(([^a-df-z]|^)shop|shopping).*)$")
_DISPLAY = frozenset({"display", "banner", "expandable", "interstitial", "cpm"})
_SOCIAL = frozenset({"social", "social-network", "social-media", "sm", "social network", "social media"})
_ENGINE = re.compile(r"(?:m\.|images\.|(?:[a-z]{2,7}\.){0,2}search\.)?([a-z0-9-]+)\.(?:com?\.|ne\.)?[a-z]{2,3}")
_EMAIL = re.compile(r"email|e-mail|e_mail|e mail")


@lru_cache(maxsize=1)
def _sources() -> dict[str, str]:
    """Source -> its category: shopping, search, social or video."""
    lists = tomllib.loads(Path(__file__).with_name("sources.toml").read_text(encoding="utf-8"))
    return {source: category for category, sources in lists.items() for source in sources}


def category(source: str | None) -> str | None:
    """The category of a source as it stands in `utm_source` (`google`, `facebook.com`), or None."""
    return _sources().get(source) if source else None


def default_channel(source: str | None, medium: str | None, campaign: str | None) -> str:
    """The channel, first match wins. Values are compared as they are written: GA4 knows `email`, not `Email`.

    Rules: Google Analytics help, "Default channel group", as dbt-ga4 transcribes it.
    """
    source, medium, campaign = source or None, medium or None, campaign or None
    where, how, what = source or "", medium or "", campaign or ""
    kind = category(source)
    paid = bool(_PAID.match(how))
    shopping = kind == "shopping" or bool(_SHOP.match(what))
    if (source is None and medium is None) or (source == "(direct)" and medium in {"(none)", "(not set)"}):
        return "Direct"
    if "cross-network" in what:
        return "Cross-network"
    if paid and shopping:
        return "Paid Shopping"
    if paid and kind in {"search", "social", "video"}:
        return f"Paid {kind.capitalize()}"
    if how in _DISPLAY:
        return "Display"
    if paid:
        return "Paid Other"
    if shopping:
        return "Organic Shopping"
    if kind == "social" or how in _SOCIAL:
        return "Organic Social"
    if kind == "video" or "video" in how:
        return "Organic Video"
    if kind == "search" or how == "organic":
        return "Organic Search"
    if how in {"referral", "app", "link"}:
        return "Referral"
    if _EMAIL.search(where) or _EMAIL.search(how):
        return "Email"
    if how == "affiliate":
        return "Affiliates"
    if how == "audio":
        return "Audio"
    if where == "sms" or how == "sms":
        return "SMS"
    if how.endswith("push") or "mobile" in how or "notification" in how or where == "firebase":
        return "Mobile Push Notifications"
    return "Unassigned"


def channel_of_referrer(host: str | None) -> str:
    """The channel of a visit that has no utm values, by the host it came from; without one it is Direct.

    GA4 names such a visit's source by the host without `www.`, and search engines by name with medium `organic`.
    """
    if not host:
        return default_channel(None, None, None)
    source = host.lower().rstrip(".").removeprefix("www.")
    kind = category(source) or _of_engine(source) or _of_site(source)
    if kind == "search":
        return "Organic Search"
    return f"Organic {kind.capitalize()}" if kind else default_channel(source, "referral", None)


def _of_engine(host: str) -> str | None:
    """The category of a site under the ending of a country: `google.co.uk`, `amazon.de`, `fr.search.yahoo.com`."""
    found = _ENGINE.fullmatch(host)
    return category(found[1]) if found else None


def _of_site(host: str) -> str | None:
    """The category of a subdomain, as `de.linkedin.com`; `docs.google.com` is another site than the search engine."""
    above = host.partition(".")[2]
    kind = category(above) if "." in above else None
    return kind if kind in {"social", "video"} else None
