"""Survivors that are no fault: SQL in other letters, which SQLite reads alike.

Keywords and the names of tables, columns and functions may be written in any case
(https://sqlite.org/lang_keywords.html). What stands in quotes may not, nor the name of a value that is
bound, nor the name of a new table, which is kept as it was written.
"""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from io import StringIO

_BEGINNINGS = (
    "SELECT", "INSERT INTO", "INSERT OR REPLACE INTO", "REPLACE INTO", "UPDATE", "DELETE FROM",
    "DROP TABLE", "CREATE TEMP TABLE", "PRAGMA", "UNION SELECT", "FROM", "WHERE", "ORDER BY",
    "JOIN", "LEFT JOIN", "CROSS JOIN",
)  # fmt: skip
_STATEMENT = re.compile(rf"\s*({'|'.join(_BEGINNINGS)}) \S.*")
_CONDITION = re.compile(r"[a-z_]+ (=|<>|<|>|<=|>=) \?\d?")
_CASE_COUNTS = re.compile(r"""['"`\[\\]|[:@$#]\w""")


def is_the_same(difference: str) -> bool:
    """Whether the unified `difference` changes the case of letters in a piece of SQL, and nothing else."""
    lines = difference.splitlines()
    before = [line[1:] for line in lines if re.match(r"-(?!--)", line)]
    after = [line[1:] for line in lines if re.match(r"\+(?!\+\+)", line)]
    if len(before) != 1 or len(after) != 1:
        return False
    old, new = list(_tokens(before[0])), list(_tokens(after[0]))
    changed = [pair for pair in zip(old, new, strict=False) if pair[0] != pair[1]]
    return len(old) == len(new) and len(changed) == 1 and _is_other_case(*changed[0])


def _tokens(line: str) -> Iterator[str]:
    """The tokens of a line that may be the middle of a statement."""
    try:
        for token in tokenize.generate_tokens(StringIO(line.strip()).readline):
            yield token.string
    except (tokenize.TokenError, IndentationError):
        return


def _is_other_case(old: str, new: str) -> bool:
    """Whether two tokens are SQL without quotes that differs in case only."""
    if not (old.startswith('"') and new.startswith('"')) or old.casefold() != new.casefold():
        return False
    sql = ast.literal_eval(old)
    told = _STATEMENT.fullmatch(sql) or _CONDITION.fullmatch(sql)
    return bool(told) and not _CASE_COUNTS.search(sql)
