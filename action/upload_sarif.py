"""Uploads a SARIF file to GitHub's code scanning: `python upload_sarif.py FILE`, in a step of a workflow.

GitHub's own upload action computes fingerprints of lines and warns about each that is another, so this asks the API
itself (https://docs.github.com/en/rest/code-scanning/code-scanning#upload-an-analysis-as-sarif-data). Whatever goes
wrong is one annotation; the exit code is 0, for the verdict of a build is the linter's.
"""

from __future__ import annotations

import base64
import gzip
import http.client
import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path

_HINTS = {
    403: "the job needs `permissions: security-events: write`, which a pull request from a fork does not get",
    404: "code scanning is not there for this repository, or the token does not reach it",
}
_SECONDS = 60


def request(file: Path) -> urllib.request.Request:
    """The request that uploads the file for the commit and the ref of this workflow."""
    environment = os.environ
    body = {
        "commit_sha": environment["GITHUB_SHA"],
        "ref": environment["GITHUB_REF"],
        "sarif": base64.b64encode(gzip.compress(file.read_bytes(), mtime=0)).decode(),
        "tool_name": "cta lint",
    }
    return urllib.request.Request(  # noqa: S310 (the URL is GitHub's, not the user's)
        f"{environment['GITHUB_API_URL']}/repos/{environment['GITHUB_REPOSITORY']}/code-scanning/sarifs",
        data=json.dumps(body).encode(),
        method="POST",
        headers={
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {environment['GITHUB_TOKEN']}",
            "Content-Type": "application/json",
            "X-GitHub-Api-Version": "2022-11-28",
        },
    )


def upload(file: Path) -> str | None:
    """Sends the file. Returns what went wrong, or None."""
    try:
        with urllib.request.urlopen(request(file), timeout=_SECONDS):  # noqa: S310
            return None
    except urllib.error.HTTPError as error:
        said = _message(error.read())
        return "; ".join(part for part in (f"HTTP {error.code} {error.reason}", said, _HINTS.get(error.code)) if part)
    except (OSError, http.client.HTTPException, KeyError) as error:
        return f"{type(error).__name__}: {error}"


def _message(answer: bytes) -> str:
    """What GitHub says in a refusal."""
    try:
        said = json.loads(answer)
    except ValueError:
        return ""
    return str(said.get("message", "")) if isinstance(said, dict) else ""


def main() -> None:
    """Uploads the file that the command line names."""
    problem = upload(Path(sys.argv[1]))
    if problem:
        text = problem.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        print(f"::notice title=cta lint::the findings were not uploaded to code scanning: {text}")  # noqa: T201
    else:
        print("Uploaded to code scanning.")  # noqa: T201


if __name__ == "__main__":
    main()
