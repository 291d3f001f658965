"""House rules: what a team wants of its packs beyond what the format asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from reflect.diagnostics import Diagnostic, Severity
from reflect.packs.places import Places
from reflect.script import Script


class LintRule(msgspec.Struct, frozen=True):
    """One rule; `help` is a line that explains it, also shown as the hint of its findings.

    `check` is given a checked script and yields the id of a question with a message
    for each thing it found; an empty id means the pack as a whole.
    """

    code: str
    help: str
    check: Callable[[Script], Iterable[tuple[str, str]]]


def rule_findings(
    rules: Sequence[LintRule], script: Script, places: Places
) -> tuple[Diagnostic, ...]:
    """What `rules` find in `script`: warnings, each at the place of its question."""
    return tuple(
        Diagnostic(rule.code, Severity.WARNING, places.question(name), message, rule.help)
        for rule in rules
        for name, message in rule.check(script)
    )
