"""Warehouses that a report must be right for."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.warehouse_rows import MONDAY, Rows, days

START = MONDAY - timedelta(weeks=8)
SUNDAY = MONDAY + timedelta(days=6)
HOSTILE = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror=window.hacked=2>",
    '"><svg onload=window.hacked=3>',
    "</script><script>window.hacked = 4</script>",
    "<a href='javascript:window.hacked=5'>x</a>",
    "{{ 7 * 7 }} ${7*7} %{customdata[0]}",
    "\u202egnp.exe\u2066 and \x1b[31mred\x00",
    "مرحبا بالعالم שלום",
    "Z" + "\u0301\u0323" * 40 + "algo",
    "long " + "w" * 3000,
    "<!-- --><!DOCTYPE html></title></style></textarea>",
    "&lt;b&gt;&amp;amp; <b>bold</b><br>",
]


def filled(rows: Rows, answers: int = 6, *, sold: bool = True, gap: bool = False) -> Rows:
    """Nine weeks: answer 0 rises, 1 goes silent, 2 has no CTA, bots swarm on 3, the CTA of 4 departs."""
    for number in range(answers):
        departures = '[{"code":"UTM008","key":"utm_content","expected":"answer-4","actual":"answer-3"}]'
        rows.answer(
            f"answer-{number}",
            f"Answer {number}? | Site",
            cta=number != 2,
            departures=departures if number == 4 else "[]",
        )
        for day in days(START, 63):
            if gap and day == MONDAY + timedelta(days=2):
                continue
            now = day >= MONDAY
            people = 40 if number < 5 else 6
            clicks = {0: 10 if now else 4, 1: 0 if now else 4, 2: 0}.get(number, 3 if number < 5 else 1)
            rows.visits(
                f"answer-{number}", day, people, amazon=clicks, product=0 if number == 1 and now else 1,
                other=2, bots=3, bot_clicks=30 if number == 3 and now else 0,
            )  # fmt: skip
            if sold:
                basis = "measured" if number == 0 else "masked" if number == 3 else "allocated"
                known = basis != "masked"
                rows.sold(
                    f"answer-{number}",
                    day,
                    basis,
                    3 * known,
                    0.25 * known,
                    999 * known,
                    tag=f"tag-{basis}",
                    own_clicks=4,
                )
    if sold:
        for day in days(START, 63):
            rows.sold(None, day, "unallocated", clicks=2, orders=1, cents=2999)
        rows.imported(datetime.fromisoformat("2026-11-12T09:00"), MONDAY - timedelta(days=21), SUNDAY)
    rows.done().batch(lines=9000, rejected=4)
    return rows


def hostile(rows: Rows) -> Rows:
    """Every text that comes from outside is an attack."""
    for number, attack in enumerate(HOSTILE):
        slug = f"{number}-{attack[:200]}"
        rows.answer(slug, attack)
        for day in days(START, 63):
            rows.visits(slug, day, 20 + number, amazon=3)
    rows.sold(f"0-{HOSTILE[0][:200]}", MONDAY, "measured", 10, 1, 1000)
    rows.done().batch(lines=100, rejected=2, file=f"logs/{HOSTILE[1]}")
    run = rows.connection.execute
    run("UPDATE internal.pages SET url = 'javascript:alert(1)', file = $file", {"file": HOSTILE[2]})
    run("UPDATE internal.links SET cta = NULL WHERE link_id % 3 = 0")
    run("UPDATE internal.links SET departures = $json WHERE link_id % 3 = 1", {
        "json": '[{"code":"UTM004","key":"<img src=x onerror=window.hacked=6>","expected":["a"],'
        '"actual":"</script><script>hacked"}]'
    })  # fmt: skip
    run("UPDATE internal.origins SET channel = $channel WHERE origin_key = 1", {"channel": HOSTILE[0]})
    run("UPDATE internal.user_agents SET list_version = $version", {"version": HOSTILE[1]})
    run(
        "UPDATE internal.rejected_lines SET reason = $reason, line = $line", {"reason": HOSTILE[3], "line": HOSTILE[10]}
    )
    rows.imported(datetime.fromisoformat("2026-11-12T09:00"), START, SUNDAY)
    run("UPDATE internal.imports SET file = $text, account = $text", {"text": HOSTILE[4]})
    return rows
