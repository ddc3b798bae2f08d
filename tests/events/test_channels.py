"""Where a visit comes from."""

from __future__ import annotations

import pytest

from cta_analytics.events.channels import Origin, origin

OWN = frozenset({"example.com"})


@pytest.mark.parametrize(
    ("referrer", "query", "host", "channel"),
    [
        ("-", "", None, "Direct"),
        ("", "", None, "Direct"),
        ("https://www.example.com/answers/a", "", "www.example.com", "Direct"),
        ("https://www.google.com/", "", "www.google.com", "Organic Search"),
        ("https://duckduckgo.com/", "", "duckduckgo.com", "Organic Search"),
        ("https://www.reddit.com/r/x", "", "www.reddit.com", "Organic Social"),
        ("https://www.youtube.com/", "", "www.youtube.com", "Organic Video"),
        ("https://blog.other.example/post", "", "blog.other.example", "Referral"),
        ("https://chatgpt.com/", "", "chatgpt.com", "AI Assistants"),
        ("https://www.perplexity.ai/", "", "www.perplexity.ai", "AI Assistants"),
        ("-", "utm_source=chatgpt.com", None, "AI Assistants"),
        ("-", "utm_source=news&utm_medium=email", None, "Email"),
        # utm values come before the referrer, an ad's click id before it too
        ("https://www.google.com/", "utm_source=news&utm_medium=email", "www.google.com", "Email"),
        ("https://www.google.com/", "gclid=abc", "www.google.com", "Paid Search"),
        ("-", "fbclid=abc", None, "Organic Social"),
        ("-", "utm_source=google&utm_medium=cpc", None, "Paid Search"),
        ("-", "q=utm_none", None, "Direct"),
        ("javascript:alert(1)", "", None, "Direct"),
        ("not a url", "", None, "Direct"),
    ],
)  # fmt: skip
def test_channels(referrer: str, query: str, host: str | None, channel: str) -> None:
    found = origin(referrer, query, OWN)
    assert (found.referrer_host, found.channel) == (host, channel)


def test_only_campaign_parameters_are_kept() -> None:
    query = "email=jo@example.com&utm_source=news&utm_medium=email&utm_campaign=w%2036&utm_content=" + "x" * 1000
    assert origin("-", query, OWN) == Origin(
        None, "news", "email", "w 36", None, "x" * 255, None, "Email"
    )  # fmt: skip
