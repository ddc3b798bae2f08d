"""Folders that ship with the package: `queries` and `sample_data`."""

from __future__ import annotations

from pathlib import Path


def bundled(name: str) -> Path:
    """The folder `name`: inside the package where a wheel is installed, else at the root of the checkout."""
    package = Path(__file__).parent
    installed = package / name
    return installed if installed.is_dir() else package.parents[1] / name
