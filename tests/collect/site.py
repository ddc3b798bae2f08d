"""A small site behind a real web server, with the configuration that `cta snippet` writes, and a stand-in shop beside it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.collect import programs

from cta_analytics import config
from cta_analytics.collect import SERVERS, redirects, snippet

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def needed(*names: str) -> None:
    """Skips the tests of a module, or the test at hand, where a program is missing; in CI they then fail."""
    for name in names:
        found = CHROMIUM if name == "chromium" else programs.found(name)
        if found is None and os.environ.get("CI") != "true":
            package = programs.PACKAGES.get(name, name)
            pytest.skip(f"no {name} on this machine; install the package {package}", allow_module_level=True)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Served:
    """The site as it is served, and its project folder."""

    root: Path
    url: str
    shop: str

    @property
    def log(self) -> Path:
        """The server's own log of the site."""
        return self.root / "logs" / "access.log"

    def asked(self, target: str, method: str = "GET", headers: dict[str, str] | None = None) -> HTTPResponse:
        """The answer to a request, whose target is sent as it is: no client puts it right."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        connection.putrequest(method, target, skip_accept_encoding=True, skip_host="Host" in (headers or {}))
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if method == "POST":
            connection.putheader("Content-Length", "0")
        connection.endheaders()
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def page(self, name: str, body: str, head: str = "") -> str:
        """Writes an answer page with the snippet, and gives its address."""
        file = self.root / "site" / "answers" / f"{name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        tag = snippet.tag("/cta.js")
        file.write_text(f"<!doctype html><meta charset=utf-8><title>{name}</title>{head}{tag}{body}", encoding="utf-8")
        return f"{self.url}/answers/{name}.html"

    def settled(self, beacons: int, seconds: float = 10) -> None:
        """Waits until so many beacons are in the log, then as long as a surplus one would take."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.log.read_text().count("/cta/e?") < beacons:
            time.sleep(0.05)
        time.sleep(0.3)

    def ingested(self, query: str) -> list[Any]:
        """The rows of a query after the pages were scanned and the server's log was taken in, as people do it."""
        for arguments in (["scan", "--write", "--quiet"], ["ingest", "--quiet"]):
            self.cta(*arguments)
        rows = json.loads(self.cta("query", "--sql", query, "--format", "json"))
        return [tuple(row.values()) for row in rows]

    def cta(self, *arguments: str) -> str:
        """What the command line prints in the project folder."""
        command = [sys.executable, "-c", "from cta_analytics.cli import run; run()", *arguments]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


def contract(url: str, shop: str) -> str:
    """The contract of the site."""
    return f"""\
[site]
base_url = "{url}"
[[sources]]
root = "site"
[[pages]]
kind = "answer"
path = "/answers/{{slug}}"
[logs]
files = ["logs/access.log"]
[[redirects]]
path = "/go/shop"
target = "{shop}/shop.html?from=go"
[[redirects]]
path = "/go/bare"
target = "{shop}/shop.html"
[[redirects]]
path = "/go/fixed"
target = "{shop}/shop.html?n=$1%20{{x}}"
keeps_query = false
"""


@contextmanager
def served(name: str) -> Iterator[Served]:
    """A running server of that name, with the configuration that `cta snippet` prints for it."""
    program = programs.found(name)
    assert program, f"CI needs {name}: install the package {programs.PACKAGES.get(name, name)}"
    # Not pytest's folder: as root, Apache and nginx give their work to another user, who may not read that.
    with TemporaryDirectory(prefix="cta-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        for part in ("site", "shop", "logs", "tmp"):
            (root / part).mkdir()
        port, shop_port = _free_port(), _free_port()
        running = Served(root, f"http://127.0.0.1:{port}", f"http://127.0.0.1:{shop_port}")
        (root / "shop" / "shop.html").write_text("<!doctype html><title>shop</title>The shop.")
        (root / "cta.toml").write_text(contract(running.url, running.shop))
        read = config.read(root / "cta.toml").contract
        (root / "site" / "cta.js").write_text(snippet.script(read))
        server = SERVERS[name]
        printed = [server.beacon(snippet.beacon_path(read)), server.redirects(redirects.hops(read))]
        with programs.started(name, program, root, (port, shop_port), printed):
            yield running
