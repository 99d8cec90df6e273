-- What hits a bill, without what does not: the part of a verdict that postures ask for.
ALTER TABLE release_verdict ADD COLUMN hits BYTEA;

-- Verdicts made before have none; they are made anew, and postures with them.
UPDATE organisation SET computed_with = '';
