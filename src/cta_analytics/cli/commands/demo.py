"""`cta demo`: the whole pipeline on the bundled sample site."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cta_analytics import config
from cta_analytics.bundled import bundled
from cta_analytics.cli.options import Quiet
from cta_analytics.errors import CtaError

if TYPE_CHECKING:
    from cta_analytics.config import Project

_PARTS = ("README.md", "cta.toml", "conversions", "logs", "site")


def main(
    out: Annotated[
        Path, typer.Option("--out", metavar="FOLDER", help="Where to put the sample and its report.")
    ] = Path("cta-demo"),
    quiet: Quiet = False,
) -> None:
    """Build a sample business in a folder, run the week on it, and print the path of its report."""
    from cta_analytics.cli import weekly

    outcome = weekly.run(_prepare(out), quiet=quiet)
    if not quiet:
        sys.stderr.write(f"\nLook around: cd {out} && cta query\n")
    weekly.finish(outcome)


def _prepare(out: Path) -> Project:
    """A copy of the sample in `out`; one that an earlier demo left is brought back to how it was.

    Raises: CtaError where the folder holds something else, or cannot be written.
    """
    sample = bundled("sample_data")
    if out.exists() and not out.is_dir():
        raise CtaError(f"{out}: is a file; name a folder with --out")
    if out.is_dir() and any(out.iterdir()) and not _is_a_demo(out, sample):
        raise CtaError(f"{out}: holds something else than a demo; name another folder with --out")
    try:
        out.mkdir(parents=True, exist_ok=True)
        for part in _PARTS:
            if (sample / part).is_dir():
                shutil.copytree(sample / part, out / part, dirs_exist_ok=True)
            else:
                shutil.copy2(sample / part, out / part)
    except (OSError, shutil.Error) as error:
        raise CtaError(f"{out}: cannot be written ({error}); name a folder of yours with --out") from None
    return config.read(out / config.FILE_NAME)


def _is_a_demo(out: Path, sample: Path) -> bool:
    contract = out / config.FILE_NAME
    return contract.is_file() and contract.read_bytes()[:200] == (sample / config.FILE_NAME).read_bytes()[:200]
