"""What a made-up answer says to a turn, as if an Ear had heard it."""

from __future__ import annotations

from datetime import date
from itertools import cycle, islice

from reflect.dialogue.turn import Turn
from reflect.events import Expectation, Heard, Listen, Parts, Said, Span
from reflect.rehearsal.ways import WORDS, Way
from reflect.script import Signal

_FILLER = ("I", "wrote", "three", "names", "on", "a", "card", "before", "anybody", "came", "in")
_DAY = date(2026, 3, 6).isoformat()
_LONG = 60
"""Characters up to which a made-up text is quoted whole."""


def said(way: Way, turn: Turn, base: Heard, *, complete: bool = False) -> Said:
    """The `way` of answering `turn`; `base` is what was heard in the answer that it adds to.

    A `complete` action or goal names its day and has every letter of SMART.
    """
    if way.skipped:
        return Said()
    expects = turn.expectation
    if expects.kind not in ("text", "line"):
        return Said(text=_label(way, turn), value=way.value, parts=_parts(expects, ""))
    text = " ".join(islice(cycle(_FILLER), way.words))
    heard = _heard(way, expects, base, text)
    return Said(text=text, heard=heard, parts=_parts(expects, text, complete=complete))


def _label(way: Way, turn: Turn) -> str:
    """How the value is typed."""
    value = way.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    chosen = value if isinstance(value, tuple) else (value,)
    labels = {option.id: option.label for option in turn.options}
    return ", ".join(labels.get(str(one), str(one)) for one in chosen)


def _parts(expects: Expectation, text: str, *, complete: bool = False) -> Parts:
    if expects.kind == "due":
        return Parts(due=_DAY, due_words=Span(0, 1))
    if expects.kind == "owner":
        return Parts(owner="me")
    if not text:
        return Parts()
    start = len(expects.before) + 1 if expects.before else 0
    whole = Span(start, start + min(len(text), _LONG))
    if expects.wants and complete:
        return Parts(quote=whole, what=whole, due=_DAY, due_words=whole, owner="me", letters="smt")
    return Parts(quote=whole, what=whole if expects.wants else None, owner="none")


# --- signals -----------------------------------------------------------------------


def _heard(way: Way, expects: Expectation, base: Heard, text: str) -> Heard:
    """Every signal that is listened for: heard as the way has it, and as one text can have it."""
    start = len(expects.before) + 1 if expects.before else 0
    words = len(expects.before.split()) + way.words
    mentioned = [
        one.signal for one in expects.listen if one.number in way.heard and _is_list(one.signal)
    ]
    found: Heard = {}
    for one in expects.listen:
        if _is_list(one.signal) and base.get(one.number) is not None:
            found[one.number] = base[one.number]
        elif _is_list(one.signal) and any(_within(other, one.signal) for other in mentioned):
            found[one.number] = (Span(start, start + len(text.split()[0])),)
        else:
            found[one.number] = () if _is_heard(one, way, words) else None
    return found


def _is_heard(one: Listen, way: Way, words: int) -> bool:
    if one.signal.kind == "longer":
        return words > one.signal.number
    if one.signal.kind == "shorter":
        return words < one.signal.number
    compared = one.signal.kind != "repeats" or bool(one.other)
    return compared and one.number in way.heard


def _is_list(signal: Signal) -> bool:
    return signal.kind == "mentions"


def _within(narrow: Signal, wide: Signal) -> bool:
    """Whether a text with a word of one list has one of the other too."""
    return set(narrow.words) <= set(wide.words)


def last_heard(way: Way, signals: tuple[tuple[int, Signal], ...]) -> Heard:
    """`signals`, by number, as they were heard in an answer of last time."""
    mentioned = [signal for n, signal in signals if n in way.heard and _is_list(signal)]
    return {
        number: ()
        if _is_heard(Listen(number, signal, "something"), way, way.words)
        or (_is_list(signal) and any(_within(other, signal) for other in mentioned))
        else None
        for number, signal in signals
    }


# --- for people --------------------------------------------------------------------


def described(way: Way, text: str, signals: tuple[Signal, ...]) -> str:
    """The answer as a report shows it: what is typed, or what is heard in a text."""
    if way.skipped:
        return "(nothing: Enter)"
    if way.value is not None:
        return text
    heard = ", ".join(_named(signals[number]) for number in sorted(way.heard))
    words = "" if way.words == WORDS else f" of {way.words} words"
    return f"(a text{words} in which {heard} is heard)" if heard else f"(a text{words})"


def _named(signal: Signal) -> str:
    if signal.kind == "repeats":
        return f"`{signal.other}` again"
    return f"`{signal.name or ' '.join(signal.words)}`"
