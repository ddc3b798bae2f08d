"""The sample is what its generator writes, and what its README and `truth.json` say of it is so."""

from __future__ import annotations

import gzip
import ipaddress
import json
import re
import subprocess
import sys
from collections import Counter
from datetime import datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import crawleruseragents
import pytest

from cta_analytics import config
from cta_analytics.pages.page import identify, site_path

SAMPLE = Path(__file__).parents[2] / "sample_data"
GENERATED = ("site", "logs", "conversions", "truth.json", "README.md")
ZONE = ZoneInfo("America/Chicago")
COMBINED = re.compile(r'^(\S+) - - \[([^\]]+)\] "([^"]*)" (\d{3}) (\d+) "([^"]*)" "([^"]*)"$')
BOTS = re.compile("|".join(entry["pattern"] for entry in crawleruseragents.CRAWLER_USER_AGENTS_DATA))


def files(folder: Path) -> dict[str, Path]:
    """Every generated file below `folder`."""
    found = [path for name in GENERATED for path in [folder / name, *(folder / name).rglob("*")] if path.is_file()]
    return {path.relative_to(folder).as_posix(): path for path in found}


def content(path: Path) -> bytes:
    """The bytes of a file, unpacked: zlib's builds pack alike in meaning, not in bytes."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def lines() -> dict[str, list[bytes]]:
    return {path.name: content(path).split(b"\n")[:-1] for path in sorted((SAMPLE / "logs").iterdir())}


@pytest.fixture(scope="module")
def requests(lines: dict[str, list[bytes]]) -> list[tuple[datetime, re.Match[str]]]:
    """The lines that a plain regular expression understands, with their local time."""
    found = []
    for line in (line for file in lines.values() for line in file):
        match = COMBINED.match(line.decode("utf-8", "replace"))
        if match:
            found.append((datetime.strptime(match[2], "%d/%b/%Y:%H:%M:%S %z").astimezone(ZONE), match))
    return found


def week_of(at: datetime) -> str:
    year, week, _ = at.isocalendar()
    return f"{year}-W{week:02d}"


@cache
def is_listed(agent: str) -> bool:
    return BOTS.search(agent) is not None


def is_person(match: re.Match[str]) -> bool:
    inside = ipaddress.ip_address(match[1]) in ipaddress.ip_network("203.0.113.64/28")
    return not inside and not is_listed(match[7])


def test_the_generator_writes_what_is_committed(tmp_path: Path) -> None:
    subprocess.run([sys.executable, SAMPLE / "generate.py", "--out", tmp_path], check=True)
    committed, made = files(SAMPLE), files(tmp_path)
    assert sorted(made) == sorted(committed)
    assert [name for name in made if content(made[name]) != content(committed[name])] == []


def test_it_is_small_enough_to_ship() -> None:
    everything = [path for path in SAMPLE.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert sum(path.stat().st_size for path in everything) < 6_000_000


def test_gzip_headers_hold_no_time_and_no_name() -> None:
    for path in (SAMPLE / "logs").glob("*.gz"):
        assert path.read_bytes()[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"


def test_the_account_of_lines_adds_up(truth: dict[str, Any], lines: dict[str, list[bytes]]) -> None:
    assert {name: counts["lines"] for name, counts in truth["files"].items()} == {k: len(v) for k, v in lines.items()}
    for counts in truth["files"].values():
        assert counts["lines"] == sum(count for name, count in counts.items() if name != "lines")


def test_logs_are_in_order_and_cross_the_end_of_daylight_saving(lines: dict[str, list[bytes]]) -> None:
    rotated = sorted(lines, key=lambda name: -int((re.search(r"\d+", name) or ["0"])[0]))
    times = [re.search(rb"\[([^\]]+)\]", line) for name in rotated for line in lines[name]]
    stamps = [datetime.strptime(time[1].decode(), "%d/%b/%Y:%H:%M:%S %z") for time in times if time]
    assert stamps == sorted(stamps)
    assert {f"{stamp:%z}" for stamp in stamps if f"{stamp:%Y%m%d}" == "20261101"} == {"-0500", "-0600"}
    twice = [stamp for stamp in stamps if f"{stamp:%Y%m%d%H}" == "2026110101"]
    assert {f"{stamp:%z}" for stamp in twice} == {"-0500", "-0600"}


def test_addresses_belong_to_nobody(requests: list[tuple[datetime, re.Match[str]]]) -> None:
    reserved = ["10.0.0.0/8", "100.64.0.0/10", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"]
    networks = [ipaddress.ip_network(network) for network in reserved]
    for address in {match[1] for _, match in requests}:
        assert any(ipaddress.ip_address(address) in network for network in networks), address


def test_peoples_page_views_are_those_in_truth(
    truth: dict[str, Any], requests: list[tuple[datetime, re.Match[str]]]
) -> None:
    kinds = tuple(config.read(SAMPLE / "cta.toml").contract.pages)
    found: Counter[tuple[str, str]] = Counter()
    for at, match in requests:
        method, _, rest = match[3].partition(" ")
        path = site_path(rest.split(" ")[0])
        if method == "GET" and match[4] in {"200", "304"} and is_person(match) and identify(path, kinds):
            found[path, week_of(at)] += 1
    expected = {(path, week): count for path, own in truth["pageviews"]["human"].items() for week, count in own.items()}
    assert dict(found) == expected


def test_peoples_clicks_and_visitors_are_those_in_truth(
    truth: dict[str, Any], requests: list[tuple[datetime, re.Match[str]]]
) -> None:
    views: dict[tuple[str, str], set[tuple[Any, ...]]] = {}
    clicking: dict[tuple[str, str], set[tuple[Any, ...]]] = {}
    clicks: Counter[tuple[str, str, str]] = Counter()
    for at, match in requests:
        if not is_person(match):
            continue
        address = ipaddress.ip_address(match[1])
        person = (at.date(), int(address) >> 64 if address.version == 6 else int(address), match[7])
        target = match[3].split(" ")[1] if " " in match[3] else ""
        sent = {key: values[0] for key, values in parse_qs(urlsplit(target).query).items()}
        if target.startswith("/cta/e?") and sent["t"] == "click":
            page, url = site_path(sent["p"]), sent["u"]
            host, path = urlsplit(url).netloc, urlsplit(url).path
            product = host == "www.keenrow.example" and path.startswith("/products/")
            group = "amazon" if host == "www.amazon.com" else "product" if product else "other"
            clicks[page, week_of(at), group] += 1
            if group != "other":
                clicking.setdefault((page, week_of(at)), set()).add(person)
        elif match[3].startswith("GET ") and match[4] in {"200", "304"}:
            views.setdefault((site_path(target), week_of(at)), set()).add(person)
    for slug, answer in truth["answers"].items():
        for week, row in answer["weeks"].items():
            key = (f"/answers/{slug}", week)
            burst = row["quiet_burst_clicks"]
            assert len(views.get(key, set())) == row["visitor_days"]
            assert len(clicking.get(key, set()) & views.get(key, set())) == row["clicking_visitor_days"]
            assert clicks[*key, "amazon"] == row["amazon_clicks"] + burst
            assert clicks[*key, "product"] == row["product_clicks"]
            assert clicks[*key, "other"] == row["other_clicks"] + row["forged_clicks"]


def reports(name: str) -> list[dict[str, str]]:
    answer = json.loads((SAMPLE / "conversions" / name).read_text(encoding="utf-8"))
    assert answer["size"] == len(answer["reports"])
    return answer["reports"]


def minor(amount: str) -> int:
    return round(float(amount) * 100)


def test_the_pulls_hold_what_truth_says(truth: dict[str, Any]) -> None:
    for name, expected in truth["amazon"]["pulls"].items():
        rows = reports(name)
        assert len(rows) == expected["rows"]
        assert sum(int(row["Click-throughs"]) for row in rows) == expected["clicks_through"]
        assert sum(int(row["attributedTotalPurchases14d"]) for row in rows) == expected["orders"]
        assert sum(minor(row["totalAttributedSales14d"]) for row in rows) == expected["sales_minor"]
        assert sum(minor(row["brb_bonus_amount"]) for row in rows) == expected["bonus_minor"]
        first, last = (day.replace("-", "") for day in expected["covers"])
        assert first <= min(row["date"] for row in rows) <= max(row["date"] for row in rows) <= last


def test_the_campaign_holds_what_its_ad_groups_hide(truth: dict[str, Any]) -> None:
    shown = truth["amazon"]["pulls"]["attribution-2026-11-09.json"]
    whole = truth["amazon"]["campaign_of_last_pull"]
    assert shown["masked_ad_groups"] == ["answer-left-handed"]
    assert 0 < whole["clicks_through"] - shown["clicks_through"] < 10


def test_masked_rows_are_zeros_and_have_own_clicks(truth: dict[str, Any]) -> None:
    masked = truth["planted"]["masked"]
    for name in truth["amazon"]["pulls"]:
        own = [row for row in reports(name) if row["adGroupId"] == masked["ad_group"]]
        assert len(own) == masked["pulls"][name]["rows"]
        figures = {row[key] for row in own for key in row if key.endswith(("14d", "throughs", "amount"))}
        assert figures == {"0"}
    assert 0 < masked["own_clicks"] < 10


def test_a_figure_is_restated(truth: dict[str, Any]) -> None:
    restated = truth["planted"]["restated"]
    for name, version in restated["versions"].items():
        day = restated["day"].replace("-", "")
        row = next(row for row in reports(name) if (row["adGroupId"], row["date"]) == (restated["ad_group"], day))
        assert int(row["attributedTotalPurchases14d"]) == version["orders"]
        assert minor(row["totalAttributedSales14d"]) == version["sales_minor"]
    before, after = restated["versions"].values()
    assert before["sales_minor"] > after["sales_minor"] > 0


def test_the_planted_links_stand_where_the_list_says(truth: dict[str, Any]) -> None:
    planted = truth["planted"]
    signs = {"copied_utm_content": "copied_from", "foreign_tag": "maas", "pasted_link": "href"}
    for name, sign in signs.items():
        case = planted[name]
        line = (SAMPLE / case["file"]).read_text(encoding="utf-8").split("\n")[case["line"] - 1]
        assert case[sign] in line.replace("&amp;", "&")
        assert case["clicks"] > 0
    assert "amazon.com" not in (SAMPLE / planted["no_cta"]["file"]).read_text(encoding="utf-8")


def test_bursts_a_lost_day_and_changes_are_there(
    truth: dict[str, Any], requests: list[tuple[datetime, re.Match[str]]]
) -> None:
    planted = truth["planted"]
    for name in ("bot_burst", "quiet_burst", "forged"):
        own = [match for _, match in requests if match[1] == planted[name]["address"] and "t=click" in match[3]]
        assert len(own) == planted[name]["clicks"]
    burst = planted["bot_burst"]
    row = truth["answers"][burst["answer"]]["weeks"][burst["week"]]
    assert row["amazon_clicks"] + row["product_clicks"] == burst["clicks"] == row["bot_clicks"]
    assert not [at for at, _ in requests if at.date().isoformat() == planted["missing_day"]["day"]]
    assert len(planted["seeming_rises"]) >= 3
    (k, n), (k_last, n_last) = (planted["rise"]["weeks"][week] for week in ("2026-W44", "2026-W45"))
    assert k_last / n_last > 3 * k / n


class Links(HTMLParser):
    """Collects what a page links to and embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in {"href", "src"} and value]


