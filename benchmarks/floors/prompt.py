"""The floor of an edit line: prompt-toolkit by itself."""

from prompt_toolkit import PromptSession

PromptSession[str]().prompt("> ")
