"""Which version of reflect a plug-in asks for."""

from __future__ import annotations

import pytest

from reflect.plugins.installed import Installed
from reflect.plugins.requirement import satisfied, wanted_of

from .made import codes, joined, module, plugin


@pytest.mark.parametrize(
    ("wanted", "version", "fits"),
    [
        ("", "1.0", True),
        (">=1", "1.0", True),
        (">=1", "0.9", False),
        (">=1,<2", "1.9.3", True),
        (">=1,<2", "2.0", False),
        ("==1.0", "1", True),
        ("==1.*", "1.7", True),
        ("==1.*", "10.7", False),
        ("!=1.*", "1.7", False),
        ("!=1.*", "2", True),
        ("~=1.4", "1.9", True),
        ("~=1.4", "2.0", False),
        ("~=1.4.2", "1.5", False),
        (">=2", "2.0rc1", False),
        (">=2.0rc1", "2.0", True),
        (">2.0", "2.0.post1", True),
        ("<1", "1.0.dev3", True),
        (" >= 1 , < 3 ", "2", True),
        ("whatever", "1.0", False),
        (">=x", "1.0", False),
        ("~=1", "1.0", False),
        ("<*1.*", "1.0", False),
    ],
)
def test_versions_are_compared(wanted: str, version: str, fits: bool) -> None:
    assert satisfied(wanted, version) is fits


def test_only_lines_about_reflect_without_a_condition_count() -> None:
    lines = [
        "click>=8",
        "Reflect_Mentorship[extra] (>=1.0) ",
        "reflect-mentorship<2",
        "reflect-mentorship>=9; extra == 'dev'",
        "reflect-mentorship",
        "= nonsense",
    ]
    assert wanted_of(lines) == ">=1.0,<2"


def test_a_plugin_that_needs_another_version_is_left_out() -> None:
    made = module(reflect_packs=lambda: [])
    made.reflect_requires = ">=99"  # type: ignore[attr-defined]
    by_records = plugin("a", reflect_packs=lambda: [])._replace(wanted=">=99")
    data = Installed("c", "1", wanted="<0")
    plugins = joined(by_records, Installed("b", "1", load=lambda: made), data)
    assert codes(plugins) == [(name, "plugin-needs-other") for name in "abc"]
    assert plugins.packs() == joined().packs()