def test_every_internal_link_leads_to_a_page_or_a_file() -> None:
    contract = config.read(SAMPLE / "cta.toml").contract
    site = SAMPLE / "site"
    redirects = {redirect.path for redirect in contract.redirects}
    hosts = Counter[str]()
    for page in [*site.rglob("*.html"), *site.rglob("*.md")]:
        text = page.read_text(encoding="utf-8")
        if page.suffix == ".md":
            found = re.findall(r"\]\(([^)]+)\)", text)
        else:
            reader = Links()
            reader.feed(text)
            found = reader.found
        for url in found:
            if not url.startswith("/"):
                hosts[urlsplit(url).netloc] += 1
                continue
            file = site / url.strip("/")
            markdown = [*site.rglob(f"{file.name}.md"), *site.rglob(f"????-??-??-{file.name}.md")]
            exists = [file, file.with_name(f"{file.name}.html"), file / "index.html", *markdown]
            assert url in redirects or any(path.is_file() for path in exists), (page.name, url)
    assert set(hosts) == {"www.keenrow.example", "www.amazon.com", "en.wikipedia.org", "www.fsis.usda.gov"}


def test_there_are_forty_answers_and_both_ways_of_writing_them() -> None:
    answers = list((SAMPLE / "site" / "answers").iterdir())
    assert len([path for path in answers if path.stem != "index"]) >= 40
    assert len([path for path in answers if path.suffix == ".md"]) >= 6
