"""The line of a value in `cta.toml`."""

import pytest

from cta_analytics.config_lines import line_of

TEXT = """\
top = 1
[site]
base_url = "x" # [not.a.header]
[[ctas]]
name = "a"
[ctas.params]
utm = "1"
[[ctas]]
name = "b"
"quoted key" = 1
[ctas.params]
utm = { pattern = "x" }
[[ctas.rows]]
x = 1
[[ctas.rows]]
x = 2
[tags.by_answer.tea]
maas = 1
lint.options.UTM001 = { a = 1 }
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 1),
        (("site", "base_url"), 3),
        (("site", "gone"), 2),
        (("ctas", 0, "params", "utm"), 7),
        (("ctas", 1, "name"), 9),
        (("ctas", 1, "quoted key"), 10),
        (("ctas", 1, "params", "utm", "pattern"), 12),
        (("ctas", 1, "rows", 1, "x"), 16),
        (("tags", "by_answer", "tea", "maas"), 18),
        (("tags", "by_answer", "tea", "lint", "options", "UTM001", "a"), 19),
        (("gone",), None),
        ((), None),
    ],
)
def test_a_value_is_on_its_line_or_that_of_the_nearest_table(path, line):
    assert line_of(path, TEXT) == line
