"""Do the numbers hold? Simulated sites whose truth is known, read by the functions that the report uses.

Writes `validity.md` beside this file: `python -m benchmarks.validity [--sites 2000]`. The same seed gives the same table.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from scipy.special import betaincinv, ndtri

from benchmarks.simulation import ANSWERS, WEEKS, Site, lognormal_orders, sites
from cta_analytics.metrics.figures import AnswerSpan
from cta_analytics.reports.compare import moved
from cta_analytics.reports.watch import before_law
from cta_analytics.stats import intervals, money, ranking, sequence, shrinkage
from cta_analytics.stats.dispersion import Likeness, Spread, likeness, spread

HERE = Path(__file__).parent
SEED = 20261109
LEVEL = 0.05
SMALL = 200


@dataclass(frozen=True)
class Finding:
    """One row of the table: what is claimed, what the bar is, what was measured, and whether that is enough (None: no bar)."""

    claim: str
    bar: str
    measured: str
    met: bool | None = None


def share(hits: Any) -> str:
    return f"{100 * float(np.mean(hits)):.1f} %"


@dataclass
class Look:
    """A site as the tool sees it at one weekly look: counts of each answer, and by how much its days swing."""

    site: Site
    clicks: Any
    visitors: Any
    like: Likeness
    factors: Any


def spreads(clicks: Any, visitors: Any) -> list[Spread]:
    """The sums over the days of each answer, from arrays of (answer, day)."""
    return [spread(zip(x, n, strict=True)) for x, n in zip(clicks.tolist(), visitors.tolist(), strict=True)]


def first_look(site: Site) -> Look:
    """The first week, with what is known of the swings from it alone."""
    days = spreads(site.clicks[:, 0], site.visitors[:, 0])
    like = likeness(days)
    factors = np.array([like.factor(one) for one in days])
    return Look(site, site.clicks[:, 0].sum(axis=1), site.visitors[:, 0].sum(axis=1), like, factors)


def one_look(looks: list[Look]) -> Iterator[Finding]:
    """Coverage of the intervals of one week, raw and shrunk; the errors of both rates; the ten best of both."""
    plain, wilson, posterior, raw_errors, shrunk_errors = [], [], [], [], []
    best_by_tool, best_by_rate, of_all = 0, 0, 0
    for look in looks:
        seen, truth = look.visitors > 0, look.site.rates
        clicks, visitors, factors = look.clicks[seen], look.visitors[seen], look.factors[seen]
        for x, n, factor, rate in zip(clicks, visitors, factors, truth[seen], strict=True):
            for found, dispersion in ((plain, 1.0), (wilson, float(factor))):
                one = intervals.rate(int(x), int(n), dispersion=dispersion)
                found.append(one is not None and one.low <= rate <= one.high)
        prior = shrinkage.fit(look.clicks / look.factors, look.visitors / look.factors)
        if prior is None:
            continue
        alpha, beta = shrinkage.posterior(prior, clicks / factors, visitors / factors)
        low, high = betaincinv(alpha, beta, LEVEL / 2), betaincinv(alpha, beta, 1 - LEVEL / 2)
        posterior += ((low <= truth[seen]) & (truth[seen] <= high)).tolist()
        raw, shrunk, small = clicks / visitors, alpha / (alpha + beta), visitors < SMALL
        raw_errors += ((raw - truth[seen]) ** 2)[small].tolist()
        shrunk_errors += ((shrunk - truth[seen]) ** 2)[small].tolist()
        top = set(np.argsort(-truth)[: ranking.BEST].tolist())
        index = np.flatnonzero(seen)
        best_by_tool += len(top & set(index[np.argsort(ranking.ranks(alpha, beta))][: ranking.BEST].tolist()))
        best_by_rate += len(top & set(index[np.argsort(-raw, kind="stable")][: ranking.BEST].tolist()))
        of_all += ranking.BEST
    covered = 100 * np.mean(posterior)
    yield Finding(
        "95 % intervals of one look, pooled over answers: posterior of the shrunk rate",
        "94 to 96 %",
        share(posterior),
        bool(94 <= covered <= 96),
    )
    covered = 100 * np.mean(wilson)
    yield Finding(
        "the same: Wilson's interval of the raw rate, days that swing allowed for",
        "94 to 96 %",
        share(wilson),
        bool(94 <= covered <= 96),
    )
    yield Finding("the same: Wilson's interval with visitors taken as independent", "", share(plain))
    ratio = float(np.mean(shrunk_errors) / np.mean(raw_errors))
    yield Finding(
        f"mean squared error of shrunk against raw rates, answers under {SMALL} views",
        "at most half",
        f"{ratio:.2f} of it",
        ratio <= 0.5,
    )
    yield Finding(
        "of the true top ten: held by the tool's, held by that of raw rates",
        "more",
        f"{100 * best_by_tool / of_all:.1f} % against {100 * best_by_rate / of_all:.1f} %",
        best_by_tool > best_by_rate,
    )


def twelve_looks(looks: list[Look]) -> Iterator[Finding]:
    """How often a sequence, and an interval of one look, holds the truth at all of twelve weekly looks."""
    clicks = np.concatenate([look.site.clicks.sum(axis=2) for look in looks]).cumsum(axis=1)
    visitors = np.concatenate([look.site.visitors.sum(axis=2) for look in looks]).cumsum(axis=1)
    truth = np.concatenate([look.site.rates for look in looks])
    factors = np.concatenate([look.factors for look in looks])
    held, once = np.ones(len(truth), bool), np.ones(len(truth), bool)
    z = float(ndtri(1 - LEVEL / 2))
    for week in range(WEEKS):
        low, high = sequence.of_rate(clicks[:, week], visitors[:, week], dispersion=factors)
        held &= (low <= truth) & (truth <= high)
        size = np.maximum(visitors[:, week] / factors, 1e-9)
        # Wilson's interval holds a rate just where the score test does not reject it.
        raw = clicks[:, week] / np.maximum(visitors[:, week], 1)
        once &= (np.abs(raw - truth) <= z * np.sqrt(truth * (1 - truth) / size)) | (visitors[:, week] == 0)
    yield Finding(
        "confidence sequences of rates hold at all of twelve weekly looks",
        "at least 95 %",
        share(held),
        bool(held.mean() >= 0.95),
    )
    yield Finding("the same: intervals of one look, looked at twelve times", "", share(once))


def discoveries(looks: list[Look]) -> Iterator[Finding]:
    """False discoveries of the weekly comparison, where one answer in ten really rose or fell."""
    shares, false, found, real, possible = [], 0, 0, 0, 0
    for look in looks:
        site = look.site
        spans, pairs, keys = [], [], []
        weeks = {"before": (site.clicks[:, 0], site.visitors[:, 0]), "now": (site.moved_clicks, site.moved_visitors)}
        by_span = {name: spreads(*days) for name, days in weeks.items()}
        for index in range(ANSWERS):
            key = (str(index), "", "")
            keys.append(key)
            pairs.append((by_span["now"][index].share, by_span["before"][index].share))
            for name, days in by_span.items():
                one = days[index]
                if one.n:
                    spans.append(
                        AnswerSpan(key[0], "", "", name, one.days, one.n, one.x, one.nn, one.xx, one.nx, one.nnn)
                    )
        called = np.array([p is not None and p <= LEVEL for _, p in moved(pairs, keys, spans, "now", "before")])
        changed = site.lifts != 1
        false, found = false + int((called & ~changed).sum()), found + int(called.sum())
        real, possible = real + int((called & changed).sum()), possible + int(changed.sum())
        shares.append((called & ~changed).sum() / max(1, called.sum()))
    yield Finding(
        "false discoveries among answers called risen or fallen, one in ten truly changed",
        "at most 5 %",
        f"{100 * float(np.mean(shares)):.1f} % (pooled {100 * false / max(1, found):.1f} % of {found:,})",
        bool(np.mean(shares) <= LEVEL),
    )
    yield Finding("of the true changes found in one week", "", f"{100 * real / possible:.1f} %")


def delays(looks: list[Look]) -> Iterator[Finding]:
    """Weeks until a rise by half is found, by the quarter's sequence and by Bonferroni-corrected weekly tests."""
    results: dict[str, dict[str, list[Any]]] = {}
    z_limit = float(ndtri(1 - LEVEL / WEEKS / 2))
    for look in looks:
        site = look.site
        baseline = (site.base_clicks, site.base_visitors)
        law = before_law(*baseline, look.factors)
        for name, clicks in (("same", site.clicks), ("rise", site.risen)):
            x, n = clicks.sum(axis=2).cumsum(axis=1), site.visitors.sum(axis=2).cumsum(axis=1)
            enough = (site.base_visitors > 0) & (n[:, 0] > 0)
            then = tuple(np.repeat(each[:, None], WEEKS, axis=1) for each in baseline)
            p = sequence.p_value((x, n), (law[0][:, None], law[1][:, None]), look.factors[:, None])
            up = x * then[1] > then[0] * n
            pooled = (x + then[0]) / np.maximum(n + then[1], 1)
            error = np.sqrt(pooled * (1 - pooled) * (1 / np.maximum(n, 1) + 1 / np.maximum(then[1], 1)))
            score = (x / np.maximum(n, 1) - then[0] / np.maximum(then[1], 1)) / np.where(error > 0, error, np.inf)
            by = {"sequence": p <= LEVEL, "bonferroni": np.abs(score) > z_limit}
            for method, alarms in by.items():
                wanted = alarms & up if name == "rise" else alarms
                first = np.where(wanted.any(axis=1), wanted.argmax(axis=1) + 1, WEEKS + 1)
                results.setdefault(method, {}).setdefault(name, []).append(first[enough])
                if name == "rise":
                    weekly = site.visitors.sum(axis=(1, 2)) / WEEKS
                    results[method].setdefault("weekly", []).append(weekly[enough])
    joined = {method: {name: np.concatenate(rows) for name, rows in of.items()} for method, of in results.items()}
    false = {method: float((of["same"] <= WEEKS).mean()) for method, of in joined.items()}
    yield Finding(
        "an answer that stayed is called changed at any of twelve weekly looks: sequence, Bonferroni",
        "at most 5 %",
        f"{100 * false['sequence']:.1f} %, {100 * false['bonferroni']:.1f} %",
        false["sequence"] <= LEVEL,
    )
    for low, high in ((20, 100), (100, 500), (500, 10**9)):
        parts = []
        for method, of in joined.items():
            rise = of["rise"][(of["weekly"] >= low) & (of["weekly"] < high)]
            weeks = median(rise.tolist()) if len(rise) else WEEKS + 1
            within = f"{100 * float((rise <= WEEKS).mean()):.0f} % found" if len(rise) else "none"
            shown = "over 12 weeks" if weeks > WEEKS else f"{weeks:g} weeks"
            parts.append(f"{method} {shown} ({within})")
        label = f"{low} to {high}" if high < 10**9 else f"{low} and more"
        yield Finding(f"median delay until a rise by half is found, {label} visitors a week", "", ", ".join(parts))


