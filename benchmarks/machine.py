"""The machine in one line."""

from __future__ import annotations

import os
import platform

import apsw

import reflect


def machine() -> str:
    """Cores, system, Python, SQLite, and whether an installed wheel or the tree is measured."""
    source = "installed" if "site-packages" in reflect.__file__ else "from the source tree"
    return ", ".join(
        (
            f"{os.cpu_count()} cores",
            f"{platform.system()} {platform.machine()}",
            f"Python {platform.python_version()}",
            f"SQLite {apsw.sqlite_lib_version()}",
            f"reflect {reflect.__version__} {source}",
        )
    )
