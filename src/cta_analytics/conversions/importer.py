"""What an importer is, and the typed records that every importer makes of a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from cta_analytics.config import Account, Contract, ImportReport
    from cta_analytics.conversions.document import Document
    from cta_analytics.conversions.headers import Vocabulary

Level = Literal["campaign", "adgroup", "creative", "tag", "summary"]
"""Campaign, ad group and creative state the same sales again, from the widest to the finest. `tag`: rows that name their
tag themselves. `summary`: what other rows of the source state in more detail; kept, and no part of anybody's figures."""

DateMeans = Literal["click", "order", "shipment", "unknown"]

# Beyond this a number is an id in the wrong column, and sums would leave BIGINT.
_LIMIT = 10**15
Count = Annotated[int, Field(ge=0, le=_LIMIT)]
Minor = Annotated[int, Field(ge=-_LIMIT, le=_LIMIT)]

MONEY = ("sales", "promoted_sales", "bonus", "commission")
COUNTS = (
    "clicks_through", "detail_views", "carts", "orders", "units",
    "promoted_detail_views", "promoted_carts", "promoted_orders", "promoted_units",
    "shipped_units", "returned_units", "views",
)  # fmt: skip
DETAILS = ("sub_tag", "asin", "item", "category", "seller", "link_type", "directness", "device", "page")
"""What a row says about itself beside its keys; kept as it stands."""
KEYS = ("campaign", "ad_group", "creative", "publisher", "advertiser", "tag", *DETAILS)
FIELDS = ("day", *KEYS, *COUNTS, *MONEY, "currency", "marketplace", "ignore")
"""What a column of a report can be mapped to. Amounts are in the major unit there, such as `12.50`."""


class ConversionRow(BaseModel):
    """One reported row. A key that the report does not have is "", a measure that it does not have is None.

    `row_number` is the line of a CSV, the n-th row of a JSON report. A row that sums up several days has the last of them
    as `day` and the first as `period_from`. Money is in minor units of the account's currency.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    row_number: int
    day: date
    campaign: str = ""
    ad_group: str = ""
    creative: str = ""
    publisher: str = ""
    advertiser: str = ""
    tag: str = ""
    clicks_through: Count | None = None
    detail_views: Count | None = None
    carts: Count | None = None
    orders: Count | None = None
    units: Count | None = None
    sales_minor: Minor | None = None
    promoted_detail_views: Count | None = None
    promoted_carts: Count | None = None
    promoted_orders: Count | None = None
    promoted_units: Count | None = None
    promoted_sales_minor: Minor | None = None
    bonus_minor: Minor | None = None
    commission_minor: Minor | None = None
    shipped_units: Count | None = None
    returned_units: Count | None = None
    views: Count | None = None
    sub_tag: str = ""
    asin: str = ""
    item: str = ""
    category: str = ""
    seller: str = ""
    link_type: str = ""
    directness: str = ""
    device: str = ""
    page: str = ""
    period_from: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a file says at one level about the days from `covers_from` to `covers_to`.

    `date_means`: what the days of this kind of report are the days of, where that is known of all of them.
    """

    report: str
    level: Level
    rows: tuple[ConversionRow, ...]
    covers_from: date
    covers_to: date
    date_means: DateMeans | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What an importer made of a document; without rows it has no statements. `as_of`: a time that the file gives."""

    statements: tuple[Statement, ...]
    as_of: datetime | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Whose report it is and how the contract says it is to be read. `digits`: decimal places of the currency."""

    importer: str
    account_name: str
    account: Account
    currency: str
    digits: int
    report: ImportReport

    @property
    def section(self) -> str:
        """The table of cta.toml that says how such reports are read."""
        return f"[imports.mappings.{self.importer}]"


@dataclass(frozen=True, slots=True)
class UrlTags:
    """A distinct URL with a tag of a network, as `urls` describes it."""

    url_id: int
    url: str
    tag: str | None
    tracking_id: str | None
    sub_tag: str | None
    channel: str | None
    network: str | None = None


@dataclass(frozen=True, slots=True)
class ReportedKey:
    """What identifies a reported row apart from its day."""

    level: str
    campaign: str
    ad_group: str
    creative: str
    stated_tag: str
    sub_tag: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """The tag that a reported key stands for, and what says so."""

    tag: str
    tied_by: str


@dataclass(frozen=True, slots=True)
class Importer:
    """A kind of report: how it is known, how it is read, and how its rows and our links come to the same tag.

    `recognises` looks at shape and header only. `link_tags` names the tags that a URL carries, as the source's reports
    name them; `tie` names the tag of a reported row, given all tags that the contract or a link knows; `contract_tags`
    lists the tags that the contract gives to one answer, as (tag, answer). `window_days`: so long after a click a sale is
    credited to it. `masks`: whether the network shows zeros where it hides figures. `is_mapped`: it reads only what a
    mapping of the contract describes. `has_own_dates`: its reports say what their dates mean, whatever the account says.
    """

    name: str
    title: str
    vocabulary: Vocabulary
    recognises: Callable[[Document, ImportReport], bool]
    read: Callable[[Document, Settings], Reading]
    link_tags: Callable[[UrlTags], Sequence[str]]
    tie: Callable[[ReportedKey, Contract, frozenset[str]], Tie | None]
    contract_tags: Callable[[Contract], Sequence[tuple[str, str]]]
    known_headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    window_days: int = 14
    masks: bool = False
    is_mapped: bool = False
    has_own_dates: bool = False
