"""What the tool must find, counted from the simulation and not from the files: `truth.json`."""

from __future__ import annotations

import ipaddress
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from . import attribution, clock, planted
from .hit import Hit
from .logfiles import Line
from .sales import Click
from .traffic import World

_GROUPS = ("amazon", "product", "other")


def visitor(hit: Hit) -> tuple[str, str, str]:
    """A visitor of one site day: day, address (IPv6 cut to /64) and user agent."""
    address = hit.address
    if ":" in address:
        address = str(ipaddress.IPv6Network(f"{address}/64", strict=False))
    return clock.day_of(hit.at).isoformat(), address, hit.agent


def _counts(file_lines: Sequence[Line]) -> dict[str, int]:
    found = Counter(lines=len(file_lines), pageviews=0, clicks=0, submits=0, no_request=0, broken=0, other=0)
    for line in file_lines:
        event = line.hit.event if line.hit else None
        if line.broken:
            found["no_request" if line.broken == "request" else "broken"] += 1
        else:
            found[{"view": "pageviews", "click": "clicks", "submit": "submits"}[event.type] if event else "other"] += 1
    return dict(found)


def _nested() -> defaultdict[str, Counter[str]]:
    return defaultdict(Counter)


def _plain(table: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    return {key: dict(sorted(table[key].items())) for key in sorted(table)}


def _views(hits: Sequence[Hit], actor: str) -> dict[str, dict[str, int]]:
    found = _nested()
    for hit in hits:
        if hit.actor == actor and hit.event and hit.event.type == "view":
            found[hit.event.page or ""][clock.week_of(clock.day_of(hit.at))] += 1
    return _plain(found)


def _answer_weeks(hits: Sequence[Hit], slug: str, weeks: Sequence[str]) -> dict[str, dict[str, int]]:
    path = f"/answers/{slug}"
    own = [hit for hit in hits if hit.event and hit.event.page == path and hit.event.type in {"view", "click"}]
    names = ["views", "visitor_days", "clicking_visitor_days", *(f"{group}_clicks" for group in _GROUPS)]
    names += ["bot_views", "bot_clicks", "internal_views", "internal_clicks", "quiet_burst_clicks", "forged_clicks"]
    table = {week: dict.fromkeys(names, 0) for week in weeks}
    seen: dict[str, set[tuple[str, str, str]]] = {week: set() for week in weeks}
    clicking: dict[str, set[tuple[str, str, str]]] = {week: set() for week in weeks}
    for hit in own:
        week, event = clock.week_of(clock.day_of(hit.at)), hit.event
        if event is None or week not in table:
            continue
        if hit.actor == "human" and event.type == "view":
            table[week]["views"] += 1
            seen[week].add(visitor(hit))
        elif hit.actor == "human" and not event.same_click:
            table[week][f"{event.group}_clicks"] += 1
            if event.group != "other":
                clicking[week].add(visitor(hit))
        elif hit.actor in {"bot", "internal"}:
            table[week][f"{hit.actor}_{event.type}s"] += 1
        elif hit.actor in {"quiet_burst", "forged"}:
            table[week][f"{hit.actor}_clicks"] += 1
    for week in weeks:
        table[week]["visitor_days"] = len(seen[week])
        table[week]["clicking_visitor_days"] = len(clicking[week] & seen[week])
    return table


def _clicks(hits: Sequence[Hit]) -> dict[str, dict[str, int]]:
    """People's counted clicks by week, target and witness, and the redirect hits that a beacon told already."""
    found = _nested()
    for hit in hits:
        if hit.actor == "human" and hit.event and hit.event.type == "click":
            row = found[clock.week_of(clock.day_of(hit.at))]
            if hit.event.same_click:
                row["same_click"] += 1
            else:
                row[f"{hit.event.group}"] += 1
                row[f"via_{hit.event.via}"] += 1
    return _plain(found)


def _amazon(world: World, clicks: Sequence[Click]) -> dict[str, Any]:
    catalogue = world.catalogue
    weeks: dict[str, dict[str, dict[str, int]]] = {}
    for (day, group), figures in attribution.as_last_reported(catalogue, clicks).items():
        row = weeks.setdefault(group, {}).setdefault(clock.week_of(day), dict.fromkeys(_MONEY, 0))
        for name, value in _figures(figures).items():
            row[name] += value
    pulls = {}
    for pull in attribution.PULLS:
        shown = attribution.visible(catalogue, clicks, pull)
        whole = Counter({name: sum(_figures(figures)[name] for figures in shown.values()) for name in _MONEY})
        first, last = attribution.covered(pull)
        pulls[f"attribution-{pull}.json"] = {
            "covers": [first.isoformat(), last.isoformat()],
            "rows": len(shown),
            "masked_ad_groups": sorted(attribution.masked_groups(catalogue, clicks, pull)),
            **whole,
        }
    campaign = attribution.rows(catalogue, clicks, attribution.PULLS[-1], by_campaign=True)
    totals = Counter({name: sum(_figures(figures)[name] for figures in campaign.values()) for name in _MONEY})
    return {"currency": "USD", "pulls": pulls, "ad_group_weeks": weeks, "campaign_of_last_pull": dict(totals)}


_MONEY = (
    "clicks_through", "detail_views", "carts", "orders", "units", "sales_minor", "promoted_detail_views",
    "promoted_carts", "promoted_orders", "promoted_units", "promoted_sales_minor", "bonus_minor",
)  # fmt: skip


def _figures(figures: attribution.Figures) -> dict[str, int]:
    names = {"views": "detail_views", "carts": "carts", "orders": "orders", "units": "units", "sales": "sales_minor"}
    row = {"clicks_through": figures.clicks, "bonus_minor": figures.bonus}
    row |= {name: figures.total[key] for key, name in names.items()}
    return row | {f"promoted_{name}": figures.promoted[key] for key, name in names.items()}


def truth(world: World, logs: Mapping[str, Sequence[Line]], clicks: Sequence[Click]) -> dict[str, Any]:
    """Everything that is known about the sample, as plain values."""
    hits = [line.hit for lines in logs.values() for line in lines if line.hit]
    scenario = world.catalogue.scenario
    weeks = sorted({clock.week_of(day) for day in clock.days(scenario["first_day"], scenario["last_day"])})
    own = world.catalogue.contract["tags"]["by_answer"]
    rise = world.catalogue.planted("rise")
    answers = {}
    for slug in scenario["popularity"]:
        rates = asdict(world.rates[slug])
        if slug == rise["answer"]:
            after = {"amazon_after": rise["amazon_rate_after"], "product_after": rise["product_rate_after"]}
            rates |= {"from": rise["first_day"].isoformat(), **after}
        answers[slug] = {
            "ad_group": own.get(slug, {}).get("ad_group", "answers-shared"),
            "true_rates": rates,
            "weeks": _answer_weeks(hits, slug, weeks),
        }
    return {
        "about": "Counted by the generator from its simulation; weeks are ISO weeks of the site's zone. "
        "Visitor days and clicks are people's; `quiet_burst_clicks` have a browser's name, only behaviour tells them.",
        "timezone": "America/Chicago",
        "weeks": weeks,
        "files": {name: _counts(lines) for name, lines in logs.items()},
        "pageviews": {actor: _views(hits, actor) for actor in ("human", "bot", "internal")},
        "clicks_by_week": _clicks(hits),
        "submits": sum(1 for hit in hits if hit.event and hit.event.type == "submit"),
        "answers": answers,
        "amazon": _amazon(world, clicks),
        "planted": planted.planted(world, logs, clicks, answers),
    }


def as_json(values: dict[str, Any]) -> bytes:
    """The values as JSON with each innermost table on a line of its own."""
    return f"{_written(values, 0)}\n".encode()


def _written(value: Any, depth: int) -> str:
    if not isinstance(value, dict) or not any(isinstance(inner, dict) for inner in value.values()):
        return json.dumps(value, ensure_ascii=False)
    indent = " " * (depth + 1)
    rows = (f"{indent}{json.dumps(key)}: {_written(inner, depth + 1)}" for key, inner in value.items())
    return "{\n" + ",\n".join(rows) + f"\n{' ' * depth}}}"
