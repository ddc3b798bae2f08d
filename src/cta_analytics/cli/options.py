"""Options that several commands share, so that they are spelled and explained once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="The contract; default is the nearest cta.toml upwards.", show_default=False
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no messages, only errors.")]
Wait = Annotated[
    float,
    typer.Option("--wait", metavar="SECONDS", min=0, help="Wait this long for another command that is writing."),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
