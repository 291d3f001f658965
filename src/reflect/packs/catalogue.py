"""Every pack there is: which id means which pack, and the script of each.

An id belongs to the first that brings it: shipped, then plug-ins, then the
mentee's own folder. Whoever comes later is hidden, can be named as `source:id`, and
is reported. What was read and checked is kept in a `Cache`, so that a start on
which nothing changed reads no YAML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import msgspec

from reflect.diagnostics import Diagnostic, Place, Severity
from reflect.errors import PackError
from reflect.packs.cache import Cache, Stamp, is_current, is_settled, stamps
from reflect.packs.location import SHIPPED, YOURS, Location, files_of, read_files, read_text
from reflect.script import Audience, Moment, Script, Vocabulary

if TYPE_CHECKING:
    from reflect.packs.compile import Compiled, PackFiles
    from reflect.packs.header import Header

T = TypeVar("T")

MENTIONED = 5
"""How many diagnostics an error message lists; `reflect pack check` shows them all."""


class StageEntry(msgspec.Struct, frozen=True):
    """What a listing says of one stage."""

    id: str
    title: str
    signs: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True):
    """One pack as a listing shows it, read without checking its questions.

    `extends` is the id of the pack it builds on, or empty. A `hidden` one is reached
    by its `name` only.
    """

    id: str
    location: Location
    title: str
    version: str
    language: str
    about: str = ""
    audience: Audience = "mentee"
    moment: Moment = "any"
    signs: tuple[str, ...] = ()
    stages: tuple[StageEntry, ...] = ()
    extends: str = ""
    hidden: bool = False

    @property
    def source(self) -> str:
        """Who brought it: "shipped", a plug-in's name or "yours"."""
        return self.location.source

    @property
    def name(self) -> str:
        """What to call it by: its id, or `source:id` when the id is somebody else's."""
        return f"{self.source}:{self.id}" if self.hidden else self.id


class _Seen(msgspec.Struct, frozen=True):
    """What one pack file said of itself when it was last read; no entry when it could not be read."""

    location: Location
    file: Stamp
    entry: Entry | None
    diagnostics: tuple[Diagnostic, ...]


class _Told(msgspec.Struct, frozen=True):
    """What the checker found in one pack in one language.

    `bases` holds where each pack lay that was asked for on the way, by its id.
    """

    diagnostics: tuple[Diagnostic, ...]
    bases: dict[str, str]


class _Checked(_Told, frozen=True):
    """All that came out of checking it, kept only when it can be used; may be read as a `_Told`."""

    script: Script


K = TypeVar("K", bound=_Told)


