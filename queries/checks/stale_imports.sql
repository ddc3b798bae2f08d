-- Which reports of a network are older than the logs?
--
-- Reports that end, or were last downloaded, more than 7 days before the last day of the logs; with what to download, from 28 days
-- before the newest download, as networks restate their figures for so long, and the folder in which the newest one lay.
-- Remedy: download these reports into their folders and run `cta run`, or `cta import` with the files
-- Columns: subject (account, report and importer); fact.
SELECT format('{} {} ({})', account, report, source) AS subject,
    format('downloaded on {}, ends on {}; download {} to {} into {}', strftime(as_of, '%Y-%m-%d'), strftime(covers_to, '%Y-%m-%d'),
        strftime(download_from, '%Y-%m-%d'), strftime(download_to, '%Y-%m-%d'), if(folder = '.', 'the folder of cta.toml', folder || '/')) AS fact
FROM internal.stale_reports((SELECT max(day) FROM internal.site_days))
ORDER BY source, account, report;
