"""What requests that are no events say of their visitor: that a page was loaded as a browser does it, or robots.txt read."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cta_analytics.events.dimensions import Dimensions
from cta_analytics.events.outcomes import CODES, LAST_EVENT
from cta_analytics.events.visitors import networked

if TYPE_CHECKING:
    from polars import DataFrame

PAGE, SHOWN, ASSET, ROBOTS, SCRIPT = 1, 2, 4, 8, 16
"""Signs, added up: a page view in the log; a page that reached the browser otherwise (the beacon says so, or it was
prefetched); an asset; robots.txt; a script of the page that ran. Those of events stand in `traced.sql`, with 32 for a click."""

_ASSETS = r"(?i)\.(?:css|m?js|png|jpe?g|gif|webp|avif|svg|ico|woff2?|ttf|otf|eot|mp4|m4v|webm|mp3|webmanifest)$"
"""What a browser loads because a page says so; feeds, sitemaps and documents are asked for by themselves."""


def traces(classified: DataFrame, known: Dimensions, zone: ZoneInfo, *, names_lines: bool) -> DataFrame:
    """The signs of requests that are no events, by visitor: network, user_agent_id, day, signs, lines.

    `lines` are their numbers where `names_lines`, else NULL: to list them costs as much as the rest.
    """
    import polars as pl

    col = pl.col
    outcome = {name: col("outcome") == code for name, code in CODES.items()}
    found = (
        classified.lazy()
        .filter(col("outcome") > LAST_EVENT, ~col("no_tracking"))
        .with_columns(
            signs=pl.when(outcome["beacon_view"])
            .then(SHOWN | SCRIPT)
            .when(outcome["logged_view"])
            .then(PAGE)
            .when(outcome["prefetched"])
            .then(SHOWN)
            .when(~col("method").is_in(["GET", "HEAD"]))
            .then(0)
            .when(col("path") == "/robots.txt")
            .then(ROBOTS)
            .when(col("path").str.contains(_ASSETS))
            .then(ASSET)
            .otherwise(0)
            .cast(pl.UInt8)
        )
        .filter(col("signs") > 0)
        .with_columns(
            day=pl.from_epoch("at").dt.replace_time_zone("UTC").dt.convert_time_zone(zone.key).dt.date(),
        )
        # By the hash of both texts: twice as fast as by the texts.
        .with_columns(who=col("address").hash(1) ^ col("user_agent").hash(2))
        .group_by("who", "day", "signs")
        .agg(
            col("address", "user_agent").first(),
            lines=col("line_number") if names_lines else pl.lit(None, pl.List(pl.Int64)),
        )
        .collect()
    )
    agents = found.select(col("user_agent").unique())
    agents = agents.with_columns(
        user_agent_id=pl.Series(known.user_agent_ids(agents["user_agent"].to_list()), dtype=pl.Int64)
    )
    found = networked(found.join(agents, on="user_agent", how="left"))
    return found.select("network", "user_agent_id", "day", "signs", "lines")
