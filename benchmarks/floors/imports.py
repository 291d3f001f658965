"""The floor of memory in conversation: everything that one imports, and nothing done with it."""

import apsw
import click
import msgspec
from prompt_toolkit import PromptSession
from rapidfuzz.distance import OSA

import reflect.application.begin
import reflect.application.wiring
import reflect.cli.main
import reflect.listening.ear
import reflect.mentorship.projection
import reflect.packs.catalogue
import reflect.packs.lexicon
import reflect.plugins.discovery
import reflect.terminal.conversation
import reflect.terminal.prompt
import reflect.terminal.run
import reflect.terminal.tty_screen
import reflect.transcripts.store

__all__ = ["OSA", "PromptSession", "apsw", "click", "msgspec", "reflect"]
