"""Laws that hold for any string at all."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cta_analytics.urls import KINDS, Description, describe
from cta_analytics.urls.parse import parse, parse_at_length

# Pieces of URLs, so that random strings come close to real ones.
PIECES = st.sampled_from(
    [
        "https://",
        "http:",
        "www.amazon.com",
        "amzn.to",
        "www.google.com/url?q=",
        "/dp/",
        "B0ABCDEFGH",
        "/stores/page/",
        "/ref=",
        "?",
        "&",
        "=",
        "#",
        "&amp;",
        "maas=",
        "tag=",
        "ref_=aa_maas",
        "channel=",
        "aa_creativeid=",
        "utm_source=",
        "utm_",
        "%25",
        "%2541",
        "%zz",
        "{",
        "}",
        "ü",
        "@",
        ":",
        "[",
        "]",
        "\\",
        "//",
        "..",
        "mailto:",
        "tel:",
        "javascript:",
        "{{",
        "💡",
        "localhost",
        "prf.hn/click/camref:",
        "/destination:",
        "awin1.com/cread.php?p=",
        "www.",
        ".com",
        "-20",
        " ",
        "\t",
        "\n",
        "\x00",
        "\ud800",
        "\udfff",
        "\u202e",
    ]
)
URLISH = st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join)


def check(found: Description, text: str) -> None:
    assert found.url == text
    assert found.kind in KINDS
    assert json.loads(json.dumps(found.as_json()))["kind"] == found.kind
    assert str(found.query) == found.query.raw
    for problem in found.problems:
        assert 0 <= problem.start <= problem.end <= len(text), problem
    assert found.kind != "invalid" or found.parsed.error is not None
    assert found.parsed.error is None or found.kind in {"invalid", "computed"}
    if found.parsed.has_query and found.parsed.raw == text:
        assert found.parsed.with_query(str(found.query)) == text


@given(URLISH | st.text(alphabet=st.characters()))
@settings(max_examples=400, deadline=None)
def test_any_string_has_a_description(text: str) -> None:
    check(describe(text), text)
    check(describe(text, assume_https=True), text)
    check(describe(text, base="https://a.example/x/"), text)


@given(URLISH, URLISH)
@settings(deadline=None)
def test_any_base_does_too(text: str, base: str) -> None:
    check(describe(text, base=base, own_keys=frozenset({"321src"})), text)


@given(URLISH)
@settings(max_examples=300, deadline=None)
def test_a_repaired_url_needs_no_further_repair(text: str) -> None:
    repaired = describe(text).repaired
    # What stood behind "#" is looked at only once it is a query.
    if repaired is not None and "#" not in text:
        again = describe(repaired)
        faults = {"LNK004", "LNK005", "LNK012", "LNK014"} & {problem.code for problem in again.problems}
        assert not faults, (text, repaired)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.amazon.com/dp/B0ABCDEFGH?" + "a=1&" * 25_000,
        "https://www.amazon.com" + "/a" * 50_000,
        "https://" + "amazon.com." * 10_000,
        "https://www.google.com/url?q=" * 3_000,
        "https://a.example/?x=@" + "a." * 50_000,
        "https://a.example/?utm_source=" + "{" * 100_000,
        "\ud800" * 100_000,
    ],
)
def test_a_long_string_is_described_like_a_short_one(text: str) -> None:
    # What takes quadratic time does not come back from here.
    check(describe(text), text)


_PIECES = ["http", "https", "://", "//", "/", ":", "www.", "amazon.com", "1.2.3.4", "xn--p1ai", "..", ".", "%2e", "%20"]
_PIECES += [
    "%25",
    "?",
    "a=b",
    "&",
    "utm_source=x",
    "#",
    "top",
    "é",
    " ",
    "\n",
    "A",
    "@",
    ":80",
    "&amp;",
    "--",
    "0x7f.1",
]
_BASES = [
    None,
    "https://www.site.example/a/b",
    "http://u:p@site.example:8080/a",
    "ftp://x.y/z",
    "nonsense",
    "file:///a",
]


@given(
    st.sampled_from(["", "https://", "http://", "/"]),
    st.lists(st.sampled_from(_PIECES), max_size=7).map("".join),
    st.sampled_from(_BASES),
)
@example("https://", "www.amazon.com/dp/B0EXAMPLE1?tag=a-20&x=%2B#top", None)
@example("/", "answers/tea?utm_source=x", "http://u:p@site.example:8080/a")
@example("https://", "www.amazon.com", "https://www.site.example/a/b")
@settings(max_examples=500)
def test_the_short_way_for_plain_urls_gives_what_the_long_way_gives(start, rest, base):
    found = parse(start + rest, base)
    assert replace(found, is_plain=False) == parse_at_length(start + rest, base)
    assert found.is_plain or start + rest != "https://www.amazon.com/dp/B0EXAMPLE1?tag=a-20&x=%2B#top"
