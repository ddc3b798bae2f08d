"""The script as it is printed."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from cta_analytics.collect import snippet
from cta_analytics.collect.redirects import pattern
from cta_analytics.collect.shorten import shorten
from cta_analytics.config import Contract, Logs, Redirect, Site
from cta_analytics.errors import CtaError

LARKMOOR = Contract(
    site=Site(base_url="https://www.larkmoor.example"),
    redirects=[Redirect(path="/go/store", target="https://www.amazon.com/dp/B000000000")],
)


@pytest.mark.parametrize("types", [None, ["click"], ["view", "click", "impression"], list(snippet.TYPES)])
def test_it_is_under_one_and_a_half_kilobytes(types: list[str] | None) -> None:
    assert len(snippet.script(LARKMOOR, types).encode()) < 1500


def test_it_knows_no_cookie_and_no_storage() -> None:
    assert re.findall("cookie|storage|indexeddb|eval|innerhtml", snippet.script(LARKMOOR), re.IGNORECASE) == []


def test_the_settings_are_those_of_the_contract() -> None:
    other = Contract(logs=Logs(beacon_path="/seen", views_from="beacon"))
    code = snippet.script(other)
    assert '"/seen?"' in code
    assert '"submit"' in code
    assert '"view"' in code
    assert "click submit" not in code, "where all is reported nothing is asked"
    assert '"click submit impression"' in snippet.script(LARKMOOR)
    assert '.match("^/go/")' in snippet.script(LARKMOOR)
    assert '"submit"' in snippet.script(LARKMOOR, ["click"])
    assert not re.search("PATH|TYPES|REDIRECTS", code)


@pytest.mark.parametrize(("types", "said"), [(["hover"], '"hover" is no type'), ([], "names no event")])
def test_an_unknown_event_is_an_error(types: list[str], said: str) -> None:
    with pytest.raises(CtaError, match=said):
        snippet.script(LARKMOOR, types)


@pytest.mark.parametrize("path", ["cta", "/a b", '/a"', "/a;b", "/a?b", "/</script>", "/$x", "/a\n"])
def test_a_path_that_a_server_would_misread_is_an_error(path: str) -> None:
    with pytest.raises(CtaError, match="beacon_path"):
        snippet.script(Contract(logs=Logs(beacon_path=path)))


def test_nothing_of_the_contract_ends_the_script() -> None:
    hostile = Contract(redirects=[Redirect(path="/</script><b>", target="https://example.com/")])
    assert "</" not in snippet.script(hostile)


def test_the_hash_is_that_of_the_element_as_browsers_take_it() -> None:
    page = snippet.inline(snippet.script(LARKMOOR))
    stated = re.search(r"'sha256-([^']+)'", page)
    body = re.search(r"<script>(.*)</script>", page, re.DOTALL)
    assert stated
    assert body
    assert base64.b64decode(stated[1]) == hashlib.sha256(body[1].encode()).digest()


def test_a_path_in_the_tag_is_escaped() -> None:
    assert snippet.tag('/a"b&c.js') == '<script src="/a&quot;b&amp;c.js" defer></script>\n'


def test_redirects_are_told_by_their_folder() -> None:
    assert pattern([]) == "^$"
    assert pattern(["/go/a", "/go/b"]) == "^/go/"
    assert pattern(["/shop", "/go.to/b"]) == r"^(/go\.to/|/shop$)"


def test_variables_become_short_and_nothing_else_does() -> None:
    source = """
    // A comment with "a quote
    (() => {
      const first = "first // no comment";
      let second = 1;
      first.second = (third) => third + second;
      return typeof first;
    })();
    """
    assert shorten(source) == '(()=>{let a="first // no comment",b=1;a.second=c=>c+b;return typeof a})()'
