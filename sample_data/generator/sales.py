"""What becomes of the people who arrive at Amazon: counted clicks, orders, cancellations."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

from . import clock, hyperlinks
from .catalogue import Catalogue, Product
from .hit import AmazonVisit
from .people import weighted

_HOUR, _DAY = 3600, 86_400


@dataclass(frozen=True, slots=True)
class Order:
    """An order of `units` of a product; `halo` where it is not what the link led to. Times are UTC seconds."""

    at: int
    product: Product
    units: int
    halo: bool
    cancelled_at: int | None

    def counts_at(self, known_at: int) -> bool:
        """Whether a report that is pulled at `known_at` holds the order: in after 30 hours, out when cancelled."""
        return self.at + 30 * _HOUR <= known_at and (self.cancelled_at is None or self.cancelled_at > known_at)


@dataclass(frozen=True, slots=True)
class Click:
    """A click that Amazon counts, under the tag that the link carried; `day` is Amazon's own."""

    at: int
    day: date
    kind: str
    tag: str
    detail_view: bool
    cart: bool
    orders: tuple[Order, ...]


def _tag(url: str) -> tuple[str, str] | None:
    query = parse_qs(urlsplit(url).query)
    if "maas" in query:
        return "maas", query["maas"][0]
    if "channel" in query:
        return "channel", query["channel"][0]
    if query.get("tag"):
        return "associates", query["tag"][0]
    return None


def clicks(catalogue: Catalogue, arrivals: Sequence[AmazonVisit], rng: random.Random) -> list[Click]:
    """The clicks that Amazon counts, about nine of ten, with what was bought after them."""
    appeal = {page: 0.6 + 1.2 * rng.random() for page in sorted({visit.page or "" for visit in arrivals})}
    found = []
    for visit in sorted(arrivals, key=lambda visit: (visit.at, visit.url)):
        tag = _tag(visit.url)
        if tag is None or rng.random() < 0.1:
            continue
        product = _led_to(catalogue, visit, rng)
        detail = "/dp/" in visit.url or rng.random() < 0.72
        cart = detail and rng.random() < 0.22 * appeal[visit.page or ""]
        orders = tuple(_orders(catalogue, visit, product, rng)) if cart and rng.random() < 0.6 else ()
        found.append(Click(visit.at, clock.day_of(visit.at, clock.AMAZON), *tag, detail, cart, orders))
    return _with_restated(catalogue, found)


def _led_to(catalogue: Catalogue, visit: AmazonVisit, rng: random.Random) -> Product:
    products = list(catalogue.products.values())
    for product in products:
        if product.asin in visit.url or visit.page == product.path:
            return product
    slug = (visit.page or "").rsplit("/", 1)[-1]
    if slug in catalogue.answers and rng.random() < 0.7:
        return catalogue.products[catalogue.answers[slug].product]
    return products[rng.randrange(len(products))]


def _orders(catalogue: Catalogue, visit: AmazonVisit, product: Product, rng: random.Random) -> list[Order]:
    delay = weighted(rng, [((_HOUR // 6, 20 * _HOUR), 55.0), ((_DAY, 3 * _DAY), 25.0), ((3 * _DAY, 13 * _DAY), 20.0)])
    at = visit.at + rng.randrange(*delay)
    cancelled = at + rng.randrange(_DAY, 6 * _DAY) if rng.random() < 0.06 else None
    orders = [Order(at, product, 2 if rng.random() < 0.12 else 1, False, cancelled)]
    if rng.random() < 0.2:
        others = [other for other in catalogue.products.values() if other is not product]
        orders.append(Order(at, others[rng.randrange(len(others))], 1, True, None))
    return orders


def _with_restated(catalogue: Catalogue, found: list[Click]) -> list[Click]:
    """The planted order: made on the day of its click, reported, cancelled two days after the report."""
    planted = catalogue.planted("restated")
    tag = catalogue.contract["tags"]["ad_groups"][planted["ad_group"]]
    index = next(n for n, click in enumerate(found) if click.tag == tag and click.day == planted["day"])
    click = found[index]
    board = catalogue.products["end-grain-board"]
    cancelled = int(datetime(2026, 11, 4, 15, tzinfo=UTC).timestamp())
    order = Order(click.at + 3 * _HOUR, board, 1, False, cancelled)
    found[index] = Click(click.at, click.day, click.kind, click.tag, True, True, (*click.orders, order))
    return found


def ad_group(catalogue: Catalogue, click: Click) -> str | None:
    """The ad group of a click with one of our Attribution tags; None for any other click."""
    return hyperlinks.ad_groups(catalogue).get(click.tag) if click.kind == "maas" else None
