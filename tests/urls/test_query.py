"""The query as an ordered multi-map."""

from __future__ import annotations

import pytest
from ada_url import URLSearchParams
from hypothesis import given
from hypothesis import strategies as st

from cta_analytics.urls import Query

RAW = "maas=a&tag=x-20&&tag=y-20&flag&empty=&a%20b=c+d&umlaut=%C3%BC&odd=%zz"


def test_the_pairs_come_decoded_and_in_order() -> None:
    assert Query.parse(RAW).items == (
        ("maas", "a"),
        ("tag", "x-20"),
        ("tag", "y-20"),
        ("flag", ""),
        ("empty", ""),
        ("a b", "c d"),
        ("umlaut", "ü"),
        ("odd", "%zz"),
    )


def test_both_values_of_a_doubled_key_are_kept() -> None:
    query = Query.parse(RAW)
    assert query.get("tag") == "x-20"
    assert query.all("tag") == ("x-20", "y-20")
    assert query.keys == ("maas", "tag", "flag", "empty", "a b", "umlaut", "odd")
    assert (query.get("nothing"), query.all("nothing"), "tag" in query, "nothing" in query) == (None, (), True, False)


def test_a_key_without_equals_differs_from_an_empty_value() -> None:
    flag, empty = Query.parse("flag&empty=").params
    assert (flag.raw_value, empty.raw_value, flag.value, empty.value) == (None, "", "", "")


def test_the_spans_point_into_the_url() -> None:
    url = "https://a.example/?x=1&&y=2#f"
    query = Query.parse("x=1&&y=2", offset=url.index("?") + 1)
    assert [url[start:end] for start, end in query.spans] == ["x=1", "y=2"]
    assert [url[query.offset + p.value_start : query.offset + p.end] for p in query.params] == ["1", "2"]


def test_one_change_leaves_all_else_as_it_stood() -> None:
    query = Query.parse("a=%41&b=x+y&&c")
    assert str(query.set("b", "ü z&")) == "a=%41&b=%C3%BC%20z%26&&c"
    assert str(query.set("d", "1")) == "a=%41&b=x+y&&c&d=1"
    assert str(Query.parse("").set("d", "1")) == "d=1"
    assert str(query.without({"b"})) == "a=%41&&c"
    assert str(query.tidied()) == "a=%41&b=x+y&c"
    assert str(query.replaced(query.params[1], "b=%20")) == "a=%41&b=%20&&c"
    assert str(query.replaced(query.params[1], None)) == "a=%41&&c"
    assert str(Query.parse("a&a").replaced(Query.parse("a&a").params[1], None)) == "a"


@given(st.text())
def test_building_it_again_gives_the_same_string(raw: str) -> None:
    query = Query.parse(raw)
    assert str(query) == raw
    assert [raw[start:end] for start, end in query.spans] == [param.raw for param in query.params]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\t\n\r")))
def test_it_decodes_as_a_browser_does(raw: str) -> None:
    # A leading "?" belongs to a URLSearchParams string, not to the query itself.
    theirs = list(URLSearchParams(f"?{raw}").items())
    assert list(Query.parse(raw).items) == theirs


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), unique_by=lambda pair: pair[0]))
def test_what_was_set_is_what_is_read(pairs: list[tuple[str, str]]) -> None:
    query = Query.parse("")
    for key, value in pairs:
        query = query.set(key, value)
    assert query.items == tuple(pairs)


@pytest.mark.parametrize("raw", ["a=\ud800", "%ED%A0%80", "\udcff=1", "a=%F"])
def test_what_is_no_unicode_is_replaced_and_never_raises(raw: str) -> None:
    assert all(value.encode() is not None for pair in Query.parse(raw).items for value in pair)
