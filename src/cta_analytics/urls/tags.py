"""Amazon's tags: what an Attribution tag says about itself, and what a tracking id and a Store source tag look like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_ATTRIBUTION = re.compile(
    r"maas_adg_(?:(?P<console>[0-9A-F]{32})_afap_abs|api_(?P<first>\d+)_(?P<api>macro|static)_(?P<second>\d+)_(?P<third>\d+))",
    re.ASCII,
)
_TRACKING_ID = re.compile(r"[A-Za-z0-9_-]{1,60}-2[0-9]", re.ASCII)
_CHANNEL = re.compile(r"[A-Za-z0-9_ -]{1,20}", re.ASCII)

REF = "aa_maas"
"""The value of `ref_` that belongs to an Attribution tag."""
TAG = "maas"
"""The value of `tag` that belongs to an Attribution tag; any other is an Associates tracking id."""
AA_KEYS = ("aa_campaignid", "aa_adgroupid", "aa_creativeid")
"""The three ids of ours that an API tag carries."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """The value of `maas`; `level`, `id`, `kind` (console, api_macro, api_static) are None for an unknown shape."""

    tag: str
    level: str | None = None
    id: str | None = None
    kind: Literal["console", "api_macro", "api_static"] | None = None


def read_attribution(value: str) -> Attribution:
    """What a `maas` value says: a console tag is one ad group, an API tag three numbers (joined by `_` in `id`)."""
    found = _ATTRIBUTION.fullmatch(value)
    if not found:
        return Attribution(value)
    if found["console"]:
        return Attribution(value, "adgroup", found["console"], "console")
    numbers = "_".join((found["first"], found["second"], found["third"]))
    return Attribution(value, "adgroup", numbers, "api_macro" if found["api"] == "macro" else "api_static")


def is_tracking_id(value: str) -> bool:
    """Whether the value has the form of an Associates tracking id: `example-20`."""
    return _TRACKING_ID.fullmatch(value) is not None


def is_channel(value: str) -> bool:
    """Whether the value can be a Brand Store source tag: up to 20 letters, digits, hyphens, blanks, underscores."""
    return _CHANNEL.fullmatch(value) is not None
