"""Amazon's tags."""

from __future__ import annotations

import pytest

from cta_analytics.urls.tags import Attribution, is_channel, is_tracking_id, read_attribution

HEX = "0123456789ABCDEF0123456789ABCDEF"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (f"maas_adg_{HEX}_afap_abs", ("adgroup", HEX, "console")),
        ("maas_adg_api_12_static_3_45", ("adgroup", "12_3_45", "api_static")),
        ("maas_adg_api_12_macro_3_45", ("adgroup", "12_3_45", "api_macro")),
        (f"maas_adg_{HEX.lower()}_afap_abs", (None, None, None)),
        (f"maas_adg_{HEX}_afap_abs ", (None, None, None)),
        (f"maas_adg_{HEX[:-1]}_afap_abs", (None, None, None)),
        ("maas_adg_api_12_dynamic_3_45", (None, None, None)),
        ("maas_adg_api_١_static_3_45", (None, None, None)),
        ("", (None, None, None)),
    ],
)
def test_an_attribution_tag_says_its_level_and_id(value: str, found: tuple[str | None, str | None, str | None]) -> None:
    tag = read_attribution(value)
    assert (tag.level, tag.id, tag.kind) == found
    assert tag.tag == value


def test_an_unknown_shape_is_only_kept() -> None:
    assert read_attribution("maas_new") == Attribution("maas_new")


def test_a_tracking_id_ends_in_the_number_of_its_store() -> None:
    assert all(map(is_tracking_id, ["example-20", "a_b-c-21", "5by5-20", "x" * 60 + "-22"]))
    assert not any(
        map(is_tracking_id, ["example", "example-30", "exam ple-20", "-20", "x" * 61 + "-20", "example-20\n"])
    )


def test_a_source_tag_has_up_to_twenty_plain_characters() -> None:
    assert all(map(is_channel, ["a", "back-pain_2 x", "x" * 20]))
    assert not any(map(is_channel, ["", "x" * 21, "a.b", "ü", "a\n"]))
