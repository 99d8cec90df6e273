-- Findings of several tools that are one weakness are told apart from those that stand for it: the column `state` says
-- so. What is stored counts until it is made anew.
DELETE FROM evidence_side;
UPDATE organisation SET computed_with = '';
