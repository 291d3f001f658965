from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reflect.terminal.paste import END, PASTE_LIMIT, START, Keys, Paste, Pastes


def feed(pastes, *chunks):
    return [piece for chunk in chunks for piece in pastes.feed(chunk)]


def test_a_paste_is_one_piece_with_its_lines():
    pieces = feed(Pastes(), f"ab{START}one\r\ntwo\rthree{END}c")
    assert pieces == [Keys("ab"), Paste("one\ntwo\nthree", 14), Keys("c")]


@given(st.text(alphabet="ab\n\x1b[2014~", max_size=40), st.lists(st.integers(1, 7), max_size=20))
def test_it_does_not_matter_how_the_terminal_cuts_it(text, cuts):
    whole = f"x{START}{text.replace(END, '')}{END}y"
    chunks = []
    for cut in cuts:
        chunks.append(whole[:cut])
        whole = whole[cut:]
    pastes = Pastes()
    pieces = feed(pastes, *filter(None, chunks), *([whole] if whole else []))
    held = pastes.flush()
    once = Pastes()
    assert _joined(pieces, held) == _joined(feed(once, "".join([*chunks, whole])), once.flush())


def _joined(pieces, held):
    keys = "".join(piece.data for piece in pieces if isinstance(piece, Keys)) + held
    return keys, [piece for piece in pieces if isinstance(piece, Paste)]


def test_ten_megabytes_are_measured_and_left_out():
    chunk = "word " * 2000
    pieces = feed(Pastes(), START, *[chunk] * 1000, END)
    assert pieces[0].too_long and pieces[0].text == "" and pieces[0].size == 10_000_000


def test_the_limit_itself_is_taken():
    (paste,) = feed(Pastes(), START + "x" * PASTE_LIMIT + END)
    assert len(paste.text) == PASTE_LIMIT and not paste.too_long


def test_a_paste_without_an_end_is_given_up_after_two_seconds():
    now = 0.0
    pastes = Pastes(lambda: now)
    feed(pastes, START + "half")
    now = 1.9
    assert pastes.give_up() is None
    now = 2.0
    assert pastes.give_up() == Paste("half", 4)
    assert feed(pastes, "keys again") == [Keys("keys again")]


def test_ctrl_c_leaves_a_paste():
    pastes = Pastes()
    assert feed(pastes, START + "half", "\x03") == [Keys("\x03")]
    assert not pastes.pasting


def test_what_only_looks_like_a_beginning_is_given_back():
    pastes = Pastes()
    assert feed(pastes, "a\x1b") == [Keys("a")]
    assert pastes.flush() == "\x1b" and pastes.flush() == ""


def test_bytes_that_are_no_text_and_shift_enter():
    assert feed(Pastes(), "caf\udce9\x1b[13;2ux\x1b[27;2;13~") == [Keys("caf\ufffd\nx\n")]


def test_a_sequence_that_does_not_end_is_read_as_characters():
    import os
    import pty
    import time

    from prompt_toolkit.input.typeahead import get_typeahead

    from reflect.terminal.guarded import GuardedInput

    master, slave = pty.openpty()
    with os.fdopen(slave) as stdin:
        began = time.process_time()
        source = GuardedInput(stdin, b"\x1b[" + b"9" * 2_000 + b"\x1b[D")
        keys = get_typeahead(source)
        assert time.process_time() - began < 0.3
    os.close(master)
    assert "".join(key.data for key in keys).count("9") == 2_000
    assert keys[-1].key == "left"
