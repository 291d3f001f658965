"""Rows read straight from the pages of a damaged database, whatever still leads to them.

The layout of pages, cells, records and of the log is that of https://sqlite.org/fileformat2.html.
Only what a page itself counts as its cells is read: deleted rows are overwritten with zeros, and stay away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

Value = int | float | str | bytes | None

_USUAL = 4096
_MARK = b"SQLite format 3\0"
_HEADER = 100
_LOG_HEADER, _FRAME = 32, 24
_TABLE, _INDEX, _INNER_INDEX = 13, 10, 2
_WIDTHS = (0, 1, 2, 3, 4, 6, 8)
_DEEPEST = 4096
"""Pages that one long row may run over."""


class Row(NamedTuple):
    """One row: its number in a table, None in an index, and its values; a text that is no UTF-8 keeps its bytes."""

    number: int | None
    values: tuple[Value, ...]


class Pages:
    """The pages of a database: `data` as the file holds them, with the commits of the `log` laid over it."""

    def __init__(self, data: bytes, log: bytes = b"") -> None:
        whole = data[: len(_MARK)] == _MARK
        told = int.from_bytes(data[16:18], "big") if whole else _USUAL
        self.size = told if told >= 512 and told & (told - 1) == 0 else _USUAL
        self._usable = self.size - (data[20] if whole else 0)
        self._pages = {
            at // self.size + 1: data[at : at + self.size] for at in range(0, len(data), self.size)
        }
        self._pages.update(_committed(log, self.size))

    def rows(self) -> Iterator[Row]:
        """Every row of every table and index; what cannot be read is stepped over."""
        for number in sorted(self._pages):
            page = self._pages[number]
            start = _HEADER if number == 1 else 0
            if len(page) == self.size and page[start] in (_TABLE, _INDEX, _INNER_INDEX):
                yield from self._cells(page, start)

    def _cells(self, page: bytes, start: int) -> Iterator[Row]:
        kind = page[start]
        first = start + (12 if kind == _INNER_INDEX else 8)
        for cell in range(int.from_bytes(page[start + 3 : start + 5], "big")):
            place = int.from_bytes(page[first + 2 * cell : first + 2 * cell + 2], "big")
            try:
                yield self._row(page, place + (4 if kind == _INNER_INDEX else 0), kind == _TABLE)
            except (IndexError, ValueError, KeyError):
                continue

    def _row(self, page: bytes, at: int, in_table: bool) -> Row:
        length, at = _varint(page, at)
        number = None
        if in_table:
            number, at = _varint(page, at)
        return Row(number, tuple(_values(self._payload(page, at, length, in_table))))

    def _payload(self, page: bytes, at: int, length: int, in_table: bool) -> bytes:
        most = self._usable - 35 if in_table else (self._usable - 12) * 64 // 255 - 23
        if length <= most:
            return page[at : at + length]
        if length > self._usable * _DEEPEST:
            raise ValueError
        least = (self._usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (self._usable - 4)
        here = here if here <= most else least
        data = page[at : at + here]
        following = int.from_bytes(page[at + here : at + here + 4], "big")
        while len(data) < length:
            more = self._pages[following]
            following = int.from_bytes(more[:4], "big")
            data += more[4 : self._usable]
        return data[:length]


def _committed(log: bytes, size: int) -> dict[int, bytes]:
    """The newest form of each page that a log holds, up to its last commit."""
    salts, pages, waiting = log[16:24], dict[int, bytes](), dict[int, bytes]()
    for at in range(_LOG_HEADER, len(log) - _FRAME - size + 1, _FRAME + size):
        if log[at + 8 : at + 16] != salts:
            break
        number = int.from_bytes(log[at : at + 4], "big")
        waiting[number] = log[at + _FRAME : at + _FRAME + size]
        if log[at + 4 : at + 8] != b"\0\0\0\0":
            pages.update(waiting)
            waiting.clear()
    return pages


def _values(record: bytes) -> Iterator[Value]:
    end, at = _varint(record, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = _varint(record, at)
        kinds.append(kind)
    for kind, width in zip(kinds, _widths(kinds), strict=True):
        data = record[at : at + width]
        if len(data) != width:
            raise ValueError
        yield _value(kind, data)
        at += width


def _widths(kinds: Sequence[int]) -> Iterator[int]:
    for kind in kinds:
        if kind >= 12:
            yield (kind - 12) // 2
        elif kind < len(_WIDTHS):
            yield _WIDTHS[kind]
        else:
            yield {7: 8, 8: 0, 9: 0}[kind]


def _value(kind: int, data: bytes) -> Value:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind == 7:
        import struct

        return float(struct.unpack(">d", data)[0])
    if kind < 7:
        return int.from_bytes(data, "big", signed=True)
    if kind % 2 == 0:
        return data
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and the place behind it."""
    value = 0
    for count in range(8):
        byte = data[at + count]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count + 1
    return value << 8 | data[at + 8], at + 9
