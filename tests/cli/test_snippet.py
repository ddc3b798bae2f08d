"""`cta snippet`: what it prints, and what it says where it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Cta

from cta_analytics import config
from cta_analytics.collect import SERVERS, redirects, snippet

CONTRACT = """\
[site]
base_url = "https://www.larkmoor.example"
[[redirects]]
path = "/go/store"
target = "https://www.amazon.com/dp/B000000001"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "cta.toml").write_text(CONTRACT)
    return tmp_path


def test_the_script_stands_alone_or_in_a_file(project: Path, cta: Cta) -> None:
    code = snippet.script(config.read(project / "cta.toml").contract)
    done = cta("snippet", cwd=project)
    assert (done.returncode, done.stdout, done.stderr) == (0, snippet.inline(code), "")
    done = cta("snippet", "--external", "/assets/cta.js", cwd=project)
    assert (done.returncode, done.stdout, done.stderr) == (
        0, f"{code}\n", '<script src="/assets/cta.js" defer></script>\n',
    )  # fmt: skip


@pytest.mark.parametrize("name", SERVERS)
def test_the_configuration_of_a_server_goes_to_stdout(project: Path, cta: Cta, name: str) -> None:
    hops = redirects.hops(config.read(project / "cta.toml").contract)
    done = cta("snippet", "--server", name, cwd=project)
    assert (done.returncode, done.stdout, done.stderr) == (0, SERVERS[name].beacon("/cta/e"), "")
    done = cta("snippet", "--redirects", name, cwd=project)
    assert (done.returncode, done.stdout, done.stderr) == (0, SERVERS[name].redirects(hops), "")


def test_without_a_contract_the_script_is_that_of_the_defaults(tmp_path: Path, cta: Cta) -> None:
    done = cta("snippet", cwd=tmp_path)
    assert done.returncode == 0
    assert '"/cta/e?"' in done.stdout


SERVERS_KNOWN = "apache, caddy, cloudflare, cloudfront, nginx"


@pytest.mark.parametrize(
    ("contract", "arguments", "said"),
    [
        (None, ["--redirects", "nginx"], 'cta.toml: has no [[redirects]]; add one with path = "/go/store" and target = "https://…"'),
        (CONTRACT, ["--server", "ngnix"], '--server: "ngnix" is no server that is known; did you mean "nginx"?'),
        (CONTRACT, ["--redirects", "Apache2"], '--redirects: "Apache2" is no server that is known; did you mean "apache"?'),
        (CONTRACT, ["--server", "iis"], f'--server: "iis" is no server that is known; known are {SERVERS_KNOWN}'),
        (CONTRACT, ["--server", ""], f'--server: "" is no server that is known; known are {SERVERS_KNOWN}'),
        (CONTRACT, ["--server", "nginx", "--redirects", "nginx"], "cta snippet: --external, --server and --redirects each print one thing; give one of them"),
        (CONTRACT, ["--external", "/cta.js", "--server", "nginx"], "cta snippet: --external, --server and --redirects each print one thing; give one of them"),
        (CONTRACT, ["--external", ""], '--external: "" is no path that a page can load; write it as the site serves it, such as /assets/cta.js'),
        (CONTRACT, ["--external", "javascript:alert(1)"], '--external: "javascript:alert(1)" is no path that a page can load; write it as the site serves it, such as /assets/cta.js'),
        (CONTRACT, ["--server", "nginx", "--events", "click"], "cta snippet: --events is about the script; leave it out with --server and --redirects"),
        (CONTRACT, ["--events", "clicks"], '--events: "clicks" is no type of event; did you mean "click"?'),
        (CONTRACT, ["--events", "hover"], '--events: "hover" is no type of event; known are click, submit, impression, view'),
        (CONTRACT, ["--events", " , "], "--events: names no event; known are click, submit, impression, view"),
        (CONTRACT + '[logs]\nbeacon_path = "/a b"\n', [], 'cta.toml: [logs] beacon_path "/a b": use letters, digits and ._~- between slashes, as in "/cta/e"'),
        (CONTRACT + '[logs]\nbeacon_path = "/x;}"\n', ["--server", "nginx"], 'cta.toml: [logs] beacon_path "/x;}": use letters, digits and ._~- between slashes, as in "/cta/e"'),
        (CONTRACT.replace("/go/store", "/go/*"), ["--redirects", "caddy"], 'cta.toml: redirect path "/go/*": use letters, digits and ._~- between slashes, as in "/go/store"'),
        (CONTRACT.replace("https://www.amazon.com/dp/B000000001", "javascript:alert(1)"), ["--redirects", "nginx"], 'cta.toml: redirect /go/store leads to "javascript:alert(1)"; write an address like "https://www.example.com/page"'),
        (CONTRACT.replace("https://www.amazon.com/dp/B000000001", "//evil.example/x"), ["--redirects", "nginx"], 'cta.toml: redirect /go/store leads to "//evil.example/x"; write an address like "https://www.example.com/page"'),
        (CONTRACT + CONTRACT[CONTRACT.index("[[") :], ["--redirects", "nginx"], "cta.toml: two [[redirects]] have the path /go/store; keep one of them"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_said_in_one_line(
    tmp_path: Path, cta: Cta, contract: str | None, arguments: list[str], said: str
) -> None:
    if contract is not None:
        (tmp_path / "cta.toml").write_text(contract)
    done = cta("snippet", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [f"cta: {said}"]
