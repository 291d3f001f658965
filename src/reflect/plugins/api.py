"""Everything that the author of a plug-in imports, in one place."""

from __future__ import annotations

from reflect.events import Span
from reflect.listening.cues import Cue, Heard, Utterance
from reflect.listening.kinds import AnswerKind
from reflect.packs.rules import LintRule
from reflect.plugins.hookspecs import hookimpl
from reflect.plugins.recorded import Recorded
from reflect.script import Question, Script
from reflect.sharing.document import Collection, ItemRecord, OpenAction, Transcript, TurnRecord
from reflect.sharing.exporter import Exporter

__all__ = [
    "AnswerKind",
    "Collection",
    "Cue",
    "Exporter",
    "Heard",
    "ItemRecord",
    "LintRule",
    "OpenAction",
    "Question",
    "Recorded",
    "Script",
    "Span",
    "Transcript",
    "TurnRecord",
    "Utterance",
    "hookimpl",
]
