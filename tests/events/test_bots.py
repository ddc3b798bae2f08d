"""Who a user agent is."""

from __future__ import annotations

import re

import pytest

from cta_analytics.errors import CtaError
from cta_analytics.events import bots
from cta_analytics.events.devices import device

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/26.0 Mobile/15E148 Safari/604.1"
)
ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 "


@pytest.mark.parametrize(
    ("user_agent", "class_", "reason"),
    [
        (CHROME, "human", None),
        (IPHONE, "human", None),
        (ANDROID + "Mobile Safari/537.36", "human", None),
        ("Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 20) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0 Mobile Safari/537.36", "human", None),
        ("Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)", "human", None),
        ("Opera/9.80 (Windows NT 6.1; U; en) Presto/2.10.229 Version/11.64", "human", None),
        ("Nokia6300/2.0 (07.21) Profile/MIDP-2.0 Configuration/CLDC-1.1", "human", None),
        ("Lynx/2.9.0dev.4 libwww-FM/2.14 SSL-MM/1.4.1", "human", None),
        (None, "human", None),
        ("-", "unknown_bot", "no user agent"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "crawler", "crawler-user-agents: Googlebot/"),
        ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "crawler", "crawler-user-agents: bingbot"),
        ("Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)", "ai_crawler", "model"),
        ("Mozilla/5.0 AppleWebKit/537.36 (compatible; ChatGPT-User/1.0; +https://openai.com/bot)", "ai_assistant", "assistant"),
        ("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "link_preview", "preview"),
        ("WhatsApp/2.23.20.0", "link_preview", "preview"),
        ("Mozilla/5.0 zgrab/0.x", "scanner", "scanner"),
        ("Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", "monitor", "monitor"),
        ("python-requests/2.32.3", "library", "library"),
        ("curl/8.5.0", "library", "library"),
        ("Go-http-client/2.0", "library", "library"),
        (CHROME.replace("Chrome/", "HeadlessChrome/"), "headless", "headless"),
        ("ShinyNewBot/0.1", "unknown_bot", "names itself a bot"),
        ("Mozilla/5.0 (compatible; Novel/1.0)", "unknown_bot", "compatible with nothing"),
        (CHROME + " (+https://fetcher.example)", "unknown_bot", "names its address"),
        (CHROME + " PageSpotter", "unknown_bot", "an agent behind the browser"),
        (CHROME + " OPR/125.0.0.0", "human", None),
        (CHROME.replace("141.0.0.0", "49.0.2623.87") + " LBBROWSER", "human", None),
        ("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.2; Trident/4.0; .NET4.0E; PTST 2.386)", "monitor", "monitor"),
        (CHROME + " GoogleMessages/20.2", "link_preview", "preview"),
        ("Zeno", "unknown_bot", "no browser's name"),
        ("Mozilla/5.0", "unknown_bot", "no browser's form"),
    ],
)  # fmt: skip
def test_known_user_agents(user_agent: str | None, class_: str, reason: str | None) -> None:
    assert bots.judge(user_agent) == bots.Verdict(class_, reason)


def test_every_rule_and_tag_gives_a_class_that_is_documented() -> None:
    rules = (*bots._rules().specific, *bots._rules().generic)
    assert {rule.class_ for rule in rules} | set(bots._TAGS.values()) | {"human", "internal", "crawler"} == set(
        bots.CLASSES
    )
    assert len({rule.name for rule in rules}) == len(rules)
    assert all(word == word.lower() for rule in rules for word in rule.words)


def test_the_whole_list_is_used() -> None:
    from crawleruseragents import CRAWLER_USER_AGENTS_DATA

    missed = []
    for entry in CRAWLER_USER_AGENTS_DATA:
        for instance in entry["instances"]:
            if re.search(entry["pattern"], instance) and bots.judge(instance).class_ == "human":
                missed.append(instance)
    assert missed == []


def test_the_version_of_the_list_is_told() -> None:
    assert re.fullmatch(r"crawler-user-agents [0-9.]+, rules [0-9]+", bots.list_version())


def test_own_user_agents_come_first_and_a_wrong_pattern_is_told() -> None:
    judge = bots.Judge(["^OurMonitor", "googlebot"])
    assert judge.verdict("OurMonitor/1.0") == bots.Verdict("internal", "[exclude] ^OurMonitor")
    assert judge.verdict("Googlebot/2.1").class_ == "internal"
    with pytest.raises(CtaError, match=r'"\(" is no regular expression'):
        bots.Judge(["("])


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (CHROME, "desktop"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15", "desktop"),
        (IPHONE, "phone"),
        (ANDROID + "Mobile Safari/537.36", "phone"),
        (ANDROID + "Safari/537.36", "tablet"),
        (IPHONE.replace("iPhone; CPU iPhone OS", "iPad; CPU OS"), "tablet"),
        ("Mozilla/5.0 (Linux; Android 12; BRAVIA 4K UR2) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36", "other"),
        ("curl/8.5.0", "other"),
        (None, "other"),
    ],
)  # fmt: skip
def test_devices(user_agent: str | None, expected: str) -> None:
    assert device(user_agent) == expected
