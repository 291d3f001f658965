"""The door of this room: from the files of a pack to a checked script, or to everything that is wrong.

The trees of the pack, of the packs that it extends and of core are read, each
translated into the language that is wanted, laid over one another, built and
checked. Nothing stops at the first finding.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache

import msgspec

from reflect.diagnostics import Diagnostic, Place, Severity
from reflect.packs import codes
from reflect.packs.build import Builder
from reflect.packs.check import finish
from reflect.packs.conform import Conformer, require
from reflect.packs.core import CORE, Texts, first_layer, next_layer
from reflect.packs.extend import base_of, names_of, overlay, with_stages
from reflect.packs.limits import PACK_BYTES
from reflect.packs.reader import read_tree
from reflect.packs.report import Report, clip
from reflect.packs.schema import FORMAT_1, PACK, TRANSLATION
from reflect.packs.table import Table
from reflect.packs.translate import Translation, check_header
from reflect.packs.tree import Map, Text, map_at, word_at, words_at
from reflect.script import PHASES, CoreText, Script, Stage, Vocabulary


class PackText(msgspec.Struct, frozen=True):
    """The bytes of one file; `file` is the name that places show."""

    file: str
    data: bytes


class PackFiles(msgspec.Struct, frozen=True):
    """A pack with its translations by language; `source` says who gave it ("shipped", "yours")."""

    source: str
    pack: PackText
    translations: dict[str, PackText] = {}


class Compiled(msgspec.Struct, frozen=True):
    """A script, or None when there are errors, and every finding by place.

    `tree` is what the script was built from, after `extends` and translation, each node with the
    place it comes from; None when it could not be had, or was not wanted from a cache.
    """

    script: Script | None
    diagnostics: tuple[Diagnostic, ...]
    tree: Map | None = None


Library = Callable[[str], PackFiles | None]
"""Finds an installed pack by its id."""


def compile_pack(
    files: PackFiles,
    *,
    language: str | None,
    core: PackFiles,
    library: Library,
    vocabulary: Vocabulary,
) -> Compiled:
    """Check the pack in `files` and make its script in `language`.

    None, or a language the pack is not translated into, means the pack's own.
    `core` holds the engine's words, `library` finds the packs that it extends, and
    `vocabulary` names the cues that conditions may listen for, and kinds of answer.
    """
    report = Report()
    compilation = _Compilation(language, core, library, report)
    script = compilation.script(files, vocabulary)
    return Compiled(None if report.failed else script, report.sorted(), compilation.tree)


def load(
    text: PackText, report: Report, table: Table = FORMAT_1, kinds: Collection[str] = ()
) -> Map | None:
    """The conformed tree of one file, None when there is none to work with; `kinds` as for `Conformer`."""
    root = read_tree(text.file, text.data, report, limit=PACK_BYTES)
    return None if root is None else Conformer(report, table, kinds).pack(root)


def _known(
    text: PackText,
    report: Report,
    *,
    translation: bool = False,
    kinds: frozenset[str] = frozenset(),
) -> Map | None:
    """As `load`; a file that was read a moment ago, for another language, is not read again."""
    tree, found = _loaded(text, translation, kinds)
    report.take(found)
    return tree


@lru_cache(maxsize=8)
def _loaded(
    text: PackText, translation: bool, kinds: frozenset[str]
) -> tuple[Map | None, tuple[Diagnostic, ...]]:
    report = Report()
    tree = load(text, report, TRANSLATION if translation else FORMAT_1, kinds)
    return tree, report.in_turn()


class _Compilation:
    """One run: the language that was settled, and the layers of core's texts found on the way."""

    def __init__(
        self, language: str | None, core: PackFiles, library: Library, report: Report
    ) -> None:
        self._wanted = language
        self._language = ""
        self._core = core
        self._library = library
        self._report = report
        self._layers: list[Map] = []
        self._owners: dict[str, str] = {}
        self._kinds: frozenset[str] = frozenset()
        self._extends: Text | None = None
        self.tree: Map | None = None

    def script(self, files: PackFiles, vocabulary: Vocabulary) -> Script | None:
        """The script as far as it could be made."""
        self._kinds = frozenset(vocabulary.kinds)
        tree = _known(files.pack, self._report, kinds=self._kinds)
        if tree is None:
            return None
        require(tree, PACK, self._report)
        self._extends = base_of(tree)
        own = word_at(tree, "language")
        translated = self._wanted in files.translations
        self._language = self._wanted if self._wanted and translated else own
        if word_at(tree, "pack") == CORE:
            return self._core_script(files, tree)
        resolved = self._resolve(files, tree, (word_at(tree, "pack"),))
        if resolved is None:
            return None
        self.tree = resolved
        texts = self._core_texts()
        builder = Builder(resolved, vocabulary, self._report, self._owners)
        stages = finish(builder.stages(), builder.signals, resolved, self._report)
        if not stages and not _lost(resolved):
            hint = "Write questions under opening, worked, adjust, next or closing."
            self._report.error(codes.NO_QUESTIONS, resolved.place, "This pack asks nothing.", hint)
        script = _script(resolved, files.source, self._language, stages, texts)
        signals = builder.signals
        return msgspec.structs.replace(
            script, signals=signals.all(), last_signals=signals.of_last()
        )

    # --- packs on packs ----------------------------------------------------------

    def _resolve(self, files: PackFiles, tree: Map, seen: tuple[str, ...]) -> Map | None:
        """`tree` translated and laid over the packs it extends, with its questions under `stages`.

        None when a pack that it extends cannot be had.
        """
        self._own(files, tree)
        _check_phases(tree, self._report)
        base = self._base(tree, seen)
        if base is None and base_of(tree) is not None:
            return None
        self._layers.append(tree)
        translation = self._translation(files, tree)
        if translation is None:
            return with_stages(tree) if base is None else overlay(base, tree, self._report)
        texts = Translation(translation, self._report)
        self._layers.append(translation)
        tree = texts.over(tree)
        resolved = with_stages(tree) if base is None else overlay(base, tree, self._report)
        if base is not None:
            resolved = texts.only_named(resolved)
        texts.report_unused(names_of(resolved))
        return resolved

    def _own(self, files: PackFiles, tree: Map) -> None:
        """Note whose the files are: the pack's id and version."""
        owner = f"{word_at(tree, 'pack')} {word_at(tree, 'version')}"
        texts = (files.pack, *files.translations.values())
        self._owners.update((text.file, owner) for text in texts)

    def _base(self, tree: Map, seen: tuple[str, ...]) -> Map | None:
        """The resolved tree of the pack that `tree` extends."""
        name = base_of(tree)
        if name is None:
            return None
        if name.value in seen:
            message = "This pack extends itself: " + " → ".join((*seen, name.value)) + "."
            hint = "Let it extend another pack, or none."
            place = (self._extends or name).place
            self._report.error(codes.BASE_CYCLE, place, message, hint)
            return None
        files = self._library(name.value)
        if files is None:
            message = f"There is no pack `{clip(name.value)}` here to build on."
            hint = "Install it first, or see `reflect pack list`."
            self._report.error(codes.UNKNOWN_BASE, name.place, message, hint)
            return None
        base = _known(files.pack, self._report, kinds=self._kinds)
        if base is None:
            return None
        require(base, PACK, self._report)
        return self._resolve(files, base, (*seen, name.value))

    def _translation(self, files: PackFiles, tree: Map) -> Map | None:
        """The translation of a pack, None when it is in the language already or has none."""
        own = word_at(tree, "language")
        if self._language == own:
            return None
        text = files.translations.get(self._language)
        if text is None:
            message = f"`{word_at(tree, 'pack')}` is not translated into {self._language}."
            place = Place(files.pack.file)
            self._report.warn(
                codes.MISSING_TRANSLATION, place, message, f"Its {own} texts are used."
            )
            return None
        return self._translated(text, tree)

    def _translated(self, text: PackText, tree: Map) -> Map | None:
        found = _known(text, self._report, translation=True)
        if found is not None:
            check_header(found, tree, self._language, self._report)
        return found

    # --- core ----------------------------------------------------------------------

    def _core_texts(self) -> Texts:
        """Core's texts in the language, with what the packs put in their place."""
        text = self._core.translations.get(self._language)
        texts, errors = _core_in_language(self._core.pack, text, self._language)
        self._report.take(errors)
        for layer in self._layers:
            texts = next_layer(texts, layer, self._report)
        return texts

    def _core_script(self, files: PackFiles, tree: Map) -> Script:
        """Core itself: texts and no stages."""
        texts = first_layer(tree, self._report)
        for name, text in texts.items():
            if not text.ask:
                place = map_at(tree, "core").key_place(name)
                self._report.error(codes.MISSING_KEY, place, f"Core's `{name}` has no `ask`.")
        translation = self._translation(files, tree)
        if translation is not None:
            self._check_core_translation(translation, texts)
            texts = next_layer(texts, translation, self._report)
        return _script(tree, files.source, self._language, (), texts)

    def _check_core_translation(self, translation: Map, texts: Texts) -> None:
        missing = [name for name in texts if name not in map_at(translation, "core").values]
        for name in missing:
            message = f"Core's `{name}` is not translated."
            self._report.warn(codes.MISSING_TRANSLATION, translation.place, message)


