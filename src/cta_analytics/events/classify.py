"""What each request is: a page view, something from the beacon, a redirect hit, or another request and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cta_analytics.config import Contract
from cta_analytics.events.outcomes import CLICK, CODES, IMPRESSION, PAGEVIEW, SUBMIT, VIA_BEACON, VIA_LOG, VIA_REDIRECT
from cta_analytics.logs import event
from cta_analytics.pages.page import site_path

if TYPE_CHECKING:
    from polars import DataFrame, Expr


@dataclass(frozen=True, slots=True)
class Rules:
    """What of the contract decides about a request."""

    beacon_path: str
    redirects: tuple[str, ...]
    """Their paths, as `site_path` gives them."""
    views_from: str

    @classmethod
    def of(cls, contract: Contract) -> Rules:
        """The rules of a contract."""
        redirects = tuple(site_path(redirect.path) for redirect in contract.redirects)
        return cls(contract.logs.beacon_path, redirects, contract.logs.views_from)


Keys = Callable[[list[tuple[Any, ...]]], list[int | None]]
"""Gives the key of each of some distinct rows."""


def classify(records: DataFrame, rules: Rules, pages: Keys) -> DataFrame:
    """The records with `path`, `query`, `path_key` (of page views), `outcome` and `via`.

    `pages` gives the keys of paths, None for what is no page; it is asked once for each distinct path.
    """
    import polars as pl

    col, code = pl.col, {name: pl.lit(number, pl.UInt8) for name, number in CODES.items()}
    frame = records.lazy().with_columns(_query=col("target").str.find("?", literal=True))
    has_query = col("_query").is_not_null()
    frame = frame.with_columns(
        path=pl.when(has_query).then(_cut(col("target"), 0, col("_query"))).otherwise("target"),
        query=pl.when(has_query).then(_cut(col("target"), col("_query") + 1)).otherwise(pl.lit("")),
    ).with_columns(
        _get=col("method") == "GET",
        _seen=col("status").is_in([200, 304]),
        _viewed=col("method") == event.VIEW,
        _exported=col("method") == event.EVENT,
        _beacon=(col("path") == rules.beacon_path)
        & col("method").is_in(["GET", "POST"])
        & col("status").is_between(200, 399)
        | (col("method") == event.EVENT),
        _redirect=_is_one_of(col("path"), rules.redirects)
        & (col("method") == "GET")
        & col("status").is_between(300, 399)
        if rules.redirects
        else pl.lit(value=False),
    )
    frame = frame.with_columns(
        _asked=pl.when(col("_get") & col("_seen") & ~col("_beacon") | col("_viewed")).then("path")
    )
    # A page that is loaded ahead is no view, and a redirect no click: nobody has seen or clicked anything yet.
    ahead = col("prefetch") & ~col("_beacon")
    asked = keyed(frame.collect(), ["_asked"], "path_key", pages)
    view = (PAGEVIEW, VIA_LOG) if rules.views_from == "log" else (CODES["logged_view"], None)
    return asked.with_columns(
        _type=pl.when("_beacon").then(col("query").str.extract(r"(?:^|&)t=([^&]*)"))
    ).with_columns(
        outcome=pl.when(col("_exported") & ~col("_type").is_in(["impression", "click", "submit"]))
        .then(code["unused_event"])
        .when("_beacon")
        .then(_of_beacon(rules.views_from == "beacon"))
        .when(ahead & (col("_redirect") | col("path_key").is_not_null()))
        .then(code["prefetched"])
        .when("_redirect")
        .then(pl.lit(CLICK, pl.UInt8))
        .when(col("_viewed") & col("path_key").is_not_null())
        .then(pl.lit(PAGEVIEW, pl.UInt8))
        .when(col("_viewed"))
        .then(code["not_a_page"])
        .when(col("path_key").is_not_null())
        .then(pl.lit(view[0], pl.UInt8))
        .when(col("method") == "")
        .then(code["no_request"])
        .when(col("status").is_between(300, 399) & (col("status") != 304))
        .then(code["redirected"])
        .when(col("status").is_between(400, 499))
        .then(code["client_error"])
        .when(col("status").is_between(500, 599))
        .then(code["server_error"])
        .when(~col("_get"))
        .then(code["method"])
        .when(~col("_seen"))
        .then(code["status"])
        .when(col("path").str.contains(r"\.[A-Za-z0-9]{1,5}$"))
        .then(code["asset"])
        .otherwise(code["not_a_page"]),
        via=pl.when("_beacon").then(VIA_BEACON).when("_redirect").then(VIA_REDIRECT).otherwise(VIA_LOG).cast(pl.UInt8),
    )


def _of_beacon(counts_views: bool) -> Expr:
    import polars as pl

    view = pl.lit(PAGEVIEW if counts_views else CODES["beacon_view"], pl.UInt8)
    has_target = pl.col("query").str.contains(r"(?:^|&)u=[^&]")
    kind = pl.col("_type")
    return (
        pl.when(kind == "view")
        .then(view)
        .when((kind == "click") & has_target)
        .then(pl.lit(CLICK, pl.UInt8))
        .when((kind == "impression") & has_target)
        .then(pl.lit(IMPRESSION, pl.UInt8))
        .when((kind == "submit") & has_target)
        .then(pl.lit(SUBMIT, pl.UInt8))
        .otherwise(pl.lit(CODES["bad_beacon"], pl.UInt8))
    )


def _is_one_of(path: Expr, wanted: Sequence[str]) -> Expr:
    """Whether a raw path is one of the site paths, in any of the ways in which `site_path` takes them for the same."""
    endings = ("", "/", ".html", ".htm", "/index.html", "/index.htm")
    return path.is_in([f"{one}{ending}" for one in wanted for ending in endings])


def keyed(frame: DataFrame, columns: list[str], name: str, keys: Keys) -> DataFrame:
    """The frame with a column `name`: the key of the values in `columns`; rows with a NULL have none."""
    import polars as pl

    distinct = frame.select(columns).unique().drop_nulls()
    known = distinct.with_columns(pl.Series(name, keys(distinct.rows()), pl.Int32))
    return frame.join(known, on=columns, how="left", maintain_order="left")


def _cut(text: Expr, start: Expr | int, length: Expr | int | None = None) -> Expr:
    import polars as pl

    return text.cast(pl.Binary).bin.slice(start, length).cast(pl.String)
