"""All metrics for 5,000 answers and 52 weeks from the facts of days: `python -m benchmarks.metrics`.

The facts are made up at the size that 100 million events have, without the events: metrics read nothing else. Every day, each answer
has some 23 views by 18 people, as many impressions, clicks on three links, and conversions; 3,000 user agents come every day.
"""

from __future__ import annotations

import argparse
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from cta_analytics.metrics import measure
from cta_analytics.metrics.period import Period
from cta_analytics.warehouse import queries

FIRST = date(2025, 11, 3)
DAYS = 364
AGENTS = 3000
ROUNDS = 3
SOURCE = "amazon_attribution"

MADE_UP = (
    """INSERT INTO internal.answer_day_facts BY NAME
    SELECT DATE '2025-11-03' + d::INTEGER AS day, 'site' AS site, 'answer-' || a AS answer,
        21 + hash(a, d) % 5 AS views, views - 5 AS visitors,
        views - 4 AS sessions, 6 AS clicks, 3 AS amazon_clicks, 2 AS product_clicks, 4 AS clicking_visitors, views AS impressions,
        3 AS bot_views, 0 AS bot_clicks, now() AT TIME ZONE 'UTC' AS known_from
    FROM range(364) AS days(d), range($answers) AS answers(a)""",
    """INSERT INTO internal.site_day_facts BY NAME
    SELECT day, sum(views + clicks + impressions + bot_views)::BIGINT AS lines, day + INTERVAL 86399 SECOND AS last_at,
        sum(views)::BIGINT AS views, sum(visitors)::BIGINT AS visitors, sum(clicks)::BIGINT AS clicks,
        sum(amazon_clicks)::BIGINT AS amazon_clicks,
        sum(product_clicks)::BIGINT AS product_clicks, sum(clicking_visitors)::BIGINT AS clicking_visitors,
        sum(impressions)::BIGINT AS impressions, sum(bot_views)::BIGINT AS bot_views, 0 AS bot_clicks,
        now() AT TIME ZONE 'UTC' AS known_from
    FROM internal.answer_day_facts GROUP BY day""",
    """INSERT INTO internal.channel_day_facts BY NAME
    SELECT day, 'channel-' || c AS channel, views // 12 AS views, visitors // 12 AS visitors, clicking_visitors // 12 AS clicking_visitors,
        known_from
    FROM internal.site_day_facts, range(12) AS channels(c)""",
    """INSERT INTO internal.click_day_facts BY NAME
    SELECT day, site, '/answers/' || answer AS path, answer, 'answer' AS page_kind, hash(answer, l) >> 2 AS url_id, 1 AS ordinal,
        ['amazon', 'product', 'other'][l::INTEGER] AS click_group, 'beacon' AS via, true AS is_counted, 4 - l AS clicks, known_from
    FROM internal.answer_day_facts, range(1, 4) AS links(l)""",
    """INSERT INTO internal.agent_day_facts BY NAME
    SELECT day, CASE WHEN u % 10 = 0 THEN 'crawler' ELSE 'human' END AS class, u AS user_agent_id,
        lines // 4000 AS views, 1 AS clicks, known_from
    FROM internal.site_day_facts, range($agents) AS agents(u)""",
    """INSERT INTO internal.batch_day_facts BY NAME
    SELECT day, row_number() OVER (ORDER BY day) AS batch_id, lines AS events, known_from FROM internal.site_day_facts""",
    """INSERT INTO internal.batch_facts BY NAME
    SELECT batch_id, 'access.log' AS file, 'combined' AS log_format, events AS lines, events AS pageviews, 0 AS clicks, 0 AS impressions,
        0 AS other, 0 AS rejected, 0 AS already_seen, day::TIMESTAMP AS first_at, day::TIMESTAMP AS last_at, known_from
    FROM internal.batch_day_facts""",
    """INSERT INTO internal.page_facts BY NAME
    SELECT 'site' AS site, '/answers/answer-' || a AS path, 'answer' AS kind, 'answer-' || a AS answer, 'Answer ' || a AS title,
        'pages/' || a || '.md' AS file, true AS is_current, now() AT TIME ZONE 'UTC' AS known_from
    FROM range($answers) AS answers(a)""",
    """INSERT INTO internal.link_facts BY NAME
    SELECT site, path AS page, answer, l AS position, hash(answer, l) >> 2 AS url_id, 1 AS ordinal, 'cta' AS placement, 'slot' AS slot,
        CASE WHEN l = 1 THEN 'store' END AS cta, file, l AS line, 1 AS column,
        CASE WHEN l = 1 THEN '[{"code": "UTM001"}]' ELSE '[]' END AS departures,
        known_from
    FROM internal.page_facts, range(1, 14) AS links(l)""",
    """INSERT INTO internal.assisted_day_facts BY NAME
    SELECT day, answer, '/products/board' AS product_path, 1 AS answers, true AS is_last, true AS is_first, 1 AS clicks, known_from
    FROM internal.answer_day_facts WHERE hash(answer, day) % 10 = 0""",
    """INSERT INTO internal.imports
    SELECT 'i' || w, 'amazon_attribution', 'us', 'US', 'USD', 'performance', 'adgroup', 'report.json', 'x', 'x',
        DATE '2025-11-03' + 7 * w::INTEGER + INTERVAL 9 DAY, 'file',
        DATE '2025-11-03' + 7 * w::INTEGER, DATE '2025-11-03' + 7 * w::INTEGER + 6, 'click', 1,
        now() AT TIME ZONE 'UTC', '0'
    FROM range(52) AS weeks(w)""",
    """INSERT INTO internal.answer_conversions BY NAME
    SELECT answer, day, 'amazon_attribution' AS source, 'us' AS account, 'tag-' || hash(answer) % 100 AS tag, 'USD' AS currency,
        'allocated' AS basis, 2.5 AS clicks_through, 1.5 AS detail_views, 0.5 AS carts, 0.25 AS orders, 0.25 AS units, 500 AS sales_minor,
        50 AS bonus_minor, 3 AS own_clicks, 42 AS window_clicks, known_from
    FROM internal.answer_day_facts""",
)


