"""Every plug-in is loaded and asked on its own; a broken one costs a diagnostic and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reflect.listening.cues import Cue, builtin_cues
from reflect.plugins.consent import Consents
from reflect.plugins.hookspecs import hookimpl
from reflect.plugins.installed import Installed
from reflect.plugins.manager import make_manager
from reflect.plugins.shipped import shipped_lexicons, shipped_packs
from reflect.settings import ALL_PLUGINS, NO_PLUGINS, PluginChoice
from tests.plugins.made import codes, joined, module, plugin, trusting


def raises(error: BaseException) -> Callable[[], object]:
    def hook() -> object:
        raise error

    return hook


def test_what_is_shipped_comes_by_the_same_hooks() -> None:
    plugins = joined()
    assert plugins.names == ("shipped",)
    assert plugins.packs() == shipped_packs()
    assert plugins.lexicons() == shipped_lexicons()
    assert [cue.name for cue in plugins.cues()] == [cue.name for cue in builtin_cues()]
    assert plugins.diagnostics == ()


def test_reflect_packs(pack_folder: Path) -> None:
    plugins = joined(plugin("ward", reflect_packs=lambda: [pack_folder, str(pack_folder)]))
    mine = [found for found in plugins.packs() if found.source == "ward"]
    assert [found.path for found in mine] == [str(pack_folder)] * 2
    assert plugins.packs()[: len(shipped_packs())] == shipped_packs()


def test_reflect_lexicons(tmp_path: Path) -> None:
    file = tmp_path / "de.yaml"
    file.write_text("language: de\n")
    plugins = joined(plugin("german", reflect_lexicons=lambda: (path for path in [file])))
    assert plugins.lexicons()[-1] == file


def test_reflect_cues() -> None:
    cue = Cue("thankful", "says thanks", lambda said: None)
    plugins = joined(plugin("thanks", reflect_cues=lambda: [cue]))
    assert plugins.cues()[-1].name == "thankful"
    assert plugins.named_cues()[-1] == ("thanks", cue)


@pytest.mark.parametrize(
    "error", [ValueError("secret"), SystemExit(3), RecursionError(), GeneratorExit(), MemoryError()]
)
def test_a_raising_hook_costs_only_its_own_results(pack_folder: Path, error: BaseException) -> None:
    plugins = joined(
        plugin("a", reflect_packs=lambda: [pack_folder]),
        plugin("b", reflect_packs=raises(error)),
        plugin("c", reflect_packs=lambda: [pack_folder]),
    )
    sources = [found.source for found in plugins.packs()]
    assert sources[-2:] == ["a", "c"]
    assert codes(plugins) == [("b", "plugin-failed")]
    (found,) = plugins.diagnostics
    assert type(error).__name__ in found.message and "test_manager.py:" in found.message
    assert "secret" not in str(found)


def test_a_generator_that_breaks_half_way_brings_nothing(pack_folder: Path) -> None:
    def hook() -> Iterator[Path]:
        yield pack_folder
        raise ValueError

    plugins = joined(plugin("a", reflect_packs=hook))
    assert plugins.packs() == shipped_packs()
    assert codes(plugins) == [("a", "plugin-failed")]


def test_ctrl_c_goes_through() -> None:
    plugins = joined(plugin("a", reflect_packs=raises(KeyboardInterrupt())))
    with pytest.raises(KeyboardInterrupt):
        plugins.packs()


def test_a_plugin_that_cannot_be_imported_is_left_out(pack_folder: Path) -> None:
    def load() -> object:
        raise ModuleNotFoundError("no")

    plugins = joined(
        Installed("a", "1", load=load),
        Installed("b", "1", load=raises(SystemExit())),
        plugin("c", reflect_packs=lambda: [pack_folder]),
    )
    assert plugins.names == ("shipped", "c")
    assert codes(plugins) == [("a", "plugin-failed"), ("b", "plugin-failed")]


def test_a_hook_is_called_once() -> None:
    calls: list[int] = []
    plugins = joined(plugin("a", reflect_packs=lambda: calls.append(1)))
    assert plugins.packs() == plugins.packs()
    assert len(calls) == 1


def test_a_misspelt_hook_is_named_with_the_right_one() -> None:
    plugins = joined(plugin("a", reflect_pakcs=lambda: []))
    (found,) = plugins.diagnostics
    assert (found.code, found.hint) == ("plugin-unknown-hook", "did you mean reflect_packs?")
    assert plugins.names == ("shipped",)


def test_an_optional_hook_of_another_version_is_no_fault() -> None:
    made = module(reflect_packs=lambda: [])
    made.reflect_later = hookimpl(lambda: [], optionalhook=True)  # type: ignore[attr-defined]
    plugins = joined(Installed("a", "1", load=lambda: made))
    assert plugins.names == ("shipped", "a") and not plugins.diagnostics


def with_default(extra: int = 1) -> list[str]:
    return []


def with_unknown(mentee: str) -> list[str]:
    return []


@pytest.mark.parametrize("hook", [with_default, with_unknown])
def test_parameters_that_reflect_does_not_give_are_refused(hook: Callable[..., object]) -> None:
    plugins = joined(plugin("a", reflect_packs=hook), plugin("b", reflect_packs=lambda: []))
    assert codes(plugins) == [("a", "plugin-unsound")]
    assert plugins.names == ("shipped", "b")
    assert plugins.packs() == shipped_packs()


def test_a_wrapper_is_refused() -> None:
    def hook() -> Iterator[None]:
        yield

    made = module()
    made.reflect_packs = hookimpl(hook, wrapper=True)  # type: ignore[attr-defined]
    assert codes(joined(Installed("a", "1", load=lambda: made))) == [("a", "plugin-unsound")]


def test_a_module_without_hooks_is_reported() -> None:
    assert codes(joined(plugin("a"))) == [("a", "plugin-unsound")]


@pytest.mark.parametrize(
    "result", ["/a/path", 5, [5], ["relative"], ["/not/there"], [None], [b"/x"], ["/nul\0"]]
)
def test_results_of_the_wrong_type_are_refused(result: object) -> None:
    plugins = joined(plugin("a", reflect_packs=lambda: result, reflect_lexicons=lambda: result))
    assert plugins.packs() == shipped_packs()
    assert plugins.lexicons() == shipped_lexicons()
    assert codes(plugins) == [("a", "plugin-bad-result")] * 2


@pytest.mark.parametrize(
    "cue",
    [
        "vague",
        Cue("vague", "taken", lambda said: None),
        Cue("Two words", "bad name", lambda said: None),
        Cue("quiet", "no function", None),  # type: ignore[arg-type]
    ],
)
def test_cues_that_cannot_be_used_are_refused(cue: object) -> None:
    plugins = joined(plugin("a", reflect_cues=lambda: [cue]))
    assert len(plugins.cues()) == len(builtin_cues())
    (code,) = codes(plugins)
    assert code in (("a", "plugin-bad-result"), ("a", "plugin-name-taken"))


def test_an_endless_result_ends() -> None:
    def hook() -> Iterator[str]:
        while True:
            yield "relative"

    assert len(joined(plugin("a", reflect_packs=hook)).packs()) == len(shipped_packs())


def test_what_a_plugin_prints_stays_off_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    def hook() -> list[str]:
        print("noise")
        print("noise", file=sys.stderr)
        return []

    plugins = joined(plugin("a", reflect_packs=hook))
    plugins.packs()
    assert capsys.readouterr() == ("", "")
    assert codes(plugins) == [("a", "plugin-printed")]


def test_code_needs_consent(pack_folder: Path) -> None:
    found = [
        plugin("a", reflect_packs=lambda: [pack_folder]),
        plugin("b", reflect_packs=lambda: []),
    ]
    plugins = make_manager(ALL_PLUGINS, trusting(found[1]), scan=lambda: found)
    assert plugins.names == ("shipped", "b")
    assert plugins.waiting == (("a", "1.0"),)
    assert codes(plugins) == [("a", "plugin-not-allowed")]


def test_packs_without_code_need_no_consent(pack_folder: Path) -> None:
    found = [
        Installed("one", "1", folder=pack_folder),
        Installed("several", "1", folder=pack_folder.parent),
        Installed("empty", "1", folder=pack_folder / "missing"),
        Installed("nowhere", "1", folder=None),
    ]
    plugins = make_manager(ALL_PLUGINS, Consents(), scan=lambda: found)
    data = plugins.packs()[len(shipped_packs()) :]
    assert [(pack.source, pack.path) for pack in data] == [
        ("one", str(pack_folder)),
        ("several", str(pack_folder)),
    ]
    assert codes(plugins) == [("empty", "plugin-bad-result"), ("nowhere", "plugin-bad-result")]


def test_only_what_is_chosen_is_loaded() -> None:
    found = [plugin("a", reflect_packs=lambda: []), plugin("b", reflect_packs=lambda: [])]
    assert joined(*found, choice=NO_PLUGINS).names == ("shipped",)
    some = joined(*found, choice=PluginChoice(frozenset({"b", "aa"})))
    assert some.names == ("shipped", "b")
    assert codes(some) == [("aa", "no-such-plugin")]


def test_no_plugins_does_not_even_look() -> None:
    def scan() -> list[Installed]:
        raise AssertionError

    make_manager(NO_PLUGINS, Consents(), scan=scan)


@pytest.mark.parametrize("name", ["shipped", "yours", "a:b", "../x", "", "\x1b[31m"])
def test_names_that_would_mislead_are_refused(name: str) -> None:
    plugins = joined(plugin(name, reflect_packs=lambda: []))
    assert plugins.names == ("shipped",)
    assert [found.code for found in plugins.diagnostics] == ["plugin-bad-name"]
    assert "\x1b" not in str(plugins.diagnostics[0])


def test_the_second_of_two_with_one_name_is_left_out(pack_folder: Path) -> None:
    plugins = joined(
        plugin("a", reflect_packs=lambda: [pack_folder]),
        plugin("a", reflect_packs=raises(OSError())),
    )
    assert plugins.names == ("shipped", "a")
    assert codes(plugins) == [("a", "plugin-bad-name")]


def test_a_plugin_that_compares_oddly_disturbs_nobody(pack_folder: Path) -> None:
    class Odd:
        __hash__ = None  # type: ignore[assignment]

        def __eq__(self, other: object) -> bool:
            return False

        @hookimpl
        def reflect_packs(self) -> list[Path]:
            return [pack_folder]

    plugins = joined(
        Installed("odd", "1", load=Odd), plugin("b", reflect_packs=lambda: [pack_folder])
    )
    assert plugins.packs()[-1].source == "b"


def test_the_screen_is_back_after_a_failure() -> None:
    before = sys.stdout, sys.stderr
    joined(plugin("a", reflect_packs=raises(ValueError()))).packs()
    assert (sys.stdout, sys.stderr) == before
