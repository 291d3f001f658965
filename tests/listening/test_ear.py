"""What the Ear hears in an answer, through its one door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reflect.events import Expectation, Listen, Said, Span
from reflect.listening.cues import Cue, Utterance, builtin_cues
from reflect.listening.ear import Ear
from reflect.script import Lexicon, Option, Signal

Hear = Callable[..., Said]
SATURDAY = datetime.fromisoformat("2026-11-21T18:30:00+01:00")
OPTIONS = (
    Option("time", "Not enough time"),
    Option("notyet", "Not yet"),
    Option("done", "Done"),
)
WITH_OTHER = (*OPTIONS, Option("other", "Something else"))


def at(text: str, span: Span | None) -> str | None:
    return None if span is None else text[span.start : span.end]


# --- values --------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  ", "\n\n \n"])
def test_nothing_typed_says_nothing(hear: Hear, text: str) -> None:
    assert hear(text, kind="number") == Said()


def test_the_text_stays_as_typed_without_outer_blank_lines(hear: Hear) -> None:
    assert hear("\n \n  one \n two  \n\n").text == "  one \n two  "


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("yesno", "y", True),
        ("yesno", "Yes, we did", True),
        ("yesno", " nope ", False),
        ("yesno", "not really", False),
        ("yesno", "1", True),
        ("yesno", "2", False),
        ("number", "3", 3),
        ("number", "about 3.5", 3.5),
        ("number", "3,5", 3.5),
        ("number", "1,200 words", 1200),
        ("number", "three", 3),
        ("number", "-2", -2),
        ("date", "26 November", "2026-11-26"),
        ("date", "we met on 2025-03-01", "2025-03-01"),
        ("scale", "4", 4),
        ("scale", "maybe four", 4),
    ],
)
def test_a_value_is_understood(hear: Hear, kind: str, text: str, value: object) -> None:
    said = hear(text, kind=kind)
    assert (said.value, said.problem) == (value, "")
    assert type(said.value) is type(value)


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        ("yesno", "not sure", "not-yes-or-no"),
        ("yesno", "yes and no", "not-yes-or-no"),
        ("yesno", "it was a Tuesday", "not-yes-or-no"),
        ("number", "a lot", "not-a-number"),
        ("number", "3 or 4", "not-a-number"),
        ("number", "9" * 5000, "not-a-number"),
        ("date", "soon", "not-a-date"),
        ("scale", "6", "not-on-the-scale"),
        ("scale", "2.5", "not-on-the-scale"),
        ("choice", "bananas", "not-an-option"),
        ("choice", "4", "not-an-option"),
        ("choice", "not", "not-an-option"),
        ("several", "1, bananas", "not-an-option"),
    ],
)
def test_what_is_not_understood_is_a_problem_and_no_value(
    hear: Hear, kind: str, text: str, problem: str
) -> None:
    said = hear(text, kind=kind, options=OPTIONS)
    assert said == Said(text=text, problem=problem)


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("1", "time"),
        ("option 2", "notyet"),
        ("three", "done"),
        ("DONE", "done"),
        ("enough time", "time"),
        ("it's done, finally", "done"),
        ("dnoe", "done"),
        ("not enuogh time", "time"),
    ],
)
def test_an_option_is_picked(hear: Hear, text: str, picked: str) -> None:
    assert hear(text, kind="choice", options=OPTIONS).value == picked


def test_other_takes_free_text(hear: Hear) -> None:
    for text in ("other: the lift broke", "the lift broke", "4"):
        assert hear(text, kind="choice", options=WITH_OTHER) == Said(text=text, value="other")
    assert hear("7", kind="choice", options=WITH_OTHER).problem == "not-an-option"


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("1, 3", ("time", "done")),
        ("1 3", ("time", "done")),
        ("3 1 and not yet", ("done", "time", "notyet")),
        ("done & done", ("done",)),
        ("not enough time", ("time",)),
    ],
)
def test_several_options_are_picked(hear: Hear, text: str, picked: tuple[str, ...]) -> None:
    assert hear(text, kind="several", options=OPTIONS).value == picked


# --- due, owner ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "due", "words"),
    [
        ("next ward round, thursday", "2026-11-26", "thursday"),
        ("after the audit", None, "after the audit"),
        ("no", None, None),
        ("not sure yet", None, None),
        ("don't know", None, None),
        ("👍", None, None),
    ],
)
def test_a_due_reply_is_a_date_or_an_occasion(
    hear: Hear, text: str, due: str | None, words: str | None
) -> None:
    parts = hear(text, kind="due").parts
    assert (parts.due, at(text, parts.due_words)) == (due, words)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("me", "me"),
        ("I will", "me"),
        ("my mentor", "mentor"),
        ("both of us", "both"),
        ("Tom", "other"),
        ("Sister Ruth will", "other"),
        ("the team", "unclear"),
        ("not sure", "unclear"),
    ],
)
def test_an_owner_reply_names_who(hear: Hear, text: str, who: str) -> None:
    assert hear(text, kind="owner").parts.owner == who


@pytest.mark.parametrize(
    ("text", "who"),
    [("Daniel", "mentor"), ("daniel will", "mentor"), ("Dan", "other"), ("my mentee", "mentor")],
)
def test_the_person_opposite_may_be_named(hear: Hear, text: str, who: str) -> None:
    assert hear(text, kind="owner", other="Daniel").parts.owner == who
    assert hear(text, kind="owner").parts.owner == ("mentor" if "mentee" in text else "other")


# --- actions, goals ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "what", "due", "who"),
    [
        ("ask dr Lang for two minutes before the round", None, None, "none"),
        ("I will call the registrar on Monday morning.", "call the registrar", "2026-11-23", "me"),
        ("In three days I'll try the mock exam", "try the mock exam", "2026-11-24", "me"),
        ("My mentor will sign the form", None, None, "mentor"),
        ("she'll (mentor) think about it", None, None, "mentor"),
        ("she'll think about it", None, None, "other"),
        ("the recruiter will phone me on the 1st", "the recruiter will phone me", "2026-12-01", "other"),
        ("Ask my mentor to review it", None, None, "none"),
        ("We should meet more often", None, None, "unclear"),
        ("Someone needs to book the room", None, None, "unclear"),
        ("The report will be sent by Friday", "The report will be sent", "2026-11-27", "unclear"),
        ("My mentor and I will write it", None, None, "both"),
        ("run the numbers so we can stop", None, None, "none"),
    ],
)  # fmt: skip
def test_an_action_has_a_deed_a_date_and_an_owner(
    hear: Hear, text: str, what: str | None, due: str | None, who: str
) -> None:
    parts = hear(text, wants="action").parts
    assert (at(text, parts.what), parts.due, parts.owner) == (what or text, due, who)


def test_an_occasion_is_due_without_a_date(hear: Hear) -> None:
    text = "print the plan before our next session"
    parts = hear(text, wants="action").parts
    assert (parts.due, at(text, parts.due_words)) == (None, "before our next session")
    assert at(text, parts.what) == "print the plan"


def test_a_reply_names_the_deed_when_the_first_answer_was_vague(hear: Hear) -> None:
    joint = "do better\nring the union office on Tuesday"
    parts = hear(joint[10:], before=joint[:9], wants="action").parts
    assert at(joint, parts.what) == "ring the union office"
    assert at(joint, parts.due_words) == "on Tuesday"


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Be promoted to band 6 by September 2027", "smt"),
        ("improve NPS by 5 points", "sm"),
        ("reply faster", ""),
        ("by Friday", "t"),
        ("Become familiar with Kubernetes", ""),
        ("Submit the review article to JMIR before 1 March", "smt"),
    ],
)
def test_the_letters_of_a_goal(hear: Hear, text: str, letters: str) -> None:
    assert hear(text, wants="goal").parts.letters == letters


# --- quotes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        (
            "I wrote the three worst patients on a card first and read them out",
            "I wrote the three worst patients on a card first",
        ),
        ("the handover went fine", "the handover went fine"),
        ("well, she put her phone in the drawer", "she put her phone in the drawer"),
        ("I don't want to bother her", "I don't want to bother her"),
        ("communication", "communication"),
        (
            "the whole night shift left the drug chart of bay four on the wrong desk again",
            "the whole night shift left the drug chart of bay four",
        ),
        ("dr. Lang talks over me", "dr. Lang talks over me"),
        ("", None),
        ("👍 !!", None),
        ("https://example.org/a/b", None),
        ("x" * 300, None),
        ("yes, well, so I", None),
    ],
)
def test_a_short_phrase_is_worth_saying_back(hear: Hear, text: str, phrase: str | None) -> None:
    assert at(text, hear(text).parts.quote) == phrase


def test_a_reply_is_quoted_rather_than_what_it_adds_to(hear: Hear) -> None:
    said = hear("I read them out first", before="it went fine")
    assert at("it went fine\nI read them out first", said.parts.quote) == "I read them out first"
    said = hear("👍", before="the handover went fine")
    assert at("the handover went fine\n👍", said.parts.quote) == "the handover went fine"


# --- signals -----------------------------------------------------------------------------


def listen(**fields: object) -> tuple[Listen, ...]:
    return (Listen(7, Signal("a", **fields)),)  # type: ignore[arg-type]


def test_signals_are_heard_by_number_with_their_places(hear: Hear) -> None:
    busy = listen(kind="mentions", words=("too busy", "swamp*"))
    assert hear("I was too busy", listen=busy).heard == {7: (Span(6, 14),)}
    assert hear("I was calm", listen=busy).heard == {7: None}


def test_a_reply_is_heard_together_with_what_it_adds_to(hear: Hear) -> None:
    said = hear("again", before="too busy", listen=listen(kind="mentions", words=("busy again",)))
    assert (said.text, said.heard) == ("again", {7: (Span(4, 14),)})


def test_words_are_counted(hear: Hear) -> None:
    assert hear("four words, 👍 they are", listen=listen(kind="longer", number=3)).heard == {7: ()}
    assert hear("Sister Ruth", listen=listen(kind="shorter", number=2)).heard == {7: None}
    assert hear("👍", listen=listen(kind="shorter", number=1)).heard == {7: ()}


@pytest.mark.parametrize(
    ("text", "other", "heard"),
    [
        ("ask dr Lang for two minutes", "Ask Dr. Lang for 2 minutes", True),
        ("finish the report draft", "the draft of the report, finish", True),
        ("ask dr Lang", "ask dr Lang whether Tom may shadow his Tuesday clinic", False),
        ("it was fine", "it was fine", False),
        ("ring the union", "paint the corridor", False),
    ],
)
def test_an_answer_repeats_another(hear: Hear, text: str, other: str, heard: bool) -> None:
    signal = Listen(7, Signal("a", "repeats", other="last.a"), other)
    assert (hear(text, listen=(signal,)).heard[7] is not None) is heard


def test_a_cue_that_nobody_brought_is_not_spoken_of(hear: Hear) -> None:
    assert hear("anything", listen=listen(kind="cue", name="sarcastic")).heard == {}


def test_a_cue_of_a_plugin_is_heard_within_the_text(lexicon: Lexicon) -> None:
    def all_of_it(said: Utterance) -> tuple[Span, ...]:
        return (Span(0, len(said.text)), Span(0, 999))

    ear = Ear(lexicon, (*builtin_cues(), Cue("all", "everything", all_of_it)))
    said = ear.hear("so it is", Expectation(listen=listen(kind="cue", name="all")), SATURDAY)
    assert said.heard == {7: (Span(0, 8),)}


# --- whatever is typed -------------------------------------------------------------------

ALL = tuple(
    Listen(number, signal)
    for number, signal in enumerate(
        [
            *(Signal("a", "cue", name=cue.name) for cue in builtin_cues()),
            Signal("a", "mentions", words=("worried", "no time", "stress*", "öffnen")),
            Signal("a", "longer", number=3),
            Signal("a", "shorter", number=3),
        ]
    )
)
KINDS = ("text", "line", "yesno", "number", "date", "scale", "choice", "several", "due", "owner")
LISTED = [
    *("by", "friday", "12/11", "in two weeks", "i will", "we", "mentor", "maybe", "other"),
    *("-", ",", "’", "\n", "👍", "שלום", "مرحبا", "3", "yes", "no"),
]
TYPED = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=80),
    st.lists(st.sampled_from(LISTED), max_size=25).map(" ".join),
)


@given(TYPED, st.sampled_from(KINDS), st.sampled_from(["", "action", "goal"]), TYPED)
@example("İ'", "text", "action", "ß ﬁ")
@example("31 / 4/31 99.99.9999 0", "due", "", "")
def test_nothing_typed_makes_it_fall_over(
    ear: Ear, text: str, kind: str, wants: str, before: str
) -> None:
    expectation = Expectation(
        kind=kind,  # type: ignore[arg-type]
        wants=wants,  # type: ignore[arg-type]
        before=before,
        options=WITH_OTHER,
        listen=(*ALL, Listen(50, Signal("a", "repeats"), before)),
    )
    said = ear.hear(text, expectation, SATURDAY)
    joint = f"{before}\n{said.text}" if before else said.text
    spans = [span for places in said.heard.values() for span in places or ()]
    spans += [s for s in (said.parts.quote, said.parts.what, said.parts.due_words) if s]
    assert all(0 <= start < end <= len(joint) for start, end in spans)
    assert said.text in text
    assert ear.hear(text, expectation, SATURDAY) == said


@pytest.mark.parametrize("year", [1, 9999])
def test_the_ends_of_the_calendar_are_no_trouble(ear: Ear, year: int) -> None:
    now = datetime(year, 12 if year > 1 else 1, 31 if year > 1 else 1)
    for text in ("in 900 years", "next month", "next week", "yesterday", "end of the quarter"):
        assert ear.hear(text, Expectation(kind="due"), now).text == text


def test_no_repr_shows_what_was_typed(ear: Ear) -> None:
    seen: list[str] = []

    def spy(said: Utterance) -> None:
        seen.append(repr(said))

    spying = Ear(Lexicon("en", {}), [Cue("spy", "looks at the repr", spy)])
    said = spying.hear("secret", Expectation(listen=listen(kind="cue", name="spy")), SATURDAY)
    assert "secret" not in "".join([*seen, repr(said)])
    assert seen


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ("Dr Weiss will send me the list by friday", "mentor"),
        ("Daniel is going to ring Ruth", "mentor"),
        ("Dr Lang will talk to me", "other"),
        ("I will ask Dr Weiss for the list", "me"),
    ],
)
def test_the_person_opposite_is_known_by_a_part_of_their_name(
    hear: Hear, said: str, whose: str
) -> None:
    assert hear(said, wants="action", other="Dr Daniel Weiss").parts.owner == whose
