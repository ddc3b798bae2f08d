"""The rows of `queries/metrics` as records; a column and its field have the same name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cta_analytics.stats.change import Share
from cta_analytics.stats.dispersion import Spread


@dataclass(frozen=True, slots=True)
class Day:
    """The site's answers on one day (`by_day`)."""

    day: date
    lines: int
    views: int
    visitors: int
    clicks: int
    amazon_clicks: int
    product_clicks: int
    clicking_visitors: int
    impressions: int
    bot_views: int
    bot_clicks: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Days added up; a visitor who comes on three days counts three times."""

    views: int = 0
    visitor_days: int = 0
    clicks: int = 0
    amazon_clicks: int = 0
    product_clicks: int = 0
    clicking_visitors: int = 0
    bot_views: int = 0
    bot_clicks: int = 0

    @property
    def share(self) -> Share:
        """The click rate as successes out of trials."""
        return Share(self.clicking_visitors, self.visitor_days)

    @property
    def other_clicks(self) -> int:
        """Clicks that lead neither to Amazon nor to a product page."""
        return self.clicks - self.amazon_clicks - self.product_clicks


def total(days: list[Day]) -> Totals:
    """The sums over some days."""
    return Totals(
        views=sum(day.views for day in days),
        visitor_days=sum(day.visitors for day in days),
        clicks=sum(day.clicks for day in days),
        amazon_clicks=sum(day.amazon_clicks for day in days),
        product_clicks=sum(day.product_clicks for day in days),
        clicking_visitors=sum(day.clicking_visitors for day in days),
        bot_views=sum(day.bot_views for day in days),
        bot_clicks=sum(day.bot_clicks for day in days),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer over a period, and over the like days of it and of the period before (`by_answer`)."""

    answer: str
    site: str | None
    lang: str | None
    title: str | None
    path: str | None
    url: str | None
    file: str | None
    views: int
    visitor_days: int
    sessions: int
    clicks: int
    amazon_clicks: int
    product_clicks: int
    clicking_visitors: int
    impressions: int
    bot_views: int
    bot_clicks: int
    like_visitor_days: int
    like_clicking_visitors: int
    like_clicks: int
    before_visitor_days: int
    before_clicking_visitors: int
    before_clicks: int
    currency: str | None
    basis: str | None
    has_masked: bool
    clicks_through: Decimal | None
    detail_views: Decimal | None
    carts: Decimal | None
    orders: Decimal | None
    units: Decimal | None
    sales_minor: int | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells answers apart, sortable."""
        return self.answer, self.site or "", self.lang or ""

    @property
    def web_url(self) -> str | None:
        """Where the page is read; None where what the site states is no web address."""
        return self.url if (self.url or "").startswith(("https://", "http://")) else None

    @property
    def share(self) -> Share:
        """The click rate as successes out of trials."""
        return Share(self.clicking_visitors, self.visitor_days)

    @property
    def like(self) -> Share:
        """The click rate of the days that have a counterpart."""
        return Share(self.like_clicking_visitors, self.like_visitor_days)

    @property
    def before(self) -> Share:
        """The click rate of their counterparts in the period before."""
        return Share(self.before_clicking_visitors, self.before_visitor_days)


@dataclass(frozen=True, slots=True)
class AnswerDays:
    """One answer day by day, as columns of equal length; a day without an event is absent (`answers_by_day`)."""

    answer: str
    site: str | None
    lang: str | None
    day_numbers: list[int]
    views: list[int]
    visitors: list[int]
    clicks: list[int]
    amazon_clicks: list[int]
    product_clicks: list[int]
    clicking_visitors: list[int]

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells answers apart, sortable; as of `Answer`."""
        return self.answer, self.site or "", self.lang or ""


@dataclass(frozen=True, slots=True)
class AnswerPath:
    """The ways from an answer to Amazon: its own links, and product pages that it led to (`answer_paths`)."""

    answer: str
    title: str | None
    amazon_clicks: int
    product_clicks: int
    assisted_clicks: int


@dataclass(frozen=True, slots=True)
class BasisTotal:
    """Conversions of one currency and basis (`conversions_by_basis`)."""

    currency: str
    basis: str
    rows: int
    answers: int
    clicks_through: Decimal
    detail_views: Decimal
    carts: Decimal
    orders: Decimal
    units: Decimal
    sales_minor: int
    bonus_minor: int | None
    commission_minor: int | None


@dataclass(frozen=True, slots=True)
class ConversionDay:
    """What the network reported for one day in one currency (`conversions_by_day`)."""

    day: date
    currency: str
    clicks_through: Decimal
    detail_views: Decimal
    carts: Decimal
    orders: Decimal
    units: Decimal
    sales_minor: int


@dataclass(frozen=True, slots=True)
class AgedDay:
    """A day in one currency, as the network's imports knew it at one age (`conversions_by_age`)."""

    day: date
    currency: str
    as_of: datetime
    age: int
    clicks_through: int
    orders: int
    sales_minor: int


@dataclass(frozen=True, slots=True)
class Assisted:
    """Clicks on product pages that an answer led to (`assisted_by_answer`)."""

    answer: str
    title: str | None
    assisted_clicks: float
    least: float
    most: float
    product_pages: int


