"""Sealed for somebody, opened by them alone, and every other file refused for a reason of its own."""

from __future__ import annotations

import base64
import random
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reflect.errors import Misuse, ReflectError
from reflect.sharing import age, envelope, padding
from reflect.sharing.identities import Identity, make_identity, read_identity
from reflect.sharing.keys import read_key
from reflect.sharing.passphrase import Passphrase, suggested
from reflect.sharing.sealing import lock_of, open_sealed, seal
from tests.sharing.age_vectors import vectors

ME = make_identity("2026-11-22")
SOMEBODY = make_identity("2026-11-22")
CAUSES = {"bundle-wrong-key", "bundle-damaged", "bundle-truncated", "bundle-not-encrypted"}
LATER = "bundle-unknown"
MARK = b"a word that nobody else may read"


def refusal(data: bytes, by: tuple[Identity, ...] | Passphrase = (ME,)) -> str:
    """The code with which a file is refused; "" when it opens."""
    try:
        open_sealed(data, by)
    except ReflectError as error:
        assert error.hint and ME.secret not in error.message
        return error.code
    return ""


def armoured(data: bytes, end: str = "\n") -> bytes:
    text = base64.b64encode(data).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    whole = ["-----BEGIN AGE ENCRYPTED FILE-----", *lines, "-----END AGE ENCRYPTED FILE-----", ""]
    return end.join(whole).encode()


def header_end(data: bytes) -> int:
    return data.index(b"\n", data.index(b"\n--- ") + 1) + 1


@given(st.binary(max_size=40_000))
@settings(max_examples=40, deadline=None)
def test_what_was_sealed_is_opened(data: bytes) -> None:
    data += MARK
    sealed = seal(data, [SOMEBODY.public, ME.public])
    assert MARK not in sealed
    assert open_sealed(sealed, [ME]) == data
    assert open_sealed(sealed, [make_identity(""), SOMEBODY]) == data
    assert open_sealed(armoured(sealed, "\r\n") + b"  \n", [ME]) == data


@given(st.binary(max_size=300), st.sampled_from([0, 1, 16_000, 65_000, 131_000, 1_048_000]))
@settings(max_examples=40, deadline=None)
def test_padding_comes_off_whatever_the_content_is(tail: bytes, length: int) -> None:
    data = bytes(length) + tail
    for plain in (data, data + b"  ", data + b"\n", data + b"\n \n"):
        filled = padding.padded(plain)
        assert padding.stripped(filled) == plain
        assert padding.is_padded_length(len(filled)) and len(filled) % 65_536


def test_the_length_says_little() -> None:
    lengths = {len(padding.padded(bytes(number))) for number in range(0, 16_000, 97)}
    assert len(lengths) == 1
    every = {len(padding.padded(bytes(number))) for number in range(0, 4_000_000, 9_973)}
    assert len(every) < 12


def test_other_programs_read_the_content_and_theirs_is_read_here() -> None:
    sealed = seal(b'{"a": 1}', [ME.public])
    plain = age.decrypt(sealed, [ME.secret])
    assert plain.startswith(b'{"a": 1}\n') and not plain[8:].strip()
    theirs = age.encrypt(b'{"b": 2}', [ME.public])
    assert open_sealed(theirs, [ME]) == b'{"b": 2}'


def test_each_cause_has_its_code() -> None:
    sealed = seal(b"content", [ME.public])
    end = header_end(sealed)
    changed = sealed[: end + 40] + bytes([sealed[end + 40] ^ 1]) + sealed[end + 41 :]
    mac = sealed[: end - 3] + (b"AAA" if sealed[end - 4 : end - 1] != b"AAA" else b"BBB")[:2]
    assert refusal(sealed) == ""
    assert refusal(sealed, (SOMEBODY,)) == refusal(sealed, ()) == "bundle-wrong-key"
    assert refusal(changed) == refusal(mac + sealed[end - 1 :]) == "bundle-damaged"
    assert refusal(sealed[:-1]) == refusal(b"") == "bundle-truncated"
    assert refusal(sealed + b"\r\n") == "bundle-truncated"
    assert refusal(armoured(sealed)[:-30]) == "bundle-truncated"
    assert refusal(b'{"schema_version": 1}') == "bundle-not-encrypted"
    assert refusal(b"\x89PNG\r\n") == "bundle-not-encrypted"
    assert refusal(sealed.replace(b"/v1\n", b"/v2\n", 1)) == LATER
    assert refusal(bytes(envelope.LARGEST + 1)) == "bundle-too-large"
    with pytest.raises(ReflectError, match="16 MiB"):
        seal(bytes(envelope.LARGEST), [ME.public])
    with pytest.raises(Misuse):
        seal(b"", [])


@pytest.mark.parametrize("size", [10, 100_000])
def test_every_beginning_of_a_file_is_known_as_cut(size: int) -> None:
    sealed = seal(random.Random(1).randbytes(size), [ME.public])
    chunks = range(header_end(sealed) + 16, len(sealed), 65_552)
    for end in {*range(500), *range(500, len(sealed), 4_999), *chunks, len(sealed) - 1}:
        assert refusal(sealed[:end]) == "bundle-truncated", end


def test_a_passphrase_opens_and_another_does_not() -> None:
    vector = vectors()["scrypt"]
    assert lock_of(vector.file) == "passphrase"
    assert open_sealed(vector.file, Passphrase("password")) == b"age"
    assert refusal(vector.file, Passphrase("Password")) == "bundle-wrong-passphrase"
    assert refusal(vector.file) == "bundle-needs-passphrase"
    assert refusal(seal(b"", [ME.public]), Passphrase("password")) == "bundle-needs-key"


