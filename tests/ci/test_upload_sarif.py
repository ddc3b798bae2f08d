"""The upload: what GitHub is sent, and what is said where it refuses."""

from __future__ import annotations

import base64
import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.lint.outputs.runner import Command, commands

SCRIPT = Path(__file__).parents[2] / "action" / "upload_sarif.py"


@dataclass
class Service:
    """Answers as GitHub would, and remembers what it was asked."""

    status: int = 202
    answer: bytes = b'{"id": "1"}'
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.asked.append((self.path, dict(self.headers), json.loads(body)))
            self.send_response(made.status)
            self.send_header("Content-Length", str(len(made.answer)))
            self.end_headers()
            self.wfile.write(made.answer)

        def log_message(self, *arguments: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def upload(file: Path, url: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "GITHUB_API_URL": url, "GITHUB_REPOSITORY": "larkmoor/site", "GITHUB_SHA": "a" * 40,
        "GITHUB_REF": "refs/pull/7/merge", "GITHUB_TOKEN": "secret-token", "no_proxy": "*",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(file)], env=os.environ | environment, capture_output=True, text=True, check=False
    )  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "cta.sarif"
    made.write_text('{"version": "2.1.0"}')
    return made


def test_the_file_is_sent_as_github_documents_it(service, file):
    result = upload(file, service.url)
    assert (result.returncode, result.stdout, result.stderr) == (0, "Uploaded to code scanning.\n", "")
    ((path, headers, body),) = service.asked
    assert path == "/repos/larkmoor/site/code-scanning/sarifs"
    assert headers["Authorization"] == "Bearer secret-token"
    assert gzip.decompress(base64.b64decode(body.pop("sarif"))) == file.read_bytes()
    assert body == {"commit_sha": "a" * 40, "ref": "refs/pull/7/merge", "tool_name": "cta lint"}


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        (
            403,
            b'{"message": "Resource not\\naccessible 100%"}',
            (
                "HTTP 403 Forbidden; Resource not\naccessible 100%; the job needs `permissions: security-events: write`, "
                "which a pull request from a fork does not get"
            ),
        ),
        (
            404,
            b"<html>",
            "HTTP 404 Not Found; code scanning is not there for this repository, or the token does not reach it",
        ),
        (500, b"[]", "HTTP 500 Internal Server Error"),
    ],
)
def test_a_refusal_is_one_notice(service, file, status, answer, said):
    service.status, service.answer = status, answer
    result = upload(file, service.url)
    assert (result.returncode, result.stderr) == (0, "")
    text = f"the findings were not uploaded to code scanning: {said}"
    assert commands(result.stdout) == [Command("notice", {"title": "cta lint"}, text)]
    assert "secret-token" not in result.stdout


def test_no_answer_is_a_notice_too(file):
    result = upload(file, "http://127.0.0.1:9")
    assert (result.returncode, result.stderr) == (0, "")
    assert "Connection refused" in commands(result.stdout)[0].data