@dataclass(frozen=True, slots=True)
class BotClass:
    """Who made page views and clicks (`bots`)."""

    class_: str
    views: int
    clicks: int
    agents: int


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Clicks that do not count, and why (`uncounted_clicks`)."""

    reason: str
    clicks: int


FEWEST = 30
"""Of fewer clicks no share is given: it would say more than they can."""


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Who saw the clicks to Amazon, of an answer or (None) of the whole site (`click_witnesses`)."""

    answer: str | None
    beacon: int
    redirect: int
    both: int
    network: int | None

    @property
    def own(self) -> int:
        """The clicks that the site counts."""
        return self.beacon + self.redirect

    @property
    def missing(self) -> float | None:
        """The share of the network's click-throughs that the site did not see; None where it saw as many, or of too few."""
        seen = self.network or 0
        return 1 - self.own / seen if seen >= FEWEST and self.own < seen else None

    @property
    def without_beacon(self) -> float | None:
        """The share of the redirects' clicks that no beacon told of; None of too few."""
        hits = self.redirect + self.both
        return self.redirect / hits if hits >= FEWEST else None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Our own clicks on a tag beside the network's, and what of the network's is expected (`reconciliation`)."""

    account: str
    tag: str
    known_as: str
    days_covered: int
    own_clicks: int
    clicks_through: int
    least_expected: int
    most_expected: int
    judgement: str


@dataclass(frozen=True, slots=True)
class StaleReport:
    """A report of the network that is too old, and what to download (`stale_reports`)."""

    source: str
    account: str
    report: str
    as_of: date
    covers_to: date
    download_from: date
    download_to: date
    folder: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch of log lines that holds events of the period (`batches_used`)."""

    batch_id: int
    file: str
    log_format: str
    events: int
    lines: int
    pageviews: int
    clicks: int
    impressions: int
    other: int
    rejected: int
    already_seen: int
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """Lines that were not understood (`rejected_by_reason`)."""

    reason: str
    lines: int
    example: str


@dataclass(frozen=True, slots=True)
class Import:
    """A file of the network that speaks about the period (`imports_used`)."""

    import_id: str
    account: str
    report: str
    level: str
    file: str
    as_of: datetime
    as_of_from: str
    covers_from: date
    covers_to: date
    row_count: int
    covers_period: bool
    date_means: str


@dataclass(frozen=True, slots=True)
class Unled:
    """An answer that has no CTA (`answers_without_cta`)."""

    answer: str
    site: str
    title: str | None
    path: str
    file: str | None


@dataclass(frozen=True, slots=True)
class Departing:
    """A CTA that departs from the contract (`departing_ctas`)."""

    site: str
    page: str
    answer: str | None
    title: str | None
    file: str | None
    line: int | None
    column: int | None
    cta: str
    departures: str
    clicks: int


@dataclass(frozen=True, slots=True)
class SharedTag:
    """A tag that stands on more than one answer (`shared_tags`)."""

    tag: str | None
    answers: int
    own_clicks: int


@dataclass(frozen=True, slots=True)
class Channel:
    """Where visits came from (`by_channel`)."""

    channel: str
    views: int
    visitor_days: int
    clicking_visitors: int


@dataclass(frozen=True, slots=True)
class Slot:
    """Where on the page people click (`by_slot`)."""

    placement: str
    click_group: str
    clicks: int
    answers: int


@dataclass(frozen=True, slots=True)
class DataEnd:
    """The last event of a day (`data_ends`)."""

    day: date
    events: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class DataSpan:
    """The days that the logs speak of (`data_span`)."""

    first_day: date | None
    last_day: date | None
    events: int


@dataclass(frozen=True, slots=True)
class AmazonClicks:
    """Clicks to Amazon from one kind of page (`amazon_clicks_by_page_kind`)."""

    page_kind: str
    clicks: int
    from_answers: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """What judged the events (`provenance`)."""

    bot_list: str | None
    pages: int
    links: int


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """The kind of page that an answer is (`kinds_of_answers`)."""

    answer: str
    site: str | None
    lang: str | None
    kind: str

    @property
    def key(self) -> tuple[str, str, str]:
        """As `Answer.key`."""
        return self.answer, self.site or "", self.lang or ""


@dataclass(frozen=True, slots=True)
class AnswerSince:
    """The click rate of an answer over a long span and over the one before it (`answers_since`)."""

    answer: str
    site: str | None
    lang: str | None
    visitor_days: int
    clicking_visitors: int
    before_visitor_days: int
    before_clicking_visitors: int

    @property
    def key(self) -> tuple[str, str, str]:
        """As `Answer.key`."""
        return self.answer, self.site or "", self.lang or ""

    @property
    def now(self) -> Share:
        """The click rate of the span."""
        return Share(self.clicking_visitors, self.visitor_days)

    @property
    def before(self) -> Share:
        """The click rate of the span before."""
        return Share(self.before_clicking_visitors, self.before_visitor_days)


@dataclass(frozen=True, slots=True)
class MeasuredDay:
    """What an answer with a tag of its own sold on a day (`measured_days`)."""

    answer: str
    day: date
    currency: str
    clicks_through: Decimal
    orders: Decimal
    sales_minor: int
    earned_minor: int | None


@dataclass(frozen=True, slots=True)
class AnswerSpan:
    """How an answer's click rate swung over the days of a span (`answers_by_span`)."""

    answer: str
    site: str | None
    lang: str | None
    span: str
    days: int
    n: int
    x: int
    nn: int
    xx: int
    nx: int
    nnn: int

    @property
    def key(self) -> tuple[str, str, str]:
        """As `Answer.key`."""
        return self.answer, self.site or "", self.lang or ""

    @property
    def spread(self) -> Spread:
        """The sums over the days."""
        return Spread(self.days, self.n, self.x, self.nn, self.xx, self.nx, self.nnn)
