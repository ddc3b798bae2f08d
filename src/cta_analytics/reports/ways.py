"""Where visits came from, where on the page they clicked, and which way they took to Amazon."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cta_analytics.metrics.figures import FEWEST
from cta_analytics.reports.drawing import Scale
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.intake import named
from cta_analytics.reports.locale import NOTHING
from cta_analytics.reports.names import answer_name
from cta_analytics.reports.texts import text
from cta_analytics.stats import intervals

BAR = 120
MOST_PATHS = 10


@dataclass(frozen=True, slots=True)
class Channel:
    """Visits from one channel; `low`, `high`, `point` are the interval of the click rate in pixels of `BAR`."""

    name: str
    views: str
    visitor_days: str
    share: str
    rate: str
    between: str
    low: float
    high: float
    point: float


@dataclass(frozen=True, slots=True)
class Slot:
    """Clicks from one place of the pages to one kind of target; `width` is their bar, of 100."""

    placement: str
    target: str
    clicks: str
    answers: str
    share: str
    width: float


@dataclass(frozen=True, slots=True)
class Way:
    """The ways from one answer, or from all of them, to Amazon; `onward` says what share of many product clicks went on."""

    name: str
    direct: str
    product: str
    assisted: str
    onward: str = ""


def channels(facts: Facts) -> tuple[list[Channel], str]:
    """The channels with most visitor-days first, and the upper end of their common scale."""
    known = [(row, intervals.rate(row.clicking_visitors, row.visitor_days)) for row in facts.channels]
    most = max((found.high for row, found in known if found and row.visitor_days >= 20), default=0.0) or 1.0
    along, everybody = Scale(most, 2, BAR - 2), sum(row.visitor_days for row in facts.channels)
    share = facts.locale.share
    shown = []
    for row, found in known:
        rate = row.clicking_visitors / row.visitor_days if row.visitor_days else None
        shown.append(
            Channel(
                name=row.channel,
                views=facts.locale.count(row.views),
                visitor_days=facts.locale.count(row.visitor_days),
                share=share(row.visitor_days / everybody if everybody else None, 0),
                rate=share(rate),
                between=f"{share(found.low)}–{share(found.high)}" if found else NOTHING,
                low=along(min(most, found.low)) if found else 0.0,
                high=along(min(most, found.high)) if found else 0.0,
                point=along(min(most, rate)) if rate is not None else 0.0,
            )
        )
    return shown, share(most, 0)


def slots(facts: Facts) -> list[Slot]:
    """Placements and what they lead to, most clicks first."""
    every, most = sum(row.clicks for row in facts.slots), max((row.clicks for row in facts.slots), default=0)
    return [
        Slot(
            placement=named("placement", row.placement),
            target=named("group", row.click_group),
            clicks=facts.locale.count(row.clicks),
            answers=facts.locale.count(row.answers),
            share=facts.locale.share(row.clicks / every, 0),
            width=round(100 * row.clicks / most, 1),
        )
        for row in facts.slots
    ]


def ways(facts: Facts) -> tuple[list[Way], Way | None]:
    """The answers that lead to Amazon through product pages, most assisted clicks first; and all answers together."""
    led = [row for row in facts.paths if row.assisted_clicks or row.product_clicks]
    if not facts.paths:
        return [], None
    count = facts.locale.count

    def way(name: str, *steps: int) -> Way:
        return Way(name, *map(count, steps))

    direct, product, assisted = (
        sum(getattr(row, name) for row in facts.paths)
        for name in ("amazon_clicks", "product_clicks", "assisted_clicks")
    )
    # A product page is also reached by a menu: then there can be more clicks on it than to it.
    is_share = product >= FEWEST and assisted <= product
    onward = text("ways.onward", share=facts.locale.share(assisted / product, 0)) if is_share else ""
    return [
        way(answer_name(row.answer, row.title), row.amazon_clicks, row.product_clicks, row.assisted_clicks)
        for row in led[:MOST_PATHS]
    ], replace(way(text("ways.all"), direct, product, assisted), onward=onward)
