"""A report made again as known on a date has the bytes of the one that was made then."""

from __future__ import annotations

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.events.conftest import CONTRACT, STORE, Site, beacon, line
from tests.events.conftest import new_site as new_site
from tests.events.conftest import site as site
from tests.warehouse.test_known import LOGS

from cta_analytics import __version__, config
from cta_analytics.conversions import attribution, imports
from cta_analytics.errors import CtaError
from cta_analytics.links import extract
from cta_analytics.metrics.period import Period
from cta_analytics.reports import html, past
from cta_analytics.reports.facts import read
from cta_analytics.reports.record import contract_sha256, record
from cta_analytics.warehouse import inventory
from cta_analytics.warehouse.as_known import as_known_on, published_at
from cta_analytics.warehouse.connection import reader, transaction, writer

WEEK = Period(date(2026, 9, 7), date(2026, 9, 13))
TAG = "maas_adg_" + "A" * 32 + "_afap_abs"
TAGGED = f"https://www.amazon.com/stores/page/0A1B2C3D-0000-4000-8000-0123456789AB?maas={TAG}&ref_=aa_maas&tag=maas"
TAGGED_CONTRACT = (
    CONTRACT
    + f"""\
[tags]
maas = ["{TAG}"]
[tags.ad_groups]
answers = "{TAG}"
[accounts.us]
marketplace = "US"
"""
)
CLICKS = [
    line("/answers/a", "09/Sep/2026:08:00:00 -0500", address="192.0.2.20"),
    beacon(url=TAGGED, at="09/Sep/2026:08:00:30 -0500", address="192.0.2.20"),
    line("/answers/b", "09/Sep/2026:09:00:00 -0500", address="192.0.2.21"),
    beacon(url=TAGGED, page="/answers/b", at="09/Sep/2026:09:00:30 -0500", address="192.0.2.21"),
]
LATER = [
    line("/answers/b", "09/Sep/2026:10:00:00 -0500", address="192.0.2.22"),
    beacon(url=TAGGED, page="/answers/b", at="09/Sep/2026:10:00:30 -0500", address="192.0.2.22"),
]


def project(site: Site) -> config.Project:
    """The contract of the site."""
    return config.read(site.root / "cta.toml")


def bring(site: Site, name: str, orders: int, day: str = "20260909") -> None:
    """Import a report of one ad group: 12 click-throughs and so many orders of 20 dollars."""
    row = {
        "date": day, "advertiserName": "Larkmoor", "publisher": "Other", "campaignId": "c", "adGroupId": "answers",
        "Click-throughs": "12", "attributedDetailPageViewsClicks14d": "4", "attributedTotalDetailPageViewsClicks14d": "4",
        "attributedTotalAddToCartClicks14d": "3", "attributedTotalPurchases14d": str(orders),
        "totalUnitsSold14d": str(orders), "totalAttributedSales14d": f"{orders * 20}.00",
    }  # fmt: skip
    file = site.root / name
    file.write_text(json.dumps({"reports": [row], "cursorId": "", "size": 1}))
    done = imports.run(project(site), [file])
    assert done.failures == ()


def refresh(site: Site) -> None:
    """What each command does after clicks have changed."""
    with writer(project(site)) as connection, transaction(connection):
        attribution.refresh(connection, project(site))


def scan(site: Site, text: str) -> None:
    """Scan the one page of the site."""
    page = site.root / "pages" / "a.html"
    page.parent.mkdir(exist_ok=True)
    page.write_text(f'<link rel="canonical" href="/answers/a"><h1>{text}</h1><a href="{STORE}">Shop</a>')
    found = extract.scan(project(site), [page.parent])
    with writer(project(site)) as connection:
        inventory.write(connection, found, project(site).contract)


def report(site: Site, at: datetime | None = None) -> str:
    """The report of the week."""
    with reader(project(site)) as connection, as_known_on(connection, at):
        facts = read(connection, project(site), WEEK)
    return html.render(facts, facts.zone)


def noted(site: Site) -> datetime:
    """Note the report that was just made; as known at which instant it was."""
    with writer(project(site)) as connection:
        at = published_at(connection)
        record(connection, project(site), WEEK, site.root / "report.html", at)
    assert at is not None
    return at


def test_a_report_as_known_on_a_date_has_the_bytes_of_then(site: Site) -> None:
    (site.root / "cta.toml").write_text(TAGGED_CONTRACT)
    site.ingest(site.log("monday.log", *LOGS["monday.log"]))
    site.ingest(site.log("clicks.log", *CLICKS))
    bring(site, "first_2026-09-11.json", 3)
    made: list[tuple[str, datetime, str]] = []

    def now(what: str) -> None:
        text = report(site)
        made.append((what, noted(site), text))

    now("first")
    site.ingest(site.log("late.log", *LOGS["late.log"]))
    site.ingest(site.log("later.log", *LATER))
    refresh(site)
    now("late lines")
    bring(site, "second_2026-09-14.json", 5)
    now("restated")
    scan(site, "A page")
    now("scanned")
    site.undo(1, 4)
    refresh(site)
    now("undone")
    assert len({text for _, _, text in made}) == 5
    for what, at, text in made:
        assert report(site, at) == text, what
    with reader(project(site)) as connection:
        assert past.lost(connection, made[0][1], contract_sha256(project(site))) is None


def test_what_cannot_be_shown_as_it_was_is_said_in_one_line(site: Site) -> None:
    site.ingest(site.log("monday.log", *LOGS["monday.log"]))
    at = noted(site)
    with writer(project(site)) as connection:
        connection.execute("UPDATE internal.report_runs SET tool_version = '0.0.1'")
    site.forget("2026-09-10")
    (site.root / "cta.toml").write_text(CONTRACT + "# another\n")
    with reader(project(site)) as connection:
        said = past.lost(connection, at, contract_sha256(project(site)))
        with as_known_on(connection, at):
            rejected = connection.execute("SELECT lines, example FROM internal.known_rejected").fetchall()
    assert said == (
        f"not as it was then: cta-analytics was 0.0.1 (now {__version__}); cta.toml was another (title, language, currency and links in "
        "the text are today's); examples of rejected lines are forgotten (1)"
    )
    assert rejected == [(1, "")]


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-09", datetime(2026, 11, 10, 5, 59, 59, 999999)),
        ("2026-11-09T06:00Z", datetime(2026, 11, 9, 6)),
        ("2026-11-09T06:00", datetime(2026, 11, 9, 12)),
    ],
)
def test_a_day_ends_in_the_zone_of_the_site(text: str, instant: datetime) -> None:
    assert past.instant(text, ZoneInfo("America/Chicago")) == instant


def test_an_instant_before_anything_was_known_is_said(site: Site) -> None:
    site.ingest(site.log("monday.log", *LOGS["monday.log"]))
    with reader(project(site)) as connection, pytest.raises(CtaError, match="keeps what it knew since 20"):
        past.check(connection, datetime(2026, 1, 1))
    with pytest.raises(CtaError, match="no date; write one like 2026-11-09"):
        past.instant("monday", ZoneInfo("UTC"))
