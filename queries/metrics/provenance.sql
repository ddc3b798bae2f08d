-- What judged and cut the events: the bot lists, and the pages that were scanned.
-- Parameters: none.
-- bot_list: versions of the bot list that judged the user agents, joined by ", ". pages, links: of the last scan.
SELECT
    (SELECT string_agg(DISTINCT list_version, ', ' ORDER BY list_version) FROM internal.known_lists) AS bot_list,
    (SELECT count(*) FROM internal.known_pages WHERE is_current) AS pages,
    (SELECT count(*) FROM internal.known_links) AS links;
