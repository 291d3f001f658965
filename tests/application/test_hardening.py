"""What is in memory while somebody writes is never put into a core file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import os, resource
from reflect.application.wiring import Application
most = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (most, most))
app = Application(os.environ)
app.store
print(resource.getrlimit(resource.RLIMIT_CORE))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no core files")
def test_no_core_file_is_written_while_the_record_is_open(tmp_path: Path) -> None:
    environ = {**os.environ, "REFLECT_HOME": str(tmp_path), "REFLECT_PLUGINS": "none"}
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(0, 0)"
