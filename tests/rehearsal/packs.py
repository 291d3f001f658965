"""Small random packs: every kind of question, group and condition, put together by lot."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

HEAD = """\
reflect: 1
pack: trial
version: 1.0.0
title: T
language: en
for: {audience}
words:
  busy:
    - no time
    - rush*
"""
KINDS = ("text", "yesno", "number", "scale", "choice", "several")
SHAPES = ("single", "single", "single", "one of", "repeat")
JOURNEY = (
    "journey has no sessions",
    "journey has at least 4 sessions",
    "journey has open actions",
    "it is more than 40 days since last session",
)
OF_ANY = ("{x} is answered", "{x} is skipped", "{x} is not answered")
OF_KIND = {
    "text": (
        "{x} is vague",
        "{x} is not low",
        "{x} mentions busy",
        "{x} does not mention busy",
        "{x} is shorter than 4 words",
        "{x} is longer than 8 words",
    ),
    "yesno": ("{x} is yes", "{x} is not yes"),
    "number": ("{x} is above 4", "{x} is at most 2", "{x} is 3"),
    "scale": ("{x} is at least 4", "{x} is below last.{y}", "{x} is one of 2, 3"),
    "choice": ("{x} is one of time, nerve", "{x} is not time"),
    "several": ("{x} includes time", "{x} includes nerve"),
}
CHECKS = {"text": "answer is longer than 2 words", "number": "answer is at most 9"}
KEYS = {
    "text": (),
    "yesno": ("answer: yesno",),
    "number": ("answer: number",),
    "scale": ("scale: 1 to 5",),
    "choice": ("options:", "  - time: No time", "  - nerve: No nerve", "  - luck: No luck"),
    "several": (
        "choose: several",
        "options:",
        "  - time: No time",
        "  - nerve: No nerve",
        "  - luck: No luck",
    ),
}


@st.composite
def packs(draw: DrawFn) -> str:
    """The text of a pack with up to six blocks of questions."""
    make = _Making(draw)
    lines = [HEAD.format(audience=draw(st.sampled_from(("mentee", "both")))) + "worked:"]
    for _ in range(draw(st.integers(1, 6))):
        lines += make.block()
    return "\n".join(lines) + "\n"


class _Making:
    def __init__(self, draw: DrawFn) -> None:
        self._draw = draw
        self._seen: dict[str, str] = {}
        self._number = 0

    def block(self) -> list[str]:
        shape = self._draw(st.sampled_from(SHAPES))
        if shape == "single":
            return self._question("  ", self._conditions(self._seen))
        self._number += 1
        name = f"g{self._number}"
        before = dict(self._seen)
        when = self._when(self._conditions(before), "    ") if self._chance() else []
        if shape == "one of":
            members = [self._question("      ", self._last(before)) for _ in range(2)]
            return ["  - one of:", *members[0], *members[1], f"    id: {name}", *when]
        first = self._question("      ", [], plain=True)
        inner = {key: kind for key, kind in self._seen.items() if key not in before}
        second = self._question("      ", self._conditions({**before, **inner}))
        self._seen = before
        head = ["  - repeat: up to 2", f"    id: {name}", "    again: More?", *when]
        return [*head, "    questions:", *first, *second]

    def _question(self, indent: str, when: list[str], *, plain: bool = False) -> list[str]:
        self._number += 1
        name, kind = f"q{self._number}", self._draw(st.sampled_from(KINDS))
        lines = [f"- id: {name}", "  ask:", f"    - First {name}?", f"    - Again {name}?"]
        lines += [f"  {key}" for key in KEYS[kind]]
        if kind in CHECKS and self._chance():
            lines += ["  must:", f"    - check: {CHECKS[kind]}", "      say: Not so."]
        if kind == "text":
            lines += self._probes()
            lines += ["  keep: action"] if self._chance() else []
        lines += ["  skip: no"] if self._chance() else []
        if not plain:
            lines += ["  depth: deeper"] if self._chance() else []
            lines += [f"  {line}" for line in self._when(when, "")] if self._chance() else []
        self._seen[name] = kind
        return [f"{indent}{line}" for line in lines]

    def _probes(self) -> list[str]:
        chosen = self._draw(st.lists(st.sampled_from(OF_KIND["text"]), max_size=2, unique=True))
        if not chosen:
            return []
        asked = [
            (f"    - when: {rule.format(x='answer')}", "      ask: What exactly?")
            for rule in chosen
        ]
        return ["  probe:", *(line for pair in asked for line in pair)]

    def _chance(self) -> bool:
        return self._draw(st.booleans())

    def _last(self, seen: dict[str, str]) -> list[str]:
        """Conditions on last time and the journey."""
        last = [rule for x, kind in seen.items() for rule in self._of(f"last.{x}", kind, x)]
        return [*JOURNEY, *last]

    def _conditions(self, seen: dict[str, str]) -> list[str]:
        now = [rule for x, kind in seen.items() for rule in self._of(x, kind, x)]
        return [*self._last(seen), *now, *now]

    def _of(self, subject: str, kind: str, name: str) -> list[str]:
        return [rule.format(x=subject, y=name) for rule in (*OF_ANY, *OF_KIND[kind])]

    def _when(self, rules: list[str], indent: str) -> list[str]:
        if not rules:
            return []
        joiner = self._draw(st.sampled_from((" or ", " and ")))
        chosen = self._draw(st.lists(st.sampled_from(rules), min_size=1, max_size=3, unique=True))
        return [f"{indent}when: {joiner.join(chosen)}"]
