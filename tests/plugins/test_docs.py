"""The page for authors names every hook with its signature, and its examples are plug-ins that work."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from reflect.plugins import hookspecs
from reflect.plugins.installed import Installed
from reflect.plugins.soundness import known_hooks
from tests.plugins.made import joined

PAGE = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
HEADINGS = re.findall(r"^### `(.+)`$", PAGE, re.MULTILINE)


def test_every_hook_is_shown_with_its_signature() -> None:
    real = {
        f"{name}{inspect.signature(getattr(hookspecs, name))}".replace("'", "").replace(
            "click.", ""
        )
        for name in known_hooks()
    }
    assert set(HEADINGS) == real


def test_every_hook_has_an_example() -> None:
    shown = {name for example in EXAMPLES for name in re.findall(r"def (reflect_\w+)", example)}
    assert shown == set(known_hooks())


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_runs(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "packs" / "one").mkdir(parents=True)
    (tmp_path / "packs" / "one" / "pack.yaml").write_text("reflect: 1\n")
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "de.yaml").write_text("language: de\n")
    module = ModuleType("example")
    module.__file__ = str(tmp_path / "example.py")
    exec(compile(EXAMPLES[number], module.__file__, "exec"), vars(module))
    plugins = joined(Installed("example", "1", load=lambda: module))
    assert "example" in plugins.names, plugins.diagnostics
    brought = [
        *(found.source == "example" for found in plugins.packs()),
        *(path.is_relative_to(tmp_path) for path in plugins.lexicons()),
        *(name == "example" for name, _ in plugins.named_cues()),
        *(name == "example" for name, _ in plugins.named_kinds()),
        *(name == "example" for name, _ in plugins.named_exporters()),
        *(name == "example" for name, _ in plugins.named_rules()),
        *(name == "example" for name, _ in plugins.named_commands()),
        *(name == "example" for name in plugins.recorders()),
    ]
    assert any(brought)
    assert plugins.diagnostics == ()


def hook(name: str) -> Callable[[], Any]:
    """The hook `name` of the example that shows it."""
    space: dict[str, Any] = {}
    exec(next(example for example in EXAMPLES if f"def {name}" in example), space)
    return space[name]


def test_the_examples_do_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from reflect.plugins.recorded import Recorded

    monkeypatch.setenv("HOME", str(tmp_path))
    (kind,) = hook("reflect_answer_kinds")()
    assert kind.check("10115") is None and "five digits" in kind.check("x")
    (command,) = hook("reflect_commands")()
    assert CliRunner().invoke(command, ["--times", "2"]).output.count("in …") == 2
    plugin = ModuleType("told")
    plugin.reflect_recorded = hook("reflect_recorded")  # type: ignore[attr-defined]
    plugins = joined(Installed("told", "1", load=lambda: plugin))
    plugins.tell(Recorded("answered", "S", "k", "2026-03-02"))
    plugins.tell(Recorded("session finished", "S", "", "2026-03-03"))
    assert (tmp_path / "reflections.log").read_text() == "2026-03-03\n"
    assert plugins.diagnostics == ()
