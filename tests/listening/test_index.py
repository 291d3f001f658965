"""The indexes find exactly what going through the lists word by word finds."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reflect.events import Span
from reflect.listening.frames import Frames, exhaust
from reflect.listening.grammar import Grammar, Reading
from reflect.listening.spelling import Spelling, is_typo
from reflect.listening.words import Token, WordList, Words, is_forgivable

from .heard import ITEMS, language

_letters = st.text("ab", min_size=1, max_size=3)
_piece = st.builds(lambda word, any_ending: word + "*" * any_ending, _letters, st.booleans())
_entries = st.lists(st.lists(_piece, min_size=1, max_size=3).map(" ".join), max_size=12)
_texts = st.lists(_letters, max_size=12).map(" ".join)


def _fits(entry: str, tokens: tuple[Token, ...], at: int) -> int:
    """How many words `entry` has when it stands at token `at`; else 0."""
    pieces = entry.split()
    said = [token.word for token in tokens[at : at + len(pieces)]]
    fits = len(said) == len(pieces) and all(
        word.startswith(piece[:-1]) if piece.endswith("*") else word == piece
        for piece, word in zip(pieces, said, strict=True)
    )
    return len(pieces) if fits else 0


def _simply(entries: list[str], tokens: tuple[Token, ...]) -> tuple[Span, ...]:
    """Every entry tried at every word: the longest at each place, never overlapping."""
    found, at = [], 0
    while at < len(tokens):
        length = max((_fits(entry, tokens, at) for entry in entries), default=0)
        if length:
            found.append(Span(tokens[at].start, tokens[at + length - 1].end))
        at += length or 1
    return tuple(found)


@given(_entries, _texts)
@settings(max_examples=120, deadline=None)
def test_a_list_is_found_as_by_trying_every_entry(entries, text):
    words, listed = Words(text), WordList(entries)
    assert listed.find_in(words) == listed.find(words.tokens) == _simply(entries, words.tokens)


@given(_entries, _texts)
@settings(max_examples=120, deadline=None)
def test_single_words_are_known_as_by_trying_every_entry(entries, text):
    words, listed = Words(text), WordList(entries)
    simply = {t.word for t in words.tokens if any(_fits(e, (t,), 0) for e in entries)}
    assert {token.word for token in words.tokens if token.word in listed} == simply
    assert listed.among(words.distinct) == simply


_long = st.text("abc", min_size=5, max_size=8)


@given(st.lists(_long, max_size=15), st.lists(_long, max_size=8))
@settings(max_examples=120, deadline=None)
def test_a_typo_is_mended_as_by_trying_every_word(listed, typed):
    tokens = Words(" ".join(typed)).tokens
    mended = Spelling(listed, (), (), {}).mended(tokens)
    for before, after in zip(tokens, mended, strict=True):
        near = sorted(word for word in listed if is_typo(before.word, word))
        unknown = before.word not in listed and is_forgivable(before.word)
        assert after.word == (near[0] if near and unknown else before.word)
        assert (after.start, after.end) == (before.start, before.end)


_place = st.sampled_from(["a", "b*", "c|ab", "(a)", "(b|c)", "..", "<n>", "bc"])
_frames = st.lists(st.lists(_place, min_size=1, max_size=4).map(" ".join), max_size=8)


@given(_frames, _frames, _texts)
@settings(max_examples=120, deadline=None)
def test_frames_made_ready_beforehand_are_those_made_when_needed(some, others, text):
    lists = {"said-some": some, "said-others": others}
    sentences = [Words(text).tokens]
    late, early = (
        Frames(lists, lambda name: lists.get(name, []), frozenset("a")) for _ in range(2)
    )
    next(early.prepare(), None)
    found = late.find(sentences)
    assert early.find(sentences) == found
    exhaust(early.prepare())
    assert early.find(sentences) == found and early.vocabulary == late.vocabulary


def _dated() -> list[dict[str, str]]:
    files = (ITEMS / f"{name}.jsonl" for name in ("actions", "dates"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


class _Patient(Reading):
    """Reads without the look at two words, so that everything is tried everywhere."""

    def may_begin(self, name: str, at: int) -> bool:
        return True


@pytest.mark.parametrize("code", ["en", "de", "es"])
def test_no_date_is_passed_over(code):
    """The look at two words spares work and loses nothing, in dates and in what they are made of."""
    grammar, today = Grammar(language(code)), date(2026, 11, 21)
    texts = [item["text"] for item in _dated() if item["language"] == code]
    assert len(texts) > 50
    for text in texts:
        tokens = Words(text).tokens
        quick = grammar.reading(text, tokens, today)
        patient = _Patient(grammar, text, tokens, today)
        for at in range(len(tokens)):
            for name in ("due", "stretch", "amount", "unit", "holiday"):
                assert quick.fits(name, at) == patient.fits(name, at), (text, name, tokens[at].word)
            assert at in quick.starts or not patient.fits("due", at)


_WORDS = st.lists(_letters, max_size=12)


def _stand(pieces: list[str], words: list[str], at: int) -> set[int]:
    """Every place after `pieces` when they stand from word `at` on: each way to take them."""
    if not pieces:
        return {at}
    piece, *rest = pieces
    if piece == "..":
        return {end for more in range(4) for end in _stand(rest, words, at + more)}
    left_out = _stand(rest, words, at) if piece.startswith("(") else set()
    names = piece.strip("()").split("|")
    fits = at < len(words) and any(
        words[at].startswith(name[:-1]) if name.endswith("*") else words[at] == name
        for name in names
    )
    return left_out | (_stand(rest, words, at + 1) if fits else set())


@given(_frames, _WORDS)
@settings(max_examples=120, deadline=None)
def test_frames_begin_where_trying_each_everywhere_finds_them(frames, words):
    """Looking outwards from the rarest place finds the same beginnings as trying every word."""
    words = ["".join(word) for word in words]
    lists = {"said-some": [f for f in frames if "<n>" not in f and f[0] not in "(."]}
    tokens = Words(" ".join(words)).tokens
    found = Frames(lists, lambda name: lists.get(name, []), frozenset("a")).find([tokens])
    simply = {
        tokens[at].start
        for entry in lists["said-some"]
        for at in range(len(words))
        if any(end <= len(words) for end in _stand(entry.split(), words, at))
    }
    assert {one.span.start for one in found.get("said-some", ())} == simply
    assert all(one.rule in lists["said-some"] for one in found.get("said-some", ()))


def test_of_frames_that_are_equally_long_the_one_listed_first_is_the_rule():
    lists = {"said-some": ["b|c a", "b a|c", "b a"]}
    found = Frames(lists, lambda name: lists.get(name, []), frozenset()).find([Words("b a").tokens])
    assert [one.rule for one in found["said-some"]] == ["b|c a"]
