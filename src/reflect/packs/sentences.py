"""The sentences of conditions and the placeholders of texts, each with an example, for people to read.

`conditions` and `templates` do the reading; a test holds every example here against them.
"""

from __future__ import annotations

from typing import NamedTuple


class Form(NamedTuple):
    """One way to write something: its form, what it means, and an example that can be copied."""

    form: str
    help: str
    example: str


CONDITIONS: tuple[Form, ...] = (
    Form("X is answered", "there is an answer", "calm is answered"),
    Form("X is not answered", "there is none", "calm is not answered"),
    Form("X is skipped", "it was asked and left out", "calm is skipped"),
    Form("X is VALUE", "yes or no, an option's id, or a number", "hindrance is time"),
    Form("X is not VALUE", "it is another one", "ready is not yes"),
    Form("X is one of A, B", "it is one of several", "hindrance is one of time, other"),
    Form("X includes A", "with `choose: several`", "helpers includes boss"),
    Form("X is at least N", "a number or a scale; also `at most`", "trust is at least 3"),
    Form("X is below N", "also `above`; N may be an earlier answer", "trust is below last.trust"),
    Form("X is shorter than N words", "also `longer than`", "calm is shorter than 4 words"),
    Form("X mentions LIST", "a list of the pack's `words`", "calm mentions busy"),
    Form('X mentions "some words"', "these words", 'calm mentions "no time"'),
    Form("X does not mention LIST", "a list or words in quotes", "calm does not mention busy"),
    Form("X repeats Y", "it says the same as another answer", "calm repeats last.calm"),
    Form("X does not repeat Y", "it says something else", "calm does not repeat last.calm"),
    Form("X is CUE", "a cue was heard in the answer", "calm is vague"),
    Form("X is not CUE", "the cue was not heard", "calm is not vague"),
    Form("journey has THINGS", "sessions, open actions, goals, wins …", "journey has open actions"),
    Form("journey has no THINGS", "none of them", "journey has no goals"),
    Form("journey has at least N THINGS", "also `at most N`, or N alone", "journey has at least 2 wins"),
    Form("it is more than N days since last session", "time has passed", "it is more than 21 days since last session"),
)  # fmt: skip

PLACEHOLDERS: tuple[Form, ...] = (
    Form("{mentee}", "the mentee's name", "What went well, {mentee}?"),
    Form("{mentor}", "the mentor's name", "What will you tell {mentor}?"),
    Form("{other}", "in a pack for both: the person opposite", "What did {other} do?"),
    Form("{stage}", "the title of the stage", "What does {stage} mean to you?"),
    Form("{id|words}", "an earlier answer; the words stand if there is none", "You said {calm|little} before. And now?"),
    Form("{last.id|words}", "the answer of an earlier session", "Last time it was {last.calm|not asked}. And now?"),
    Form("{quote of id|words}", "a short phrase from an earlier answer", 'What about "{quote of calm|that moment}"?'),
    Form("{quote}", "in a probe: a short phrase from the answer", 'You wrote "{quote}". What exactly?'),
    Form("{match}", "in a probe: the words that made it ask", 'You mention "{match}". Since when?'),
    Form("{{", "a brace", "Write it as {{ here."),
)  # fmt: skip

IN_PROBES = ("{quote}", "{match}")
"""The placeholders that speak of the answer a probe follows."""

CONDITION_PATTERN = r'(^|\s)(is|has|includes|mentions?|repeats?)(?=[\s"“])'
"""What every condition holds somewhere: its verb."""

TEMPLATE_PATTERN = r"^[^{]*(?:(?:\{\{|\{\s*[^\s{}][^{}]*\})[^{]*)*$"
"""A text in which every brace is doubled, or opens a placeholder that is closed and not empty."""