def main() -> None:
    """Make the facts up, and print what each metric takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=5000)
    answers: int = parser.parse_args().answers
    with TemporaryDirectory() as folder:
        file = Path(folder) / "facts.duckdb"
        with duckdb.connect(str(file)) as connection:
            for name in queries.names("schema"):
                connection.execute(queries.read("schema", name).sql)
            for sql in MADE_UP:
                wanted = {
                    name: value for name, value in (("answers", answers), ("agents", AGENTS)) if f"${name}" in sql
                }
                connection.execute(sql, wanted)
            ((events,),) = connection.execute("SELECT sum(lines) FROM internal.site_day_facts").fetchall()
        with duckdb.connect(str(file), read_only=True) as connection:
            year = Period(FIRST, FIRST + timedelta(days=DAYS - 1))
            week = Period(year.last - timedelta(days=6), year.last)
            found = {"52 weeks": _measured(connection, year), "the last week": _measured(connection, week)}
        print(
            f"{events:,} events, {file.stat().st_size / 1e6:,.0f} MB of facts; wall and processor seconds, fastest of {ROUNDS}"
        )
        print(f"{'':28}" + "".join(f"{title:>20}" for title in found))
        for name in found["52 weeks"]:
            print(f"{name:28}" + "".join(f"{times[name][0]:>10.3f}{times[name][1]:>10.3f}" for times in found.values()))
        sums = [[sum(time[which] for time in times.values()) for which in (0, 1)] for times in found.values()]
        print(f"{'all metrics':28}" + "".join(f"{wall:>10.3f}{used:>10.3f}" for wall, used in sums))


def _measured(connection: duckdb.DuckDBPyConnection, period: Period) -> dict[str, tuple[float, float]]:
    """Wall and processor seconds of each metric over a period."""
    values = {
        "period_from": period.first, "period_to": period.last, "source": SOURCE,
        "like_days": period.days, "before_days": period.before.days,
    }  # fmt: skip
    found = {}
    for name in measure.names():
        times = []
        for _ in range(ROUNDS):
            began, used = time.perf_counter(), time.process_time()
            queries.run(connection, measure.FOLDER, name, **values)
            times.append((time.perf_counter() - began, time.process_time() - used))
        found[name] = min(times)
    return found


if __name__ == "__main__":
    main()
