"""What people say and press, and what the bot answers, as a test writes it down.

    olena = house.person(1001, "uk")
    (await olena.says("/start")).tells("choose-language")
    (await olena.presses("start:uk")).tells("what-it-is")

A button is named by what it does, a sentence by its name in the catalogues: so one dialogue serves
every language. Each answer is awaited to its end, and each press must be acknowledged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from messages.catalogue import Say, language_for
from messages.values import Value
from sandbox.people import Message, Person

if TYPE_CHECKING:
    from tests.dialogue.house import House

_BEFORE_ACT = re.compile(r"[A-Za-z0-9_-]{16}:|\+")


@dataclass(frozen=True)
class Reply:
    """What came of one act: messages, new or edited, and the line over the chat."""

    language: str
    messages: tuple[Message, ...]
    notice: str = ""

    @property
    def message(self) -> Message:
        """The only message, but for the mark that a draft leaves where it was."""
        mark = Say(self.language)("draft-moved-down")
        said = [one for one in self.messages if one.text != mark]
        texts = [one.text for one in said]
        assert len(said) == 1, f"one answer was expected, not {texts}; notice: {self.notice!r}"
        return said[0]

    @property
    def text(self) -> str:
        return self.message.text

    @property
    def acts(self) -> list[str]:
        return acts(self.message)

    def tells(self, key: str, **values: str | Value) -> Self:
        """The only message holds this sentence, in the language of the person."""
        sentence = Say(self.language)(key, **values)
        assert sentence in self.text, f"{sentence!r} is not in {self.text!r}"
        return self

    def is_notice(self, key: str, **values: str | Value) -> Self:
        """Nothing but this line over the chat."""
        assert not self.messages, [one.text for one in self.messages]
        assert self.notice == Say(self.language)(key, **values)
        return self

    def is_silence(self) -> Self:
        assert (self.messages, self.notice) == ((), "")
        return self


class Talker:
    """A person who talks with the bot; awaits the end of each answer."""

    def __init__(self, house: House, person: Person) -> None:
        self.house = house
        self.person = person
        self.language = language_for(person.account.language)

    @property
    def id(self) -> int:
        return self.person.id

    async def says(self, text: str, **fields: Any) -> Reply:
        """Write; `fields` go into the message as they are."""
        seen = len(self.person.unheard)
        self.person.says(text, **fields)
        await self.house.handled(self.house.last_update())
        return self._reply(seen)

    async def presses(self, act: str, under: Message | None = None) -> Reply:
        """Press the button that does `act`, on the lowest message that has it or on an old view."""
        message = under or self.showing(act)
        return await self.sends(data_of(message, act), message)

    async def sends(self, data: str, under: Message | None = None) -> Reply:
        """Send any data of a button, as a forged client can."""
        seen = len(self.person.unheard)
        press = self.person.sends_data(data, under)
        await self.house.handled(self.house.last_update())
        answered = press.query.answer
        assert answered is not None, f"the press of {data!r} was never acknowledged"
        return self._reply(seen, answered.get("text", ""))

    async def injects(self, update: dict[str, Any]) -> Reply:
        """Let the bot get any update at all."""
        seen = len(self.person.unheard)
        await self.house.handled(self.house.telegram.inject(update))
        return self._reply(seen)

    async def hears(self, text: str) -> Message:
        """Wait for what comes by itself."""
        return await self.person.hears(text)

    def showing(self, act: str) -> Message:
        """The lowest message of the bot, as it is now, with a button that does `act`."""
        for message in reversed(self.person.received):
            if act in acts(message):
                return message
        shown = [acts(message) for message in self.person.received]
        raise AssertionError(f"no button does {act!r}; there are {shown}")

    @property
    def lowest(self) -> Message:
        return self.person.received[-1]

    def say(self, key: str, **values: str | Value) -> str:
        return Say(self.language)(key, **values)

    def _reply(self, seen: int, notice: str = "") -> Reply:
        return Reply(self.language, tuple(self.person.unheard[seen:]), notice)


def acts(message: Message) -> list[str]:
    """What the buttons under a message do, without the keys that come before it."""
    return [_bare(one["callback_data"]) for one in _speaking(message)]


def data_of(message: Message, act: str) -> str:
    """The whole data of the button that does `act`."""
    data: str = next(
        one["callback_data"] for one in _speaking(message) if _bare(one["callback_data"]) == act
    )
    return data


def _speaking(message: Message) -> list[dict[str, Any]]:
    """The buttons that tell the bot something; others copy a text or open a page."""
    return [one for row in message.rows for one in row if "callback_data" in one]


def _bare(data: str) -> str:
    return _BEFORE_ACT.sub("", data, count=1) if _BEFORE_ACT.match(data) else data
