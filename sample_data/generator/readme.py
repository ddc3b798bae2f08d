"""`README.md` of the sample: the template of `source/` with the numbers that came out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .catalogue import ROOT, Catalogue

_FILE_COLUMNS = ("lines", "pageviews", "clicks", "submits", "other", "no_request", "broken")


def readme(catalogue: Catalogue, known: Mapping[str, Any], pages: int) -> bytes:
    """The page as UTF-8."""
    planted = known["planted"]
    weeks = planted["rise"]["weeks"]
    later = planted["late_unmasked"]["pulls"]
    before, after = planted["restated"]["versions"].values()
    template = (ROOT / "source" / "readme.md").read_text(encoding="utf-8")
    values = dict(planted) | {
        "pages": pages,
        "answers": len(catalogue.answers),
        "markdown": sum(answer.format == "markdown" for answer in catalogue.answers.values()),
        "products": len(catalogue.products),
        "posts": len(catalogue.posts),
        "sessions": catalogue.scenario["sessions_a_day"],
        "lines": f"{sum(counts['lines'] for counts in known['files'].values()):,}",
        "first_week": known["weeks"][0],
        "last_week": known["weeks"][-1],
        "rise_before": _share(weeks["2026-W44"]),
        "rise_after": _share(weeks["2026-W45"]),
        "seeming_rises": _listed(planted["seeming_rises"]),
        "seeming_falls": _listed(planted["seeming_falls"]),
        "late_unmasked_shown": later["attribution-2026-10-19.json"]["clicks"],
        "restated_before": _sales(before),
        "restated_after": _sales(after),
        "file_rows": "\n".join(_file_row(name, counts) for name, counts in known["files"].items()),
        "pull_rows": "\n".join(_pull_row(name, pull) for name, pull in known["amazon"]["pulls"].items()),
        "answer_rows": "\n".join(_answer_row(slug, answer) for slug, answer in known["answers"].items()),
    }
    return template.format_map(values).encode()


def _share(pair: list[int]) -> str:
    return f"{pair[0]} of {pair[1]}"


def _listed(changes: list[dict[str, Any]]) -> str:
    return "; ".join(
        f"`{change['answer']}` (true rate {change['true_rate']}): {_share(change['2026-W44'])}, then "
        f"{_share(change['2026-W45'])}"
        for change in changes
    )


def _sales(version: Mapping[str, int]) -> str:
    return f"{version['orders']} orders, ${version['sales_minor'] / 100:.2f}"


def _file_row(name: str, counts: Mapping[str, int]) -> str:
    return "| " + " | ".join([f"`{name}`", *(str(counts[column]) for column in _FILE_COLUMNS)]) + " |"


def _pull_row(name: str, pull: Mapping[str, Any]) -> str:
    masked = ", ".join(f"`{group}`" for group in pull["masked_ad_groups"])
    days, sales = " to ".join(pull["covers"]), f"${pull['sales_minor'] / 100:,.2f}"
    return f"| `{name}` | {days} | {pull['rows']} | {pull['clicks_through']} | {pull['orders']} | {sales} | {masked} |"


def _answer_row(slug: str, answer: Mapping[str, Any]) -> str:
    rates, weeks = answer["true_rates"], answer["weeks"].values()
    amazon, product = f"{rates['amazon']:.4f}", f"{rates['product']:.4f}"
    if "from" in rates:
        amazon += f", {rates['amazon_after']:.4f} from {rates['from']}"
        product += f", {rates['product_after']:.4f}"
    totals = [
        sum(week[name] for week in weeks) for name in ("views", "visitor_days", "amazon_clicks", "product_clicks")
    ]
    return "| " + " | ".join([f"`{slug}`", f"`{answer['ad_group']}`", amazon, product, *map(str, totals)]) + " |"
