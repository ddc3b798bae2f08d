-- What the lines of a block that are no events say of their visitors.
-- Relations: traces_in (network, user_agent_id, day, signs, lines), visitors_in. Makes: rows of traced.
INSERT INTO traced
SELECT visitor, day, signs, lines
FROM traces_in
JOIN visitors_in USING (network, user_agent_id, day)
WHERE visitor IS NOT NULL;

-- No address outlives its block.
DROP TABLE visitors_in;