class Catalogue:
    """The packs at `locations`, on top of `core`, as of now; made anew to notice new packs.

    `vocabulary` gives what the checker may accept; it is asked once, when the first
    script is needed.
    """

    def __init__(
        self,
        locations: Sequence[Location],
        *,
        core: Location,
        cache: Cache,
        vocabulary: Callable[[], Vocabulary],
    ) -> None:
        self._core = core
        self._locations = (core, *sorted((set(locations) - {core}), key=_rank))
        self._cache = cache
        self._ask_vocabulary = vocabulary

    # --- what there is -------------------------------------------------------------

    def entries(self) -> tuple[Entry, ...]:
        """Every readable pack but core: shipped, plug-ins', yours; hidden ones are marked."""
        return tuple(entry for entry in self._named[0] if entry.location != self._core)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Packs that cannot be listed, and ids claimed twice; scripts are not checked for this."""
        unreadable = (found for seen in self._seen for found in seen.diagnostics)
        return (*unreadable, *self._named[1])

    def entry(self, pack: str) -> Entry:
        """The pack called `pack`, an id or `source:id`; PackError "no-such-pack"."""
        source, _, identifier = pack.rpartition(":")
        for entry in self.entries():
            if entry.id == identifier and (entry.source == source if source else not entry.hidden):
                return entry
        raise _no_such_pack(pack, self.entries())

    # --- what they say -------------------------------------------------------------

    def script(self, pack: str, language: str | None = None) -> Script:
        """The script of `pack` in `language`, or in the pack's own.

        Raises PackError "no-such-pack", "pack-not-readable", "pack-has-errors".
        """
        entry = self.entry(pack)
        kept = self._kept(entry, language, _Checked)
        if kept:
            return kept.script
        compiled = self._compile(entry, language)
        if compiled.script is None:
            raise _has_errors(entry, compiled.diagnostics)
        return compiled.script

    def compiled(self, pack: str, language: str | None = None) -> Compiled:
        """The script of `pack`, None when it has errors, with everything the checker found.

        Raises PackError "no-such-pack", "pack-not-readable".
        """
        from reflect.packs.compile import Compiled

        entry = self.entry(pack)
        kept = self._kept(entry, language, _Checked)
        if kept:
            return Compiled(kept.script, kept.diagnostics)
        return self._compile(entry, language)

    def findings(self, pack: str) -> tuple[Diagnostic, ...]:
        """What `compiled` tells of `pack`, for those who want nothing else of it: sooner."""
        entry = self.entry(pack)
        kept = self._kept(entry, None, _Told)
        return (kept or self._compile(entry, None)).diagnostics

    def files(self, pack: str) -> PackFiles:
        """The bytes of `pack`; PackError "no-such-pack", "pack-not-readable"."""
        return read_files(self.entry(pack).location)

    @cached_property
    def core(self) -> PackFiles:
        """The bytes of the pack that every other stands on; PackError "pack-not-readable"."""
        return read_files(self._core)

    def library(self, pack: str) -> PackFiles | None:
        """The bytes of an installed pack, as the checker asks for base packs; None when there is none."""
        try:
            return self.files(pack)
        except PackError:
            return None

    # --- kept between starts -------------------------------------------------------

    def once(self, name: str, kind: type[T], make: Callable[[], T], sources: Sequence[str]) -> T:
        """What `make` tells of all packs, a `kind`; kept under `name` until one of them changes.

        `sources` are the files of the code that makes it.
        """
        packs = (f"{entry.name}: {entry.location.path}" for entry in self.entries())
        question = (*self._words_known(), *packs)
        kept = self._cache.get(name, question, kind)
        if kept is not None:
            return kept
        paths = (path for location in self._locations for path in files_of(location))
        before = stamps((*paths, *sources))
        made = make()
        self._cache.put(name, question, before, made)
        return made

    def _kept(self, entry: Entry, language: str | None, kind: type[K]) -> K | None:
        question = self._question(entry, language)
        kept = self._cache.get(_kept_as(entry, language), question, kind)
        here = kept is not None and all(
            self._path_of(pack) == at for pack, at in kept.bases.items()
        )
        return kept if here else None

    def _compile(self, entry: Entry, language: str | None) -> Compiled:
        """Check `entry`, and keep what came out together with every file that went in."""
        from reflect.packs.compile import compile_pack

        used = [*stamps(files_of(self._core)), *stamps(files_of(entry.location))]
        bases: dict[str, str] = {}

        def library(pack: str) -> PackFiles | None:
            bases[pack] = self._path_of(pack)
            location = self._visible.get(pack)
            used.extend(stamps(files_of(location)) if location else ())
            return self.library(pack)

        compiled = compile_pack(
            read_files(entry.location),
            language=language,
            core=self.core,
            library=library,
            vocabulary=self._vocabulary,
        )
        if compiled.script is not None:
            checked = _Checked(compiled.diagnostics, bases, compiled.script)
            question = self._question(entry, language)
            self._cache.put(_kept_as(entry, language), question, tuple(used), checked)
        return compiled

    def _question(self, entry: Entry, language: str | None) -> tuple[str, ...]:
        """All that a script depends on apart from files, and from which packs it builds on."""
        return (entry.location.path, language or entry.language, *self._words_known())

    def _path_of(self, pack: str) -> str:
        """Where the pack lies that an id stands for; empty when there is none."""
        location = self._visible.get(pack)
        return location.path if location else ""

    def _words_known(self) -> Iterator[str]:
        """What packs may name, each with the line that defines it."""
        yield from (f"{name}: {line}" for name, line in sorted(self._vocabulary.cues.items()))
        yield from (f"{name}? {line}" for name, line in sorted(self._vocabulary.kinds.items()))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return self._ask_vocabulary()

    @cached_property
    def _visible(self) -> dict[str, Location]:
        """Which pack each id stands for."""
        return {entry.id: entry.location for entry in self.entries() if not entry.hidden}

    @cached_property
    def _named(self) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
        """The entries with the hidden ones marked, and a diagnostic for each of those."""
        return _settle([seen.entry for seen in self._seen if seen.entry])

    @cached_property
    def _seen(self) -> tuple[_Seen, ...]:
        """What each pack says of itself; only files that changed are read again."""
        kept = self._cache.get("packs", (), tuple[_Seen, ...]) or ()
        current = {seen.location: seen for seen in kept if is_current((seen.file,))}
        seen = tuple(current.get(location) or _look(location) for location in self._locations)
        settled = tuple(found for found in seen if is_settled(found.file))
        if settled != kept:
            self._cache.put("packs", (), (), settled)
        return seen


def _rank(location: Location) -> tuple[int, Location]:
    """The order in which packs may claim an id."""
    return {SHIPPED: 0, YOURS: 2}.get(location.source, 1), location


def _kept_as(entry: Entry, language: str | None) -> str:
    """The name a script is kept under."""
    return f"script-{entry.source}-{entry.id}-{language or entry.language}"


def _look(location: Location) -> _Seen:
    """Read what the pack at `location` says of itself."""
    from reflect.packs.header import read_header

    (file,) = stamps((location.file,))
    try:
        header, found = read_header(read_text(location))
    except PackError as error:
        return _Seen(location, file, None, (_unreadable(location, error),))
    return _Seen(location, file, _entry(location, header) if header else None, found)


def _entry(location: Location, header: Header) -> Entry:
    return Entry(
        id=header.id,
        location=location,
        title=header.title,
        version=header.version,
        language=header.language,
        about=header.about,
        audience=header.audience,
        moment=header.moment,
        signs=header.signs,
        stages=tuple(StageEntry(stage.id, stage.title, stage.signs) for stage in header.stages),
        extends=header.extends,
    )


def _settle(found: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """Give each id to the first that brings it; hide and report the others."""
    owners: dict[str, Entry] = {}
    for entry in found:
        owners.setdefault(entry.id, entry)
    entries = tuple(
        entry if owners[entry.id] is entry else msgspec.structs.replace(entry, hidden=True)
        for entry in found
    )
    return entries, tuple(_taken(e, owners[e.id]) for e in entries if e.hidden)


def _taken(entry: Entry, owner: Entry) -> Diagnostic:
    return id_taken(Place(entry.location.file), entry.id, owner, f"or name it as {entry.name}")


def id_taken(place: Place, pack: str, owner: Entry, otherwise: str = "") -> Diagnostic:
    """The finding at `place` that the id `pack` is the one of `owner`; `otherwise` is another way out."""
    hint = "Give this one an id of its own" + (f", {otherwise}." if otherwise else ".")
    message = f"The id `{pack}` belongs to another pack ({owner.location.file})."
    return Diagnostic("pack-id-taken", Severity.WARNING, place, message, hint)


def _unreadable(location: Location, error: PackError) -> Diagnostic:
    place = Place(location.file)
    return Diagnostic(error.code, Severity.ERROR, place, error.message, error.hint)


def _no_such_pack(pack: str, entries: Sequence[Entry]) -> PackError:
    from reflect.text import for_terminal, nearest, shorten

    near = nearest(pack, (entry.name for entry in entries))
    hint = f"did you mean {near}?" if near else "`reflect pack list` shows what there is"
    return PackError("no-such-pack", f"there is no pack {shorten(for_terminal(pack), 60)}", hint)


def _has_errors(entry: Entry, found: Sequence[Diagnostic]) -> PackError:
    from reflect.text import for_terminal

    errors = [found for found in found if found.severity is Severity.ERROR]
    listed = "\n".join(_lines(errors))
    return PackError(
        "pack-has-errors",
        for_terminal(f"the pack {entry.name} cannot be used:\n{listed}"),
        f"mend it with the help of: reflect pack check {entry.location.path}",
    )


def _lines(errors: Sequence[Diagnostic]) -> Iterator[str]:
    """The first errors, and how many there are besides."""
    yield from (f"  {error}" for error in errors[:MENTIONED])
    if len(errors) > MENTIONED:
        yield f"  and {len(errors) - MENTIONED} more"
