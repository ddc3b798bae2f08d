"""Everything that is no visitor: crawlers, previews, monitors, scanners, bursts of clicks, the workshop itself."""

from __future__ import annotations

from datetime import date, timedelta

from . import clock, people, traffic
from .hit import Event, Hit
from .page import PageFile
from .people import Person, weighted
from .traffic import World

_PROBES = [
    "/wp-login.php", "/xmlrpc.php", "/.env", "/.git/config", "/wp-content/plugins/elementor/readme.txt", "/admin/",
    "/phpmyadmin/index.php", "/backup.sql", "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", "/.aws/credentials",
    "/cgi-bin/luci/;stok=/locale", "/config.json", "/wp-json/wp/v2/users", "/server-status", "/api/v1/pods",
]  # fmt: skip
_GONE = ["/answers/how-to-sharpen-scissors", "/products/steel-honing-rod", "/answers/knife-care", "/shop", "/feed.xml"]


def simulate(world: World) -> None:
    """All machines of all days, the workshop's visits, and the planted bursts."""
    scenario = world.catalogue.scenario
    for day in clock.days(scenario["first_day"], scenario["last_day"] + timedelta(days=1)):
        _crawl(world, day)
        _previews_and_monitor(world, day)
        _scan(world, day)
        if day.weekday() < 5:
            _workshop(world, day)
    _audit(world)
    _burst(world)
    _quiet_burst(world)
    _forged(world)


def _add(
    world: World,
    at: int,
    address: str,
    agent: str,
    target: str,
    status: int,
    size: int,
    *,
    method: str = "GET",
    event: Event | None = None,
    referrer: str = "-",
    actor: str = "bot",
    protocol: str = "HTTP/1.1",
) -> None:
    world.hits.append(Hit(at, actor, address, method, target, protocol, status, size, referrer, agent, event))


def _page(world: World, at: int, address: str, agent: str, page: PageFile, **other: str) -> None:
    size = world.sizes[page.file]
    _add(world, at, address, agent, page.path, 200, size, event=Event("view", page.path), **other)


def _any_time(world: World, day: date) -> int:
    return clock.moment(day, world.rng.randrange(86_400))


def _any_page(world: World) -> PageFile:
    paths = list(world.pages)
    return world.pages[paths[world.rng.randrange(len(paths))]]


def _crawl(world: World, day: date) -> None:
    rng = world.rng
    for crawler in world.catalogue.agents["crawlers"]:
        who = crawler["address"], crawler["agent"]
        if crawler["polite"]:
            _add(world, _any_time(world, day), *who, "/robots.txt", 200, world.sizes["robots.txt"])
        for _ in range(round(crawler["pages"] * (0.6 + 0.8 * rng.random()))):
            at = _any_time(world, day)
            if rng.random() < 0.06:
                _add(world, at, *who, _GONE[rng.randrange(len(_GONE))], 404, 1489)
            else:
                _page(world, at, *who, _any_page(world))
        if not crawler["polite"] and rng.random() < 0.1:
            _redirect(world, _any_time(world, day), *who)
    if day.weekday() == 2:
        size = world.sizes["sitemap.xml"]
        google = world.catalogue.agents["crawlers"][0]
        _add(world, _any_time(world, day), google["address"], google["agent"], "/sitemap.xml", 200, size)


def _redirect(world: World, at: int, address: str, agent: str) -> None:
    path = "/go/store"
    event = Event("click", None, world.catalogue.base_url + path, "amazon", "redirect")
    _add(world, at, address, agent, path, 302, 0, event=event)


def _previews_and_monitor(world: World, day: date) -> None:
    rng, agents = world.rng, world.catalogue.agents
    for _ in range(rng.randrange(5)):
        agent = agents["previews"][rng.randrange(len(agents["previews"]))]
        _page(world, _any_time(world, day), f"192.0.2.{rng.randrange(40, 80)}", agent, _any_page(world))
    for _ in range(rng.randrange(3)):
        agent = agents["libraries"][rng.randrange(len(agents["libraries"]))]
        _page(world, _any_time(world, day), f"192.0.2.{rng.randrange(80, 120)}", agent, _any_page(world))
    if rng.random() < 0.25:
        _redirect(world, _any_time(world, day), "192.0.2.81", agents["libraries"][0])
    for hour in range(0, 24, 4):
        at = clock.moment(day, hour * 3600 + 1260 + rng.randrange(30))
        _add(world, at, "192.0.2.30", agents["monitor"], "/", 200, 0, method="HEAD")
        _page(world, at + 7200, "192.0.2.30", agents["monitor"], world.pages["/"])


