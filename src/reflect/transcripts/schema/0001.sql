-- Streams and their events are the record; every other table can be made from them,
-- but for drafts, which are not events yet, and leases, which only matter while a process runs.

PRAGMA application_id = 1380271692;

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- `length` is the number of events: a lost last event is found by it.
CREATE TABLE streams (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('session', 'journey')),
    mentorship TEXT NOT NULL,
    length INTEGER NOT NULL
) STRICT;

-- Few among many: every start looks for the mentorships.
CREATE INDEX journeys ON streams (id) WHERE kind = 'journey';

-- `body` is the event as JSON; `key` is that of an answer, else null.
CREATE TABLE events (
    number INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams (number),
    seq INTEGER NOT NULL,
    key TEXT,
    salt BLOB NOT NULL,
    checksum BLOB NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (stream, seq)
) STRICT;

CREATE TABLE scripts (
    digest TEXT PRIMARY KEY,
    data BLOB NOT NULL
) STRICT;

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    mentorship TEXT NOT NULL,
    pack TEXT NOT NULL,
    stage TEXT NOT NULL,
    language TEXT NOT NULL,
    length TEXT NOT NULL,
    started TEXT NOT NULL,
    day TEXT NOT NULL,
    state TEXT NOT NULL,
    answers INTEGER NOT NULL,
    updated TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_open ON sessions (mentorship, id) WHERE state = 'open';

CREATE TABLE drafts (
    stream TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE leases (
    stream TEXT PRIMARY KEY,
    token TEXT NOT NULL,
    pid INTEGER NOT NULL,
    boot TEXT NOT NULL,
    host TEXT NOT NULL,
    heartbeat REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- What can be found: of each key of a session the latest answer, unless it was skipped, declined or removed.
CREATE VIEW answer_texts AS
SELECT number, body ->> 'text' AS text
FROM events e
WHERE key IS NOT NULL AND body ->> 'text' <> '' AND coalesce(body ->> 'status', 'answered') = 'answered'
    AND NOT EXISTS (SELECT 1 FROM events l WHERE l.stream = e.stream AND l.seq > e.seq AND l.key = e.key);

CREATE VIRTUAL TABLE answers USING fts5 (
    text,
    content = 'answer_texts',
    content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3'
);

-- Without this the index keeps the words of a deleted answer.
INSERT INTO answers (answers, rank) VALUES ('secure-delete', 1);
