"""Networks as data: another network is another table."""

from __future__ import annotations

from typing import Any

import pytest

from cta_analytics.errors import CtaError
from cta_analytics.urls import KINDS, Networks, describe, load
from cta_analytics.urls.strips import LISTS


def test_another_network_is_another_table() -> None:
    networks = load().merged(
        {
            "acme": {
                "title": "Acme Partners",
                "hosts": ["*.acme.example"],
                "shapes": [{"kind": "affiliate", "path": r"^/go/(?P<publisher>\w+)", "target": ["to"]}],
                "parameters": {"sub*": {"role": "sub_id", "meaning": "sub-id"}},
            }
        }
    )
    found = describe("https://x.acme.example/go/me?sub1=s&to=https%3A%2F%2Fshop.example%2F", networks=networks)
    assert (found.kind, found.network, found.tracking_id, found.sub_tag) == ("affiliate", "acme", "me", "s")
    assert found.landing.url == "https://shop.example/"
    assert describe("https://x.acme.example/go/me").kind == "external", "the tables that ship are not changed"
    assert describe("https://acme.example/go/me", networks=networks).kind == "external", "*.x is not x itself"
    assert describe("https://x.acme.example/blog", networks=networks).kind == "external", "no shape, no network"


def test_a_known_network_is_widened() -> None:
    vanity = {"kind": "amazon_store", "path": "(?i)^/(?P<brand>somebrand)/?$"}
    networks = load().merged(
        {"amazon": {"shapes": [vanity], "parameters": {"mine": {"role": "sub_id", "meaning": "ours"}}}}
    )
    found = describe("https://www.amazon.com/SomeBrand?mine=x&tag=y-20", networks=networks)
    assert (found.kind, found.store and found.store.brand, found.sub_tag, found.tracking_id) == (
        "amazon_store",
        "SomeBrand",
        "x",
        "y-20",
    )
    assert describe("https://www.amazon.com/dp/B0ABCDEFGH", networks=networks).kind == "amazon_product"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"acme": 1}, "networks.acme: must be a table with hosts and shapes"),
        ({"acme": {}}, 'networks.acme: needs hosts, a list like ["example.com", "*.example.com"]'),
        (
            {"acme": {"hosts": ["a.example"], "shape": []}},
            'networks.acme: unknown key "shape"; known are hosts, junk, language',
        ),
        ({"acme": {"hosts": ["a.example"], "shapes": [{"path": ""}]}}, "networks.acme.shapes: each shape needs a kind"),
        (
            {"acme": {"hosts": ["a.example"], "shapes": [{"kind": "short", "path": "("}]}},
            'networks.acme.shapes.path: "(" is no regular',
        ),
        (
            {"acme": {"hosts": ["a.example"], "parameters": {"a": {"roles": "x"}}}},
            'networks.acme.parameters.a: unknown key "roles"',
        ),
    ],
)
def test_a_table_of_another_form_says_what_is_wrong(table: dict[str, Any], message: str) -> None:
    with pytest.raises(CtaError) as error:
        load().merged(table)
    assert str(error.value).startswith(message)


def test_the_tables_hold_together() -> None:
    networks = load()
    for network in networks.by_name.values():
        assert network.title
        for shape in network.shapes:
            assert shape.kind in KINDS, shape
            shape.match("/")
        for parameter in network.parameters.by_name.values():
            assert set(parameter.stripped_by) <= set(LISTS)
            assert parameter.meaning


def test_a_key_is_known_by_its_longest_beginning() -> None:
    networks = Networks(
        {
            "parameters": {
                "a*": {"role": "other", "meaning": "short"},
                "ab*": {"role": "other", "meaning": "long"},
                "abc": {"meaning": "exact"},
            }
        }
    )
    meanings = [networks.parameter(None, key) for key in ("abc", "abd", "ax", "b")]
    assert [meaning and meaning.meaning for meaning in meanings] == ["exact", "long", "short", None]