def _scan(world: World, day: date) -> None:
    rng = world.rng
    for _ in range(1 + rng.randrange(2)):
        address, at = f"203.0.113.{rng.randrange(128, 250)}", _any_time(world, day)
        agent = weighted(rng, world.catalogue.agents["scanners"])
        for probe in rng.sample(_PROBES, 3 + rng.randrange(5)):
            _add(world, at, address, agent, probe, 404, 153, actor="noise")
            at += rng.randrange(2)


def _workshop(world: World, day: date) -> None:
    """Somebody at Keenrow looks at their own pages, and tries the button on Mondays."""
    desk = "chrome_on_windows" if world.rng.random() < 0.5 else "chrome_on_linux"
    agent = people.browser(world.catalogue.agents[desk], 0)
    person = Person(f"203.0.113.{64 + world.rng.randrange(8)}", agent, "full", {"/"})
    at = clock.moment(day, 9 * 3600 + world.rng.randrange(7 * 3600))
    slug = world.catalogue.scenario["popularity"][world.rng.randrange(12)]
    page = world.pages[f"/answers/{slug}"]
    size = world.sizes[page.file] // 3
    traffic.hit(world, at, person, "GET", page.path, 200, size, "-", event=Event("view", page.path), actor="internal")
    if day.weekday() == 0:
        _click(world, at + 30, person.address, person.agent, page, actor="internal", protocol="HTTP/2.0")


def _click(world: World, at: int, address: str, agent: str, page: PageFile, **other: str) -> None:
    link = page.by_role("amazon")[-1]
    target = traffic.beacon(world.rng, "click", link.url, page.path, link.slot, link.ordinal)
    event = Event("click", page.path, link.url, "amazon", "beacon")
    here = world.catalogue.base_url + page.path
    _add(world, at, address, agent, target, 204, 0, method="POST", event=event, referrer=here, **other)


def _audit(world: World) -> None:
    """Once a month a site audit that runs scripts opens every page and follows the buttons of a few."""
    who = "192.0.2.20", world.catalogue.agents["auditor"]
    for day in (date(2026, 9, 16), date(2026, 10, 20)):
        at = clock.moment(day, 4 * 3600)
        for number, page in enumerate(world.pages.values()):
            at += 2 + world.rng.randrange(4)
            _page(world, at, *who, page)
            if page.by_role("amazon") and number % 9 == 0:
                _click(world, at + 1, *who, page)


def clicks_of(world: World, slug: str, week: str) -> int:
    """People's clicks on the Amazon and product links of an answer in an ISO week, as far as the log has them."""
    return sum(
        1
        for hit in world.hits
        if hit.actor == "human"
        and hit.event
        and hit.event.type == "click"
        and hit.event.page == f"/answers/{slug}"
        and hit.event.group in {"amazon", "product"}
        and clock.week_of(clock.day_of(hit.at)) == week
    )


def _burst(world: World) -> None:
    """A headless browser that clicks as often as all people of that week together."""
    planted = world.catalogue.planted("bot_burst")
    at = clock.wall_moment(planted["starts"])
    page = world.pages[f"/answers/{planted['answer']}"]
    who = "192.0.2.199", world.catalogue.agents["headless"]
    _page(world, at, *who, page)
    for _ in range(clicks_of(world, planted["answer"], clock.week_of(clock.day_of(at)))):
        at += 3 + world.rng.randrange(8)
        _click(world, at, *who, page)


def _quiet_burst(world: World) -> None:
    """Clicks in seconds from one address, no page view and no asset, under the name of an ordinary browser."""
    planted = world.catalogue.planted("quiet_burst")
    at = clock.wall_moment(planted["starts"])
    page = world.pages[f"/answers/{planted['answer']}"]
    who = "203.0.113.100", people.browser(world.catalogue.agents["chrome_on_windows"], 4)
    for number in range(planted["clicks"]):
        _click(world, at + number * 2 // 3, *who, page, actor="quiet_burst", protocol="HTTP/2.0")


def _forged(world: World) -> None:
    """Beacons that name a target which stands on no page."""
    planted = world.catalogue.planted("forged")
    at = clock.wall_moment(planted["starts"])
    page = world.pages[f"/answers/{world.catalogue.scenario['popularity'][1]}"]
    who = "203.0.113.101", people.browser(world.catalogue.agents["chrome_on_linux"], 6)
    here = world.catalogue.base_url + page.path
    for number in range(planted["clicks"]):
        target = traffic.beacon(world.rng, "click", planted["url"], page.path, None, 1)
        event = Event("click", page.path, planted["url"], "other", "beacon")
        _add(world, at + 11 * number, *who, target, 204, 0, method="POST", event=event, referrer=here, actor="forged")
