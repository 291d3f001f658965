"""How growth is told: the slope, the plot, the page; and one small run of it for real."""

from __future__ import annotations

import os
import sys
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest
from benchmarks.growth import page
from benchmarks.growth.curve import Curve, Point, exponent
from benchmarks.growth.measure import curves, shorter
from benchmarks.growth.plot import plot
from benchmarks.growth.registry import GROUPS
from benchmarks.growth.work import Group, Work, nothing
from benchmarks.scene import HERE, Scene, Sizes, Subject
from hypothesis import given
from hypothesis import strategies as st

SVG = "{http://www.w3.org/2000/svg}"


@given(k=st.floats(-1, 3), constant=st.floats(0.001, 1000))
def test_the_slope_is_the_exponent(k, constant):
    pairs = [(float(size), constant * size**k) for size in (10, 100, 1000, 10000)]
    assert exponent(pairs) == pytest.approx(k, abs=1e-6)


def test_a_constant_part_hides_no_growth_at_the_end():
    pairs = [(float(size), 50 + size * 0.01) for size in (10, 100, 1000, 10**6, 10**7)]
    assert exponent(pairs) > 0.75
    assert exponent([(size, 50.0) for size in (10, 100, 1000)]) == pytest.approx(0)


def test_one_size_has_no_slope():
    assert exponent([(10, 3.0)]) == exponent([]) == 0


def test_what_grows_faster_than_it_must_is_not_met():
    linear = tuple(Point(size, size / 10, 30.0) for size in (10, 100, 1000))
    assert Curve("a", linear, 1.15, 0.15).met
    assert not Curve("a", linear, 0.15, 0.15).met
    heavy = tuple(Point(size, 1.0, float(size)) for size in (10, 100, 1000))
    assert not Curve("a", heavy, 0.15, 0.15).met


def test_a_plot_is_sound_and_straight_where_growth_is_a_power():
    points = [(1.0, 0.01), (10.0, 0.1), (100.0, 1.0), (1000.0, 10.0)]
    drawn = plot("Time & place", "a < b", "ms", {"one": points, "two": [(1, 5), (1000, 5)]})
    root = ElementTree.fromstring(drawn)
    lines = [line.get("points", "") for line in root.iter(f"{SVG}polyline")]
    ups = [float(pair.split(",")[1]) for pair in lines[0].split()]
    steps = [before - after for before, after in pairwise(ups)]
    assert steps == pytest.approx([steps[0]] * 3, abs=0.2)
    assert steps[0] > 0
    flat = [float(pair.split(",")[1]) for pair in lines[2].split()]
    assert flat[0] == flat[1]
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert {"Time & place", "a < b", "one", "two", "0.01 ms", "10 ms", "1,000"} <= set(texts)


def test_a_plot_can_be_read_in_light_and_in_dark_and_asks_for_nothing_else():
    drawn = plot("a", "b", "ms", {str(n): [(1, n + 1), (10, n + 1)] for n in range(6)})
    light, dark = drawn.split("@media (prefers-color-scheme: dark)")
    for name in ("paper", "ink", "grid", *(f"s{n}" for n in range(6))):
        assert f".{name} {{" in light
        assert f".{name} {{" in dark
    assert "href" not in drawn
    assert "url(" not in drawn


def test_every_point_is_on_the_paper():
    points = [(1.0, 0.0007), (37.0, 999.0), (5000.0, 12.0)]
    root = ElementTree.fromstring(plot("a", "b", "ms", {"one": points}))
    _, _, width, height = map(float, root.get("viewBox", "").split())
    for dot in root.iter(f"{SVG}circle"):
        assert 0 < float(dot.get("cx", "")) < width
        assert 0 < float(dot.get("cy", "")) < height


GROUP = Group("few", "things", (1, 10), nothing, (Work("doing", lambda folder, size: iter(())),))
CURVE = Curve("doing", (Point(1, 2.0, 20.0), Point(10, 20.0, 20.0)), 0.15, 0.15)


def test_the_page_keeps_what_stands_around_the_measured_part(tmp_path):
    told = tmp_path / "growth.md"
    told.write_text(f"# Growth\n\n{page.BEGIN}\nold\n{page.END}\n\nThe end.\n")
    for _ in range(2):
        page.write(told, "today", {GROUP: (CURVE,)})
    text = told.read_text()
    assert text.startswith("# Growth\n")
    assert text.endswith("The end.\n")
    assert "old" not in text
    assert text.count("today") == 1
    assert "| doing | 2 ms | 20 ms | n^1.00 (≤ 0.15) | NO |" in text
    assert "| … memory | 20 MiB | 20 MiB | n^0.00 (≤ 0.15) | yes |" in text
    for what in ("time", "memory"):
        assert f"(growth/few-{what}.svg)" in text
        assert (tmp_path / "growth" / f"few-{what}.svg").exists()


def test_the_short_form_goes_as_far_as_it_is_told_and_no_further():
    for group in GROUPS:
        found = shorter(group, Sizes())
        assert 2 <= len(found.sizes) <= 3
        assert found.sizes[-1] <= group.sizes[-1]
        assert list(found.sizes) == sorted(set(found.sizes))


def test_a_group_is_measured_for_real(tmp_path):
    (group,) = (group for group in GROUPS if group.name == "questions")
    paths = os.pathsep.join((str(HERE.parent / "src"), os.environ.get("PYTHONPATH", "")))
    environment = {**os.environ, "PYTHONPATH": paths.rstrip(os.pathsep)}
    subject = Subject((sys.executable, "-m", "reflect"), sys.executable, environment)
    scene = Scene(subject, tmp_path, Sizes())
    found = curves(scene, group._replace(sizes=(6,), works=group.works[:1]))
    (point,) = found[0].points
    assert point.size == 6
    assert point.ms > 0
    assert point.mib > 10
    assert not any((tmp_path / "growth").iterdir())
