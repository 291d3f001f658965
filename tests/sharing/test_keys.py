"""Keys as they are handed over, read out, printed and typed back."""

from __future__ import annotations

import base64
import re
from contextlib import suppress
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.errors import ReflectError
from reflect.sharing.fingerprint import word_list, words
from reflect.sharing.identities import make_identity, read_identity
from reflect.sharing.keys import kind_of, read_key
from reflect.sharing.passphrase import Passphrase, check_length, typed
from reflect.sharing.recipients import Recipient, named, read_name
from reflect.sharing.recovery import read_line, read_sheet, sheet
from tests.properties.profile import ordinarily

KEY = "age1xmwwc06ly3ee5rytxm9mflaz2u56jjj36s0mypdrwsvlul66mv4q47ryef"
"""The public key of the secret that age's test vectors use."""
SECRET = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0"
# The public key of RFC 8032, section 7.1, test 1.
ED25519 = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
SSH = (
    "ssh-ed25519 "
    + base64.b64encode(
        b"".join(len(part).to_bytes(4, "big") + part for part in (b"ssh-ed25519", ED25519))
    ).decode()
)


def code(call: object, *given: object) -> str:
    assert callable(call)
    with pytest.raises(ReflectError) as caught:
        call(*given)
    assert caught.value.hint
    return caught.value.code


# --- public keys ---------------------------------------------------------------------


def test_a_key_is_found_in_whatever_it_comes_in() -> None:
    for text in (KEY, f"  {KEY.upper()} ", f"# my key\n{KEY}\n  apple banjo\n", f"{KEY}\n{KEY}"):
        assert read_key(text) == KEY
    for text in (SSH, f"{SSH} amina@ward-4", SSH.replace(" ", "   ") + "\r\n"):
        assert read_key(text) == SSH
    assert (kind_of(KEY), kind_of(SSH)) == ("age", "ssh-ed25519")


def test_what_is_no_key_is_refused() -> None:
    for text in (
        "",
        "age1",
        KEY[:-1],
        KEY[:-1] + "q",
        "hello",
        SSH[:-9],
        "ssh-rsa AAAA",
        "ssh-rsa",
    ):
        assert code(read_key, text) == "not-a-key", text
    assert code(read_key, f"{KEY}\n{SSH}") == "several-keys"
    for text in (SECRET, SECRET.lower(), "-----BEGIN OPENSSH PRIVATE KEY-----\nabc"):
        assert code(read_key, text) == "secret-key-given"
    weak = b"\0\0\0\7ssh-rsa" + b"\0\0\0\3\1\0\1" + b"\0\0\0\x81\0" + b"\xff" * 128
    assert code(read_key, f"ssh-rsa {base64.b64encode(weak).decode()}") == "key-too-weak"


@given(st.text(max_size=200) | st.text(alphabet="age1SHrsd25- +/=\n", max_size=90))
@ordinarily(60)
def test_no_text_breaks_the_reading_of_a_key(text: str) -> None:
    for beginning in ("", "age1", "ssh-ed25519 ", "ssh-rsa "):
        with suppress(ReflectError):
            read_key(beginning + text)


# --- words ---------------------------------------------------------------------------


def distance(one: str, other: str) -> int:
    before = list(range(len(other) + 1))
    for row, a in enumerate(one, 1):
        now = [row]
        for column, b in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (a != b)))
        before = now
    return before[-1]


def test_the_words_can_be_told_apart_on_the_phone() -> None:
    every = word_list()
    assert len(every) == len(set(every)) == 256
    assert all(re.fullmatch("[a-z]{4,10}", word) for word in every)
    assert min(distance(*pair) for pair in combinations(every, 2)) > 1


def test_both_sides_see_the_same_words() -> None:
    mine = words(KEY)
    assert len(mine) == 8 and mine == words(KEY.upper()) == words(f" {KEY}\n")
    assert words(SSH) == words(f"{SSH} me@home") != mine
    # As `printf %s KEY | sha256sum` gives them: read out today, they must be the same in a year.
    assert " ".join(mine) == "ocean oasis wagon circus bronze statue ostrich emerald"
    assert words(make_identity("").public) != words(make_identity("").public)


# --- secret keys ---------------------------------------------------------------------


def test_a_secret_key_is_shown_by_no_repr() -> None:
    identity = read_identity(f" {SECRET.lower()} ", "2026-11-22")
    assert (identity.secret, identity.public) == (SECRET, KEY)
    assert repr([identity]) == "[<Identity>]" and f"{identity}" == "<Identity>"
    assert repr(Passphrase("hush")) == "<Passphrase>"
    for text in ("", SECRET[:-1], "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n", KEY):
        assert code(read_identity, text) == "not-a-secret-key"


