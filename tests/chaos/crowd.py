"""People who go on whatever happens to the bot: they ask again when no answer comes."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from messages.catalogue import Say
from sandbox.people import Message, Person
from tests.chaos.history import Promise, Said
from tests.chaos.scene import Scene

PATIENCE = 20.0
"""Seconds in which an answer comes, through a death or two."""
SOON = 5.0
"""Seconds in which a card comes to show what is so: the bot looks every three."""
_KEYED = re.compile(r"[A-Za-z0-9_-]{16}:(.+)")
_NUMBER = re.compile(r"No\. (\d+)")
LINK = "https://news.example.org/2025/06/10/exchange?a=1&b=2"
STEPS = (
    "publish",
    "preview",
    "continue",
    "kind:persons",
    "state:completed",
    "day:today",
    "done:categories",
    "direction:both",
    "confirm:both",
    "done:confirmations",
)
"""What a moderator presses who records a usual stage: the first of these that is there."""


class Reader:
    """Comes and goes."""

    def __init__(self, scene: Scene, person: Person, dice: random.Random) -> None:
        self.scene, self.person, self.dice = scene, person, dice
        self.say = Say(person.account.language or "en")

    async def lives(self) -> None:
        while True:
            await asyncio.sleep(self.dice.uniform(0.2, 3))
            act = self.dice.choice([self.comes, self.comes, self.comes, self.leaves, self.forgets])
            try:
                await (self.blocks() if self.dice.random() < 0.05 else act())
            except TimeoutError:
                continue  # no answer came: whoever asked does not know

    async def comes(self) -> None:
        seen = self._seen()
        self.person.says("/subscribe")
        language = self.person.account.language
        offer = f"start:{language}:yes"
        await self._until(lambda: bool(self._with(offer, seen)) or self._told("settings-", seen))
        if found := self._with(offer, seen):
            seen = self._seen()
            self.scene.says(self.person, Said.ASKS_IN)
            self.person.sends_data(offer, found)
            await self._is_told(("subscribed-heading",), seen)
            self.scene.says(self.person, Said.IS_IN)
            await self.scene.note_chats()

    async def leaves(self) -> None:
        await self._goes("/unsubscribe", None, "unsubscribed")

    async def forgets(self) -> None:
        await self._goes("/forget", "forget:yes", "forgotten")

    async def blocks(self) -> None:
        self.scene.says(self.person, Said.ASKS_OUT)
        self.person.blocks()
        await asyncio.sleep(self.dice.uniform(0.2, 2))
        self.person.unblocks()

    async def _goes(self, command: str, button: str | None, key: str) -> None:
        seen = self._seen()
        self.scene.says(self.person, Said.ASKS_OUT)
        self.person.says(command)
        if button:
            await self._until(lambda: bool(self._with(button, seen)))
            self.person.sends_data(button, self._with(button, seen))
        await self._is_told((key, "nothing-kept"), seen)
        self.scene.says(self.person, Said.IS_OUT)

    def _seen(self) -> int:
        return len(self.person._said)

    async def _is_told(self, keys: tuple[str, ...], seen: int) -> None:
        """Of this, and not once more of what was asked before: nothing older is still unheard."""
        await self._until(lambda: any(self._told(key, seen) for key in keys))
        await self._until(lambda: self.scene.is_heard(self.person))

    def _told(self, key: str, seen: int) -> bool:
        said = self.person._said[seen:]
        if key.endswith("-"):
            return any("settings" in _verbs(one) or "topic" in _verbs(one) for one in said)
        sentence = self.say(key).split("\n")[0]
        return any(sentence in one.text for one in said)

    def _with(self, data: str, seen: int) -> Message | None:
        return next((one for one in self.person._said[seen:] if data in _data(one)), None)

    async def _until(self, so: Callable[[], bool]) -> None:
        await self.scene.eventually(so, PATIENCE)


class Moderator:
    """Records one stage after the other, by taps; the language is English."""

    def __init__(self, scene: Scene, person_id: int, dice: random.Random | None = None) -> None:
        self.scene = scene
        self.person = scene.telegram.person(person_id)
        scene.desks.add(person_id)
        self.dice = dice or random.Random(0)  # noqa: S311 - chance, no secret
        self.published = 0

    async def lives(self) -> None:
        while True:
            await self.scene.little_waits()
            try:
                await self._publishes_and_perhaps_repents()
            except TimeoutError:
                continue  # no life was long enough: another may be

    async def _publishes_and_perhaps_repents(self) -> None:
        number = await self.publishes()
        chance = self.dice.random()
        if number is not None and chance < 0.4:
            with suppress(TimeoutError):  # it may be too late for that
                await self.acts("undo" if chance < 0.2 else "stop")
                await self.scene.eventually(lambda: self.scene.is_heard(self.person), PATIENCE)

    async def publishes(self) -> int | None:
        """One alert, from /record to the word that it is published; None if that never came."""
        await self.drafts_up_to("publish")
        seen = len(self.person._said)
        key = await self.presses("publish")
        place = len(self.scene.promises)
        self.scene.promises.append(Promise(key, time.time()))
        numbers: list[int] = []

        def told() -> bool:
            for one in self.person._said[seen:]:
                is_preview = Say("en")("scam-line") in one.text
                if not is_preview and (found := _NUMBER.search(one.text)):
                    numbers.append(int(found[1]))
            return bool(numbers)

        try:
            await self.scene.eventually(told, PATIENCE)
        except TimeoutError:
            return None
        told_at = time.time()
        self.scene.promises[place] = replace(
            self.scene.promises[place], told_at=told_at, number=numbers[-1]
        )
        self.published += 1
        return numbers[-1]

    async def drafts_up_to(self, goal: str) -> None:
        """Go on with the draft until this button is there."""
        in_vain = 0
        while goal not in (before := self._acts_shown()):
            self._next_step(in_vain)
            await self.scene.eventually(lambda: self.scene.is_heard(self.person))
            in_vain = in_vain + 1 if before == self._acts_shown() else 0

    async def presses(self, act: str) -> str:
        """Press this button of the draft; gives the key that it carries."""
        message = self._shown()
        assert message is not None
        data = next(one for one in _data(message) if one.endswith(f":{act}"))
        self.person.sends_data(data, message)
        return data.partition(":")[0]

    async def acts(self, act: str) -> None:
        """Press this button as soon as it is there; `TimeoutError` if that takes too long."""
        await self.scene.eventually(lambda: act in self._acts_shown(), SOON)
        await self.presses(act)

    async def sees(self, text: str) -> None:
        await self.scene.eventually(
            lambda: any(text in one.text for one in self.person._said), PATIENCE
        )

    def typed(self) -> list[str]:
        """All lines so far, in order."""
        posts = self.scene.telegram.world.chats[self.person.id].posts.values()
        return [Message.of(one).text for one in posts if not one.by_bot]

    def _next_step(self, in_vain: int) -> None:
        acts, message = self._acts_shown(), self._shown()
        step = next((one for one in STEPS if one in acts), None)
        if in_vain < 2 and self._is_asked_for_a_link():
            self.person.says(LINK)
        elif in_vain < 2 and step and message:
            data = next(one for one in _data(message) if one.endswith(f":{step}"))
            self.person.sends_data(data, message)
        else:
            self.person.says("/record")

    def _is_asked_for_a_link(self) -> bool:
        posts = self.scene.telegram.world.chats[self.person.id].posts
        lowest = next((one for one in reversed(list(posts.values())) if one.by_bot), None)
        question = Say("en")("ask-sources").split("\n")[0]
        return lowest is not None and question in Message.of(lowest).text

    def _shown(self) -> Message | None:
        """The lowest message that is a draft, as it is now."""
        posts = self.scene.telegram.world.chats[self.person.id].posts
        for post in reversed(list(posts.values())[-30:]):
            if post.by_bot:
                message = Message.of(post)
                if any(_KEYED.fullmatch(one) for one in _data(message)):
                    return message
        return None

    def _acts_shown(self) -> list[str]:
        message = self._shown()
        keyed = (_KEYED.fullmatch(one) for one in (_data(message) if message else ()))
        return [one[1] for one in keyed if one]


def _data(message: Message) -> list[str]:
    return [one["callback_data"] for row in message.rows for one in row if "callback_data" in one]


def _verbs(message: Message) -> set[str]:
    return {one.partition(":")[0] for one in _data(message)}
