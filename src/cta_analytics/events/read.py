"""A block of records as two frames: what every line needs to be known again, and what makes an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cta_analytics.events import channels
from cta_analytics.events.classify import Rules, classify, keyed
from cta_analytics.events.dimensions import Dimensions, NewRows
from cta_analytics.events.outcomes import FORGOTTEN, LAST_EVENT, PAGEVIEW, VIA_BEACON, VIA_LOG
from cta_analytics.events.traces import traces
from cta_analytics.events.visitors import Excluded, networked

if TYPE_CHECKING:
    from polars import DataFrame, Expr

_LONG_ID = 16
"""Bytes of a request id that cannot be a counter: those of Cloudflare and S3 are the shortest."""

_CAMPAIGN = "utm_|" + "|".join(channels.CLICK_IDS)


@dataclass(frozen=True, slots=True)
class Requests:
    """`lines`: line_number, at, address, rest, request, outcome. `hits`: the events among them with their keys.

    `traces`: what the others say of their visitors. `new`: rows of dimensions that they were the first to need.
    """

    lines: DataFrame
    hits: DataFrame
    traces: DataFrame
    new: list[NewRows]


def requests(
    records: DataFrame,
    rules: Rules,
    known: Dimensions,
    excluded: Excluded,
    zone: ZoneInfo,
    floor: datetime | None = None,
    *,
    names_lines: bool = True,
) -> Requests:
    """The requests of a block. Of those before `floor` (UTC) nothing is looked at but their time.

    `names_lines`: whether some of the lines may turn out to be another batch's, so that traces must tell theirs.
    """
    import polars as pl

    col = pl.col
    old = records.clear()
    if floor is not None:
        is_old = col("at") < int(floor.replace(tzinfo=UTC).timestamp())
        old, records = records.filter(is_old), records.filter(~is_old)
    classified = classify(records, rules, known.pages)
    kept = classified.select("line_number", "at", "address", "rest", _request(classified), "outcome")
    old = old.select("line_number", "at", "address", "rest", pl.lit(None, pl.String).alias("request"))
    lines = kept.vstack(old.with_columns(outcome=pl.lit(FORGOTTEN, pl.UInt8)))
    hits = classified.filter(col("outcome") <= LAST_EVENT)
    hits = keyed(hits, ["user_agent"], "user_agent_key", known.user_agents)
    hits = hits.with_columns(
        # A referrer counts by its host, a query by its campaign: so few distinct values are left to be read.
        _from=col("referrer").str.extract(r"^([A-Za-z][A-Za-z0-9+.-]*://[^/?#\\]*)").fill_null(""),
        _campaign=pl.when((col("via") != VIA_BEACON) & col("query").str.contains(_CAMPAIGN))
        .then("query")
        .otherwise(pl.lit("")),
    )
    hits = keyed(hits, ["_from", "_campaign"], "origin_key", known.origins)
    hits = _targeted(hits, known)
    # Who does not want to be tracked counts without visitor.
    hits = networked(hits).with_columns(network=pl.when(~col("no_tracking")).then("network"))
    own = keyed(hits, ["address"], "_own", lambda rows: [int(excluded.holds(a)) for (a,) in rows]) if excluded else None
    at = pl.from_epoch("at").dt.replace_time_zone("UTC")
    return Requests(
        lines,
        hits.with_columns(is_internal=own["_own"] == 1 if own is not None else pl.lit(value=False)).select(
            "line_number",
            "network",
            "user_agent_key",
            "path_key",
            "origin_key",
            "target_key",
            "via",
            "beacon_id",
            "is_internal",
            day=at.dt.convert_time_zone(zone.key).dt.date(),
        ),
        traces(classified, known, zone, names_lines=names_lines),
        known.take(),
    )


def _request(records: DataFrame) -> Expr:
    """`request`: what a line is known by that has a request id, whatever else this export tells of it; NULL of the others.

    An id alone is not enough: a trace id, or one that a client sent, goes through all that a page loads, and one process
    counts from 1 whenever it starts. So the id stands for one method, path and status on one day; a short one, in one second.
    """
    import polars as pl

    col = pl.col
    if not (records["request_id"] != "").any():
        return pl.lit(None, pl.String).alias("request")
    is_long = col("request_id").str.len_bytes() >= _LONG_ID
    when = pl.when(is_long).then(col("at") // 86_400).otherwise(col("at"))
    path = col("target").str.extract(r"^([^?]*)")
    known = pl.concat_str("family", "request_id", when, "method", path, "status", separator="\0")
    return pl.when(col("request_id") != "").then(known).alias("request")


def _targeted(hits: DataFrame, known: Dimensions) -> DataFrame:
    """With `target_key` and `beacon_id` of what came from the beacon or hit a redirect, and the page of a beacon's view."""
    import polars as pl

    col = pl.col
    sent = hits.filter(col("via") != VIA_LOG).select("line_number", "outcome", "via", "target", "query", "referrer")
    beacon = col("via") == VIA_BEACON
    sent = sent.with_columns(*(_param(name).alias(f"_{name}") for name in ("u", "p", "s", "o", "i"))).with_columns(
        # Where the beacon does not say its page, its referrer does.
        _p=pl.when(col("_p") == "").then("referrer").otherwise("_p"),
    )
    sent = sent.with_columns(
        _u=pl.when(beacon & (col("outcome") != PAGEVIEW)).then("_u"),
        _page=pl.when(beacon & (col("outcome") == PAGEVIEW)).then("_p"),
        _target=pl.when(~beacon).then("target"),
        beacon_id=pl.when(beacon & (col("_i") != "")).then(col("_i").str.slice(0, 64)),
    )
    sent = keyed(sent, ["_u", "_p", "_s", "_o"], "_beacon_key", known.beacon_targets)
    sent = keyed(sent, ["_target", "referrer"], "_redirect_key", known.redirect_targets)
    sent = keyed(sent, ["_page"], "_page_key", known.beacon_pages)
    found = sent.select("line_number", "beacon_id", "_page_key", target_key=pl.coalesce("_beacon_key", "_redirect_key"))
    return hits.join(found, on="line_number", how="left", maintain_order="left").with_columns(
        path_key=pl.coalesce("path_key", "_page_key")
    )


def _param(name: str) -> Expr:
    import polars as pl

    return pl.col("query").str.extract(rf"(?:^|&){name}=([^&]*)").fill_null("")
