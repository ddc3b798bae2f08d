"""`cta lint --with-warehouse` on the sample."""

import json

NAMES = ("clicks_28d", "sales_unattributable_minor", "currency")
# Another way to the same clicks: by file and line of the scanned link, over the view that `cta query` offers.
BY_LINE = """
    SELECT l.file, l.line, count(c.event_id) AS clicks
    FROM links AS l
    LEFT JOIN clicks AS c
        ON c.path = l.page AND c.url_id = l.url_id AND c.ordinal = l.ordinal AND c.is_counted
        AND c.day BETWEEN '2026-10-12' AND '2026-11-08'
    GROUP BY l.link_id, l.file, l.line
    HAVING count(DISTINCT l.link_id) = 1
"""
OF_PAGES = """
    SELECT path, count(*) AS clicks FROM clicks
    WHERE is_counted AND day BETWEEN '2026-10-12' AND '2026-11-08' GROUP BY path
"""


def rows(cta, demo, sql):
    return json.loads(cta("query", "--sql", sql, "--format", "json", cwd=demo).stdout)


def test_findings_carry_the_clicks_of_the_last_complete_28_days(cta, finished_demo):
    result = cta("lint", "--with-warehouse", "--format", "json", cwd=finished_demo)
    assert result.returncode == 1
    # The logs end in the middle of the 9th.
    assert result.stderr.startswith("clicks of 28 days, 2026-10-12 to 2026-11-08; no sales: ")
    found = json.loads(result.stdout)["findings"]
    clicks = [one["clicks_28d"] for one in found]
    assert clicks == sorted(clicks, reverse=True)
    assert clicks[0] > 0
    pages = {row["path"]: row["clicks"] for row in rows(cta, finished_demo, OF_PAGES)}
    lines: dict[tuple[str, int], set[int]] = {}
    for row in rows(cta, finished_demo, BY_LINE):
        lines.setdefault((row["file"], row["line"]), set()).add(row["clicks"])
    for one in found:
        if one["href"] is None:
            assert one["clicks_28d"] == pages.get(one["page"], 0)
        else:
            assert one["clicks_28d"] in lines[one["file"], one["line"]]


def test_without_the_option_the_names_are_there_and_empty(cta, finished_demo):
    found = json.loads(cta("lint", "--format", "json", cwd=finished_demo).stdout)["findings"]
    assert {tuple(one[name] for name in NAMES) for one in found} == {(None, None, None)}
    files = [one["file"] for one in found]
    assert files == sorted(files)


def test_the_same_state_gives_the_same_bytes(cta, finished_demo):
    first, second = (cta("lint", "--with-warehouse", cwd=finished_demo).stdout for _ in range(2))
    assert first == second
    assert "clicks in 28 days" in first


def test_no_warehouse_is_one_line_and_exit_2(cta, demo):
    (demo / "cta.duckdb").unlink()
    result = cta("lint", "--with-warehouse", cwd=demo)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "no warehouse yet; make one with `cta ingest LOG`" in result.stderr


def test_a_warehouse_without_logs_prices_nothing_and_says_so(cta, tmp_path):
    (tmp_path / "cta.toml").write_text(
        '[site]\nbase_url = "https://www.larkmoor.example"\n[[sources]]\nroot = "site"\n'
    )
    page = tmp_path / "site" / "kettle.html"
    page.parent.mkdir()
    page.write_text('<a href="https://www.amazon.com/dp/B012345678?maas=x">Shop</a>')
    (tmp_path / "other.log").write_text(
        '192.0.2.1 - - [08/Nov/2026:10:00:00 +0000] "GET /site.css HTTP/1.1" 200 1 "-" "Firefox"\n'
    )
    assert cta("ingest", "other.log", "--log-format", "combined", cwd=tmp_path).returncode == 0
    result = cta("lint", "--with-warehouse", "--format", "json", cwd=tmp_path)
    assert result.stderr.startswith("the warehouse holds no page view or click"), result.stderr
    assert {one["clicks_28d"] for one in json.loads(result.stdout)["findings"]} == {None}
