"""The floor of memory in conversation: its libraries, imported and not used."""

import apsw
import click
import msgspec
from prompt_toolkit import PromptSession

__all__ = ["PromptSession", "apsw", "click", "msgspec"]
