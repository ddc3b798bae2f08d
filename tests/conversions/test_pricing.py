"""What findings cost. Expected figures are worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cta_analytics.config import Contract
from cta_analytics.conversions import pricing
from cta_analytics.conversions.pricing import Clicks, Rate, priced
from cta_analytics.lint import by_code
from cta_analytics.lint.finding import Finding
from cta_analytics.lint.price import Clicked, Price
from cta_analytics.warehouse import ids

MONDAY = date(2026, 11, 2)
SUNDAY = date(2026, 11, 8)
A, B = (f"maas_adg_{letter * 32}_afap_abs" for letter in "AB")
STORE = "https://www.amazon.com/stores/page/032D49F7-CEC1-4EDB-B1E4-684E7AB0001C"


def row(letter: str = "A", day: date = MONDAY, **figures: Any) -> dict[str, Any]:
    return {"day": day, "campaign": "answers", "ad_group": letter * 32, **figures}


def read(warehouse: Any, *clicks: tuple[str | None, str, int, int]) -> Clicks:
    """What pricing reads; `clicks` on links besides those on tags: path, URL, ordinal, how many."""
    warehouse.refresh()
    warehouse.rows("ALTER TABLE urls ADD COLUMN program VARCHAR DEFAULT 'attribution'")
    for name, kind in (("site", "VARCHAR"), ("path", "VARCHAR"), ("ordinal", "INTEGER")):
        warehouse.rows(f"ALTER TABLE clicks ADD COLUMN {name} {kind}")
    for path, url, ordinal, times in clicks:
        warehouse.rows(
            "INSERT INTO clicks (url_id, day, is_counted, site, path, ordinal) "
            f"SELECT $id, $day, true, 'larkmoor', $path, $ordinal FROM range({times})",
            id=ids.of(url), day=SUNDAY, path=path, ordinal=ordinal,
        )  # fmt: skip
    return pricing.read(warehouse.connection, SUNDAY)


def test_clicks_are_told_by_page_url_and_ordinal_and_a_page_has_all_of_them(warehouse: Any) -> None:
    found = read(warehouse, ("/a", STORE, 1, 3), ("/a", STORE, 2, 2), ("/b", STORE, 1, 1), (None, STORE, 1, 5))
    store = ids.of(STORE)
    assert (found.first, found.last) == (date(2026, 10, 12), SUNDAY)
    assert found.of_links == {
        ("larkmoor", "/a", store, 1): 3,
        ("larkmoor", "/a", store, 2): 2,
        ("larkmoor", "/b", store, 1): 1,
    }
    assert found.of_pages == {("larkmoor", "/a"): 5, ("larkmoor", "/b"): 1}


def test_only_counted_clicks_of_the_28_days_count(warehouse: Any) -> None:
    link = warehouse.link(A, "back")
    for day in (date(2026, 10, 11), date(2026, 10, 12), SUNDAY, SUNDAY + timedelta(days=1)):
        warehouse.click(link, "back", day)
    warehouse.click(link, "back", is_counted=False)
    warehouse.refresh()
    for name, value in (("site", "'larkmoor'"), ("path", "'/a'"), ("ordinal", "1")):
        kind = "INTEGER" if name == "ordinal" else "VARCHAR"
        warehouse.rows(f"ALTER TABLE clicks ADD COLUMN {name} {kind} DEFAULT {value}")
    warehouse.rows("ALTER TABLE urls ADD COLUMN program VARCHAR")
    assert pricing.read(warehouse.connection, SUNDAY).of_pages == {("larkmoor", "/a"): 2}


def test_sales_per_click_are_those_of_tags_that_belong_to_one_answer(warehouse: Any) -> None:
    own, shared = warehouse.link(A, "back"), warehouse.link(B, "lats", "neck")
    warehouse.click(own, "back", times=120)
    warehouse.click(shared, "lats", times=80)
    warehouse.state(
        [row(clicks_through=130, orders=12, sales_minor=60000), row("B", clicks_through=80, orders=40, sales_minor=9)]
    )
    (rate,) = read(warehouse).rates
    assert rate == Rate("attribution", "amazon_attribution", "USD", 1, 120, 12, 60000)
    assert (rate.is_enough, rate.sales_of(7)) == (True, 3500)


def test_a_day_that_the_network_has_not_finished_counts_on_neither_side(warehouse: Any) -> None:
    link = warehouse.link(A, "back")
    friday, saturday = MONDAY + timedelta(days=4), MONDAY + timedelta(days=5)
    # Reported on Monday the 9th: of Saturday, two days before, orders are still coming in. Of Sunday nothing is stated.
    for day, times in ((MONDAY, 10), (MONDAY + timedelta(days=1), 5), (friday, 20), (saturday, 40), (SUNDAY, 80)):
        warehouse.click(link, "back", day, times)
    figures = {"clicks_through": 20, "orders": 1, "sales_minor": 1000}
    warehouse.state([row(**figures), row(day=friday, **figures), row(day=saturday, **figures)])
    # Tuesday has clicks and no row: the report covers it, so nothing was sold on it.
    assert read(warehouse).rates == (Rate("attribution", "amazon_attribution", "USD", 1, 35, 2, 2000),)


def test_currencies_are_never_added_up(warehouse: Any) -> None:
    for tag, answer, times in ((A, "back", 100), (B, "lats", 200)):
        warehouse.click(warehouse.link(tag, answer), answer, times=times)
    warehouse.state([row(clicks_through=100, orders=10, sales_minor=5000)])
    warehouse.state([row("B", clicks_through=200, orders=20, sales_minor=8000)], account="uk", currency="GBP")
    assert [(one.currency, one.own_clicks, one.sales_minor) for one in read(warehouse).rates] == [
        ("GBP", 200, 8000),
        ("USD", 100, 5000),
    ]


CONTRACT = Contract.model_validate(
    {
        "site": {"name": "larkmoor", "base_url": "https://www.larkmoor.example"},
        "ctas": [{"name": "store", "match": {"kind": "amazon_store"}, "program": "attribution"}],
    }
)
USD = Rate("attribution", "amazon_attribution", "USD", 2, 300, 30, 100000)
LINK = ("larkmoor", "/a", ids.of(STORE), 1)


def finding(code: str = "AMZ001", url: str | None = STORE, page: str = "/a", **more: Any) -> Finding:
    clicked = Clicked("larkmoor", url, **({"cta": "store"} | more)) if url is not None else Clicked("larkmoor")
    return Finding(code, code, "error", "x", "a.html", 1, 1, 1, 2, page, url, clicked=clicked)


def price(one: Finding, *rates: Rate, links: dict[Any, int] | None = None) -> Price | None:
    of_links = {LINK: 4} if links is None else links
    clicks = Clicks(MONDAY, SUNDAY, of_links, {("larkmoor", "/a"): 9}, rates)
    return priced([one], clicks, CONTRACT)[0].price


def test_clicks_times_sales_per_click_where_the_rule_breaks_attribution() -> None:
    # 4 clicks at 1000.00 / 300.
    assert price(finding(), USD) == Price(4, 1333, "USD", 2)
    assert price(finding("UTM001"), USD) == Price(4)
    assert price(finding(ordinal=2), USD) == Price(0, 0, "USD", 2)
    assert price(finding(url=f"{STORE}#top"), USD) == Price(4, 1333, "USD", 2)


def test_a_page_has_its_clicks_and_a_finding_about_neither_has_no_price() -> None:
    assert price(finding("PAG001", None), USD) == Price(9)
    assert price(finding("PAG001", None, page="/b"), USD) == Price(0)
    assert price(Finding("CFG001", "x", "error", "x", "cta.toml", 1, 1, 1, 1, "", None), USD) is None


@pytest.mark.parametrize(
    "rate",
    [
        Rate("attribution", "amazon_attribution", "USD", 2, 99, 30, 100000),
        Rate("attribution", "amazon_attribution", "USD", 2, 300, 9, 100000),
        Rate("attribution", "amazon_attribution", "USD", 2, 300, 30, -1),
        Rate("attribution", "amazon_attribution", "GBP", 2, 300, 30, 100000),
        Rate("associates", "amazon_associates", "USD", 2, 300, 30, 100000),
    ],
)
def test_without_enough_of_the_same_program_and_currency_there_is_no_amount(rate: Rate) -> None:
    assert price(finding(), rate) == Price(4)


def test_of_two_sources_the_one_that_the_report_uses_counts() -> None:
    other = Rate("attribution", "another", "USD", 9, 9000, 900, 0)
    assert price(finding(), other, USD) == Price(4, 1333, "USD", 2)
    assert price(finding(), other) == Price(4, 0, "USD", 2)


def test_a_link_without_policy_is_priced_by_the_program_of_its_url() -> None:
    tagged = f"{STORE}?maas={A}&ref_=aa_maas&tag=maas"
    links = {("larkmoor", "/a", ids.of(tagged), 1): 3}
    assert price(finding("AMZ014", tagged, cta=None), USD, links=links) == Price(3, 1000, "USD", 2)
    assert price(finding(cta=None), USD) == Price(4)


def test_a_fault_of_shape_breaks_attribution_only_where_it_eats_a_tag() -> None:
    eaten = f"{STORE}?x=1&amp;maas={A}"
    kept = f"{STORE}?maas={A}&amp;utm_source=larkmoor"
    for url, expected in ((eaten, Price(3, 1000, "USD", 2)), (kept, Price(3))):
        links = {("larkmoor", "/a", ids.of(url), 1): 3}
        assert price(finding("LNK004", url), USD, links=links) == expected


def test_rules_that_break_attribution_are_about_tags_on_links() -> None:
    found = {code for code, rule in by_code().items() if rule.breaks_attribution}
    assert found == {
        "AFF001", "AFF002", "AFF014", "AMZ001", "AMZ002", "AMZ003", "AMZ005", "AMZ006", "AMZ008", "AMZ010", "AMZ011",
        "AMZ014", "AMZ018", "AMZ022",
    }  # fmt: skip
    assert all(by_code()[code].scope == "link" for code in found)
