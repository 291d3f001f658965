"""The recovery sheet: a secret key on paper, in three lines that can be typed back.

A key is 58 characters of Bech32 (BIP 173), which find a mistyped one but not where. So each
line ends with a word made from it (the first byte of the SHA-256 of its number and
characters), and a line that is wrong is known as soon as it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from reflect.errors import ReflectError
from reflect.sharing.fingerprint import spelled, word_list, words
from reflect.sharing.identities import Identity, read_identity

LENGTHS = (20, 20, 18)
"""Characters of each line."""
LARGEST = 64 * 1024
"""Characters of a text that a key is looked for in."""
_HEAD = "AGE-SECRET-KEY-1"
_GROUP = 4
_ALPHABET = frozenset("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")
_LOOKALIKES = str.maketrans("OIB1", "0L8L")
"""Characters that no key has, and which one each was read for."""
_NUMBERED = r"\s*([1-3])[.:)]?\s+(\S.*)"


def sheet(identity: Identity, day: str) -> str:
    """The sheet of an age identity as plain text of at most 68 columns, dated `day` (ISO 8601)."""
    return "\n".join(_sheet(identity, day)) + "\n"


def read_sheet(text: str) -> Identity:
    """The identity of a sheet: its three lines, the whole sheet, or the key as age writes it.

    Raises `ReflectError` "not-a-sheet", "sheet-mistyped", or what `read_line` raises.
    """
    if len(text) > LARGEST:
        raise _no_sheet()
    plain = re.search(rf"{_HEAD}[0-9A-Z]{{{sum(LENGTHS)}}}", text.upper())
    if plain:
        return _identity(plain[0])
    return joined([read_line(number, line) for number, line in enumerate(_lines(text), 1)])


def read_line(number: int, line: str) -> str:
    """The characters of line `number`, with or without its number, blanks and word.

    Raises `ReflectError` "sheet-line", which says what is wrong with it.
    """
    found = re.fullmatch(_NUMBERED, line)
    tokens = (found[2] if found else line).split()
    room = LENGTHS[number - 1]
    word = ""
    if len("".join(tokens)) > room and tokens[-1].casefold() in word_list():
        word = tokens.pop().casefold()
    characters = "".join(tokens).upper().translate(_LOOKALIKES)
    if set(characters) - _ALPHABET:
        raise _wrong(number, "has a character that no key has")
    if len(characters) != room:
        raise _wrong(number, f"has {len(characters)} characters and should have {room}")
    if word and word != _check(number, characters):
        raise _wrong(number, "does not go with the word at its end")
    return characters


def joined(lines: list[str]) -> Identity:
    """The identity of three lines that `read_line` gave; `ReflectError` "sheet-mistyped"."""
    return _identity(_HEAD + "".join(lines))


def _identity(secret: str) -> Identity:
    try:
        return read_identity(secret)
    except ReflectError:
        pass
    raise ReflectError(
        "sheet-mistyped",
        "These lines do not make a key: a character is not as it stands on the sheet.",
        "Type them once more with the words at their ends; then the wrong line is named.",
    )


def _lines(text: str) -> list[str]:
    """The three lines of the key: those with numbers, else all there are."""
    filled = [line for line in text.splitlines() if line.strip()]
    numbered = [line for line in filled if re.fullmatch(_NUMBERED, line)]
    found = numbered if len(numbered) == len(LENGTHS) else filled
    if len(found) != len(LENGTHS):
        raise _no_sheet()
    return found


def _sheet(identity: Identity, day: str) -> Iterator[str]:
    first, second = _halves(words(identity.public))
    yield from (
        "RECOVERY SHEET OF REFLECT",
        f"Printed {day}; the key was made {identity.made or 'earlier'}.",
        "",
        "With the secret key on this sheet you can open what was sealed for",
        "you, on a new computer too. So can anybody else who has the sheet:",
        "keep it as you keep a passport. It does not hold your answers; a",
        "backup holds both (reflect backup FILE).",
        "",
        "The secret key, in three lines, with a word to check each:",
        "",
    )
    yield from _key_lines(identity.secret.removeprefix(_HEAD))
    yield from (
        "",
        "To bring it back, type `reflect key restore` and then the three",
        "lines. There is no letter O, I or B in a key: it is a 0, L or 8.",
        "Other programs for age take it as one: AGE-SECRET-KEY-1 and",
        "then the three lines without blanks and words.",
        "",
        "The public key that belongs to it, and its words:",
        "",
        f"  {identity.public}",
        f"  {first}",
        f"  {second}",
    )


def _halves(eight: tuple[str, ...]) -> tuple[str, str]:
    middle = len(eight) // 2
    return " ".join(eight[:middle]), " ".join(eight[middle:])


def _key_lines(characters: str) -> Iterator[str]:
    at = 0
    for number, length in enumerate(LENGTHS, 1):
        line = characters[at : at + length]
        groups = " ".join(line[start : start + _GROUP] for start in range(0, length, _GROUP))
        yield f"  {number}   {groups:<24}   {_check(number, line)}"
        at += length


def _check(number: int, characters: str) -> str:
    """The word at the end of a line."""
    return spelled(sha256(f"{number} {characters}".encode()).digest()[:1])[0]


def _wrong(number: int, what: str) -> ReflectError:
    hint = "Compare it with the sheet, group by group, and type it once more."
    return ReflectError("sheet-line", f"Line {number} {what}.", hint)


def _no_sheet() -> ReflectError:
    return ReflectError(
        "not-a-sheet",
        "There is no key in that.",
        "Type the three lines of the sheet that `reflect key sheet` has made.",
    )
