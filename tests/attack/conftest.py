"""The house of the dialogues, for whoever means it harm."""

from tests.dialogue.conftest import empty_house, house, loaded, log, telegram

__all__ = ["empty_house", "house", "loaded", "log", "telegram"]
