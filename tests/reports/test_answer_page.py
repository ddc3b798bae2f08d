"""The report of one answer: its own figures, as the report of all gives them, in a file that runs nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import Cta
from tests.reports.chromium import Seen, chromium
from tests.reports.scenes import HOSTILE, filled, hostile
from tests.warehouse_rows import Rows, project

from cta_analytics.errors import CtaError
from cta_analytics.metrics.figures import total
from cta_analytics.metrics.period import of_week
from cta_analytics.reports import answer_page
from cta_analytics.reports.facts import Facts, read
from cta_analytics.reports.look import looks

WEEK = of_week("2026-W45")


def _facts(rows: Rows, folder: Path) -> Facts:
    return read(rows.connection, project(folder), WEEK)


def _page(rows: Rows, folder: Path, slug: str) -> LexborHTMLParser:
    return LexborHTMLParser(answer_page.render(answer_page.narrowed(rows.connection, _facts(rows, folder), slug)))


def _words(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


def test_the_page_gives_the_figures_of_its_answer(rows: Rows, tmp_path: Path) -> None:
    page = _page(filled(rows), tmp_path, "answer-0")
    # 40 people a day, 10 of whom click to Amazon, 1 to a product and 2 elsewhere; a quarter of an order and 9.99 a day.
    assert _words(page, ".tile .value") == ["280", "280", "91", "25.0%", "21", "1.8", "$69.93"]
    assert _words(page, ".tile.click_rate .verdict") == ["rose"]
    (lead,) = _words(page, ".lead")
    assert lead == (
        "In week 45, 280 visitor-days on “Answer 0?” led to 70 clicks to Amazon. The click rate rose to 25.0%, from 10.0%."
    )
    assert _words(page, "#ways tbody th")[:2] == ["Organic Search", "button (CTA)"]


def test_every_answer_adds_up_to_what_the_report_gives_it(rows: Rows, tmp_path: Path) -> None:
    facts = _facts(filled(rows), tmp_path)
    for line in facts.answers:
        now = total(answer_page.narrowed(rows.connection, facts, line.answer.answer).period_days)
        given = line.answer
        assert (now.views, now.visitor_days, now.clicks, now.amazon_clicks, now.product_clicks, now.clicking_visitors) == (
            given.views, given.visitor_days, given.clicks, given.amazon_clicks, given.product_clicks, given.clicking_visitors,
        )  # fmt: skip


def test_views_and_clicks_of_all_answers_are_those_of_the_site(rows: Rows, tmp_path: Path) -> None:
    facts = _facts(filled(rows, gap=True), tmp_path)
    parts = [answer_page.narrowed(rows.connection, facts, line.answer.answer) for line in facts.answers]
    for place, day in enumerate(facts.days):
        assert sum(part.days[place].views for part in parts) == day.views
        assert sum(part.days[place].clicks for part in parts) == day.clicks
        # A day without a log is that for every answer.
        assert {part.days[place].lines for part in parts} == {day.lines}


def test_what_to_do_is_about_this_answer(rows: Rows, tmp_path: Path) -> None:
    facts = _facts(filled(rows), tmp_path)
    silent, lacking, departing = (
        [
            found.title
            for found in looks(answer_page.narrowed(rows.connection, facts, f"answer-{number}"))
            if found.kind != "data"
        ]
        for number in (1, 2, 4)
    )
    assert silent == ["“Answer 1?” has gone silent"]
    assert lacking == ["“Answer 2?” is read and has no CTA"]
    assert departing == ["“Answer 4?” has a CTA that departs from the contract"]


def test_an_estimate_is_called_one_and_what_is_hidden_is_no_number(rows: Rows, tmp_path: Path) -> None:
    filled(rows)
    assert _words(_page(rows, tmp_path, "answer-5"), ".tiles.network .value")[1:] == ["≈ 1.8", "≈ $70"]
    assert _words(_page(rows, tmp_path, "answer-3"), ".tiles.network .value") == ["–", "–", "–"]


def test_a_slug_that_no_answer_has_is_said_in_one_line(rows: Rows, tmp_path: Path) -> None:
    with pytest.raises(CtaError, match='--answer "nope": no such answer'):
        answer_page.narrowed(rows.connection, _facts(filled(rows), tmp_path), "nope")


@pytest.mark.parametrize(
    "slug", ["../../etc/passwd", "a/b", "CON", "", ".", "a" * 300, "<svg>", "-rf", "\0", "\ud800", "مرحبا"]
)
def test_a_file_has_a_plain_name_whatever_the_slug(slug: str) -> None:
    name = answer_page.file_name(WEEK, slug)
    assert name.startswith("2026-W45-answer-")
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.W")
    assert len(name) < 130
    assert answer_page.file_name(WEEK, f"{slug}x") != name


def test_it_is_written_beside_the_reports_and_listed_with_them(demo: Path, cta: Cta) -> None:
    slug = "honing-rod-vs-sharpening-stone"
    result = cta("report", "--answer", slug, cwd=demo)
    file = demo / "reports" / f"2026-W45-answer-{slug}.html"
    assert (result.returncode, result.stdout, result.stderr) == (0, f"{file}\n", "")
    first = file.read_bytes()
    cta("report", "--answer", slug, cwd=demo)
    assert file.read_bytes() == first
    index = LexborHTMLParser((demo / "reports" / "index.html").read_text(encoding="utf-8"))
    assert _words(index, f'a[href="{file.name}"]') == ["Honing Rod or Sharpening Stone: Which Do You Need?"]
    both = cta("report", "--answer", slug, "--share", cwd=demo)
    assert (both.returncode, both.stdout) == (2, "")


def test_nothing_hostile_runs_in_a_page_of_an_answer_and_axe_finds_nothing(rows: Rows, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    facts = _facts(hostile(rows), tmp_path)
    with chromium() as browser:
        for number, line in enumerate(facts.answers[: len(HOSTILE)]):
            file = tmp_path / f"{number}.html"
            file.write_text(
                answer_page.render(answer_page.narrowed(rows.connection, facts, line.answer.answer)), encoding="utf-8"
            )
            seen = Seen(
                browser, file, viewport={"width": 375, "height": 800}, color_scheme=("light", "dark")[number % 2]
            )
            assert (seen.complaints, seen.away, seen.page.evaluate("window.hacked")) == ([], [], None)
            assert seen.page.evaluate("document.documentElement.scrollWidth") == 375
            assert seen.page.locator("script, img, iframe, form").count() == 0
            assert Axe().run(seen.page).response["violations"] == []
            seen.page.context.close()
