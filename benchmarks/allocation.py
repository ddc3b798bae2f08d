"""How often the interval of an allocated figure holds the truth, on made-up sites whose answers convert differently."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cta_analytics.stats import allocation
from cta_analytics.stats.intervals import Interval

SEED = 20261102
SITES = 300


@dataclass(frozen=True, slots=True)
class Scene:
    """A kind of site: answers that share a tag and that have their own; `cv` is how much their rates differ."""

    name: str
    shared: int
    measured: int
    clicks: int
    rate: float
    cv: float
    unseen: float = 0.0
    """Share of the tag's clicks that we do not see."""
    law: str = "gamma"
    """What rates are drawn from: `gamma` as the model has it, `lognormal`, or `two`: most answers, and a few far better ones."""


SCENES = (
    Scene("alike", 12, 0, 40, 0.04, 0.001),
    Scene("prior, usual", 12, 0, 40, 0.04, 0.5),
    Scene("prior, very different", 12, 0, 40, 0.04, 0.8),
    Scene("learned, alike", 12, 20, 60, 0.05, 0.2),
    Scene("learned, very different", 12, 20, 60, 0.05, 1.0),
    Scene("few orders", 30, 3, 8, 0.03, 0.5),
    Scene("many orders", 6, 20, 2000, 0.05, 0.5),
    Scene("a third unseen", 12, 20, 60, 0.05, 0.5, unseen=1 / 3),
    Scene("lognormal", 12, 20, 60, 0.05, 0.7, law="lognormal"),
    Scene("two kinds", 12, 20, 60, 0.05, 0.8, law="two"),
)


@dataclass(frozen=True, slots=True)
class Covered:
    """Shares of intervals that hold the truth, the same of intervals that know no difference, and the mean widths."""

    orders: float
    sales: float
    plain: float
    width: float
    plain_width: float


def covered(scene: Scene, sites: int = SITES, seed: int = SEED) -> Covered:
    """Draw sites, split each shared tag's orders by clicks, and look whether each answer's own lie in its interval."""
    draw = np.random.default_rng(seed)
    plainly = allocation.Difference((1e-3,), (1.0,))
    hits: list[tuple[bool, bool, bool]] = []
    widths: list[tuple[float, float]] = []
    for _ in range(sites):
        rates = scene.rate * _rates(draw, scene, scene.measured + scene.shared + 1)
        clicks = draw.poisson(scene.clicks * draw.lognormal(0, 0.8, scene.measured + scene.shared)) + 1
        orders = draw.poisson(clicks * rates[:-1])
        differ = allocation.difference(
            [(int(c), float(o)) for c, o in zip(clicks[: scene.measured], orders[: scene.measured], strict=True)]
        )
        own_clicks, own = clicks[scene.measured :], orders[scene.measured :]
        # What we do not see is one more page, with a rate of its own.
        unseen = scene.unseen / (1 - scene.unseen) * own_clicks.sum()
        total = int(own.sum()) + int(draw.poisson(unseen * rates[-1]))
        if not total:
            continue
        shares = list(own_clicks / (own_clicks.sum() + unseen))
        values = [float(draw.lognormal(3.4, 0.47, count).sum()) for count in own]
        money = sum(values) + float(draw.lognormal(3.4, 0.47, total - int(own.sum())).sum())
        for order, value, count, amount, plain in zip(
            own,
            values,
            allocation.counts(total, shares, differ),
            allocation.amounts(total, shares, differ),
            allocation.counts(total, shares, plainly),
            strict=True,
        ):
            hits.append((_holds(count, order), _holds(amount, value / money, 1e-3), _holds(plain, order)))
            widths.append((count.high - count.low, plain.high - plain.low))
    return Covered(*(float(x) for x in np.mean(hits, axis=0)), *(float(x) for x in np.mean(widths, axis=0)))


def _rates(draw: np.random.Generator, scene: Scene, count: int) -> np.ndarray:
    if scene.law == "lognormal":
        spread = np.log1p(scene.cv**2)
        return draw.lognormal(-spread / 2, np.sqrt(spread), count)
    if scene.law == "two":
        # One in five converts so much better that the variation is `cv`; their mean is 1.
        apart = scene.cv / np.sqrt(0.2 * 0.8)
        good = draw.random(count) < 0.2
        return np.where(good, 1 + 0.8 * apart, np.maximum(1 - 0.2 * apart, 0.01))
    return draw.gamma(1 / scene.cv**2, scene.cv**2, count)


def _holds(found: Interval, value: float, slack: float = 0.0) -> bool:
    return bool(found.low - slack <= value <= found.high + slack)


def table() -> str:
    """The table of allocation.md."""
    lines = [
        "| site | sharing, own tag | differ by | orders inside | sales inside | width, orders | binomial: inside | width |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for scene in SCENES:
        found = covered(scene)
        lines.append(
            f"| {scene.name} | {scene.shared}, {scene.measured} | {scene.cv:.1f} | {found.orders:.1%} | {found.sales:.1%} "
            f"| {found.width:.1f} | {found.plain:.1%} | {found.plain_width:.1f} |"
        )
    return "\n".join(lines)


def main() -> None:
    made = table()
    print(made)
    file = Path(__file__).with_name("allocation.md")
    head, mark, _ = file.read_text(encoding="utf-8").partition("<!-- table -->\n")
    file.write_text(f"{head}{mark}{made}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
