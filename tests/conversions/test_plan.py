"""Who gets a tag of its own: by clicks, within the limits, and never taking one away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cta_analytics.conversions.plan import ENOUGH_CLICKS, channel_of, plan
from cta_analytics.urls.tags import is_channel


def _tags(clicks: dict[str, int], held: dict[str, str] | None = None, budget: int = 100) -> dict[str, str | None]:
    return {one.answer: one.tag for one in plan(clicks, held or {}, "channel", (), budget)}


def test_the_most_clicked_get_their_own_and_the_rest_share_a_pool() -> None:
    # 15 and 9 are too few to be shown alone, and 24 fill one pool.
    found = plan({"a": 40, "b": 16, "c": 15, "d": 9}, {}, "channel", (), 100)
    assert [(one.answer, one.tag, one.basis) for one in found] == [
        ("a", "a", "measured"),
        ("b", "b", "measured"),
        ("c", "pool-1", "allocated"),
        ("d", "pool-1", "allocated"),
    ]


def test_there_are_as_many_pools_as_can_be_filled() -> None:
    # 40 clicks would be two pools of 16; the greedy split by clicks is 12 + 8 and 11 + 9.
    assert _tags({"c": 12, "d": 11, "e": 9, "f": 8}) == {"c": "pool-1", "d": "pool-2", "e": "pool-2", "f": "pool-1"}


def test_with_fewer_tags_than_answers_the_last_one_is_the_pool() -> None:
    assert _tags({"a": 50, "b": 40, "c": 30, "d": 20}, budget=2) == {
        "a": "a",
        "b": "pool-1",
        "c": "pool-1",
        "d": "pool-1",
    }


def test_a_pool_that_cannot_be_filled_is_told_as_masked() -> None:
    found = plan({"a": 4, "b": 3}, {}, "channel", (), 100)
    assert [(one.tag, one.basis) for one in found] == [("pool-1", "masked")] * 2


def test_what_is_held_stays_and_a_new_answer_joins_the_smaller_pool() -> None:
    held = {"a": "first", "b": "pool-1", "c": "pool-1", "d": "pool-2", "e": "pool-2"}
    clicks = {"a": 1, "b": 90, "c": 9, "d": 9, "e": 9, "new": 5, "big": 20}
    assert _tags(clicks, held) == held | {"new": "pool-2", "big": "big"}


def test_ad_groups_that_exist_go_to_the_most_clicked_and_the_rest_stays_where_it_is() -> None:
    found = plan({"a": 50, "b": 40, "c": 30}, {}, "maas", ("t1", "t2"), 2)
    assert [(one.tag, one.basis) for one in found] == [("t1", "measured"), ("t2", "measured"), (None, "allocated")]


def test_tracking_ids_are_not_masked() -> None:
    found = plan({"a": 1, "b": 0}, {}, "tracking_id", ("t1", "t2", "t3"), 3)
    assert [(one.tag, one.basis) for one in found] == [("t1", "measured"), ("t2", "measured")]


def test_a_slug_that_fits_is_its_tag_and_others_keep_their_beginning() -> None:
    assert channel_of("foam-rolling-for-20x") == "foam-rolling-for-20x"
    long = channel_of("foam-rolling-for-runners")
    assert long.startswith("foam-rolling-")
    assert len(long) == 19
    assert long != channel_of("foam-rolling-for-runners-too")


@given(
    st.dictionaries(st.text(min_size=1, max_size=40), st.integers(0, 60), max_size=30),
    st.integers(1, 40),
)
def test_the_limits_hold_and_a_second_plan_changes_nothing(clicks: dict[str, int], budget: int) -> None:
    first = plan(clicks, {}, "channel", (), budget)
    tags = {one.answer: one.tag or "" for one in first}
    assert set(tags) == set(clicks)
    assert len(set(tags.values())) <= budget
    assert all(is_channel(tag) for tag in tags.values())
    own = [one for one in first if not one.is_shared and one.basis == "measured"]
    assert len({one.tag for one in own}) == len(own)
    pools = {one.tag for one in first if one.is_shared}
    loads = [sum(clicks[a] for a, tag in tags.items() if tag == pool) for pool in pools]
    assert len(pools) <= 1 or min(loads) >= ENOUGH_CLICKS["channel"]
    again = plan(clicks, tags, "channel", (), budget - len(set(tags.values())))
    assert {one.answer: one.tag for one in again} == tags
    assert not any(one.is_new for one in again)
