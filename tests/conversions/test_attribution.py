"""What belongs to which answer: measured, allocated, masked, unallocated. Expected figures are worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cta_analytics.config import Contract
from cta_analytics.warehouse import queries

MONDAY = date(2026, 11, 2)
A, B, C = (f"maas_adg_{letter * 32}_afap_abs" for letter in "ABC")


def row(ad_group: str = "A" * 32, day: date = MONDAY, **figures: Any) -> dict[str, Any]:
    return {"day": day, "campaign": "answers", "ad_group": ad_group, **figures}


def test_a_tag_of_one_answer_is_measured(warehouse: Any) -> None:
    warehouse.link(A, "back")
    warehouse.state([row(clicks_through=12, orders=3, sales_minor=14995)])
    warehouse.refresh()
    assert warehouse.shares() == [("measured", "back", Decimal(12), Decimal(3), 14995)]
    assert warehouse.rows("SELECT tag, answer FROM conversions") == [(A, "back")]
    assert warehouse.failing() == []


def test_a_shared_tag_is_split_by_own_clicks_and_the_lost_part_stays_unallocated(warehouse: Any) -> None:
    url = warehouse.link(A, "back", "lats")
    warehouse.click(url, "back", times=6)
    warehouse.click(url, "lats", times=2)
    # 8 own clicks of 10 click-throughs: four fifths are shared out, 3 to 1.
    warehouse.state([row(clicks_through=10, orders=5, sales_minor=1001)])
    warehouse.refresh()
    assert warehouse.shares() == [
        ("allocated", "back", Decimal(6), Decimal(3), 601),
        ("allocated", "lats", Decimal(2), Decimal(1), 200),
        ("unallocated", None, Decimal(2), Decimal(1), 200),
    ]
    assert warehouse.failing() == []


def test_more_own_clicks_than_click_throughs_share_out_all(warehouse: Any) -> None:
    url = warehouse.link(A, "back", "lats", "neck")
    for answer in ("back", "lats", "neck"):
        warehouse.click(url, answer, times=4)
    warehouse.state([row(clicks_through=3, orders=1, sales_minor=100)])
    warehouse.refresh()
    # Thirds: the largest remainder, and at equal remainders the first name, takes what is left over.
    assert warehouse.shares() == [
        ("allocated", "back", Decimal(1), Decimal("0.3334"), 34),
        ("allocated", "lats", Decimal(1), Decimal("0.3333"), 33),
        ("allocated", "neck", Decimal(1), Decimal("0.3333"), 33),
    ]
    assert warehouse.failing() == []


def test_returns_are_split_as_negatives(warehouse: Any) -> None:
    url = warehouse.link(A, "back", "lats")
    warehouse.click(url, "back", times=1)
    warehouse.click(url, "lats", times=1)
    warehouse.state([row(clicks_through=2, orders=0, sales_minor=-1001)])
    warehouse.refresh()
    assert warehouse.shares("sales_minor") == [("allocated", "back", -501), ("allocated", "lats", -500)]


def test_clicks_from_pages_that_are_no_answer_are_unallocated(warehouse: Any) -> None:
    url = warehouse.link(A, "back", None)
    warehouse.click(url, "back", times=1)
    warehouse.click(url, None, times=3)
    warehouse.state([row(clicks_through=4, orders=4, sales_minor=400)])
    warehouse.refresh()
    assert warehouse.shares() == [
        ("allocated", "back", Decimal(1), Decimal(1), 100),
        ("unallocated", None, Decimal(3), Decimal(3), 300),
    ]


def test_without_own_clicks_everything_is_unallocated(warehouse: Any) -> None:
    warehouse.link(A, "back", "lats")
    warehouse.state([row(clicks_through=4, orders=1, sales_minor=400)])
    warehouse.refresh()
    assert warehouse.shares() == [("unallocated", None, Decimal(4), Decimal(1), 400)]


def test_uncounted_clicks_have_no_part(warehouse: Any) -> None:
    url = warehouse.link(A, "back", "lats")
    warehouse.click(url, "back", times=1)
    warehouse.click(url, "lats", times=50, is_counted=False)
    warehouse.state([row(clicks_through=1, sales_minor=400)])
    warehouse.refresh()
    assert warehouse.shares("sales_minor") == [("allocated", "back", 400)]


def test_a_click_counts_for_fourteen_days_and_not_for_fifteen(warehouse: Any) -> None:
    url = warehouse.link(A, "back", "lats")
    warehouse.click(url, "back", MONDAY - timedelta(days=14))
    warehouse.click(url, "lats", MONDAY - timedelta(days=15))
    warehouse.click(url, "lats", MONDAY + timedelta(days=1))
    warehouse.state([row(clicks_through=0, orders=1, sales_minor=400)])
    warehouse.refresh()
    assert warehouse.shares("sales_minor", "own_clicks", "window_clicks") == [("allocated", "back", 400, 0, 1)]


def test_where_days_are_days_of_clicks_only_their_own_clicks_count(warehouse: Any) -> None:
    warehouse.contract = Contract.model_validate({"accounts": {"us": {"date_means": "click"}}})
    url = warehouse.link(A, "back", "lats")
    warehouse.click(url, "back", MONDAY - timedelta(days=1), times=9)
    warehouse.click(url, "lats", MONDAY)
    warehouse.state([row(clicks_through=1, sales_minor=400)])
    warehouse.refresh()
    assert warehouse.shares("sales_minor") == [("allocated", "lats", 400)]


def test_own_clicks_are_cut_in_the_zone_of_the_account(warehouse: Any) -> None:
    warehouse.contract = Contract.model_validate(
        {"accounts": {"us": {"date_means": "click", "timezone": "America/Los_Angeles"}}}
    )
    url = warehouse.link(A, "back", "lats")
    # 06:00 UTC is 22:00 of the evening before in Los Angeles (after the clocks went back on 1 November).
    warehouse.click(url, "back", MONDAY + timedelta(days=1), hour=6)
    warehouse.click(url, "lats", MONDAY, hour=6)
    warehouse.state([row(clicks_through=1, sales_minor=400)])
    warehouse.refresh()
    assert warehouse.shares("sales_minor") == [("allocated", "back", 400)]


def test_own_clicks_before_the_first_reported_day_do_not_raise_the_share(warehouse: Any) -> None:
    url = warehouse.link(A, "back", "lats")
    warehouse.click(url, "back", MONDAY - timedelta(days=3), times=30)
    warehouse.click(url, "lats", MONDAY, times=1)
    # Of Monday's 10 click-throughs we saw 1; the 30 clicks before are on days of which the network says nothing.
    warehouse.state([row(clicks_through=10, orders=0, sales_minor=3100)])
    warehouse.refresh()
    assert warehouse.shares("sales_minor") == [
        ("allocated", "back", 300),
        ("allocated", "lats", 10),
        ("unallocated", None, 2790),
    ]
    assert warehouse.failing() == []


# --- masked


def test_zeros_with_own_clicks_are_masked_and_never_zero(warehouse: Any) -> None:
    url = warehouse.link(A, "back")
    warehouse.click(url, "back", times=3)
    warehouse.state([row(clicks_through=0, orders=0, sales_minor=0)])
    warehouse.refresh()
    assert warehouse.shares("orders", "sales_minor", "own_clicks") == [("masked", "back", None, None, 3)]
    assert warehouse.rows("SELECT orders FROM conversions") == [(0,)]
    assert warehouse.failing() == []


def test_zeros_without_own_clicks_may_be_either(warehouse: Any) -> None:
    warehouse.link(A, "back")
    warehouse.state([row(clicks_through=0, orders=0)])
    warehouse.refresh()
    assert warehouse.shares("orders") == [("masked_or_zero", "back", None)]


def test_masked_zeros_of_a_shared_tag_name_the_answers_that_were_clicked(warehouse: Any) -> None:
    url = warehouse.link(A, "back", "lats")
    warehouse.click(url, "lats")
    warehouse.state([row(clicks_through=0)])
    warehouse.refresh()
    assert warehouse.shares("clicks_through") == [("masked", "lats", None)]


def test_zeros_are_zeros_once_the_key_has_shown_a_click(warehouse: Any) -> None:
    url = warehouse.link(A, "back")
    warehouse.click(url, "back", MONDAY + timedelta(days=1))
    warehouse.state([row(clicks_through=11), row(day=MONDAY + timedelta(days=1), clicks_through=0)])
    warehouse.refresh()
    assert warehouse.shares("clicks_through") == [("measured", "back", Decimal(11)), ("measured", "back", Decimal(0))]


def test_zeros_reported_before_the_key_showed_a_click_stay_masked(warehouse: Any) -> None:
    """Masking is lifted from the next report on; a day that was not asked for again keeps its masked row."""
    url = warehouse.link(A, "back")
    warehouse.click(url, "back", times=4)
    warehouse.state([row(clicks_through=0)], as_of=4)
    warehouse.state([row(day=MONDAY + timedelta(days=5), clicks_through=12)], as_of=12)
    warehouse.refresh()
    assert warehouse.shares("clicks_through") == [("masked", "back", None), ("measured", "back", Decimal(12))]


def test_what_a_campaign_holds_beyond_its_ad_groups_is_masked(warehouse: Any) -> None:
    warehouse.link(A, "back")
    warehouse.state(
        [row(clicks_through=12, orders=2, sales_minor=500), row("B" * 32, clicks_through=0, orders=0, sales_minor=0)]
    )
    warehouse.state([{"campaign": "answers", "clicks_through": 17, "orders": 3, "sales_minor": 700}], level="campaign")
    warehouse.refresh()
    assert warehouse.shares() == [
        ("masked", None, Decimal(5), Decimal(1), 200),
        ("masked_or_zero", None, None, None, None),
        ("measured", "back", Decimal(12), Decimal(2), 500),
    ]
    assert warehouse.failing() == []


@pytest.mark.parametrize(("campaign_as_of", "basis"), [(20, "unallocated"), (9, "masked")])
def test_a_campaign_that_is_days_newer_is_the_total_but_proves_no_mask(
    warehouse: Any, campaign_as_of: int, basis: str
) -> None:
    warehouse.link(A, "back")
    warehouse.state([row(clicks_through=12)], as_of=9)
    warehouse.state([{"campaign": "answers", "clicks_through": 17}], level="campaign", as_of=campaign_as_of)
    warehouse.refresh()
    assert warehouse.shares("clicks_through") == sorted([(basis, None, Decimal(5)), ("measured", "back", Decimal(12))])
    assert warehouse.failing() == []


def test_a_campaign_that_is_days_older_has_no_say(warehouse: Any) -> None:
    warehouse.link(A, "back")
    warehouse.state([row(clicks_through=12)], as_of=20)
    warehouse.state([{"campaign": "answers", "clicks_through": 17}], level="campaign", as_of=9)
    warehouse.refresh()
    assert warehouse.shares("clicks_through") == [("measured", "back", Decimal(12))]
    assert warehouse.failing() == []


def test_levels_that_contradict_each_other_still_add_up(warehouse: Any) -> None:
    warehouse.link(A, "back")
    warehouse.state([row(clicks_through=12, orders=3)])
    warehouse.state([{"campaign": "answers", "clicks_through": 11, "orders": 4}], level="campaign")
    warehouse.refresh()
    assert warehouse.shares("clicks_through", "orders") == [
        ("measured", "back", Decimal(12), Decimal(3)),
        ("unallocated", None, Decimal(-1), Decimal(1)),
    ]
    assert warehouse.failing() == []


# --- which tag a row stands for


def test_an_ad_group_name_is_tied_by_the_contract(warehouse: Any) -> None:
    warehouse.contract = Contract.model_validate({"tags": {"ad_groups": {"Back Relief": A}}})
    warehouse.link(A, "back")
    warehouse.state([row("Back Relief", clicks_through=12)])
    assert warehouse.refresh() == ()
    assert warehouse.shares("clicks_through") == [("measured", "back", Decimal(12))]


def test_an_ad_group_name_that_nothing_ties_is_unallocated_and_named(warehouse: Any) -> None:
    """Even where the contract has one tag only: the ad group may be another one of the same account."""
    warehouse.contract = Contract.model_validate({"tags": {"maas": [A]}})
    url = warehouse.link(A, "back")
    warehouse.click(url, "back", times=20)
    warehouse.state([row("Answers", clicks_through=12)])
    (untied,) = warehouse.refresh()
    assert (untied.name, untied.clicks_through, untied.tags) == ("Answers", 12, (A,))
    assert f'"Answers" = "{A}"' in untied.remedy
    assert warehouse.shares("clicks_through") == [("unallocated", None, Decimal(12))]
    assert warehouse.failing() == []


def test_a_tag_of_one_answer_in_the_contract_is_measured_without_any_link(warehouse: Any) -> None:
    tags = {"by_answer": {"back": {"maas": A}}}
    warehouse.contract = Contract.model_validate({"tags": tags, "moved": [{"from": "back", "to": "lower-back"}]})
    warehouse.state([row(clicks_through=12)])
    warehouse.refresh()
    assert warehouse.shares("clicks_through") == [("measured", "lower-back", Decimal(12))]


def test_an_answer_that_was_renamed_twice_is_one_answer_with_one_tag(warehouse: Any) -> None:
    """Its page carried the tag under each of its slugs: that makes it no shared tag."""
    moved = [{"from": "back", "to": "lower-back"}, {"from": "lower-back", "to": "low-back"}]
    warehouse.contract = Contract.model_validate({"moved": moved, "tags": {"by_answer": {"back": {"maas": A}}}})
    url = warehouse.link(A, "low-back", cta="store")
    warehouse.revision("back", url, date(2026, 9, 1), date(2026, 10, 30), is_assumed=True)
    warehouse.revision("low-back", url, date(2026, 10, 30))
    warehouse.link(A, "lower-back")
    warehouse.state([row(clicks_through=12)])
    warehouse.refresh()
    assert warehouse.shares("clicks_through") == [("measured", "low-back", Decimal(12))]
    assert warehouse.failing() == []


def test_a_tag_that_the_contract_gives_to_one_answer_and_another_page_carries_is_not_measured(warehouse: Any) -> None:
    warehouse.contract = Contract.model_validate({"tags": {"by_answer": {"back": {"maas": A}}}})
    url = warehouse.link(A, "back", "lats")
    warehouse.click(url, "lats")
    warehouse.state([row(clicks_through=1)])
    warehouse.refresh()
    assert warehouse.shares("clicks_through") == [("allocated", "lats", Decimal(1))]


def test_api_rows_are_tied_by_our_own_ids(warehouse: Any) -> None:
    api = "maas_adg_api_1_static_2_3"
    warehouse.link(api, "back", query="&aa_campaignid=answers&aa_adgroupid=back-relief&aa_creativeid=back")
    warehouse.link(api, "lats", query="&aa_campaignid=answers&aa_adgroupid=lats-relief&aa_creativeid=lats")
    warehouse.state(
        [row("back-relief", clicks_through=12), row("lats-relief", clicks_through=5), row("x", clicks_through=1)]
    )
    warehouse.refresh()
    assert warehouse.rows("SELECT basis, answer, tag, clicks_through FROM answer_conversions ORDER BY ALL") == [
        ("measured", "back", "answers/back-relief", Decimal(12)),
        ("measured", "lats", "answers/lats-relief", Decimal(5)),
        ("unallocated", None, None, Decimal(1)),
    ]


def test_a_redirect_of_the_site_carries_the_ids_of_its_target(warehouse: Any) -> None:
    target = "https://www.amazon.com/dp/B000000000?aa_campaignid=answers&aa_adgroupid=back-relief&aa_creativeid=back"
    site = {"site": {"base_url": "https://example.com"}, "redirects": [{"path": "/go/back", "target": target}]}
    warehouse.contract = Contract.model_validate(site)
    warehouse.link("maas_adg_api_1_static_2_3", "back")
    warehouse.rows("UPDATE urls SET url = 'https://example.com/go/back'")
    warehouse.state([row("back-relief", clicks_through=12)])
    warehouse.refresh()
    assert warehouse.shares("clicks_through") == [("measured", "back", Decimal(12))]


def test_creatives_split_a_shared_ad_group_and_its_masked_part_stays(warehouse: Any) -> None:
    api, shared = "maas_adg_api_1_static_2_3", "&aa_campaignid=answers&aa_adgroupid=relief&aa_creativeid="
    for answer in ("back", "lats"):
        url = warehouse.link(api, answer, query=shared + answer)
        warehouse.click(url, answer, times=1)
    warehouse.state([row("relief", clicks_through=20, orders=4, sales_minor=900, bonus_minor=90)])
    creatives = [{**row("relief", clicks_through=n, orders=o, sales_minor=s), "creative": c}
        for c, n, o, s in (("back", 12, 3, 600), ("lats", 5, 0, 0))]  # fmt: skip
    warehouse.state(creatives, level="creative")
    warehouse.refresh()
    # The bonus is reported for ad groups only: 2 own clicks of 20, one from each answer, 90 minor units.
    assert warehouse.rows(
        "SELECT basis, answer, tag, clicks_through, orders, sales_minor, bonus_minor FROM answer_conversions "
        "ORDER BY ALL"
    ) == [
        ("allocated", "back", "answers/relief", None, None, None, 5),
        ("allocated", "lats", "answers/relief", None, None, None, 4),
        ("masked", None, "answers/relief", Decimal(3), Decimal(1), 300, None),
        ("measured", "back", "answers/relief/back", Decimal(12), Decimal(3), 600, None),
        ("measured", "lats", "answers/relief/lats", Decimal(5), Decimal(0), 0, None),
        ("unallocated", None, "answers/relief", None, None, None, 81),
    ]
    assert warehouse.failing() == []


# --- which answer a tag belonged to, when


def test_a_tag_that_moved_is_measured_before_and_after_and_shared_between(warehouse: Any) -> None:
    url = warehouse.link(A)
    warehouse.revision("back", url, MONDAY - timedelta(days=40), MONDAY, is_assumed=True)
    warehouse.revision("lats", url, MONDAY)
    days = [
        MONDAY - timedelta(days=60),
        MONDAY - timedelta(days=1),
        MONDAY,
        MONDAY + timedelta(days=13),
        MONDAY + timedelta(days=14),
    ]
    warehouse.state([row(day=day, clicks_through=10) for day in days], as_of=30)
    warehouse.refresh()
    # The window of MONDAY + 13 still reaches back to the last day of the link on "back".
    assert warehouse.rows("SELECT day, answer FROM conversions ORDER BY day") == [
        (days[0], "back"), (days[1], "back"), (days[2], None), (days[3], None), (days[4], "lats"),
    ]  # fmt: skip
    assert warehouse.failing() == []


def test_a_later_revision_does_not_count_backwards(warehouse: Any) -> None:
    url = warehouse.link(A)
    warehouse.revision("back", url, MONDAY)
    warehouse.state([row(day=MONDAY - timedelta(days=1), clicks_through=10), row(clicks_through=10)])
    warehouse.refresh()
    assert warehouse.shares("clicks_through") == [("unallocated", None, Decimal(10)), ("measured", "back", Decimal(10))]


# --- keeping apart what must not be added


def test_accounts_and_currencies_are_kept_apart(warehouse: Any) -> None:
    url = warehouse.link(A, "back", "lats")
    warehouse.click(url, "back")
    warehouse.state([row(clicks_through=1, sales_minor=100)], account="us", currency="USD")
    warehouse.state([row(clicks_through=1, sales_minor=90)], account="uk", currency="GBP")
    warehouse.refresh()
    assert warehouse.rows("SELECT account, currency, answer, sales_minor FROM answer_conversions ORDER BY ALL") == [
        ("uk", "GBP", "back", 90),
        ("us", "USD", "back", 100),
    ]
    assert warehouse.failing() == []


def test_a_figure_that_no_report_has_stays_unknown(warehouse: Any) -> None:
    warehouse.link(A, "back")
    warehouse.state([row(clicks_through=12)])
    warehouse.refresh()
    assert warehouse.shares("orders", "bonus_minor") == [("measured", "back", None, None)]


def test_without_reports_there_is_nothing(warehouse: Any) -> None:
    assert warehouse.refresh() == ()
    assert warehouse.shares() == []


def test_an_audit_finds_a_cent_that_is_missing(warehouse: Any) -> None:
    warehouse.link(A, "back")
    warehouse.state([row(clicks_through=12, sales_minor=500)])
    warehouse.refresh()
    warehouse.rows("UPDATE internal.answer_conversions SET sales_minor = 499")
    assert [row[-3:] for row in warehouse.failing()] == [("sales_minor", 500, 499)] * 2


def test_every_view_and_column_is_explained(warehouse: Any) -> None:
    views = "('conversions', 'conversion_versions', 'answer_conversions', 'imports')"
    assert warehouse.rows(f"SELECT view_name FROM duckdb_views() WHERE view_name IN {views} AND comment IS NULL") == []
    assert (
        warehouse.rows(
            "SELECT table_name, column_name FROM duckdb_columns() "
            f"WHERE table_name IN {views} AND schema_name = 'main' AND comment IS NULL"
        )
        == []
    )
    assert queries.read("audits", "conversions_add_up").doc


def test_levels_in_two_currencies_each_add_up(warehouse: Any) -> None:
    url = warehouse.link(A, "back", "lats")
    warehouse.click(url, "back", times=2)
    warehouse.click(url, "lats", times=1)
    # The marketplace of the account was changed in cta.toml between the two imports.
    warehouse.state([row(clicks_through=3, sales_minor=-301)], currency="GBP")
    campaign = {"campaign": "c", "clicks_through": 3, "sales_minor": 500}
    warehouse.state([campaign], currency="USD", level="campaign")
    warehouse.refresh()
    found = warehouse.rows("SELECT currency, basis, sum(sales_minor) FROM answer_conversions GROUP BY ALL ORDER BY ALL")
    assert found == [("GBP", "allocated", -301), ("USD", "unallocated", 500)]
    assert warehouse.failing() == []
