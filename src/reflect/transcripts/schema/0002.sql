-- A third kind of stream: what a mentor was shown of one mentorship, and what they wrote about it.
-- SQLite cannot change a CHECK, so the table is made anew; at the end every event has its stream again.

PRAGMA defer_foreign_keys = ON;

CREATE TEMP TABLE streams_before AS SELECT number, id, kind, mentorship, length FROM main.streams;
DROP TABLE main.streams;

CREATE TABLE main.streams (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('session', 'journey', 'review')),
    mentorship TEXT NOT NULL,
    length INTEGER NOT NULL
) STRICT;

INSERT INTO main.streams (number, id, kind, mentorship, length)
SELECT number, id, kind, mentorship, length FROM temp.streams_before;
DROP TABLE temp.streams_before;

CREATE INDEX main.journeys ON streams (id) WHERE kind = 'journey';
CREATE INDEX main.reviews ON streams (id) WHERE kind = 'review';
