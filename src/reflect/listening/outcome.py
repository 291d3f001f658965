"""What became of a promise, as a person says it: "did it", "half of it", "didn't manage"."""

from __future__ import annotations

from reflect.listening.language import Language
from reflect.listening.values import yes_or_no
from reflect.listening.words import Words

OUTCOMES = ("kept", "partly", "not-yet", "dropped")
"""Each has its words in the list `outcome-…` of the lexicon."""

WORDS_READ = 40


def outcome(words: Words, language: Language) -> str | None:
    """The one of `OUTCOMES` that `words` tell first; a bare yes is kept, a bare no is not yet.

    None when nothing of the kind is said. Of two that begin at the same word the longer
    counts: "not done" is not "done".
    """
    tokens = words.tokens[:WORDS_READ]
    told = [
        (span.start, -span.end, name)
        for name in OUTCOMES
        for span in language.find(f"outcome-{name}", tokens)
    ]
    if told:
        return min(told)[2]
    said = yes_or_no(words, language)
    if said is None:
        return None
    return "kept" if said else "not-yet"
