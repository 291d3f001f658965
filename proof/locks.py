"""What is pinned, read from its file, and files that stand in for what is pinned as somebody else would give them."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

_PIN = re.compile(
    r"([A-Za-z0-9._-]+)==([A-Za-z0-9.+!]+)(?:\s*;\s*(.*?))?((?:\s+--hash=sha256:[0-9a-f]{64})*)"
)
_HASH = re.compile(r"sha256:([0-9a-f]{64})")
_PATIENCE = 120


class Pin(NamedTuple):
    """One version of one package, where it is needed, and what its files may be."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    def line(self) -> str:
        """As it stands in a file that pip reads."""
        where = f" ; {self.marker}" if self.marker else ""
        return " ".join(
            (
                f"{self.name}=={self.version}{where}",
                *(f"--hash=sha256:{one}" for one in self.hashes),
            )
        )


def read(file: Path) -> tuple[list[Pin], list[str]]:
    """The pins in `file`, and what else stands there that is no comment."""
    pins, others = [], []
    for line in file.read_text("utf-8").replace("\\\n", " ").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _PIN.fullmatch(line.strip())
        if found is None:
            others.append(line.strip())
        else:
            hashes = tuple(_HASH.findall(found[4]))
            pins.append(Pin(plain(found[1]), found[2], found[3] or "", hashes))
    return pins, others


def write(file: Path, pins: Iterable[Pin]) -> None:
    """Put `pins` into `file`."""
    file.write_text("".join(f"{pin.line()}\n" for pin in pins), "utf-8")


def plain(name: str) -> str:
    """The name of a package as it is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def stand_in(folder: Path, pin: Pin, needs: Sequence[str] = ()) -> str:
    """Write a wheel with nothing in it under the name and version of `pin`; gives its hash."""
    name = pin.name.replace("-", "_")
    about = f"{name}-{pin.version}.dist-info"
    told = [f"Metadata-Version: 2.1\nName: {pin.name}\nVersion: {pin.version}\n"]
    told += [f"Requires-Dist: {need}\n" for need in needs]
    files = {
        f"{about}/METADATA": "".join(told),
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{path},sha256={_digest(text)},{len(text)}\n" for path, text in files.items()]
    files[f"{about}/RECORD"] = "".join((*record, f"{about}/RECORD,,\n"))
    wheel = folder / f"{name}-{pin.version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        for path, text in files.items():
            file.writestr(path, text)
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def _digest(text: str) -> str:
    whole = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(whole).rstrip(b"=").decode()


def installs(root: Path) -> list[str]:
    """Every command with which the Makefile lets pip install something."""
    command = ("make", "--dry-run", "--always-make", ".venv/.tools")
    done = subprocess.run(command, cwd=root, capture_output=True, timeout=60, check=True)
    lines = done.stdout.decode().splitlines()
    return [line for line in lines if re.search(r"\bpip\b.*\binstall\b", line)]


def said_by_pip(command: str, folder: Path) -> tuple[int, str]:
    """What comes of `command` in `folder`, asked for as far as before the installing, with the wheels there.

    Nothing but this folder is asked: no index, no settings of this machine.
    """
    _, *rest = shlex.split(command)
    own = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    own |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder)}
    done = subprocess.run(
        (sys.executable, *rest, "--dry-run", "--ignore-installed", "--no-cache-dir"),
        cwd=folder, env=own, capture_output=True, timeout=_PATIENCE, check=False,
    )  # fmt: skip
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")
