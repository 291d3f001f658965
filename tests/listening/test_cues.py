"""The cues that are built in, on answers they must and must not be heard in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reflect.events import Expectation, Listen, Said
from reflect.listening.cues import builtin_cues
from reflect.listening.ear import Ear
from reflect.script import Lexicon, Signal

from .conftest import SATURDAY

Hear = Callable[..., Said]

EXAMPLES: list[tuple[str, list[str], list[str]]] = [
    (
        "vague",
        [
            "It was fine",
            "good",
            "communication",
            "I should communicate more and be more proactive in general with everyone",
            "everything",
            "not sure",
            "idk",
            "👍",
            "https://example.org/x",
            "Things are better in general",
            "I have learned a lot",
            "Most things are going well",
        ],
        [
            "She repeated my worry back to me before she answered",
            "I say 'just' in every sentence",
            "he put his phone in the drawer",
            "the handover: read three patients from a card",
            "I can set up the lathe for a taper without the sheet",
            "renew my CSCS card",
            "less slides (14 -> 6)",
            "Priya said the error messages finally tell her what to fix",
        ],
    ),
    (
        "dated",
        ["done by Friday", "in two weeks", "before our next session"],
        ["soon", "I may do it", "every Friday", "24/7"],
    ),
    (
        "owned",
        ["I'll ask Tom", "My mentor will sign it", "Ben will write it"],
        ["ask Tom", "we should meet", "The form will be sent"],
    ),
    (
        "measurable",
        ["improve NPS by 5 points", "finish the thesis", "two papers a month"],
        ["reply faster", "done by 26 November", "save money"],
    ),
    (
        "hedged",
        ["Maybe I was just a bit lucky, I suppose", "I sort of listened", "not sure it helped"],
        ["I had read the file on the bus", "what kind of day it was", "he could not stop"],
    ),
    (
        "blaming",
        [
            "My supervisor never reads anything I send him",
            "It's the night shift's fault, they leave everything to us",
            "he always cancels at the last minute",
        ],
        ["It was not his fault", "she never interrupts", "I never ask", "he always listens"],
    ),
    (
        "low",
        ["I feel invisible in that team", "so exhausted", "not happy with it"],
        ["I was not worried", "the depression of the freezing point", "took notes"],
    ),
    (
        "glad",
        ["I was so relieved", "proud of it", "she made my day"],
        ["not happy with how that went", "happy to send it", "a great deal of paper"],
    ),
    (
        "time",
        ["I have no time to prepare", "she cancelled our call again"],
        ["there is enough time", "time series"],
    ),
    (
        "expectations",
        ["nobody told me what is expected of me"],
        ["great expectations is on the list"],
    ),
    (
        "power",
        ["I don't dare to contradict her", "he treats me like a child"],
        ["the power supply broke"],
    ),
    (
        "distance",
        ["we have never met in person", "eight hours time difference"],
        ["remote control"],
    ),
    ("conflict", ["we argued about the data"], ["a merge conflict in main", "we never argued"]),
    ("no-progress", ["I keep going round in circles"], ["the progress bar is done"]),
    ("confidence", ["I feel like a fraud", "I doubt myself"], ["a 95% confidence interval"]),
    ("reasons", ["It went well because I wrote it down first"], ["I wrote it down first"]),
    ("other-side", ["from her point of view I was late again"], ["I was late again"]),
    ("new-view", ["I realised that I talk too fast"], ["I talk too fast"]),
]


def is_heard(hear: Hear, cue: str, text: str) -> bool:
    said = hear(text, listen=(Listen(0, Signal("a", "cue", name=cue)),))
    return said.heard[0] is not None


@pytest.mark.parametrize(("cue", "text"), [(cue, text) for cue, yes, _ in EXAMPLES for text in yes])
def test_a_cue_is_heard(hear: Hear, cue: str, text: str) -> None:
    assert is_heard(hear, cue, text)


@pytest.mark.parametrize(("cue", "text"), [(cue, text) for cue, _, no in EXAMPLES for text in no])
def test_a_cue_is_not_heard(hear: Hear, cue: str, text: str) -> None:
    assert not is_heard(hear, cue, text)


def test_every_cue_has_examples_and_one_line_of_definition() -> None:
    cues = builtin_cues()
    assert [cue.name for cue in cues] == [name for name, _, _ in EXAMPLES]
    assert all(cue.definition and "\n" not in cue.definition for cue in cues)


def test_without_lists_no_cue_hears_words() -> None:
    deaf = Ear(Lexicon("xx", {}), builtin_cues())
    signals = tuple(
        Listen(at, Signal("a", "cue", name=cue.name)) for at, cue in enumerate(builtin_cues())
    )
    text = "Maybe I am sad, it was fine, he always cancels by Friday"
    said = deaf.hear(text, Expectation(listen=signals), SATURDAY)
    assert set(said.heard.values()) == {None}
