-- Where do the visits come from, and which of them click?
--
-- One row a channel (GA4's default rules, AI assistants a channel of their own), most sessions first. Bots are left out.
-- Columns: channel; sessions; pages a session; sessions_with_click; click_share = sessions_with_click / sessions.
--
-- Parameters:
-- SET VARIABLE week = '2026-W45'; ISO week in the site's zone
SELECT
    channel, count(*) AS sessions, round(avg(pages), 2) AS pages_per_session,
    count(*) FILTER (clicks > 0) AS sessions_with_click,
    round(count(*) FILTER (clicks > 0) / nullif(count(*), 0), 4) AS click_share
FROM sessions
WHERE iso_week = getvariable('week') AND NOT is_bot
GROUP BY channel
ORDER BY sessions DESC, channel;
