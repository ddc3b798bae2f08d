-- Which kind of page each answer is: rates are shrunk towards those of the same kind.
-- Parameters: none.
-- answer, site, lang: the page as last scanned. kind: page kind by the contract.
SELECT answer, site, lang, any_value(kind ORDER BY path) AS kind
FROM internal.known_answers
GROUP BY answer, site, lang
ORDER BY answer, site, lang NULLS FIRST;
