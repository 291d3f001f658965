"""A core, a pack that uses every key of the format, and a short way to compile text."""

from __future__ import annotations

from textwrap import dedent

from reflect.diagnostics import Severity
from reflect.listening.cues import builtin_cues
from reflect.packs.compile import Compiled, PackFiles, PackText, compile_pack
from reflect.script import Question, Script, Vocabulary

CUES = Vocabulary({cue.name: cue.name for cue in builtin_cues()})

CORE = """\
reflect: 1
pack: core
version: 1.0.0
title: The engine's own words
language: en

core:
  hello: Hello {mentee}.
  due:
    - By when?
    - When will you have done {what}?
  promise:
    ask: You said "{quote}". How did that go?
    how: One word is enough.
    options:
      - kept: Kept
      - dropped: No longer
"""

CORE_DE = """\
reflect: 1
pack: core
language: de
core:
  hello: Hallo {mentee}.
  promise:
    options:
      - kept: Gehalten
"""

HEAD = """\
reflect: 1
pack: trial
version: 1.10
title: A trial
language: en
"""

FULL = """\
reflect: 1
pack: full
version: 1.10
title: Everything
language: en
about: A pack that uses every key.
source: Nobody's method
for: both
moment: meeting
signs:
  - you want to see everything
words:
  busy:
    - no time
    - rush*
share: at the end
renamed:
  old-calm: calm
retired:
  - gone
core:
  hello: Good to see you, {mentee}.
  promise:
    options:
      - kept: Done
stages:
  - id: work
    title: Under way
    aim: Keep going.
    signs: you are well under way
    lifecycle:
      - work
      - goals
    opening:
      - id: calm
        ask:
          - When did you feel calm, {mentee}?
          - What was easy with {other} in "{stage}"?
        how: One moment is enough.   # a comment
        example: "On Tuesday: the round went well."
        answer: text
        must:
          - check: answer is longer than 2 words
            say: A few words more, please.
        probe:
          - id: what
            when: answer is vague or answer mentions busy
            ask: You said "{quote}". What exactly, after {match}?
            fires: It was fine
            quiet:
              - She repeated my worry back to me
          - when:
              - answer is shorter than 4 words
              - answer repeats last.calm
            ask:
              - What more?
        keep: win
        share: yes
        note for mentor: Listen.
      - id: trust
        ask: How much do you trust {mentor}?
        scale: 1 to 5
        labels:
          - not at all
          - fully
        skip: no
      - id: count
        ask: How often did you meet, {trust} being what you said?
        answer: number
        when: trust is below last.trust
    worked:
      - one of:
          - id: left
            ask: Left?
          - id: right
            ask: Right?
            when: last.left is answered
        id: sides
        depth: deeper
        when: journey has at least 2 open actions
    adjust:
      - id: hindrance
        ask: What is in the way?
        options:
          - time: Not enough time
          - Nobody asks me
          - other: Something else
      - id: helpers
        ask: Who helps?
        options:
          - boss: My boss
          - peers: My peers
        choose: several
        for: mentee
      - id: ready
        ask: Are you ready?
        answer: yesno
        moves to: review
        depth: deeper
    next:
      - id: steps
        repeat: up to 3
        again: Another step?
        when: hindrance is one of time, other
        questions:
          - id: step
            ask: What will you do about "{hindrance|it}"?
            keep: action
          - id: sure
            ask: How sure are you of "{quote of step|this}"?
            scale: 0 to 10
            when: step is answered
      - id: meet
        ask: When do you meet?
        answer: date
        skip: yes
    closing:
      - id: anything
        ask: Last time you wrote "{last.anything|nothing}". And now?
        answer: line
        when:
          - calm is not answered or helpers includes boss
          - it is more than 10 days since last session
          - calm does not mention "no idea" or last.step is vague
        share: no
"""


def pack(body: str, head: str = HEAD) -> str:
    """A pack with `body` under the usual head."""
    return head + dedent(body)


def files(text: str | bytes, **translations: str) -> PackFiles:
    """`text` as a pack with its translations."""
    data = text if isinstance(text, bytes) else text.encode()
    others = {name: PackText(f"{name}.yaml", made.encode()) for name, made in translations.items()}
    return PackFiles("yours", PackText("pack.yaml", data), others)


def compiled(
    given: str | bytes | PackFiles,
    *,
    language: str | None = None,
    bases: dict[str, PackFiles] | None = None,
    core: str = CORE,
) -> Compiled:
    """What comes of a pack with the core above."""
    return compile_pack(
        given if isinstance(given, PackFiles) else files(given),
        language=language,
        core=PackFiles(
            "shipped",
            PackText("core.yaml", core.encode()),
            {"de": PackText("core.de.yaml", CORE_DE.encode())},
        ),
        library=(bases or {}).get,
        vocabulary=CUES,
    )


def script_of(
    given: str | PackFiles,
    *,
    language: str | None = None,
    bases: dict[str, PackFiles] | None = None,
) -> Script:
    """The script of a pack that has no errors."""
    result = compiled(given, language=language, bases=bases)
    assert result.script is not None, "\n".join(map(str, result.diagnostics))
    return result.script


def codes(result: Compiled, *, warnings: bool = False) -> list[str]:
    """The codes of the errors (with `warnings` of everything), by place."""
    return [d.code for d in result.diagnostics if warnings or d.severity is Severity.ERROR]


def question(script: Script, name: str) -> Question:
    """The question called `name`."""
    return next(q for stage in script.stages for q in stage.questions() if q.id == name)
