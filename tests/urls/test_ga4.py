"""GA4's default channel group, rule by rule."""

from __future__ import annotations

import pytest

from cta_analytics.urls.ga4 import channel_of_referrer, default_channel


@pytest.mark.parametrize(
    ("source", "medium", "campaign", "channel"),
    [
        (None, None, None, "Direct"),
        ("", "", "shop", "Direct"),
        ("(direct)", "(none)", None, "Direct"),
        ("(direct)", "(not set)", None, "Direct"),
        ("(direct)", "email", None, "Email"),
        ("google", "cpc", "x-cross-network-y", "Cross-network"),
        ("amazon", "cpc", None, "Paid Shopping"),
        ("anyone", "paid", "summer-shop", "Paid Shopping"),
        ("google", "cpc", None, "Paid Search"),
        ("google", "retargeting", None, "Paid Search"),
        ("facebook", "paid-social", None, "Paid Social"),
        ("youtube", "ppc", None, "Paid Video"),
        ("anyone", "display", None, "Display"),
        ("anyone", "banner", None, "Display"),
        ("anyone", "cpm", None, "Display"),
        ("anyone", "cpc", None, "Paid Other"),
        ("amazon.co.uk", "content", None, "Organic Shopping"),
        ("anyone", "content", "shopping-week", "Organic Shopping"),
        ("pinterest", "content", None, "Organic Social"),
        ("anyone", "sm", None, "Organic Social"),
        ("anyone", "social media", None, "Organic Social"),
        ("vimeo", "content", None, "Organic Video"),
        ("anyone", "my-video", None, "Organic Video"),
        ("bing", "content", None, "Organic Search"),
        ("anyone", "organic", None, "Organic Search"),
        ("anyone", "referral", None, "Referral"),
        ("anyone", "link", None, "Referral"),
        ("anyone", "e-mail", None, "Email"),
        ("my-email-tool", "newsletter", None, "Email"),
        ("anyone", "affiliate", None, "Affiliates"),
        ("anyone", "audio", None, "Audio"),
        ("sms", "x", None, "SMS"),
        ("anyone", "web-push", None, "Mobile Push Notifications"),
        ("firebase", "x", None, "Mobile Push Notifications"),
        ("321strong", "content", None, "Unassigned"),
    ],
)
def test_the_first_rule_that_matches_counts(
    source: str | None, medium: str | None, campaign: str | None, channel: str
) -> None:
    assert default_channel(source, medium, campaign) == channel


@pytest.mark.parametrize("medium", ["mcp", "tcp-blog"])
def test_cp_anywhere_in_the_medium_counts_as_paid(medium: str) -> None:
    assert default_channel("anyone", medium, None) == "Paid Other"


def test_a_shop_in_the_campaign_must_not_follow_a_letter_but_e() -> None:
    shopping = [default_channel("x", "content", name) for name in ("eshop", "my-shop", "321shop", "shop")]
    assert shopping == ["Organic Shopping"] * 4
    assert default_channel("x", "content", "workshop") == "Unassigned"


def test_values_are_case_sensitive() -> None:
    assert default_channel("anyone", "Email", None) == "Unassigned"


@pytest.mark.parametrize(
    ("host", "channel"),
    [
        (None, "Direct"),
        ("www.google.com", "Organic Search"),
        ("google.co.uk", "Organic Search"),
        ("www.google.de", "Organic Search"),
        ("de.search.yahoo.com", "Organic Search"),
        ("duckduckgo.com", "Organic Search"),
        ("www.bing.com", "Organic Search"),
        ("docs.google.com", "Referral"),
        ("l.facebook.com", "Organic Social"),
        ("t.co", "Organic Social"),
        ("www.youtube.com", "Organic Video"),
        ("www.amazon.com", "Organic Shopping"),
        ("blog.example", "Referral"),
        ("chatgpt.com", "Referral"),
    ],
)
def test_a_referrer_has_a_channel_too(host: str | None, channel: str) -> None:
    assert channel_of_referrer(host) == channel
