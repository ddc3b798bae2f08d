"""A small site behind Debian's nginx, with the configuration that `cta snippet` writes, and a stand-in shop beside it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cta_analytics import config
from cta_analytics.collect import SERVERS, redirects, snippet

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def needed() -> None:
    """Skips the tests of a module where nginx or Chromium is missing; in CI they then fail."""
    for name, found in (("nginx", NGINX), ("chromium", CHROMIUM)):
        if found is None and os.environ.get("CI") != "true":
            pytest.skip(f"no {name} on this machine; install the package {name}", allow_module_level=True)


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
        """nginx's own log of the site."""
        return self.root / "logs" / "access.log"

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
        while time.monotonic() < until and self.log.read_text().count(" /cta/e?") < beacons:
            time.sleep(0.05)
        time.sleep(0.3)

    def ingested(self, query: str) -> list[Any]:
        """The rows of a query after the pages were scanned and nginx's log was taken in, as people do it."""
        for arguments in (["scan", "--write", "--quiet"], ["ingest", "--quiet"]):
            self._cta(*arguments)
        rows = json.loads(self._cta("query", "--sql", query, "--format", "json"))
        return [tuple(row.values()) for row in rows]

    def _cta(self, *arguments: str) -> str:
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


class Nginx:
    """A running nginx; `with Nginx(folder) as served`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Served:
        assert NGINX, "CI needs nginx: install the package nginx"
        port, shop_port = _free_port(), _free_port()
        url, shop = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{shop_port}"
        for name in ("site", "shop", "logs", "tmp"):
            (self.root / name).mkdir()
        (self.root / "shop" / "shop.html").write_text("<!doctype html><title>shop</title>The shop.")
        (self.root / "cta.toml").write_text(contract(url, shop))
        read = config.read(self.root / "cta.toml").contract
        (self.root / "site" / "cta.js").write_text(snippet.script(read))
        nginx = SERVERS["nginx"]
        parts = [nginx.beacon("/cta/e"), nginx.redirects(redirects.hops(read))]
        http, server = zip(*(part.split("# In the server block of the site:") for part in parts), strict=True)
        text = f"""\
daemon off; worker_processes 1; pid {self.root}/nginx.pid; error_log {self.root}/error.log;
events {{ }}
http {{
types {{ text/html html; application/javascript js; }}
{" ".join(f"{name}_temp_path {self.root}/tmp;" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))}
access_log {self.root}/logs/shop.log;
{"".join(http)}
server {{ listen 127.0.0.1:{port}; root {self.root}/site; {"".join(server)} }}
server {{ listen 127.0.0.1:{shop_port}; root {self.root}/shop; }}
}}
""".replace("/var/log/nginx/access.log", f"{self.root}/logs/access.log")
        (self.root / "nginx.conf").write_text(text)
        command = [NGINX, "-p", str(self.root), "-e", str(self.root / "error.log"), "-c", str(self.root / "nginx.conf")]
        if os.geteuid() == 0:
            # As root nginx gives its work to another user, who may not read a test's folder.
            command += ["-g", "user root;"]
        self.process = subprocess.Popen(command)
        for _ in range(100):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", shop_port)) == 0:
                    break
            assert self.process.poll() is None, (self.root / "error.log").read_text()
            time.sleep(0.05)
        return Served(self.root, url, shop)

    def __exit__(self, *_: object) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(10)
