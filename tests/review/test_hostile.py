"""What comes from outside is shown inert or refused, and a refused file changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reflect.application.reviewing import opened
from reflect.errors import ReflectError
from reflect.sharing.sealing import seal
from reflect.sharing.shared import Bundle, Reply
from reflect.sharing.wire import encode
from reflect.text import for_terminal
from tests.conftest import Run
from tests.properties.profile import ordinarily
from tests.review.made import SHIP, bundle, put
from tests.review.test_case import note
from tests.sharing.samples import BELIEVABLE, HOSTILE, RAW, hostile

WRITABLE = tuple(text for text in RAW if "\ud800" not in text)
"""JSON has no way of writing half a character: such a file is refused."""
SHOWN = (
    ("review", "show", "--transcript"),
    ("review", "show", "--json"),
    ("review", "list"),
    ("review", "compare"),
    ("review", "owed"),
    ("review", "search", "a*"),
    ("review", "notes"),
)


def contents(home: Path) -> dict[str, str]:
    """What is in every file of a home but the cache, as a digest."""
    files = (file for file in home.rglob("*") if file.is_file() and "cache" not in file.parts)
    return {
        str(file): sha256(file.read_bytes()).hexdigest()
        for file in files
        if not file.name.endswith(("-shm", "-wal"))
    }


@pytest.mark.parametrize("texts", [HOSTILE, WRITABLE], ids=["hostile", "raw"])
@pytest.mark.parametrize("named", ["<b>Noor</b>", "\x1b]0;Noor\x07", "\u202eNoor"])
def test_hostile_words_are_shown_as_words(
    run: Run, tmp_path: Path, texts: tuple[str, ...], named: str
) -> None:
    for number in (1, 2):
        shared = replace(hostile(number, texts), mentee=named, mentor="Daniel")
        file = tmp_path / "file.reflect"
        file.write_text(json.dumps(msgspec.to_builtins(bundle(number, shared))))
        assert run("review", str(file)).code == 0
    run("review", "note", "1", "a word")
    for line in SHOWN:
        for screen in (False, True):
            ran = run(*line, screen=screen)
            assert ran.code == 0, (line, ran.err)
            plain = ran.out.replace("\x1b[1m", "").replace("\x1b[22m", "")
            assert for_terminal(plain) == plain and for_terminal(ran.err) == ran.err
            assert "\x1b" not in plain and "\u202e" not in plain and "\u200b" not in plain


def _set(path: str, value: Any) -> Callable[[dict[str, Any]], Any]:
    def change(found: dict[str, Any]) -> None:
        *way, last = path.split("/")
        at: Any = found
        for step in way:
            at = at[int(step)] if step.isdecimal() else at[step]
        at[last] = value

    return change


CHANGES: tuple[Callable[[dict[str, Any]], Any], ...] = (
    _set("schema_version", 99),
    _set("format", "other"),
    _set("share", "../../x"),
    _set("mentorship", "x" * 16 + "\n"),
    _set("mentorship", "x" * 5000),
    _set("replaces", "no name"),
    _set("number", 0),
    _set("number", 10**30),
    _set("shared", None),
    _set("shared/day", "tomorrow"),
    _set("shared/day", "2026-13-01"),
    _set("shared/meeting", "soon"),
    _set("shared/since", "2026-11-22T10:00"),
    _set("shared/language", "../../../etc/passwd"),
    _set("shared/mentee", "N" * 300),
    _set("shared/mentee", "Noor\n   1  Somebody else"),
    _set("shared/state", "dreaming"),
    _set("shared/sessions/0/day", "1"),
    _set("shared/sessions/0/language", "a/b"),
    _set("shared/sessions/0/answers", {"a": 1}),
    _set("shared/sessions/0/answers/0/id", "i" * 5000),
    _set("shared/sessions/0/answers/0/phase", "other"),
    _set("shared/items/0/state", "canary"),
    _set("shared/items/0/due", "canary"),
    _set("shared/items/0/kind", "canary"),
    _set("shared/items/0/lines", [{"day": "canary", "kind": "progress", "text": ""}]),
    _set("shared/stages", [{"day": "2026-11-22", "state": "canary"}]),
    _set("shared/items", [{}] * 30_000),
    _set("reply", {"mentee": "a", "mentor": "b", "day": "2026-11-22", "notes": []}),
)


def changed(change: Callable[[dict[str, Any]], Any]) -> bytes:
    found = msgspec.to_builtins(bundle())
    change(found)
    return json.dumps(found).encode()


BYTES = (
    b"",
    b"{",
    b"{}",
    b"[]" * 9,
    b"<html></html>",
    b"# Noor, for Daniel",
    b'{"schema_version": 1, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    b'{"schema_version": 1}' + b" " * 9_000_000,
    b"\xff\xfe{\x00}\x00",
    encode(bundle())[:-200],
    encode(bundle()).replace(b"vancomycin", b"vanco\xffmycin"),
    b"age-encryption.org/v1\n-> X25519 canary\n",
)


def refused(run: Run, tmp_path: Path, data: bytes) -> None:
    home = tmp_path / "reflect"
    before = contents(home)
    file = tmp_path / "file.reflect"
    file.write_bytes(data)
    ran = run("review", str(file))
    assert ran.code == 1 and ran.out == "", ran
    code, _, rest = ran.err.partition(": ")
    assert code.isascii() and " " not in code and "canary" not in rest
    assert contents(home) == before


@pytest.mark.parametrize("change", CHANGES, ids=range(len(CHANGES)))
def test_a_file_that_was_changed_is_refused(
    run: Run, tmp_path: Path, change: Callable[[dict[str, Any]], Any]
) -> None:
    assert run("review", put(tmp_path, bundle(1))).code == 0
    refused(run, tmp_path, changed(change))


@pytest.mark.parametrize("data", BYTES, ids=range(len(BYTES)))
def test_what_is_no_file_of_ours_is_refused(run: Run, tmp_path: Path, data: bytes) -> None:
    refused(run, tmp_path, data)
    assert not (tmp_path / "reflect" / "reflect.db").exists(), "nothing was made either"


def test_a_reply_is_not_for_review(run: Run, tmp_path: Path) -> None:
    found = Reply(mentee="Noor", mentor="Daniel", day="2026-11-22", notes=(note(),))
    made = Bundle(schema_version=1, share="a" * 16, mentorship=SHIP, reply=found)
    refused(run, tmp_path, encode(made))
    assert "not-for-review" in run("review", str(tmp_path / "file.reflect")).err


def test_a_name_is_used_once(run: Run, tmp_path: Path) -> None:
    run("review", put(tmp_path, bundle(1)))
    refused(run, tmp_path, encode(bundle(1, replace(BELIEVABLE, day="2026-11-23"))))
    assert "bundle-differs" in run("review", str(tmp_path / "file.reflect")).err


SEALED = encode(bundle())


@ordinarily(100)
@given(st.integers(0, len(SEALED) - 1), st.integers(0, 255))
def test_one_changed_byte_is_refused_or_is_a_file_that_can_be_told(at: int, byte: int) -> None:
    data = SEALED[:at] + bytes((byte,)) + SEALED[at + 1 :]
    try:
        found = opened(data, ())
    except ReflectError as error:
        assert error.code.startswith("bundle-")
    else:
        assert found.shared is not None


def test_sealed_for_somebody_else(run: Run, tmp_path: Path) -> None:
    from reflect.sharing.identities import make_identity

    refused(run, tmp_path, seal(SEALED, [make_identity("2026-11-22").public]))
    assert "bundle-wrong-key" in run("review", str(tmp_path / "file.reflect")).err
