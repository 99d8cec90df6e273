-- What a search finds is put in order, counted and seen from this index alone.
DROP INDEX finding_by_words;
CREATE INDEX finding_by_words ON finding (org, words, state, severity, last_seen, tool, system_id);

-- Deficiencies are told apart by other marks now: what is stored counts until they are made anew.
DELETE FROM posture_brief;
UPDATE organisation SET computed_with = '';
