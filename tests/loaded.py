"""What every process of the bot loads and reads at its start."""

from __future__ import annotations

from bot import __main__ as command_line
from bot import steady
from exchange.records import LANGUAGES
from messages import fixed
from storage import steps

__all__ = ["command_line", "steps"]

for language in LANGUAGES:
    fixed.name(language)
steady.keep()
