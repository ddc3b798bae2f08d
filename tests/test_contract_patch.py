"""Values written into cta.toml: what is not set stays as it is, byte by byte."""

from __future__ import annotations

import pytest

from cta_analytics.config_lines import tables
from cta_analytics.contract_patch import patched
from cta_analytics.errors import CtaError

TEXT = """# Ours.
[tags]
maas = [
  "a",  # the first
  "b",
]

[tags.by_answer.tea]
maas = "a"

# The button.
[[ctas]]
name = "one"

[[ctas]]
name = "two"
match = { kind = "amazon_store" }

[ctas.params]
maas = [
  "a",
  "b",
]
tag = "maas"  # fixed
"""


def test_a_new_table_stands_behind_its_like_and_a_value_is_replaced_in_its_place() -> None:
    settings = [
        (("tags", "by_answer", "tea"), "channel", "tea"),
        (("tags", "by_answer", "é tea"), "channel", 'a "b"'),
        (("ctas", 1, "params"), "maas", {"by_answer": "maas"}),
        (("ctas", 1, "params"), "tag", "own"),
    ]
    assert patched(TEXT, settings, "cta.toml") == TEXT.replace(
        'maas = "a"\n', 'maas = "a"\nchannel = "tea"\n\n[tags.by_answer."é tea"]\nchannel = "a \\"b\\""\n'
    ).replace('maas = [\n  "a",\n  "b",\n]\ntag = "maas"', 'maas = { by_answer = "maas" }\ntag = "own"')


def test_a_policy_without_parameters_gets_its_table_behind_itself() -> None:
    found = patched(TEXT, [(("ctas", 0, "params"), "channel", "x")], "cta.toml")
    assert found == TEXT.replace('name = "one"\n', 'name = "one"\n\n[ctas.params]\nchannel = "x"\n')


def test_line_ends_stay() -> None:
    text = "[tags]\r\nmaas = []\r\n"
    found = patched(text, [(("tags", "by_answer", "a"), "maas", "t")], "cta.toml")
    assert found == '[tags]\r\nmaas = []\r\n\r\n[tags.by_answer.a]\r\nmaas = "t"\r\n'


@pytest.mark.parametrize(
    "text",
    [
        '[tags]\nby_answer = { tea = { maas = "a" } }\n',
        '[tags.by_answer]\ntea.maas = "a"\n',
        '[tags.by_answer]\ntea = { maas = "a" }\n',
    ],
)
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(CtaError, match=r"^cta.toml: its tags or policies are written inline"):
        patched(text, [(("tags", "by_answer", "tea"), "channel", "x")], "cta.toml")


def test_comments_before_a_header_are_not_of_the_table_above() -> None:
    assert tables(TEXT) == [
        (("tags",), 2, 6),
        (("tags", "by_answer", "tea"), 8, 9),
        (("ctas", 0), 12, 13),
        (("ctas", 1), 15, 17),
        (("ctas", 1, "params"), 19, 24),
    ]
