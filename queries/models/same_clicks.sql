-- One event, two witnesses: a redirect hit within ten seconds of a beacon's click of the same visitor on the same target, and a beacon
-- that came twice with one id (a retry, a second log), whatever it told of. Without visitors the user agent stands for one.
-- Relations: internal.events, internal.targets, internal.urls, judged_days.
UPDATE internal.events AS e
SET is_same_click = judged.is_same
FROM (
    WITH told AS (
        SELECT e.event_id, e.kind, e.occurred_at, e.via, e.beacon_id, e.target_key, e.path_key, e.is_same_click,
            coalesce(e.visitor, -e.user_agent_key) AS who, e.day
        FROM internal.events AS e
        WHERE (e.kind = 3 OR e.beacon_id IS NOT NULL) AND e.day IN (SELECT day FROM judged_days)
    ),
    clicked AS (
        SELECT told.*, u.destination
        FROM told
        JOIN internal.targets AS t USING (target_key)
        JOIN internal.urls AS u USING (url_key)
        WHERE told.kind = 3
    ),
    witnessed AS (
        SELECT DISTINCT r.event_id
        FROM clicked AS r
        JOIN clicked AS b
            ON b.who = r.who AND b.day = r.day AND b.destination = r.destination
                AND abs(epoch(b.occurred_at) - epoch(r.occurred_at)) <= 10
        WHERE r.via = 2 AND b.via = 1
    ),
    repeated AS (
        SELECT event_id
        FROM told
        WHERE beacon_id IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY who, day, kind, beacon_id, target_key, path_key ORDER BY occurred_at, event_id) > 1
    )
    SELECT event_id, is_same_click AS was_same,
        event_id IN (SELECT event_id FROM witnessed) OR event_id IN (SELECT event_id FROM repeated) AS is_same
    FROM told
) AS judged
WHERE e.event_id = judged.event_id AND judged.is_same <> judged.was_same;
