"""What is pinned, and how its files are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from proof import locks
from proof.checks import supply
from proof.locks import Pin


def test_all_that_is_required_is_pinned_with_its_hashes() -> None:
    pinned, wrong = supply._pinned(supply.ROOT)
    assert len(pinned) > 40 and not wrong
    assert not supply._unpinned(supply.ROOT)


def test_a_pin_is_read_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "pins.txt"
    pins = [
        Pin("jeepney", "0.9.0", "sys_platform == 'linux'", ("0" * 64, "f" * 64)),
        Pin("click", "8.5.1", "", ()),
    ]
    locks.write(file, pins)
    assert locks.read(file) == (pins, [])


def test_it_is_read_over_lines_and_without_comments(tmp_path: Path) -> None:
    file = tmp_path / "pins.txt"
    file.write_text(
        f"# by hand\nA.B_c==1.0 ; os_name == 'nt' \\\n    --hash=sha256:{'1' * 64} \\\n"
        f"    --hash=sha256:{'2' * 64}\n    # via us\nd>=2\n"
    )
    assert locks.read(file) == (
        [Pin("a-b-c", "1.0", "os_name == 'nt'", ("1" * 64, "2" * 64))],
        ["d>=2"],
    )


@pytest.mark.parametrize("line", ["a==1 --hash=sha256:12", "a==1 --hash=md5:" + "1" * 64, "a"])
def test_what_is_no_pin_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "pins.txt"
    file.write_text(line)
    assert locks.read(file) == ([], [line])
