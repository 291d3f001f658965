"""Plug-ins are found by entry points, and those of packs only are never imported."""

from __future__ import annotations

import sys
from pathlib import Path

from reflect.plugins.installed import installed
from reflect.plugins.manager import make_manager
from reflect.settings import ALL_PLUGINS

from .conftest import Site
from .made import trusting


def test_code_is_found_and_not_yet_loaded(site: Site) -> None:
    site.install("zeta", "[reflect]\nzeta = zeta_code\n", "2.1", zeta_code="raise SystemExit(9)\n")
    site.install("alpha", "[reflect]\nalpha = alpha_code\n", alpha_code="")
    site.install("other", "[console_scripts]\nx = y:z\n")
    found = installed()
    assert [(plugin.name, plugin.version) for plugin in found] == [
        ("alpha", "1.0"),
        ("zeta", "2.1"),
    ]
    assert "zeta_code" not in sys.modules


def test_packs_without_code_are_found_and_not_imported(site: Site, pack_folder: Path) -> None:
    package = site.folder / "only_packs"
    package.mkdir()
    (package / "__init__.py").write_text("raise SystemExit(9)\n")
    pack_folder.rename(package / "ward-debrief")
    site.install("only", "[reflect.packs]\nonly = only_packs\n")
    (found,) = installed()
    assert (found.load, found.folder) == (None, package)
    assert "only_packs" not in sys.modules


def test_a_package_that_is_missing_or_below_another_lies_nowhere(site: Site) -> None:
    site.install("a", "[reflect.packs]\na = not_there_at_all\n")
    inner = site.folder / "outer_package" / "inner"
    inner.mkdir(parents=True)
    (inner.parent / "__init__.py").write_text("")
    (inner / "__init__.py").write_text("")
    site.install("b", "[reflect.packs]\nb = outer_package.inner\n")
    assert [plugin.folder for plugin in installed()] == [None, None]
    assert "outer_package" not in sys.modules


def test_damaged_records_hide_only_their_own_plugin(site: Site) -> None:
    site.install("bad", "[reflect\nbroken = = =\nno equals sign\n")
    (site.folder / "bad-1.0.dist-info" / "entry_points.txt").write_bytes(b"[reflect]\nx\xff = y\n")
    site.install("good", "[reflect]\ngood = good_code\n", good_code="")
    assert "good" in [plugin.name for plugin in installed()]


def test_one_broken_entry_point_leaves_the_others(site: Site) -> None:
    hooks = (
        "from reflect.plugins.hookspecs import hookimpl\n"
        "@hookimpl\ndef reflect_lexicons():\n    return [__file__]\n"
    )
    site.install("broken", "[reflect]\nbroken = broken_code\n", broken_code="import nothing_such\n")
    site.install("syntax", "[reflect]\nsyntax = syntax_code\n", syntax_code="def (\n")
    site.install("whole", "[reflect]\nwhole = whole_code\n", whole_code=hooks)
    plugins = make_manager(ALL_PLUGINS, trusting(*installed()))
    assert plugins.names == ("shipped", "whole")
    assert plugins.lexicons()[-1] == site.folder / "whole_code.py"
    messages = {found.place.file.split()[0]: found.message for found in plugins.diagnostics}
    assert "broken_code.py:1" in messages["broken"] and "syntax_code.py:1" in messages["syntax"]
