"""Writes the sample site, its logs and its reports: `python sample_data/generate.py [--out FOLDER]`.

The same source gives the same files. Prose and scenario stand in `source/`, the contract in `cta.toml`.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generator import attribution, catalogue, logfiles, machines, other_reports, readme, sales, site, traffic, truth

WRITTEN = ("site", "logs", "conversions")


def generate() -> dict[str, bytes]:
    """Every generated file by its path under `sample_data/`."""
    world_catalogue = catalogue.read()
    pages = site.pages(world_catalogue)
    files = {f"site/{page.file}": page.text.encode() for page in pages}
    files |= {f"site/{name}": text.encode() for name, text in site.assets(world_catalogue, pages).items()}
    sizes = {name.removeprefix("site/"): len(text) for name, text in files.items()}
    by_path = {page.path: page for page in pages}
    world = traffic.World(world_catalogue, by_path, sizes, random.Random(world_catalogue.scenario["seed"]))
    world.rates = traffic.draw_rates(world)
    traffic.simulate(world)
    machines.simulate(world)
    logs = logfiles.rotated(world, logfiles.lines(world))
    clicks = sales.clicks(world_catalogue, world.arrivals, world.rng)
    reports = attribution.files(world_catalogue, clicks) | other_reports.files(world_catalogue, clicks, world.rng)
    known = truth.truth(world, logs, clicks)
    files |= {f"logs/{name}": logfiles.content(name, lines) for name, lines in logs.items()}
    files |= {f"conversions/{name}": content for name, content in reports.items()}
    files["truth.json"] = truth.as_json(known)
    files["README.md"] = readme.readme(world_catalogue, known, len(pages))
    return files


def write(files: dict[str, bytes], out: Path) -> None:
    """Write the files into `out`, in place of what an earlier run left there."""
    for folder in WRITTEN:
        shutil.rmtree(out / folder, ignore_errors=True)
    for name, content in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the sample site, its logs and its reports.")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent)
    write(generate(), parser.parse_args().out)
