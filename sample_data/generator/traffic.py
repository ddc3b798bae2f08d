"""People on the site: visits page by page, what they click, and who arrives at Amazon."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from . import clock, people
from .catalogue import Catalogue
from .hit import AmazonVisit, Event, Hit
from .page import PageFile, PageLink
from .people import Person, weighted

_WEEKDAYS = (1.0, 0.97, 0.95, 0.93, 0.9, 1.09, 1.18)
_HOURS = (2, 1, 1, 1, 1, 2, 3, 5, 7, 8, 9, 9, 9, 8, 8, 9, 11, 14, 13, 11, 10, 9, 6, 4)
_ENTRIES = (("answer", 79.0), ("home", 7.0), ("blog", 7.0), ("product", 5.0), ("index", 2.0))

# Chance that a visitor of a page of this kind follows a link of this role; answers have rates of their own.
_CHANCES = {
    "answer": {"related": 0.13, "nav": 0.03, "citation": 0.02, "submit": 0.004},
    "product": {"amazon": 0.24, "related": 0.1, "nav": 0.07},
    "blog": {"amazon": 0.06, "associates": 0.1, "product": 0.05, "related": 0.12, "nav": 0.04, "submit": 0.006},
    "home": {"product": 0.12, "related": 0.3, "redirect": 0.06, "nav": 0.18},
    "index": {"related": 0.5, "product": 0.5, "nav": 0.08},
    "page": {"redirect": 0.07, "nav": 0.2},
}
_GROUPS = {"amazon": "amazon", "associates": "amazon", "redirect": "amazon", "product": "product"}


@dataclass(frozen=True, slots=True)
class Rates:
    """The true chances that a visitor of an answer goes to the Store, or to the product page."""

    amazon: float
    product: float


@dataclass(slots=True)
class World:
    """The site as it is served, the random numbers, and everything that has happened so far."""

    catalogue: Catalogue
    pages: dict[str, PageFile]
    sizes: dict[str, int]
    rng: random.Random
    rates: dict[str, Rates] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    arrivals: list[AmazonVisit] = field(default_factory=list)
    known: list[Person] = field(default_factory=list)


def draw_rates(world: World) -> dict[str, Rates]:
    """A true rate for every answer, by a beta law with a mean of about 6 %, as far as the scenario sets none."""
    own = world.catalogue.scenario.get("rates", {})
    without = world.catalogue.planted("no_cta")["answer"]
    rates = {}
    for slug in world.catalogue.scenario["popularity"]:
        total = world.rng.betavariate(5, 78)
        share = 0.45 + 0.2 * world.rng.random()
        amazon = own.get(slug, {}).get("amazon", round(total * share, 4))
        product = own.get(slug, {}).get("product", round(total * (1 - share), 4))
        rates[slug] = Rates(0.0 if slug == without else amazon, product)
    rise = world.catalogue.planted("rise")
    rates[rise["answer"]] = Rates(rise["amazon_rate"], rise["product_rate"])
    return rates


def rates_on(world: World, slug: str, day: date) -> Rates:
    """The true rates of an answer on a day."""
    rise = world.catalogue.planted("rise")
    if slug == rise["answer"] and day >= rise["first_day"]:
        return Rates(rise["amazon_rate_after"], rise["product_rate_after"])
    return world.rates[slug]


def simulate(world: World) -> None:
    """Every visit of every day, including the day whose log was lost and the rest of the last Monday."""
    scenario = world.catalogue.scenario
    last = scenario["last_day"] + timedelta(days=1)
    for number, day in enumerate(clock.days(scenario["first_day"], last)):
        mean = scenario["sessions_a_day"] * _WEEKDAYS[day.weekday()] * (1 + 0.0006 * number)
        for _ in range(round(mean * (0.9 + 0.2 * world.rng.random()))):
            _session(world, day, number // 7)
        if day.weekday() == 4:
            _letter(world, day, number // 7)


def _start(rng: random.Random, day: date) -> int:
    hour = weighted(rng, list(enumerate(_HOURS)))
    second = hour * 3600 + rng.randrange(3600)
    if second >= 84_600:  # a visit belongs to one day
        second -= 3600
    return clock.moment(day, second, fold=rng.randrange(2) if hour == 1 else 0)


def _someone(world: World, week: int) -> Person:
    if world.known and world.rng.random() < 0.13:
        return world.known[world.rng.randrange(max(0, len(world.known) - 400), len(world.known))]
    person = people.newcomer(world.rng, world.catalogue.agents["browsers"], week)
    world.known.append(person)
    return person


def _entry(world: World) -> str:
    kind = weighted(world.rng, _ENTRIES)
    if kind == "answer":
        ranks = world.catalogue.scenario["popularity"]
        return f"/answers/{weighted(world.rng, [(slug, 1 / (k + 2.5)) for k, slug in enumerate(ranks)])}"
    paths = {
        "home": ["/"],
        "index": ["/answers", "/products", "/blog"],
        "blog": [post.path for post in world.catalogue.posts.values()],
        "product": [product.path for product in world.catalogue.products.values()],
    }[kind]
    return paths[world.rng.randrange(len(paths))]


def _session(world: World, day: date, week: int) -> None:
    person = _someone(world, week)
    referrer, query = people.origin(world.rng)
    path = _entry(world)
    spelled = path + ".html" if path.startswith("/answers/") and world.rng.random() < 0.015 else path
    at = _start(world.rng, day)
    if path.startswith("/answers/") and world.rng.random() < 0.01:
        hit(world, at, person, "GET", f"{path}/", 301, 162, referrer or "-")
        at += 1
    target = f"{spelled}?{query}" if query else spelled
    walk(world, person, at, path, target, referrer or "-")


def walk(world: World, person: Person, at: int, path: str, target: str, referrer: str, actor: str = "human") -> None:
    """A visit of up to five pages that begins with `target`, a spelling of `path`."""
    for _ in range(5):
        page = world.pages[path]
        _view(world, person, at, page, target, referrer, actor)
        here = world.catalogue.base_url + target
        at += 8 + round(110 * world.rng.random() ** 2)
        link = _follow(world, page, at, person, here, target, actor)
        if link is None:
            return
        at += 1
        if link.role in {"amazon", "associates", "citation", "redirect"}:
            at += 20 + world.rng.randrange(60)
            inside = [other for other in page.links if other.role in {"related", "product"}]
            if not inside or world.rng.random() < 0.88:
                return
            link = inside[world.rng.randrange(len(inside))]
            _report(world, person, at, link, page, here, target, actor)
        path = target = link.url.removeprefix(world.catalogue.base_url)
        referrer = here


def hit(world: World, at: int, person: Person, method: str, target: str, status: int, size: int, referrer: str, *,
        event: Event | None = None, actor: str = "human") -> None:  # fmt: skip
    """Add one request of a person."""
    protocol = "HTTP/1.1" if person.scripts == "none" else "HTTP/2.0"
    world.hits.append(
        Hit(at, actor, person.address, method, target, protocol, status, size, referrer, person.agent, event)
    )


def _view(world: World, person: Person, at: int, page: PageFile, target: str, referrer: str, actor: str) -> None:
    again = page.path in person.seen
    status, size = (304, 0) if again and world.rng.random() < 0.7 else (200, world.sizes[page.file] // 3)
    hit(world, at, person, "GET", target, status, size, referrer, event=Event("view", page.path), actor=actor)
    here = world.catalogue.base_url + target
    if not person.seen:
        for asset in _assets(world, person, page):
            later, size = at + world.rng.randrange(2), world.sizes[asset] // 2
            hit(world, later, person, "GET", f"/{asset}", 200, size, here, actor=actor)
        if world.rng.random() < 0.2:
            hit(world, at + 1, person, "GET", "/favicon.ico", 404, 153, here, actor=actor)
    elif not again and world.rng.random() < 0.25:
        hit(world, at, person, "GET", "/assets/site.css", 304, 0, here, actor=actor)
    person.seen.add(page.path)


def _assets(world: World, person: Person, page: PageFile) -> Iterable[str]:
    yield "assets/site.css"
    if person.scripts != "none":
        yield "assets/cta.js"
    if page.kind == "answer" and world.rng.random() < 0.35:  # far down the page, so it is loaded by those who scroll
        yield "images/mara.svg"
    elif page.kind == "product":
        yield f"images/{page.path.rsplit('/', 1)[1]}.svg"


def _follow(
    world: World, page: PageFile, at: int, person: Person, here: str, target: str, actor: str
) -> PageLink | None:
    chances = dict(_CHANCES[page.kind])
    if page.kind == "answer":
        rates = rates_on(world, page.path.rsplit("/", 1)[1], clock.day_of(at))
        chances = {"amazon": rates.amazon, "product": rates.product, **chances}
    luck = world.rng.random()
    for role, chance in chances.items():
        links = page.by_role(role)
        if luck < chance and role == "submit":
            _submit(world, person, at, target, here, actor)
            return None
        if luck < chance and links:
            link = links[world.rng.randrange(len(links))]
            _report(world, person, at, link, page, here, target, actor)
            if role == "amazon" and world.rng.random() < 0.03:  # an impatient second click
                _report(world, person, at + 1, link, page, here, target, actor)
            return link
        luck -= chance
    return None


def beacon(rng: random.Random, kind: str, url: str, target: str, slot: str | None, ordinal: int) -> str:
    """The request of the click snippet; `target` is the page as it was requested."""
    sent = {"t": kind, "p": target.split("?")[0], "i": rng.random(), "v": 1, "u": url, "s": slot or "", "o": ordinal}
    return f"/cta/e?{urlencode(sent, safe='*')}"


def _report(
    world: World, person: Person, at: int, link: PageLink, page: PageFile, here: str, target: str, actor: str
) -> None:
    group = _GROUPS.get(link.role, "other")
    if link.role == "related" and "/products/" in link.url:
        group = "product"
    if person.scripts == "full":
        event = Event("click", page.path, link.url, group, "beacon")
        sent = beacon(world.rng, "click", link.url, target, link.slot, link.ordinal)
        hit(world, at, person, "POST", sent, 204, 0, here, event=event, actor=actor)
    if link.role == "redirect":
        go = link.url.removeprefix(world.catalogue.base_url)
        event = Event("click", page.path, link.url, group, "redirect", same_click=person.scripts == "full")
        hit(world, at + world.rng.randrange(2), person, "GET", go, 302, 0, here, event=event, actor=actor)
    if group == "amazon":
        world.arrivals.append(AmazonVisit(at, arriving(world.catalogue, link.url), page.path))


def arriving(catalogue: Catalogue, url: str) -> str:
    """The Amazon URL that a link leads to, through a redirect of the site if there is one."""
    path = url.removeprefix(catalogue.base_url)
    return next((row["target"] for row in catalogue.contract["redirects"] if row["path"] == path), url)


def _submit(world: World, person: Person, at: int, target: str, here: str, actor: str) -> None:
    if person.scripts == "full":
        url = f"{world.catalogue.base_url}/subscribe"
        sent = beacon(world.rng, "submit", url, target, None, 1)
        hit(world, at, person, "POST", sent, 204, 0, here, event=Event("submit", target, url), actor=actor)
    hit(world, at, person, "POST", "/subscribe", 303, 0, here, actor=actor)


def _letter(world: World, day: date, week: int) -> None:
    """Readers of the letter follow its `/go/` links straight to Amazon: redirects without a page."""
    for _ in range(2 + world.rng.randrange(5)):
        person, at = people.newcomer(world.rng, world.catalogue.agents["browsers"], week), _start(world.rng, day)
        path = "/go/store" if world.rng.random() < 0.7 else "/go/whetstone"
        event = Event("click", None, world.catalogue.base_url + path, "amazon", "redirect")
        hit(world, at, person, "GET", path, 302, 0, "-", event=event)
        world.arrivals.append(AmazonVisit(at, arriving(world.catalogue, path), None))
