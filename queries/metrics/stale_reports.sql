-- Which of the network's reports are too old for the period: they end, or were last downloaded, over 7 days before its end.
-- Parameters: $period_to (DATE).
-- source, account, report: which. as_of: the day of the newest download. covers_to: the last day that any of them speaks of.
-- download_from, download_to: what to download now, from 28 days before the newest download, as the network restates them.
-- folder: where the newest one lay, relative to cta.toml.
SELECT source, account, report, as_of, covers_to, download_from, download_to, folder
FROM internal.stale_reports($period_to)
ORDER BY source, account, report;
