"""Where a visit comes from: its referrer and campaign parameters, and the channel that they make."""

from __future__ import annotations

from dataclasses import dataclass, fields

from cta_analytics.urls import Query, ga4
from cta_analytics.urls.parse import parse

AI_ASSISTANTS = "AI Assistants"
"""A channel of its own beside GA4's."""

# Hosts and utm_source values of assistants that send readers: what their links carry, as seen in logs.
_ASSISTANTS = frozenset(
    {
        "chatgpt.com", "chat.openai.com", "openai.com", "perplexity.ai", "perplexity", "claude.ai", "gemini.google.com",
        "bard.google.com", "copilot.microsoft.com", "copilot.cloud.microsoft", "deepseek.com", "chat.deepseek.com", "grok.com",
        "x.ai", "you.com", "poe.com", "phind.com", "meta.ai", "mistral.ai", "chat.mistral.ai", "duck.ai", "kagi.com/assistant",
        "iask.ai", "andisearch.com", "komo.ai", "character.ai", "pi.ai", "qwen.ai", "chat.qwen.ai", "doubao.com", "kimi.com",
        "chatgpt", "openai", "claude", "copilot", "gemini",
    }
)  # fmt: skip

# A click on an ad says so by its id, also where nobody set utm values.
CLICK_IDS: dict[str, tuple[str, str]] = {
    "gclid": ("google", "cpc"), "gbraid": ("google", "cpc"), "wbraid": ("google", "cpc"), "dclid": ("google", "cpm"),
    "msclkid": ("bing", "cpc"), "fbclid": ("facebook", "social"), "ttclid": ("tiktok", "cpc"), "twclid": ("twitter", "cpc"),
    "li_fat_id": ("linkedin", "cpc"), "rdclid": ("reddit", "cpc"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request says that it comes from."""

    referrer_host: str | None = None
    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None
    utm_term: str | None = None
    utm_content: str | None = None
    utm_id: str | None = None
    channel: str = "Direct"


_UTM = tuple(field.name for field in fields(Origin) if field.name.startswith("utm_"))


def referrer_host(referrer: str) -> str | None:
    """The host of a referrer as logged, lower-case; None where there is none."""
    if referrer in {"", "-"}:
        return None
    parsed = parse(referrer)
    if parsed.scheme == "android-app":
        return referrer.split("://", 1)[-1].split("/")[0] or None
    return parsed.host if parsed.scheme in {"http", "https"} else None


def has_campaign(query: str) -> bool:
    """Whether a query may hold what makes a channel."""
    return "utm_" in query or any(name in query for name in CLICK_IDS)


def origin(referrer: str, query: str, own_hosts: frozenset[str]) -> Origin:
    """The origin of a request: utm values first, then the id of an ad click, then the referrer; the own site is no origin."""
    host = referrer_host(referrer)
    values: dict[str, str | None] = {}
    params = Query.parse(query) if has_campaign(query) else None
    if params is not None:
        values = {name: (params.get(name) or "")[:255] or None for name in _UTM}
    source, medium, campaign = values.get("utm_source"), values.get("utm_medium"), values.get("utm_campaign")
    if source is None and medium is None and params is not None:
        source, medium = next((paid for name, paid in CLICK_IDS.items() if params.get(name)), (None, None))
    inside = host is not None and host.removeprefix("www.") in own_hosts
    if (source and source.lower() in _ASSISTANTS) or (
        source is None and host and host.removeprefix("www.") in _ASSISTANTS
    ):
        channel = AI_ASSISTANTS
    elif source or medium:
        channel = ga4.default_channel(source, medium, campaign)
    else:
        channel = ga4.channel_of_referrer(None if inside else host)
    return Origin(host, **values, channel=channel)