def test_a_passphrase_is_the_same_on_every_keyboard() -> None:
    assert typed("cafe\u0301 au lait\n") == typed("caf\u00e9 au lait") == Passphrase("café au lait")
    assert typed(" two  blanks ").text == " two  blanks "
    assert code(typed, "\n") == "passphrase-empty"
    assert code(check_length, Passphrase("eleven char")) == "passphrase-short"
    check_length(Passphrase("twelve chars"))


# --- the sheet -----------------------------------------------------------------------

MINE = read_identity(SECRET, "2026-11-20")
LINES = [line for line in sheet(MINE, "2026-11-22").splitlines() if re.match(r"  \d  ", line)]


def test_a_sheet_is_read_back_however_it_is_typed() -> None:
    whole = sheet(MINE, "2026-11-22")
    assert SECRET not in whole and KEY in whole and "2026-11-22" in whole
    assert all(part in whole for part in words(KEY))
    assert max(map(len, whole.splitlines())) <= 68
    bare = [line[4:30].strip() for line in LINES]
    for text in (
        whole,
        whole.replace("\n", "\r\n"),
        "\n".join(LINES),
        "\n".join(bare).lower(),
        "\n".join(line.replace(" ", "") for line in bare),
        "\n".join(bare).replace("0", "o").replace("L", "I"),
        f"# created: 2026-11-20\n{SECRET}\n",
    ):
        found = read_sheet(text)
        assert (found.secret, found.public) == (SECRET, KEY)


@given(st.integers(0, 2), st.integers(0, 17), st.sampled_from("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"))
@ordinarily(40)
def test_a_mistyped_line_is_named(number: int, place: int, character: str) -> None:
    line = LINES[number]
    at = [at for at, one in enumerate(line[:30]) if one.isalnum()][1:][place]
    changed = line[:at] + character + line[at + 1 :]
    lines = [*LINES[:number], changed, *LINES[number + 1 :]]
    if changed == line:
        assert read_sheet("\n".join(lines)).secret == SECRET
    else:
        with pytest.raises(ReflectError) as caught:
            read_sheet("\n".join(lines))
        # A word stands for a byte: one wrong line in 256 goes with it, and the key's own check finds that.
        assert caught.value.code in ("sheet-line", "sheet-mistyped")
        assert caught.value.code != "sheet-line" or f"Line {number + 1} " in caught.value.message


def test_what_is_wrong_with_a_line_is_said() -> None:
    with pytest.raises(ReflectError, match="Line 2 has 4 characters and should have 20"):
        read_line(2, "QQQQ")
    with pytest.raises(ReflectError, match="Line 1 has a character that no key has"):
        read_line(1, "QQQQ QQQQ QQQQ QQQQ QQQ%")
    with pytest.raises(ReflectError, match="the word at its end"):
        read_line(
            1, "QQQQ QQQQ QQQQ QQQQ QQQQ " + next(w for w in word_list() if w not in LINES[0])
        )
    assert code(read_sheet, "") == code(read_sheet, "one\ntwo") == "not-a-sheet"
    assert code(read_sheet, "QQQQ" * 5 + "\n" + "QQQQ" * 5 + "\n" + "QQ" * 9) == "sheet-mistyped"
    assert code(read_sheet, "a" * 70_000) == "not-a-sheet"


@given(st.text(max_size=300))
@ordinarily(60)
def test_no_text_breaks_the_reading_of_a_sheet(text: str) -> None:
    with pytest.raises(ReflectError):
        read_sheet(text)


# --- recipients ----------------------------------------------------------------------

DANIEL, DANA = (Recipient(name, KEY, "2026-11-22") for name in ("Daniel Okoro", "Dana"))


def test_names_are_matched_kindly() -> None:
    both = (DANIEL, DANA)
    assert named(both, "daniel okoro") == named(both, " DANIEL ") == DANIEL
    assert named(both, "dana") == DANA
    assert code(named, both, "Dan") == "ambiguous-recipient"
    assert code(named, both, "") == "no-such-recipient"
    with pytest.raises(ReflectError) as caught:
        named(both, "Danna")
    assert caught.value.hint == "Did you mean Dana?"
    assert read_name("  Ruth\u202e  A.\n") == "Ruth A."
    for name in ("", "-o", "x" * 81):
        assert code(read_name, name) == "bad-name"
