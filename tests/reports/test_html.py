"""The report as a document: complete, the same each time, right for odd weeks, and harmless."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.reports.scenes import filled, hostile
from tests.warehouse_rows import MONDAY, Rows, project

from cta_analytics.errors import CtaError
from cta_analytics.metrics.period import Period, of_week
from cta_analytics.reports import html

WEEK = of_week("2026-W45")


def _page(rows: Rows, folder: Path, period: Period = WEEK, **more: object) -> tuple[str, LexborHTMLParser]:
    file = html.write(rows.connection, project(folder), period, **more)  # type: ignore[arg-type]
    text = file.read_text(encoding="utf-8")
    return text, LexborHTMLParser(text)


def _words(page: LexborHTMLParser, selector: str) -> str:
    return " ".join(" ".join(node.text().split()) for node in page.css(selector))


def test_the_file_is_named_for_its_week_and_stands_in_the_folder_of_the_contract(rows: Rows, tmp_path: Path) -> None:
    file = html.write(filled(rows).connection, project(tmp_path, out="weekly"), WEEK)
    assert file == tmp_path / "weekly" / "2026-W45.html"
    assert [each.name for each in file.parent.iterdir()] == ["2026-W45.html"]


def test_the_same_state_gives_the_same_bytes(rows: Rows, tmp_path: Path) -> None:
    filled(rows)
    first = html.write(rows.connection, project(tmp_path), WEEK, out=tmp_path / "a").read_bytes()
    rows.connection.execute("UPDATE internal.published SET published_at = '2030-01-01'")
    rows.connection.execute("UPDATE internal.batches SET ingested_at = '2030-01-01'")
    assert html.write(rows.connection, project(tmp_path), WEEK, out=tmp_path / "b").read_bytes() == first


def test_a_folder_that_cannot_be_written_is_said_in_one_line(rows: Rows, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CtaError, match=r"cannot be written .*--out"):
        html.write(filled(rows).connection, project(tmp_path), WEEK, out=tmp_path / "file")


def test_the_scripts_of_the_file_are_those_of_its_policy(rows: Rows, tmp_path: Path) -> None:
    _, page = _page(filled(rows), tmp_path)
    policy = page.css_first("meta[http-equiv]").attributes["content"] or ""
    scripts = [node.text() for node in page.css("script") if not node.attributes.get("type")]
    packed = page.css_first("script#plotly").text()
    import gzip

    scripts.append(gzip.decompress(base64.b64decode(packed)).decode())
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert re.findall(r"'sha256-([^']+)'", policy) == hashes
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_the_headline_says_what_the_week_was(rows: Rows, tmp_path: Path) -> None:
    _, page = _page(filled(rows), tmp_path)
    assert _words(page, "h1") == "Week 45 Nov 2–8, 2026"
    # 40 people a day, of whom the first ten clicked to Amazon now and the first four before.
    assert "280 visitor-days on 6 answers led to" in _words(page, ".lead")
    assert "The click rate rose to 25.0%, from 10.0%." in _words(page, ".lead")
    assert "answers moved by more than chance" in _words(page, ".support")
    assert _words(page, ".tile.click_rate .value") == "25.0%"
    assert _words(page, ".tile.click_rate .verdict") == "rose"


def test_the_table_gives_every_answer_with_its_interval_and_basis(rows: Rows, tmp_path: Path) -> None:
    _, page = _page(filled(rows), tmp_path)
    lines = {
        node.css_first("th bdi").text(): [" ".join(cell.text().split()) for cell in node.css("td")]
        for node in page.css("#answers-table tbody tr")
    }
    assert sorted(lines) == [f"Answer {number}?" for number in range(6)]
    # 70 of 280: Wilson gives 20.3 to 30.4 %. Before: 28 of 280.
    assert lines["Answer 0?"][4:6] == [
        "25.0% 20.3%–30.4%".replace(" ", ""),
        "rose 10.0% → 25.0%".replace("rose ", "rose"),
    ]
    assert lines["Answer 0?"][6:] == ["1.8", "$69.93", "measured"]
    assert lines["Answer 3?"][6:] == ["fewer than 10 clicks", "hidden", "hidden"]
    # 1.75 of the 14 orders of its tag; the range below is that of test_estimates.py.
    assert lines["Answer 5?"][6].startswith("≈ 1.80–")
    assert lines["Answer 5?"][7].startswith("≈ $70$0–$")
    assert lines["Answer 5?"][8:] == ["estimate"]


def test_while_all_is_allocated_nothing_is_ranked_by_money(rows: Rows, tmp_path: Path) -> None:
    filled(rows).connection.execute(
        "UPDATE internal.answer_conversions SET basis = 'allocated' WHERE basis = 'measured'"
    )
    _, page = _page(rows, tmp_path)
    sortable = [node.text().strip() for node in page.css("#answers-table th button")]
    assert "Orders" not in sortable
    assert "Sales" not in sortable
    assert "rank nothing, so they cannot be sorted by" in _words(page, "#answers .note")
    assert {node.attributes["data-s"].split(" ")[5:][0] for node in page.css("#answers-table tbody tr")} == {""}  # type: ignore[union-attr]


def test_a_day_without_logs_is_named_left_out_and_no_zero(rows: Rows, tmp_path: Path) -> None:
    filled(rows, gap=True)
    # The site goes on after the gap, so the day is missing and not yet to come.
    text, page = _page(rows, tmp_path)
    assert "No log lines for Wed Nov 4" in _words(page, "#look h3")
    assert "6 of 7 days" in _words(page, ".tile.views")
    assert "On the 6 days that can be compared" in _words(page, ".lead")
    assert "Compared without Wed Nov 4" in text


def test_problems_of_a_run_stand_in_a_banner(rows: Rows, tmp_path: Path) -> None:
    problems = [
        html.Problem("logs/a.gz", "logs/a.gz: damaged; fetch it again", date(2026, 11, 3)),
        html.Problem("x.json", "no Amazon report"),
    ]
    _, page = _page(filled(rows), tmp_path, problems=problems)
    assert _words(page, ".banner li") == (
        "logs/a.gz damaged; fetch it again Last good data: Nov 3, 2026. x.json no Amazon report No good data so far."
    )


def test_an_empty_week_says_so_and_claims_nothing(rows: Rows, tmp_path: Path) -> None:
    _, page = _page(filled(rows), tmp_path, of_week("2026-W50"))
    assert _words(page, ".lead") == "Nothing was counted in Dec 7–13, 2026."
    assert _words(page, ".tile .value") == "– – – – – – –"
    assert page.css(".verdict") == []


def test_a_warehouse_without_anything_still_gives_a_report(rows: Rows, tmp_path: Path) -> None:
    _, page = _page(rows, tmp_path)
    assert "No page of this site is an answer by the contract" in _words(page, "main")
    assert page.css(".plot") == []


def test_a_week_without_conversions_has_unknown_sales_and_not_zero(rows: Rows, tmp_path: Path) -> None:
    _, page = _page(filled(rows, sold=False), tmp_path)
    assert _words(page, ".tiles.network .value") == "– – –"
    assert "Amazon's figures for it have not been imported." in _words(page, ".support")


def test_when_all_is_masked_nothing_is_shown_as_zero(rows: Rows, tmp_path: Path) -> None:
    filled(rows).connection.execute(
        "UPDATE internal.answer_conversions SET basis = 'masked', clicks_through = 0, orders = 0, units = 0, "
        "sales_minor = 0, detail_views = 0, carts = 0"
    )
    _, page = _page(rows, tmp_path)
    assert _words(page, ".tiles.network .value") == "– – –"
    assert "Amazon hides what it brought" in _words(page, ".support")
    assert "$0.00" not in page.html  # type: ignore[operator]


def test_one_answer_is_enough(rows: Rows, tmp_path: Path) -> None:
    _, page = _page(filled(rows, answers=1), tmp_path)
    assert "on 1 answer led to" in _words(page, ".lead")
    assert len(page.css(".plot")) == 4


def test_a_span_is_compared_with_as_many_days_before(rows: Rows, tmp_path: Path) -> None:
    _, page = _page(filled(rows), tmp_path, Period(MONDAY + timedelta(days=3), MONDAY + timedelta(days=6)))
    assert _words(page, "h1") == "Nov 5–8, 2026"
    assert "against Oct 29 – Nov 1, 2026" in " ".join(_words(page, ".tile.views").split()) or "Nov 1–4" in _words(
        page, ".tile.views"
    )


def test_hostile_text_stays_text(rows: Rows, tmp_path: Path) -> None:
    text, page = _page(hostile(rows), tmp_path)
    assert len(page.css("script")) == 3
    assert page.css("img, iframe, object, embed, form, base") == []
    handlers = [node.tag for node in page.css("*") if any((name or "").startswith("on") for name in node.attributes)]
    assert handlers == []
    assert [
        node.attributes["href"] for node in page.css("a") if not (node.attributes["href"] or "").startswith("#")
    ] == []
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert "<script>window" not in text


def test_data_for_the_script_can_not_end_its_element(rows: Rows, tmp_path: Path) -> None:
    _, page = _page(hostile(rows), tmp_path)
    data = page.css_first("script#data").text()
    assert "<" not in data
    names = json.dumps(json.loads(data)["charts"]["answers_by_click_rate"], ensure_ascii=False)
    assert "<script" not in names
    assert "&lt;script&gt;" in names


def test_the_bundle_is_what_its_note_says() -> None:
    import gzip

    from plotly.offline import get_plotlyjs_version

    from cta_analytics.reports import inline

    note = inline.plotly()
    bundle = gzip.decompress((inline.TEMPLATES / "plotly-basic.min.js.gz").read_bytes())
    assert (len(bundle), hashlib.sha256(bundle).hexdigest()) == (note["bytes"], note["sha256"])
    assert len(bundle) <= 1_200_000
    assert note["version"] == get_plotlyjs_version()
    assert "MIT" in (inline.TEMPLATES / "plotly-basic.LICENSE").read_text()


def test_a_thousand_answers_stay_a_small_file(rows: Rows, tmp_path: Path) -> None:
    for number in range(1000):
        rows.answer(f"how-to-do-the-{number}-thing", f"How to do thing {number} in the best way?")
        rows.visits(f"how-to-do-the-{number}-thing", MONDAY, 3, amazon=number % 2)
    text, page = _page(rows.done(), tmp_path)
    assert len(page.css("#answers-table tbody tr")) == 1000
    assert len(text.encode()) < 2_500_000


def test_where_no_page_is_an_answer_the_views_are_told_all_the_same(rows: Rows, tmp_path: Path) -> None:
    rows.answer("a", scanned=False)
    rows.visits("a", MONDAY, 12)
    rows.done().connection.execute("UPDATE internal.paths SET answer = NULL, kind = 'page'")
    _, page = _page(rows, tmp_path)
    assert (
        _words(page, ".lead")
        == "12 page views were counted in Nov 2–8, 2026, but the contract calls no page an answer."
    )
    assert "Give cta.toml a [[pages]]" in _words(page, ".banner")
