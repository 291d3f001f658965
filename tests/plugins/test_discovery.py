"""What plug-ins bring is remembered, and looked for again when it may have changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from reflect.listening.cues import Cue
from reflect.packs.cache import Cache
from reflect.plugins.consent import Allowed, Consents
from reflect.plugins.discovery import discover
from reflect.plugins.installed import Installed
from reflect.settings import ALL_PLUGINS, NO_PLUGINS, PluginChoice

from .conftest import Site
from .made import plugin

pytestmark = pytest.mark.usefixtures("cold")

TRUSTING = Consents({"ward": Allowed("1.0")})


class Looking:
    """Counts how often it is asked what is installed."""

    def __init__(self, *found: Installed) -> None:
        self.found = found
        self.times = 0

    def __call__(self) -> Iterable[Installed]:
        self.times += 1
        return self.found


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    folder = tmp_path / "cache"
    folder.mkdir()
    return Cache(folder)


def settle(*folders: Path) -> None:
    """Make `folders` look as if they had been left alone for a minute."""
    then = time.time_ns() - 60_000_000_000
    for folder in folders:
        os.utime(folder, ns=(then, then))


@pytest.fixture
def quiet_site(site: Site) -> Site:
    settle(site.folder)
    return site


def test_nothing_is_looked_for_twice(cache: Cache, quiet_site: Site) -> None:
    looking = Looking(plugin("ward", reflect_packs=lambda: []))
    first = discover(cache, ALL_PLUGINS, TRUSTING, scan=looking)
    assert discover(cache, ALL_PLUGINS, TRUSTING, scan=looking) == first
    assert first.names == ("shipped", "ward")
    assert looking.times == 1


def test_asking_afresh_looks_again(cache: Cache, quiet_site: Site) -> None:
    looking = Looking()
    discover(cache, ALL_PLUGINS, TRUSTING, scan=looking)
    discover(cache, ALL_PLUGINS, TRUSTING, scan=looking, afresh=True)
    assert looking.times == 2


def test_an_installation_is_noticed(cache: Cache, quiet_site: Site) -> None:
    before = discover(cache, ALL_PLUGINS, TRUSTING)
    quiet_site.install("ward", "[reflect]\nward = ward_code\n", ward_code="")
    after = discover(cache, ALL_PLUGINS, Consents())
    assert before.waiting == () and after.waiting == (("ward", "1.0"),)
    assert [found.code for found in after.diagnostics] == ["plugin-not-allowed"]


def test_another_choice_or_consent_is_another_question(cache: Cache, quiet_site: Site) -> None:
    looking = Looking(plugin("ward", reflect_packs=lambda: []))
    assert "ward" in discover(cache, ALL_PLUGINS, TRUSTING, scan=looking).names
    assert "ward" not in discover(cache, ALL_PLUGINS, Consents(), scan=looking).names
    assert "ward" in discover(cache, ALL_PLUGINS, TRUSTING, scan=looking).names
    assert "ward" not in discover(cache, NO_PLUGINS, TRUSTING, scan=looking).names
    some = PluginChoice(frozenset({"ward"}))
    assert "ward" in discover(cache, some, TRUSTING, scan=looking).names


def test_a_pack_that_goes_is_noticed(
    cache: Cache, quiet_site: Site, tmp_path: Path, pack_folder: Path
) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    moved = pack_folder.rename(packs / "ward-debrief")
    settle(packs, tmp_path)
    looking = Looking(Installed("ward", "1.0", folder=packs))
    assert str(moved) in [
        found.path for found in discover(cache, ALL_PLUGINS, TRUSTING, scan=looking).packs
    ]
    moved.rename(tmp_path / "elsewhere")
    assert discover(cache, ALL_PLUGINS, TRUSTING, scan=looking).packs[-1].source == "shipped"


def test_what_plugins_add_is_known_by_name(cache: Cache, quiet_site: Site) -> None:
    cue = Cue("thankful", "says thanks", lambda said: None)
    looking = Looking(plugin("ward", reflect_cues=lambda: [cue]))
    found = discover(cache, ALL_PLUGINS, TRUSTING, scan=looking)
    assert found.added == ("thankful",)
    assert found.vocabulary.cues["thankful"] == "says thanks" and "vague" in found.vocabulary.cues
    assert found.at_work == PluginChoice(frozenset({"ward"}))


def test_a_plugin_that_only_brings_files_has_nothing_to_do_later(
    cache: Cache, quiet_site: Site
) -> None:
    looking = Looking(plugin("ward", reflect_packs=lambda: []))
    assert discover(cache, ALL_PLUGINS, TRUSTING, scan=looking).at_work == NO_PLUGINS
