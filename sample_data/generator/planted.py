"""What was planted and what came of it, with the numbers that the parts of the tool should show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import attribution, clock, sales
from .hit import Hit
from .logfiles import Line
from .page import PageFile
from .sales import Click
from .traffic import World

_LAST, _BEFORE = "2026-W45", "2026-W44"


def planted(
    world: World, logs: Mapping[str, Sequence[Line]], clicks: Sequence[Click], answers: Mapping[str, Any]
) -> dict[str, Any]:
    """The planted cases by name; `line` is where the link starts in the page's file."""
    hits = [line.hit for lines in logs.values() for line in lines if line.hit]
    return {
        **_links(world, hits, answers),
        **_bursts(world, logs),
        **_changes(world, answers),
        **_reported(world, clicks, answers),
        "missing_day": _missing_day(world, clicks),
    }


def _where(page: PageFile, sign: str) -> dict[str, Any]:
    lines = page.text.split("\n")
    return {"file": f"site/{page.file}", "line": next(n for n, line in enumerate(lines, 1) if sign in line)}


def _people_on(hits: Sequence[Hit], url: str, page: str) -> int:
    return sum(
        1 for hit in hits if hit.actor == "human" and hit.event and hit.event.page == page and hit.event.url == url
    )


def _links(world: World, hits: Sequence[Hit], answers: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, sign in [
        ("copied_utm_content", "utm_content="),
        ("foreign_tag", "maas="),
        ("pasted_link", "/ref=sr_1_3"),
        ("no_cta", "Key "),
    ]:
        said = world.catalogue.planted(name)
        page = world.pages[f"/answers/{said['answer']}"]
        found[name] = said | _where(page, sign)
        link = next((link for link in page.by_role("amazon") if sign.replace("&", "&amp;") in link.url), None)
        if link:
            found[name]["clicks"] = _people_on(hits, link.url, page.path)
    del found["no_cta"]["line"]
    own = answers[found["no_cta"]["answer"]]["weeks"]
    found["no_cta"]["views"] = sum(week["views"] for week in own.values())
    return found


def _bursts(world: World, logs: Mapping[str, Sequence[Line]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, actor in [("bot_burst", "bot"), ("quiet_burst", "quiet_burst"), ("forged", "forged")]:
        said = world.catalogue.planted(name)
        starts = clock.wall_moment(said.pop("starts"))
        own = [
            (file, line.hit)
            for file, lines in logs.items()
            for line in lines
            if line.hit and line.hit.actor == actor and starts <= line.hit.at <= starts + 3600
            if line.hit.event and line.hit.event.type == "click"
        ]
        found[name] = said | {
            "file": f"logs/{own[0][0]}",
            "week": clock.week_of(clock.day_of(starts)),
            "from": clock.log_time(own[0][1].at),
            "to": clock.log_time(own[-1][1].at),
            "address": own[0][1].address,
            "clicks": len(own),
        }
    return found


def _pair(week: Mapping[str, int]) -> list[int]:
    return [week["clicking_visitor_days"], week["visitor_days"]]


def _changes(world: World, answers: Mapping[str, Any]) -> dict[str, Any]:
    rise = world.catalogue.planted("rise")["answer"]
    rates = answers[rise]["true_rates"]
    found: dict[str, Any] = {
        "rise": {
            "answer": rise,
            "from": rates["from"],
            "true_rate": round(rates["amazon"] + rates["product"], 4),
            "true_rate_after": round(rates["amazon_after"] + rates["product_after"], 4),
            "weeks": {week: _pair(row) for week, row in answers[rise]["weeks"].items()},
        },
        "seeming_rises": [],
        "seeming_falls": [],
    }
    for slug, answer in answers.items():
        (k, n), (k_last, n_last) = _pair(answer["weeks"][_BEFORE]), _pair(answer["weeks"][_LAST])
        rate = round(answer["true_rates"]["amazon"] + answer["true_rates"]["product"], 4)
        change = {"answer": slug, "true_rate": rate, _BEFORE: [k, n], _LAST: [k_last, n_last]}
        if slug != rise and k_last >= 3 and k_last * n >= 2 * k * n_last:
            found["seeming_rises"].append(change)
        elif slug != rise and k >= 3 and 2 * k_last * n <= k * n_last:
            found["seeming_falls"].append(change)
    return found


def _reported(world: World, clicks: Sequence[Click], answers: Mapping[str, Any]) -> dict[str, Any]:
    catalogue = world.catalogue
    found: dict[str, Any] = {}
    for name in ("masked", "late_unmasked"):
        slug = catalogue.planted(name)["answer"]
        group = catalogue.contract["tags"]["by_answer"][slug]["ad_group"]
        pulls = {}
        for pull in attribution.PULLS:
            rows = {
                day: row for (day, own), row in attribution.visible(catalogue, clicks, pull).items() if own == group
            }
            pulls[f"attribution-{pull}.json"] = {"rows": len(rows), "clicks": sum(row.clicks for row in rows.values())}
        own = answers[slug]["weeks"]
        found[name] = {
            "answer": slug,
            "ad_group": group,
            "own_clicks": sum(week["amazon_clicks"] for week in own.values()),
            "amazon_clicks": sum(1 for click in clicks if sales.ad_group(catalogue, click) == group),
            "pulls": pulls,
        }
    said = catalogue.planted("restated")
    found["restated"] = {
        "ad_group": said["ad_group"],
        "day": said["day"].isoformat(),
        "versions": {
            f"attribution-{pull}.json": {
                "orders": attribution.visible(catalogue, clicks, pull)[said["day"], said["ad_group"]].total["orders"],
                "sales_minor": attribution.visible(catalogue, clicks, pull)[said["day"], said["ad_group"]].total[
                    "sales"
                ],
            }
            for pull in attribution.PULLS[-2:]
        },
    }
    return found


def _missing_day(world: World, clicks: Sequence[Click]) -> dict[str, Any]:
    day = world.catalogue.planted("missing_day")["day"]
    reported = attribution.as_last_reported(world.catalogue, clicks)
    return {
        "day": day.isoformat(),
        "week": clock.week_of(day),
        "clicks_through": sum(figures.clicks for (own, _), figures in reported.items() if own == day),
    }
