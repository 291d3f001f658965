"""Plug-ins asked one by one for what they bring, so that a broken one is reported and the rest go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reflect import __version__
from reflect.diagnostics import Diagnostic
from reflect.packs.location import SHIPPED, Location
from reflect.plugins import results
from reflect.plugins.consent import Consents
from reflect.plugins.installed import Installed
from reflect.plugins.isolation import AT_ONCE, BATCH
from reflect.plugins.joining import Joining, Member
from reflect.plugins.results import Check, lexicon_file, listed, pack_folder
from reflect.plugins.running import Door, Joined, Running
from reflect.plugins.soundness import Hook
from reflect.settings import PluginChoice

if TYPE_CHECKING:
    import click

    from reflect.listening.cues import Cue
    from reflect.listening.kinds import AnswerKind
    from reflect.packs.rules import LintRule
    from reflect.plugins.recorded import Recorded
    from reflect.sharing.exporter import Exporter

_RECORDED = "reflect_recorded"


def make_manager(
    choice: PluginChoice,
    consents: Consents,
    *,
    scan: Callable[[], Iterable[Installed]] | None = None,
) -> Plugins:
    """The plug-ins of this run: the built-in one, and those of `choice` that are installed, by name.

    `consents` says which of them may take part. `scan` finds what is installed; by
    default by entry points.
    """
    from reflect.plugins import builtin

    running = Running()
    joining = Joining(running)
    joining.join(Installed(SHIPPED, __version__, load=lambda: builtin))
    if choice.names is None or choice.names:
        joining.join_all((scan or _installed)(), choice, consents)
    return Plugins(joining, running)


def _installed() -> tuple[Installed, ...]:
    from reflect.plugins.installed import installed

    return installed()


class Plugins:
    """The plug-ins of one run, the built-in one first. Each hook is called once, when it is first needed."""

    def __init__(self, joining: Joining, running: Running) -> None:
        self._joining = joining
        self._running = running
        self._answers: dict[str, tuple[tuple[str, Any], ...]] = {}
        self._deaf: set[str] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """The plug-ins that have joined, in order."""
        coded = (joined.name for joined in self._joining.joined)
        return tuple(dict.fromkeys((*coded, *self._joining.data)))

    @property
    def members(self) -> tuple[Member, ...]:
        """Every plug-in that is installed and wanted, whether it joined or not."""
        return tuple(self._joining.members)

    @property
    def waiting(self) -> tuple[tuple[str, str], ...]:
        """Name and version of each plug-in with code that has not been allowed."""
        return tuple(
            (member.plugin.name, member.plugin.version)
            for member in self._joining.members
            if member.state == "waiting"
        )

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What went wrong so far, each once; the place is a plug-in's name and version."""
        return self._running.diagnostics

    @property
    def watched(self) -> tuple[str, ...]:
        """Files on which it depends what the plug-ins bring."""
        records = (member.plugin.record_file for member in self._joining.members)
        return tuple(sorted({*filter(None, records), *self._joining.modules}))

    # --- what they bring -----------------------------------------------------------

    def packs(self) -> tuple[Location, ...]:
        """Where packs lie, by plug-in."""
        named = (Location(name, path) for name, path in self._ask("reflect_packs", pack_folder))
        return (*named, *(location for found in self._joining.data.values() for location in found))

    def lexicons(self) -> tuple[Path, ...]:
        """The lexicon files, by plug-in."""
        return tuple(path for _, path in self._ask("reflect_lexicons", lexicon_file))

    def named_cues(self) -> tuple[tuple[str, Cue], ...]:
        """Every cue as it was given, with the name of its plug-in."""
        return self._ask("reflect_cues", results.cue_check())

    def cues(self) -> tuple[Cue, ...]:
        """Every cue to listen for; those of plug-ins raise `Unheard` when they fail."""
        from reflect.plugins.guarding import guarded_cue

        return tuple(
            cue if name == SHIPPED else guarded_cue(cue, self._door(name))
            for name, cue in self.named_cues()
        )

    def named_kinds(self) -> tuple[tuple[str, AnswerKind], ...]:
        """Every kind of answer as it was given, with the name of its plug-in."""
        return self._ask("reflect_answer_kinds", results.kind_check())

    def kinds(self) -> tuple[AnswerKind, ...]:
        """Every kind of answer; one that fails lets answers pass."""
        from reflect.plugins.guarding import guarded_kind

        return tuple(guarded_kind(kind, self._door(name)) for name, kind in self.named_kinds())

    def named_exporters(self) -> tuple[tuple[str, Exporter], ...]:
        """Every exporter as it was given, with the name of its plug-in."""
        return self._ask("reflect_exporters", results.exporter_check())

    def exporters(self) -> tuple[Exporter, ...]:
        """Every exporter; one that fails raises `ReflectError` "exporter-failed"."""
        from reflect.plugins.guarding import guarded_exporter

        return tuple(
            exporter if name == SHIPPED else guarded_exporter(exporter, self._door(name))
            for name, exporter in self.named_exporters()
        )

    def named_rules(self) -> tuple[tuple[str, LintRule], ...]:
        """Every house rule as it was given, with the name of its plug-in."""
        return self._ask("reflect_lint_rules", results.rule_check())

    def lint_rules(self) -> tuple[LintRule, ...]:
        """Every house rule; one that fails finds nothing."""
        from reflect.plugins.guarding import guarded_rule

        return tuple(guarded_rule(rule, self._door(name)) for name, rule in self.named_rules())

    def named_commands(self) -> tuple[tuple[str, click.Command], ...]:
        """Every command, with the name of its plug-in; they run as they are."""
        if not any("reflect_commands" in joined.hooks for joined in self._joining.joined):
            return ()
        return self._ask("reflect_commands", results.command_check())

    def recorders(self) -> tuple[str, ...]:
        """The plug-ins that are told what was stored."""
        return tuple(joined.name for joined in self._joining.joined if _RECORDED in joined.hooks)

    def tell(self, recorded: Recorded) -> None:
        """Tell of one event; a plug-in that fails is told no more."""
        for joined in self._joining.joined:
            hook = joined.hooks.get(_RECORDED)
            if hook is None or joined.name in self._deaf:
                continue
            told = self._running.run(
                joined.place, f"in {_RECORDED}", _telling(hook, recorded), AT_ONCE
            )
            if told.failed:
                self._deaf.add(joined.name)

    # --- asking --------------------------------------------------------------------

    def _ask(self, hook: str, check: Check) -> tuple[tuple[str, Any], ...]:
        """What each plug-in returned for `hook` and `check` made of it, with the plug-in's name."""
        if hook not in self._answers:
            self._answers[hook] = tuple(
                (joined.name, value)
                for joined in self._joining.joined
                if hook in joined.hooks
                for value in self._ask_one(joined, hook, check)
            )
        return self._answers[hook]

    def _ask_one(self, joined: Joined, hook: str, check: Check) -> Iterator[Any]:
        """The sound values of one plug-in; they are made, read and checked apart from us."""

        def ask() -> list[Any]:
            values = listed(joined.hooks[hook]())
            return [check(joined.place, value) for value in values]

        found = self._running.run(joined.place, f"in {hook}", ask, BATCH).value
        for value in found if isinstance(found, list) else ():
            if isinstance(value, Diagnostic):
                self._running.report(value)
            else:
                yield value

    def _door(self, name: str) -> Door:
        joined = next(joined for joined in self._joining.joined if joined.name == name)
        return Door(self._running, joined.place)


def _telling(hook: Hook, recorded: Recorded) -> Callable[[], None]:
    def tell() -> None:
        hook(recorded=recorded)

    return tell