@lru_cache(maxsize=4)
def _core_in_language(
    pack: PackText, translation: PackText | None, language: str
) -> tuple[Texts, tuple[Diagnostic, ...]]:
    """Core's texts, and its errors: one run asks often, in few languages. The texts are to be copied."""
    report = Report()
    tree = load(pack, report)
    texts = {} if tree is None else first_layer(tree, report)
    if tree is not None and translation is not None and language != word_at(tree, "language"):
        layer = load(translation, report, TRANSLATION)
        texts = texts if layer is None else next_layer(texts, layer, report)
    errors = (found for found in report.sorted() if found.severity is Severity.ERROR)
    return texts, tuple(errors)


def _script(
    tree: Map, source: str, language: str, stages: tuple[Stage, ...], core: dict[str, CoreText]
) -> Script:
    audience = word_at(tree, "for", "mentee")
    return Script(
        pack=word_at(tree, "pack"),
        version=word_at(tree, "version"),
        title=word_at(tree, "title"),
        language=language,
        stages=stages,
        core=core,
        about=word_at(tree, "about"),
        origin=word_at(tree, "source"),
        source=source,
        audience="mentor" if audience == "mentor" else "both" if audience == "both" else "mentee",
        signs=words_at(tree, "signs"),
        renamed=_renamed(tree),
    )


def _check_phases(tree: Map, report: Report) -> None:
    """A pack has its questions either under `stages` or under phases of its own."""
    for phase in PHASES:
        if phase in tree.values and "stages" in tree.values:
            message = f"`{phase}` stands beside `stages`; its questions would be lost."
            place = tree.key_place(phase)
            report.error(codes.CONFLICTING_KEYS, place, message, "Put it into a stage.")


def _lost(tree: Map) -> bool:
    """Whether questions are written that could not be read, which has been told."""
    return bool((tree.keys.keys() - tree.values.keys()) & {*PHASES, "stages"})


def _renamed(tree: Map) -> dict[str, str]:
    renamed = map_at(tree, "renamed").values
    return {old: new.value for old, new in renamed.items() if isinstance(new, Text)}
