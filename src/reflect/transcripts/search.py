"""Finding answers by their words."""

from __future__ import annotations

from typing import Literal, NamedTuple, cast

import apsw

from reflect.events import Answered, Span
from reflect.transcripts import codec, streams
from reflect.transcripts.query import fetch_all, fetch_one
from reflect.transcripts.values import Hit

Order = Literal["newest", "relevance"]

_RANKED = 2000
"""How many of the newest hits are ranked; over all of them BM25 takes seconds on a common word."""

_HIT = (
    "SELECT answers.rowid FROM answers"
    " CROSS JOIN events e ON e.number = answers.rowid"
    " CROSS JOIN streams t ON t.number = e.stream"
    " CROSS JOIN sessions s ON s.id = t.id"
    " WHERE answers.answers MATCH :words AND (:stage IS NULL OR s.stage = :stage)"
    " AND (:pack IS NULL OR s.pack = :pack)"
    " AND (:mentorship IS NULL OR s.mentorship = :mentorship)"
    " AND (:since IS NULL OR s.day >= :since) AND (:until IS NULL OR s.day <= :until)"
)
_PLAIN = "SELECT rowid FROM answers WHERE answers MATCH :words"
_NEWEST = " ORDER BY answers.rowid DESC LIMIT :limit"
# The cut is by rowid, which the index walks anyway; `rowid IN (…)` would look each one up.
_RELEVANT = (
    " AND answers.rowid >= (WITH newest (number) AS MATERIALIZED"
    " (SELECT rowid FROM answers WHERE answers MATCH :words ORDER BY rowid DESC LIMIT :ranked)"
    " SELECT min(number) FROM newest) ORDER BY answers.rank LIMIT :limit"
)
_ROW = (
    "SELECT e.seq, e.salt, e.checksum, CAST(e.body AS BLOB), s.id, s.stage, s.pack"
    " FROM events e JOIN streams t ON t.number = e.stream JOIN sessions s ON s.id = t.id"
    " WHERE e.number = ?"
)


class Filters(NamedTuple):
    """What a hit's session must be; None is any. `since` and `until` are local ISO dates, both included."""

    stage: str | None = None
    pack: str | None = None
    mentorship: str | None = None
    since: str | None = None
    until: str | None = None


class _Word(NamedTuple):
    token: str
    open: bool

    def fits(self, token: str) -> bool:
        return token.startswith(self.token) if self.open else token == self.token


def search(
    db: apsw.Connection, words: str, order: Order, limit: int, filters: Filters
) -> list[Hit]:
    """Answers that hold all of `words`, a `*` standing for any ending.

    When there is none, every word may have any ending. Case and accents are alike.
    Newest first is by the order in which answers were given; an altered answer is never shown.
    """
    asked = _clean(words)
    numbers = _matches(db, _query(asked, False), order, limit, filters)
    endings = not numbers
    if endings:
        numbers = _matches(db, _query(asked, True), order, limit, filters)
    wanted = _wanted(db, asked, endings)
    hits = (_hit(db, number, wanted) for number in numbers)
    return [hit for hit in hits if hit]


def _clean(words: str) -> list[str]:
    text = words.encode("utf-8", "ignore").decode().replace("\0", " ")
    return [word for word in text.split() if word.strip("*")]


def _query(words: list[str], endings: bool) -> str:
    # Quoted, a word is only ever a word: no operator, column or parenthesis of the index's language.
    return " ".join(
        '"'
        + word.rstrip("*").replace('"', '""')
        + '"'
        + ("*" if endings or word[-1] == "*" else "")
        for word in words
    )


def _matches(
    db: apsw.Connection, query: str, order: Order, limit: int, filters: Filters
) -> list[int]:
    if not query:
        return []
    base = _HIT if any(filters) else _PLAIN
    sql = base + (_NEWEST if order == "newest" else _RELEVANT)
    bindings = {"words": query, "limit": limit, "ranked": _RANKED, **filters._asdict()}
    return [number for (number,) in fetch_all(db, sql, bindings)]


def _hit(db: apsw.Connection, number: int, wanted: list[_Word]) -> Hit | None:
    row = fetch_one(db, _ROW, (number,))
    if row is None:
        return None
    seq, salt, mark, body, session, stage, pack = row
    if not streams.is_whole(session, seq, salt, mark, body):
        return None
    event = codec.decode(body, session, seq)
    if not isinstance(event, Answered):
        return None
    spans = _spans(db, event.text, wanted)
    return Hit(session, seq, event.key, event.at[:10], stage, pack, event.text, spans)


def _wanted(db: apsw.Connection, words: list[str], endings: bool) -> list[_Word]:
    found = []
    for word in words:
        tokens = [token for _, _, token in _tokens(db, word.rstrip("*").encode())]
        last = len(tokens) - 1
        opened = endings or word[-1] == "*"
        found += [_Word(token, opened and place == last) for place, token in enumerate(tokens)]
    return found


def _spans(db: apsw.Connection, text: str, wanted: list[_Word]) -> tuple[Span, ...]:
    raw = text.encode()
    spans: list[Span] = []
    at = done = 0
    for start, end, token in _tokens(db, raw):
        if any(word.fits(token) for word in wanted):
            at += len(raw[done:start].decode())
            spans.append(Span(at, at + len(raw[start:end].decode())))
            at, done = spans[-1].end, end
    return tuple(spans)


def _tokens(db: apsw.Connection, raw: bytes) -> list[tuple[int, int, str]]:
    tokenizer = db.fts5_tokenizer("unicode61", ["remove_diacritics", "2"])
    found = tokenizer(raw, apsw.FTS5_TOKENIZE_DOCUMENT, None, include_colocated=False)
    return cast("list[tuple[int, int, str]]", found)
