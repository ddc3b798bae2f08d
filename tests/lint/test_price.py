"""What findings cost, as the linter shows and sorts it."""

import json
from dataclasses import replace

from tests.lint.test_fold import ONE, on_pages

from cta_analytics.lint import OUTPUTS
from cta_analytics.lint.collected import by_price
from cta_analytics.lint.finding import Report, Summary
from cta_analytics.lint.fingerprint import fingerprints
from cta_analytics.lint.fold import folded
from cta_analytics.lint.output import PLAIN
from cta_analytics.lint.price import Price, total
from cta_analytics.lint.wording import ranked


def test_amounts_are_said_in_the_digits_of_their_currency():
    assert Price(1).words == "1 click in 28 days"
    assert Price(1312, 0, "USD").words == "1,312 clicks in 28 days"
    assert Price(312, 124050, "USD").words == "312 clicks in 28 days, about USD 1,240.50 of sales not attributable"
    assert Price(2, 1500, "JPY", 0).words == "2 clicks in 28 days, about JPY 1,500 of sales not attributable"


def test_the_price_of_a_folded_finding_is_the_sum_over_its_places():
    given = [replace(one, price=Price(n, 10 * n, "USD")) for n, one in enumerate(on_pages(21), 1)]
    (finding,) = folded(given)
    assert (finding.count, finding.price) == (21, Price(231, 2310, "USD"))


def test_a_sum_has_no_amount_where_a_part_has_none_or_another_currency():
    assert total([]) is None
    assert total([None, Price(1)]) == Price(1)
    assert total([Price(1, 5, "USD"), Price(2)]) == Price(3)
    assert total([Price(1, 5, "USD"), Price(2, 5, "GBP")]) == Price(3)


def test_the_dearest_comes_first():
    cheap, many, dear, nothing = (
        replace(ONE, file=name, price=price)
        for name, price in (
            ("1", Price(3, 30, "USD")), ("2", Price(90)), ("3", Price(5, 50, "USD")), ("4", None),
        )
    )  # fmt: skip
    free = [replace(ONE, file=level, severity=level, price=Price(0)) for level in ("info", "error")]
    assert by_price([nothing, *free, cheap, many, dear]) == [dear, cheap, many, free[1], free[0], nothing]
    # Pounds and dollars are not compared; clicks are.
    pounds = replace(cheap, price=Price(4, 10, "GBP"))
    assert by_price([cheap, pounds, dear]) == [dear, pounds, cheap]


def test_services_show_the_dearest_of_a_severity_first():
    info = replace(ONE, severity="info", price=Price(9))
    given = by_price([info, replace(ONE, count=50, price=Price(1)), replace(ONE, price=Price(2))])
    assert [(one.severity, one.price.clicks) for one in ranked(given)] == [("error", 2), ("error", 1), ("info", 9)]


def report(*findings):
    return Report(findings, Summary(pages=1, errors=len(findings)))


def test_each_finding_is_the_same_one_in_whatever_order():
    first, second = replace(ONE, line=1), replace(ONE, line=2)
    assert fingerprints([second, first]) == fingerprints([first, second])[::-1]


def test_outputs_say_what_a_finding_costs():
    priced = replace(ONE, price=Price(312, 124050, "USD"))
    text = OUTPUTS["text"].write(report(priced), PLAIN)
    assert "\n      312 clicks in 28 days, about USD 1,240.50 of sales not attributable\n" in text
    assert "<br>312 clicks in 28 days, about USD 1,240&#46;50" in OUTPUTS["markdown"].write(report(priced), PLAIN)
    sarif = json.loads(OUTPUTS["sarif"].write(report(priced, ONE), PLAIN))
    results = sarif["runs"][0]["results"]
    assert results[0]["properties"] == {
        "clicks_28d": 312, "sales_unattributable_minor": 124050, "currency": "USD",
    }  # fmt: skip
    assert "properties" not in results[1]
    found = json.loads(OUTPUTS["json"].write(report(priced, ONE), PLAIN))["findings"]
    names = ("clicks_28d", "sales_unattributable_minor", "currency")
    assert [[one[name] for name in names] for one in found] == [[312, 124050, "USD"], [None, None, None]]


def test_text_names_each_file_once_in_the_order_of_its_dearest_finding():
    given = by_price(
        [
            replace(ONE, file=file, message=f"{clicks} of {file}", price=Price(clicks))
            for file, clicks in (("a", 1), ("a", 9), ("b", 5))
        ]
    )
    lines = OUTPUTS["text"].write(report(*given), PLAIN).splitlines()
    assert [line.strip() for line in lines if " of " in line or line in {"a", "b"}] == [
        "a", "9 of a", "1 of a", "b", "5 of b",
    ]  # fmt: skip


def test_only_links_and_pages_have_clicks(site):
    link = '<a href="https://www.amazon.com/dp/B012345678?maas=x">Shop</a>'
    pages = {"answers/kettle.html": f"<!-- cta: ignore[UTM004] -->{link}{link}", "answers/cup.html": "<p>Cups</p>"}
    wanted = '[[ctas]]\nname = "partner"\nmatch = { kind = "affiliate" }\nmin_per_page = 1\n'
    found = site(pages, wanted).findings
    clicked = {one.code: one.clicked for one in found}
    links = [(one.clicked.url, one.clicked.ordinal) for one in found if one.code == "AMZ002"]
    assert links == [("https://www.amazon.com/dp/B012345678?maas=x", ordinal) for ordinal in (1, 2)]
    assert clicked["PAG001"].url is None
    assert clicked["CFG004"] is None
