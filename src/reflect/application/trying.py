"""A pack tried out by its author: played from its files, and played on when they change.

The trial has a record of its own in a folder that its caller throws away; nothing of
it reaches the mentee's.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reflect.application.authoring import compiled_at
from reflect.application.begin import (
    begin_mentorship,
    begin_renewed,
    begin_session,
    renewal,
)
from reflect.diagnostics import Diagnostic
from reflect.errors import PackError, UsageError
from reflect.packs.cache import stamps
from reflect.packs.location import PACK_FILE, files_of
from reflect.rehearsal.files import STORIES
from reflect.rehearsal.given import Given

if TYPE_CHECKING:
    from reflect.application.carrying import Carried
    from reflect.application.session import Session
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation
    from reflect.packs.location import Location
    from reflect.script import Length, Script, Stage


_LONGEST_NAME = 60


class Wish(NamedTuple):
    """What to try: a stage's id ("" for the first), how long, in which language (None: the pack's own)."""

    stage: str = ""
    length: Length = "short"
    language: str | None = None


class Reloaded(NamedTuple):
    """What came of changed files: the session as it goes on, or, with none, why it cannot."""

    session: Session | None
    carried: Carried | None = None
    findings: tuple[Diagnostic, ...] = ()


class Trial:
    """The pack at `location`, tried by the author of `app`, with a record in the folder `root`.

    The two in it have the names that stories give them, so that the trial can be told as one.
    """

    def __init__(self, app: Application, location: Location, root: Path, wish: Wish) -> None:
        self._author = app
        self._location = location
        self._wish = wish
        self._app = app.apart(root)
        self._stamps = stamps(files_of(location))
        self._relation: Relation

    @property
    def location(self) -> Location:
        """Where the pack lies."""
        return self._location

    def begin(self) -> Session:
        """A session at the wished stage.

        Raises `BrokenPack`, `UsageError` "no-such-stage", PackError "pack-not-readable".
        """
        compiled = compiled_at(self._author, self._location, self._wish.language)
        if compiled.script is None:
            raise BrokenPack(compiled.diagnostics)
        script = compiled.script
        stage = self._stage(script)
        names = Given()
        self._relation = begin_mentorship(self._app, names.mentee, names.mentor, stage)
        return begin_session(self._app, self._relation, script, stage, self._wish.length)

    def changed(self) -> bool:
        """Whether a file of the pack was saved since it was last read."""
        return stamps(files_of(self._location)) != self._stamps

    def again(self, session: Session) -> Reloaded:
        """`session` on the pack as its files are now; an error in them leaves it as it was."""
        self._stamps = stamps(files_of(self._location))
        try:
            compiled = compiled_at(self._author, self._location, self._wish.language)
        except PackError as error:
            from reflect.application.authoring import as_finding

            return Reloaded(None, None, (as_finding(error, self._location.file),))
        if compiled.script is None:
            return Reloaded(None, None, compiled.diagnostics)
        renewed = renewal(self._app, self._relation, session.dialogue, compiled.script)
        if renewed is None:
            stage = self._stage(compiled.script, otherwise_first=True)
            started = begin_session(
                self._app, self._relation, compiled.script, stage, self._wish.length
            )
            return Reloaded(started)
        session.finish("abandoned")
        return Reloaded(begin_renewed(self._app, renewed), renewed.carried)

    def save_story(self, session: Session, name: str) -> Path:
        """Write `session` as a story called `name` beside the pack, and see that it passes.

        Gives the new file. Raises PackError "story-not-saved".
        """
        from reflect.rehearsal.telling import as_story

        dialogue = session.dialogue
        text = as_story(dialogue, name, language=self._wish.language or "")
        folder = _stories_of(self._location)
        self._must_pass(dialogue.script, text)
        try:
            folder.mkdir(exist_ok=True)
            path = _free_name(folder, name)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            message = f"cannot write into {folder}: {os.strerror(error.errno or 0)}"
            raise PackError("story-not-saved", message, "Try a folder of your own.") from None
        return path

    def _must_pass(self, script: Script, text: str) -> None:
        from reflect.application.hearing import make_ear
        from reflect.rehearsal.play import play
        from reflect.rehearsal.story import read_stories

        stories, findings = read_stories("story", text.encode())
        ear = make_ear(self._app, script.language)
        failures = [
            one.failure.message
            for one in (play(script, story, ear) for story in stories)
            if one.failure
        ]
        if findings or failures or not stories:
            told = "\n".join((*map(str, findings), *failures))
            message = f"told as a story, this goes another way:\n{told}"
            raise PackError("story-not-saved", message, "Write it by hand: docs/packs.md has how.")

    def resume(self, session: Session, over: bool) -> Session:
        """The session read anew from its record."""
        from reflect.application.begin import resume

        return resume(self._app, session.id, over=over)

    def close(self) -> None:
        """Close the record of the trial."""
        self._app.close()

    def _stage(self, script: Script, *, otherwise_first: bool = False) -> Stage:
        wished = self._wish.stage
        found = next((stage for stage in script.stages if wished in ("", stage.id)), None)
        if found is None and otherwise_first:
            return script.stages[0]
        if found is None:
            names = ", ".join(stage.id for stage in script.stages)
            raise UsageError("no-such-stage", f"the pack has no stage {wished[:40]}", names)
        return found


def _stories_of(location: Location) -> Path:
    """The folder for the stories of a pack. PackError when it is no folder's pack."""
    if location.translations is None:
        raise PackError(
            "story-not-saved",
            f"{location.file} is a pack in a single file, and its stories need a folder",
            f"Move it to a folder of its own, as {PACK_FILE}.",
        )
    return Path(location.path) / STORIES


def _free_name(folder: Path, name: str) -> Path:
    """A file for a story called `name` that is not there yet."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:_LONGEST_NAME] or "story"
    numbers = ("", *(f"-{number}" for number in range(2, 1000)))
    return next(path for end in numbers if not (path := folder / f"{plain}{end}.yaml").exists())


class BrokenPack(PackError):
    """A pack that cannot be tried because of errors in it; `findings` are all that was found."""

    def __init__(self, findings: tuple[Diagnostic, ...]) -> None:
        super().__init__(
            "pack-has-errors", "the pack cannot be tried yet", "Mend what is listed above."
        )
        self.findings = findings
