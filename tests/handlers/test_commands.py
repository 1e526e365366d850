from __future__ import annotations

import re

import pytest

from handlers.commands import BUTTONS, COMMANDS, Audience
from handlers.dispatch import _KEYED_BUTTON
from messages.catalogue import LANGUAGES
from messages.fixed import command_description

MENU = ["status", "stages", "sources", "settings", "help", "safety", "privacy"]


def test_the_readers_menu_is_these_seven() -> None:
    shown = [one.name for one in COMMANDS if one.in_menu and one.audience is Audience.READERS]
    assert shown == MENU


def test_no_two_commands_or_buttons_have_one_name() -> None:
    names = [*(one.name for one in COMMANDS), *BUTTONS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("command", [one.name for one in COMMANDS])
def test_a_command_is_one_that_telegram_takes_and_is_described_in_every_language(
    command: str,
) -> None:
    assert re.fullmatch(r"[a-z0-9_]{1,32}", command)
    described = {command_description(command, language) for language in LANGUAGES}
    assert len(described) == len(LANGUAGES)
    assert all(0 < len(one) <= 256 for one in described)


def test_no_act_of_a_reader_can_be_taken_for_a_keyed_button() -> None:
    for name in [*(one.name for one in COMMANDS), *BUTTONS]:
        assert not _KEYED_BUTTON.fullmatch(f"{name}:x")
