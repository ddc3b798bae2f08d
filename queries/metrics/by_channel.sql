-- Where the visits to answers came from.
-- Parameters: $period_from, $period_to (DATE).
-- channel: by GA4's default rules, AI assistants apart; "unknown" without one. views: counted page views of answers.
-- visitor_days: people, each once a day and channel. clicking_visitors: of these, those with a counted Amazon or product click in that
-- channel; clicking_visitors / visitor_days is the click rate.
SELECT channel, sum(views)::BIGINT AS views, sum(visitors)::BIGINT AS visitor_days, sum(clicking_visitors)::BIGINT AS clicking_visitors
FROM internal.known_channel_days
WHERE day BETWEEN $period_from AND $period_to
GROUP BY channel
ORDER BY visitor_days DESC, views DESC, channel;
