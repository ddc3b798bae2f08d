"""A combined log of any number of lines, the same for the same seed: a shop's answer pages as a server would log them."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from urllib.parse import quote

START = datetime(2026, 9, 7, 5, tzinfo=UTC)
ANSWERS = 400
HOST = "https://www.example.com"

CONTRACT = """\
[site]
base_url = "https://www.example.com"
timezone = "America/Chicago"
[[pages]]
kind = "answer"
path = "/answers/{slug}"
[[pages]]
kind = "product"
path = "/products/{slug}"
[[pages]]
kind = "page"
path = "/about"
[[pages]]
kind = "home"
path = "/"
[[redirects]]
path = "/go/store"
target = "https://www.amazon.com/stores/page/0A1B2C3D-0000-4000-8000-0123456789AB?utm_source=example"
[logs]
files = ["access.log"]
"""

# One visit of a page loads these; together with the pages, bots and beacons it makes a mix as busy sites have it.
ASSETS = ["/css/site.css", "/js/app.js", "/js/vendor.js", "/img/logo.svg", "/fonts/inter.woff2", "/favicon.ico"]
SCANS = ["/wp-login.php", "/.env", "/xmlrpc.php", "/admin/config.php", "/vendor/phpunit/eval-stdin.php", "/.git/config"]
BOTS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "python-requests/2.32.3",
    "curl/8.5.0",
]
REFERRERS = [
    "https://www.google.com/",
    "https://www.bing.com/",
    "https://chatgpt.com/",
    "https://duckduckgo.com/",
    "https://www.reddit.com/r/x/",
]


def browsers(rng: random.Random) -> list[str]:
    """A few thousand distinct user agents of browsers."""
    systems = [
        "Windows NT 10.0; Win64; x64",
        "Macintosh; Intel Mac OS X 10_15_7",
        "X11; Linux x86_64",
        "iPhone; CPU iPhone OS 18_{} like Mac OS X",
        "Linux; Android {}; Pixel 8",
        "Linux; Android {}; SM-S92{}B",
        "iPad; CPU OS 17_{} like Mac OS X",
    ]
    made = set()
    while len(made) < 3000:
        system = rng.choice(systems).format(rng.randint(0, 15), rng.randint(0, 9))
        version = f"{rng.randint(90, 141)}.0.{rng.randint(0, 7000)}.{rng.randint(0, 200)}"
        made.add(f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version} Safari/537.36")
    return sorted(made)


def addresses(rng: random.Random, count: int) -> list[str]:
    """Distinct client addresses, one in twelve IPv6."""
    made = []
    for _ in range(count):
        n = rng.getrandbits(64)
        made.append(
            f"2001:db8:{n & 0xFFFF:x}:{n >> 16 & 0xFFFF:x}::{n >> 32 & 0xFFFF:x}"
            if n % 12 == 0
            else f"{11 + (n & 0xFF) % 200}.{n >> 8 & 0xFF}.{n >> 16 & 0xFF}.{n >> 24 & 0xFF}"
        )
    return made


def lines(count: int, seed: int = 1, days: float = 7.0) -> Iterator[str]:
    """The lines of the log, in order of time, each with its line feed."""
    rng = random.Random(seed)
    agents = browsers(rng)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(agents))))
    clients = addresses(rng, max(50, count // 22))
    slugs = [
        f"how-to-{word}-{number}" for number in range(ANSWERS // 4) for word in ("roll", "stretch", "rest", "train")
    ]
    popular = list(accumulate(1 / (rank + 2) for rank in range(len(slugs))))
    store = "https://www.amazon.com/stores/Example/page/0A1B2C3D-0000-4000-8000-0123456789AB?maas=maas_adg_{}_afap_abs&ref_=aa_maas&tag=maas&utm_content={}"
    tag = f"{rng.getrandbits(128):032X}"
    step = days * 86400 / count
    made = 0
    while made < count:
        address = rng.choice(clients)
        agent = rng.choices(agents, cum_weights=weights)[0]
        slug = rng.choices(slugs, cum_weights=popular)[0]
        page = f"/answers/{slug}"
        kind = rng.random()
        requests: list[tuple[str, str, int, int, str, str]] = []
        if kind < 0.62:
            referrer = rng.choice(REFERRERS) if rng.random() < 0.7 else "-"
            query = "?utm_source=newsletter&utm_medium=email&utm_campaign=w37" if rng.random() < 0.03 else ""
            requests.append(
                ("GET", page + query, 200 if rng.random() < 0.9 else 304, rng.randint(9_000, 60_000), referrer, agent)
            )
            for asset in rng.sample(ASSETS, rng.choice((1, 3, 5))):
                requests.append(
                    ("GET", f"{asset}?v=7", rng.choice((200, 304)), rng.randint(500, 90_000), HOST + page, agent)
                )
            for number in range(rng.choice((0, 1, 2, 3))):
                requests.append(
                    ("GET", f"/img/{slug}-{number}.webp", 200, rng.randint(9_000, 200_000), HOST + page, agent)
                )
            if rng.random() < 0.25:
                url = store.format(tag, slug) if rng.random() < 0.6 else f"{HOST}/products/roller-{rng.randint(1, 9)}"
                event = f"{rng.getrandbits(64):016x}"
                beacon = f"/cta/e?t=click&u={quote(url, safe='')}&p={page}&s=&o=1&i={event}&v=1"
                requests.append(("POST", beacon, 204, 0, HOST + page, agent))
                if "products" in url:
                    requests.append(
                        ("GET", url.removeprefix(HOST), 200, rng.randint(9_000, 60_000), HOST + page, agent)
                    )
            elif rng.random() < 0.04:
                requests.append(("GET", "/go/store", 302, 0, HOST + page, agent))
        elif kind < 0.93:
            requests.append(
                (
                    "GET",
                    rng.choice([page, "/", "/robots.txt", "/sitemap.xml"]),
                    200,
                    rng.randint(900, 60_000),
                    "-",
                    rng.choice(BOTS),
                )
            )
        elif kind < 0.995:
            requests.append(("GET", rng.choice(SCANS), 404, 153, "-", agent))
        else:
            requests.append(("POST", "/search?q=" + quote(rng.choice(slugs)), 200, 4321, HOST + page, agent))
        for number, (method, path, status, size, referrer, ua) in enumerate(requests):
            if made == count:
                break
            at = START + timedelta(seconds=int(made * step) + number // 4)
            if rng.random() < 0.0002:
                yield f'{address} - - [{at:%d/%b/%Y:%H:%M:%S} +0000] "\\x16\\x03\\x01" 400 157 "-" "-"\n'
            else:
                yield (
                    f"{address} - - [{at:%d/%b/%Y:%H:%M:%S} +0000] "
                    f'"{method} {path} HTTP/{"2.0" if number % 3 else "1.1"}" {status} {size} "{referrer}" "{ua}"\n'
                )
            made += 1


def write(file: Path, count: int, seed: int = 1) -> None:
    """Write the log to `file`, whole or not at all."""
    draft = file.with_suffix(".part")
    with draft.open("w", encoding="ascii", buffering=1 << 20) as out:
        out.writelines(lines(count, seed))
    draft.replace(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--lines", type=int, default=3_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.file, options.lines, options.seed)


if __name__ == "__main__":
    main()
