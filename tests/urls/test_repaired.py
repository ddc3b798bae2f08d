"""A URL without one fault of its shape: the fault is gone, and what has no such fault is left alone."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cta_analytics.urls import describe, load
from cta_analytics.urls.checks import repaired
from cta_analytics.urls.checks.context import Context
from cta_analytics.urls.checks.parameters import out_of_path

CONTEXT = Context(load(), frozenset({"lmsrc"}))
BASE = "https://www.larkmoor.example/x"
CODES = ("LNK004", "LNK005", "LNK006", "LNK007", "LNK008", "LNK012", "LNK014")
HEADS = st.sampled_from(
    ["https://www.amazon.com/dp/B0LARKMR01", "www.amazon.com/dp/B0LARKMR01", "/products/a", "https://tea.example/", "a"]
)
PIECES = st.sampled_from(
    [
        "?", "&", "&&", "=", "#", "&amp;", "&amp;amp;", "utm_source=", "utm_medium=a", "UTM_Source=", "Tag=", "tag=x-20",
        "maas=", "%25", "%2541", "25", "%252F", "a", "b", "/", "c=1", "?utm_content=x", "%3F", "%3Dx", "?a=b", "lmsrc=", "LMSRC=",
    ]
)  # fmt: skip


def codes(url: str) -> set[str]:
    return {problem.code for problem in described(url).problems}


def described(url: str):
    return describe(url, base=BASE, own_keys=CONTEXT.own_keys)


@given(HEADS, st.lists(PIECES, max_size=8))
def test_what_is_repaired_is_no_longer_found(head, pieces):
    url = head + "".join(pieces)
    # Behind a second `#` there may be parameters once more.
    assume(url.count("#") < 2)
    found = described(url)
    for code in codes(url) & set(CODES):
        right = repaired(found, CONTEXT, code)
        assert right is not None
        assert code not in codes(right)


@given(HEADS, st.lists(PIECES, max_size=8))
def test_what_is_taken_out_of_a_path_is_no_longer_there(head, pieces):
    url = head + "".join(pieces)
    if "UTM012" in codes(url):
        assert "UTM012" not in codes(out_of_path(described(url)))


@pytest.mark.parametrize(
    ("code", "url", "right"),
    [
        ("LNK004", "/a?b=1&amp;amp;c=%41&#38;d", "/a?b=1&c=%41&d"),
        ("LNK005", "/a?b=1?c=2&d=https://x.example/?e=1", "/a?b=1&c=2&d=https://x.example/?e=1"),
        ("LNK006", "/a%252520b?c=%252541&d=%25", "/a%20b?c=%41&d=%25"),
        ("LNK007", "/a#top?utm_source=b", "/a?utm_source=b#top"),
        ("LNK007", "/a?x#utm_source=b?c=d&e", "/a?x&utm_source=b?c=d&e"),
        ("LNK007", "/a#top&utm_source=b&&c=d", "/a?utm_source=b&c=d#top"),
        ("LNK008", "/a??", "/a"),
        ("LNK008", "/a?&b&?", "/a?b"),
        ("LNK012", "/a?LmSrc=1&utm_Medium", "/a?lmsrc=1&utm_medium"),
        ("LNK014", " www.tea.example/?a ", " https://www.tea.example/?a "),
        ("LNK014", "/a?b", None),
    ],
)
def test_one_fault_alone_is_repaired(code, url, right):
    assert repaired(described(url), CONTEXT, code) == right
