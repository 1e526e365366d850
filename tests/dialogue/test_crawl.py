"""Every button that any message shows is pressed: each is answered, none is a dead end."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from messages.catalogue import LANGUAGES
from sandbox.people import Message
from tests.dialogue.house import House
from tests.dialogue.stages import many_stages, record_in
from tests.dialogue.talk import Reply, Talker, acts

READER = 7_123_456_789
COMMANDS = (
    "/start",
    "/status",
    "/settings",
    "/help",
    "/privacy",
    "/about",
    "/safety",
    "/mydata",
    "/language",
    "/unsubscribe",
    "/forget",
    "words",
    "/unknown",
    "/stage x",
    "/source x",
    "/cite S1",
    "/cite x",
    "/asof 2025-06-09",
    "/asof x",
    "/export",
    "/history S1",
    "/history x",
    "/corrections",
    "/verify",
    "/verify x",
)
LONGEST_LABEL = 40
OFTEN_ENOUGH = 3
MOST_STEPS = 800
LONG = 25
ALIKE = frozenset(
    [
        *("day", "category", "confirm", "speaker", "drop", "add", "from", "take", "beside"),
        *("about", "stance"),
    ]
)
ONE_IN_THREE = 1 / 3
MODERATORS_VERBS = frozenset(
    [
        *("kind", "add", "state", "day", "turn", "category", "direction", "drop", "confirm"),
        *("open", "done", "back", "figure", "qualifier", "speaker"),
        *("claim", "claims", "stance", "about", "again", "nodetail", "take", "from", "manner"),
        *("beside", "total", "unit", "counted", "say", "reason"),
        *("preview", "publish", "undo", "discard", "continue"),
    ]
)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_button_of_a_reader_is_answered(house: House, language: str) -> None:
    """Breadth first over all that commands and buttons bring up: of a stranger, then a reader."""
    await record_in(house, *many_stages(6))
    reader = house.person(READER, language)
    pressed = await _crawl(reader)
    await reader.says("/subscribe")
    await reader.presses(f"start:{reader.language}:yes")
    pressed |= await _crawl(reader)
    assert pressed >= {
        "status",
        "stages",
        "stages:istanbul-2:2",
        "stage:S1",
        "sources",
        "source:R1",
        "settings",
        "start:uk:yes",
        "start:uk:no",
        "topic:people:off",
        "topic:bodies:on",
        "topic:bodies_silent:off",
        "language:ru:keep",
        "forget:yes",
        "no",
    }


async def _crawl(reader: Talker) -> set[str]:
    """Presses each button up to three times; gives back what the buttons did."""
    todo: list[tuple[Message, str]] = []
    seen: set[tuple[str, str]] = set()
    pressed: Counter[str] = Counter()

    def take(reply: Reply) -> None:
        assert reply.notice == ""
        for message in reply.messages:
            _is_well_made(message)
            new = [(act, message.text) for act in acts(message)]
            todo.extend((message, act) for act, text in new if (act, text) not in seen)
            seen.update(new)

    for command in COMMANDS:
        take(await reader.says(command))
    while todo:
        message, act = todo.pop(0)
        if pressed[act] < OFTEN_ENOUGH:
            pressed[act] += 1
            take(await reader.presses(act, under=message))
    return set(pressed)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_button_of_a_moderator_is_answered(house: House, language: str) -> None:
    """A long walk through drafts, previews and cards, each time to what was pressed least."""
    walk = _Walk(house.moderator(language), random.Random(language))  # noqa: S311 - no secret
    while walk.untried:
        await walk.step()
        assert walk.steps < MOST_STEPS, f"never offered: {walk.untried}"


class _Walk:
    """A moderator who tries everything once before anything twice."""

    def __init__(self, moderator: Talker, dice: random.Random) -> None:
        self.moderator = moderator
        self.dice = dice
        self.pressed: Counter[str] = Counter()
        self.steps = 0
        self.drafts = 0
        self.begun = 0
        self.sentences = 0

    @property
    def untried(self) -> frozenset[str]:
        return MODERATORS_VERBS - {act.partition(":")[0] for act in self.pressed}

    async def step(self) -> None:
        self.steps += 1
        reply = await self._act()
        refused = self.moderator.say("draft-note", sentence="").strip()
        assert reply.notice == ""
        for message in reply.messages:
            _is_well_made(message)
            assert refused not in message.text, message.text

    async def _act(self) -> Reply:
        shown = self.moderator.lowest if self.moderator.person.received else None
        if shown and self._asks("number-asked", shown):
            ends = self.moderator.say("number-range") in shown.text
            return await self.moderator.says("5-7" if ends else "5")
        if shown and self._asks("words-asked", shown):
            self.sentences += 1
            number = "5 " if self.sentences % 2 else ""
            return await self.moderator.says(f"Words {number}of somebody")
        if shown and self._asks("ask-source", shown) and self.dice.random() < ONE_IN_THREE:
            return await self.moderator.says(f"https://x{self.dice.randint(1, 9)}.example.org/")
        if (
            shown
            and self._asks("ask-sources", shown)
            and len(shown.buttons) < self.dice.choice([2, 2, 3])
        ):
            link = f"https://news{self.dice.randint(1, 9)}.example.org/"
            return await self.moderator.says(link)
        if shown and shown.buttons:
            act = min(acts(shown), key=self._how_often)
            self.pressed[_kind(act)] += 1
            return await self.moderator.presses(act, under=shown)
        self.drafts += 1
        self.begun = self.steps
        commands = ("/record", "/correct S1", "/correct C1", "/record C1", "/record")
        return await self.moderator.says(commands[self.drafts % len(commands)])

    def _how_often(self, act: str) -> tuple[bool, int, float]:
        """What was never pressed comes first, then what was pressed least; but a draft that has
        gone on for long is brought to an end."""
        kind = _kind(act)
        often = self.pressed[kind] * (5 if kind == "discard" else 1)
        if self.steps - self.begun > LONG and kind in ("preview", "publish", "back", "discard"):
            often = 0 if kind in ("preview", "publish") else 1
        return act.partition(":")[0] not in self.untried, often, self.dice.random()

    def _asks(self, key: str, message: Message) -> bool:
        question = (
            self.moderator.say(key, qualifier="|", language="|").split("|")[0].split("\n")[-1]
        )
        return question in message.text


def _kind(act: str) -> str:
    """Days and speakers are alike; screens, states and words of a number are not."""
    verb = act.partition(":")[0]
    return verb if verb in ALIKE else act


def _is_well_made(message: Message) -> None:
    labels = message.buttons
    assert all(0 < len(label) <= LONGEST_LABEL for label in labels), labels
    assert all(label == label.strip() for label in labels), labels
    assert len(labels) == len(set(labels)), f"two buttons say the same: {labels}"
    assert len(message.text) <= 4096
    assert "{" not in message.text
    assert "\n\n\n" not in message.text
