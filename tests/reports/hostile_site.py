"""A site, its logs and its network's report in which every text that anybody could choose is a payload."""

from __future__ import annotations

import html
import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import quote

from tests.reports.payloads import ADDRESSES, FORMULAS, PAYLOADS, SCRIPTS

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
STORE = "https://www.amazon.com/stores/Larkmoor/page/6B1F9E52-83C4-4D0A-9E77-A25C0D8F41B6"
TAG = "maas_adg_5E1C0A9B47D83F26A0B1C93D7E4F6852_afap_abs"
FIRST = date(2026, 10, 26)
CHICAGO = timezone(timedelta(hours=-6))


def build(folder: Path) -> Path:
    """Writes it all into `folder`, ready for `cta run`."""
    for part in ("site/answers", "logs", "amazon"):
        (folder / part).mkdir(parents=True)
    (folder / "cta.toml").write_text(_contract(), encoding="utf-8")
    for number, payload in enumerate(PAYLOADS):
        # A name of a file takes no slash, no NUL and no line end.
        name = "".join(char for char in payload if char not in "/\0\r\n")[:40]
        page = folder / "site" / "answers" / (f"p{number}.html" if number % 7 else f"p{number} {name}.html")
        page.write_text(_page(number, payload), encoding="utf-8")
    (folder / "logs" / "access <img src=x onerror=alert(1)>.log").write_text(_log(), encoding="utf-8")
    (folder / "amazon" / "=1+1 <svg onload=alert(1)>.json").write_text(_report(), encoding="utf-8")
    return folder


def _string(text: str) -> str:
    """The text as a string of TOML, which takes what JSON takes once DEL is escaped too."""
    return json.dumps(text).replace("\x7f", "\\u007f")


def _contract() -> str:
    groups = "\n".join(f'{_string(name)} = "{TAG}"' for name in dict.fromkeys(SCRIPTS))
    return f"""
[site]
name = {_string(SCRIPTS[0])}
base_url = "https://www.larkmoor.example"
timezone = "America/Chicago"

[[sources]]
root = "site"

[[pages]]
kind = "answer"
path = "/answers/{{slug}}"

[tags]
maas = ["{TAG}"]

[tags.ad_groups]
{groups}

[[ctas]]
name = "amazon-store"
match = {{ kind = "amazon_store" }}
on = ["answer"]
program = "attribution"
min_per_page = 1

[ctas.params]
maas = {{ one_of = "tags.maas" }}
utm_content = "{{slug}}"

[logs]
files = ["logs/*.log"]

[accounts.shop]
marketplace = "US"
timezone = "America/Los_Angeles"
date_means = "click"

[imports]
files = ["amazon/*.json"]

[imports.mappings.amazon_attribution]
account = "shop"

[report]
title = {_string(SCRIPTS[7])}
"""


def _url(payload: str) -> str:
    return f"{STORE}?maas={TAG}&utm_content={quote(payload, safe='')}&{quote(payload, safe='')}=1"


def _page(number: int, payload: str) -> str:
    said = html.escape(payload.replace("\0", ""))
    odd = html.escape(ADDRESSES[number % len(ADDRESSES)])
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{said}</title>
<link rel="canonical" href="https://www.larkmoor.example/answers/p{number}"></head><body><main><h1>{said}</h1>
<p><a class="cta" data-cta-slot="{said}" href="{html.escape(_url(payload))}">{said}</a></p>
<p><a href="{odd}">{said}</a> <a href="{said}">odd</a></p></main></body></html>
"""


def _field(text: str) -> str:
    """A field as nginx writes it: quotes, backslashes and what is not printable ASCII as bytes."""
    return "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02X}"
        for byte in text.encode("utf-8", "replace")
    )


def _line(number: int, when: datetime, target: str, referrer: str, agent: str) -> str:
    stamp = when.strftime("%d/%b/%Y:%H:%M:%S %z")
    address = f"10.{number // 250}.{number % 250}.9"
    return f'{address} - - [{stamp}] "GET {target} HTTP/1.1" 200 5000 "{_field(referrer)}" "{_field(agent)}"\n'


def _log() -> str:
    lines: list[tuple[datetime, str]] = []
    for number, payload in enumerate(PAYLOADS):
        for day in range(15):
            when = datetime(FIRST.year, FIRST.month, FIRST.day, 10, tzinfo=CHICAGO) + timedelta(
                days=day, seconds=number
            )
            path, later = f"/answers/p{number}", when + timedelta(minutes=5)
            event = (
                f"/cta/e?t=click&v=1&p={quote(path)}&u={quote(_url(payload), safe='')}&s={quote(payload, safe='')}&o=1"
            )
            lines += [
                (when, _line(number, when, path, payload, FIREFOX)),
                (later, _line(number, later, event, f"https://www.larkmoor.example{path}", FIREFOX)),
                (when, _line(number + 500, when, path, f"https://search.example/?q={quote(payload)}", payload)),
                (when, _line(number + 1000, when, f"/answers/{quote(payload[:300], safe='')}", "-", FIREFOX)),
            ]
            if day == 8:
                lines.append((when, f"{_field(payload)} is no line of a log\n"))
    return "".join(line for _, line in sorted(lines, key=lambda each: each[0]))


def _report() -> str:
    names = [*SCRIPTS, *FORMULAS]
    rows = [
        {
            "date": (FIRST + timedelta(days=day)).strftime("%Y%m%d"), "advertiserName": names[number], "publisher": names[-1],
            "campaignId": names[number], "adGroupId": name, "Click-throughs": "12",
            "attributedDetailPageViewsClicks14d": "6", "attributedAddToCartClicks14d": "2", "attributedPurchases14d": "1",
            "unitsSold14d": "1", "attributedSales14d": "10", "attributedTotalDetailPageViewsClicks14d": "6",
            "attributedTotalAddToCartClicks14d": "2", "attributedTotalPurchases14d": "1", "totalUnitsSold14d": "1",
            "totalAttributedSales14d": "10", "brb_bonus_amount": "1",
        }
        for number, name in enumerate(names)
        for day in range(14)
    ]  # fmt: skip
    return json.dumps({"reports": rows})