def purses(looks: list[Look]) -> Iterator[Finding]:
    """Coverage of money per click where values of orders are lognormal, whose tail is heavier than the model's."""
    draw = np.random.default_rng(SEED)
    held = []
    # A fifth of the sites: drawing single orders takes its time.
    for _ in range(max(1, len(looks) // 5)):
        answers, truth = lognormal_orders(draw)
        purse = money.fit(answers)
        if purse is None:
            continue
        for sold, value in zip(answers, truth, strict=True):
            one = money.per_click(sold, purse).interval
            held.append(one.low <= value <= one.high)
    covered = 100 * np.mean(held)
    yield Finding(
        "95 % intervals of money per click, lognormal orders (standard deviation of the log 0.5 to 1.2)",
        "94 to 96 %",
        share(held),
        bool(94 <= covered <= 96),
    )


AFTERWORD = (
    "Where the posterior of the shrunk rate misses, it does so on whole sites at once: those whose answers happened to look more alike",
    "in that week than they are. Its law is fitted, and the doubt about the fit is held only to first order.",
    "Intervals of allocated sales are not among the rows.",
)
PARTS: tuple[Callable[[list[Look]], Iterator[Finding]], ...] = (one_look, twelve_looks, discoveries, delays, purses)
_LOOKS: list[Look] = []


def _rows(part: int) -> list[Finding]:
    return list(PARTS[part](_LOOKS))


def findings(count: int, seed: int = SEED, processes: int = 1) -> list[Finding]:
    """All rows of the table, over `count` simulated sites."""
    _LOOKS[:] = [first_look(site) for site in sites(count, seed)]
    if processes == 1:
        return [finding for part in range(len(PARTS)) for finding in _rows(part)]
    # Forked, so that each process has the sites without copying them.
    with get_context("fork").Pool(processes) as pool:
        return [finding for rows in pool.imap(_rows, range(len(PARTS)), chunksize=1) for finding in rows]


def markdown(rows: list[Finding], count: int) -> str:
    """The table as a page."""
    lines = [
        "# Do the numbers hold?",
        "",
        f"Made by `python -m benchmarks.validity --sites {count}`, seed {SEED}: simulated sites of {ANSWERS} answers, read by",
        "the functions that the report uses. Traffic follows a Zipf law, rates a beta law (both differ from site to site), days swing",
        "together, bots slip through as often as measured on `ua_labels`, days are missing, of the last day of a week a part may not have",
        "come in (`benchmarks/simulation.py`). What a number means is in [methods.md](../docs/methods.md).",
        "",
        "| claim | bar | measured | met |",
        "|---|---|---|---|",
    ]
    words = {True: "yes", False: "**no**", None: ""}
    lines += [f"| {row.claim} | {row.bar} | {row.measured} | {words[row.met]} |" for row in rows]
    lines += ["", *AFTERWORD]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Simulate, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sites", type=int, default=2000)
    count = parser.parse_args().sites
    rows = findings(count, processes=os.cpu_count() or 1)
    (HERE / "validity.md").write_text(markdown(rows, count), encoding="utf-8")


if __name__ == "__main__":
    main()