@pytest.mark.parametrize("factor", [b"21", b"30", b"63", b"255", b"9" * 5000])
def test_a_lock_that_costs_too_much_is_not_even_tried(
    factor: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(age, "decrypt_with", lambda *_: pytest.fail("tried"))
    file = vectors()["scrypt"].file.replace(b" 10\n", b" " + factor + b"\n", 1)
    assert refusal(file, Passphrase("password")) == LATER


def test_a_header_without_end_is_not_read_to_its_end() -> None:
    stanza = b"-> X25519 abc\n" + b"A" * 64 + b"\nAAAA\n"
    assert refusal(b"age-encryption.org/v1\n" + stanza * 100_000) == LATER
    assert refusal(b"age-encryption.org/v1\n-> " + b"a" * 1_000_000) == LATER


def test_a_panic_of_the_library_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    import pyrage

    class PanicException(BaseException):
        pass

    def panics(*_: object) -> bytes:
        raise PanicException(ME.secret)

    sealed = seal(b"", [ME.public])
    monkeypatch.setattr(pyrage, "decrypt", panics)
    assert refusal(sealed) == "bundle-damaged"


def test_suggested_passphrases_are_words_and_differ() -> None:
    found = {suggested().text for _ in range(5)}
    assert len(found) == 5
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+){7}", text) for text in found)


@pytest.mark.slow
def test_sealed_with_a_passphrase() -> None:
    secret = suggested()
    sealed = seal(b"content", secret)
    assert open_sealed(sealed, secret) == b"content"


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="NOT TESTED: no ssh-keygen")
@pytest.mark.parametrize(("kind", "bits"), [("ed25519", "256"), ("rsa", "2048")])
def test_ssh_keys(tmp_path: Path, kind: str, bits: str) -> None:
    def made(name: str, passphrase: str = "") -> Path:
        line = ["ssh-keygen", "-q", "-t", kind, "-b", bits, "-N", passphrase, "-C", "me@home"]
        subprocess.run([*line, "-f", tmp_path / name], check=True, stdin=subprocess.DEVNULL)
        return tmp_path / name

    file = made("one")
    key = read_key(file.with_suffix(".pub").read_text())
    identity = read_identity(file.read_text())
    sealed = seal(b"content", [key])
    assert open_sealed(sealed, [ME, identity]) == b"content"
    assert refusal(sealed) == "bundle-wrong-key"
    assert repr(identity) == "<Identity>"
    with pytest.raises(ReflectError, match="passphrase") as caught:
        read_identity(made("two", "locked").read_text())
    assert caught.value.code == "key-locked"


# --- tampered files ------------------------------------------------------------------

Mutation = Callable[[random.Random, bytes], bytes]


def flip(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def flip_in_header(chance: random.Random, data: bytes) -> bytes:
    end = header_end(data)
    return flip(chance, data[:end]) + data[end:]


def cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def leave_out(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randrange(1, 200) :]


def put_in(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.randrange(1, 200)) + data[at:]


def repeat(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at : at + 20_000] + data[at:]


def swap_chunks(chance: random.Random, data: bytes) -> bytes:
    at = header_end(data) + 16
    chunks = [data[start : start + 65_552] for start in range(at, len(data), 65_552)]
    chance.shuffle(chunks)
    return data[:at] + b"".join(chunks)


def other_header(chance: random.Random, data: bytes) -> bytes:
    other = seal(b"", [ME.public])
    return other[: header_end(other)] + data[header_end(data) :]


def shuffled_lines(chance: random.Random, data: bytes) -> bytes:
    end = header_end(data)
    lines = data[: end - 1].split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines) + data[end - 1 :]


MUTATIONS: tuple[Mutation, ...] = (
    flip,
    flip_in_header,
    cut,
    leave_out,
    put_in,
    repeat,
    swap_chunks,
    other_header,
    shuffled_lines,
)


def has_a_length_of_ours(data: bytes) -> bool:
    """One cut in some ten thousand leaves exactly as much as a smaller file has."""
    return envelope.read(data).has_a_length_of_ours


def tampered(number: int) -> None:
    """Every one of `number` changed files is refused with a cause, and none is long in the refusing."""
    chance = random.Random(number)
    small, large = (seal(chance.randbytes(size), [ME.public]) for size in (900, 150_000))
    codes = set()
    spent = 0.0
    for turn in range(number):
        mutation = MUTATIONS[turn % len(MUTATIONS)]
        whole = large if mutation is swap_chunks or turn % 10 == 0 else small
        changed = mutation(chance, whole)
        if changed == whole:
            continue
        began = time.process_time()
        code = refusal(changed)
        spent += time.process_time() - began
        assert code in CAUSES | {LATER, "bundle-needs-passphrase"}, (mutation, code)
        if mutation is cut:
            assert code == "bundle-truncated" or has_a_length_of_ours(changed)
        codes.add(code)
    assert codes >= CAUSES
    # All together: a single one may meet the interpreter cleaning up after the whole suite.
    assert spent < 0.05 * number


def test_tampered_files_are_refused() -> None:
    tampered(2_000)


@pytest.mark.slow
def test_many_tampered_files_are_refused() -> None:
    tampered(20_000)


def test_tampered_armour_is_refused_or_means_the_same() -> None:
    chance = random.Random(7)
    whole = armoured(seal(b"content", [ME.public]))
    opened = 0
    for turn in range(300):
        changed = (flip, cut, leave_out, put_in)[turn % 4](chance, whole)
        try:
            assert open_sealed(changed, [ME]) == b"content"
            opened += 1
        except ReflectError as error:
            assert error.code in CAUSES
    assert opened < 20
