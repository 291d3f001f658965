"""Runs a command and writes the most memory it had, in bytes, to a file: `launch.py FILE COMMAND ...`."""

import os
import sys

note, *command = sys.argv[1:]
child = os.posix_spawn(command[0], command, os.environ)
_, status, usage = os.wait4(child, 0)
unit = 1 if sys.platform == "darwin" else 1024
descriptor = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
os.write(descriptor, str(usage.ru_maxrss * unit).encode())
sys.exit(os.waitstatus_to_exitcode(status))
