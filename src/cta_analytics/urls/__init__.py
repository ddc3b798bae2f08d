"""URLs: parsed as browsers do, described as CTAs."""

from __future__ import annotations

from cta_analytics.urls.description import Description, Store, Utm
from cta_analytics.urls.network import KINDS
from cta_analytics.urls.networks import Networks, load
from cta_analytics.urls.problem import Problem
from cta_analytics.urls.query import Param, Query
from cta_analytics.urls.reading import computed, describe
from cta_analytics.urls.tags import Attribution

__all__ = [
    "KINDS",
    "Attribution",
    "Description",
    "Networks",
    "Param",
    "Problem",
    "Query",
    "Store",
    "Utm",
    "computed",
    "describe",
    "load",
]
