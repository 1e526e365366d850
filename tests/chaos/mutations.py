"""Updates that no Telegram would send, through the whole bot, in great number.

Each is a true update with a few of its parts taken out, exchanged or made absurd. The bot may
answer whoever is in the update, and nobody else; nothing of it may surprise a handler; and its
memory is no larger after the second half than after the first.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.chaos.life import OUTPUT
from tests.chaos.scene import FIRST_READER, OWNER, Scene, staged
from tests.lives import Life

Json = dict[str, Any]
BATCH = 250
PEOPLE = 300
PACE = 10_000
TEXTS = (
    "/start", "/help", "/status", "/stages", "/stage S1", "/sources", "/source R1", "/subscribe",
    "/unsubscribe", "/language", "/privacy", "/mydata", "/forget", "/about", "/safety", "/record",
    "hello", "https://news.example.org/1", "12", "/stage " + "9" * 300, "\u202e\u200b", "", "/",
)  # fmt: skip
PRESSES = (
    "start:en", "start:en:yes", "status", "stages", "stage:S1", "source:R1", "forget:yes", "x:y",
    "topic:people:off", "language:uk:keep", "A" * 16 + ":publish", "+status", "", ":", "z" * 64,
)  # fmt: skip
ABSURD: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**63, -(2**70), 1e308, "", "\x00", "\ud800", "x" * 5000,
    [], {}, [[]],
    {"id": None}, [None], [{"type": "bot_command", "offset": -5, "length": 10**9}],
)  # fmt: skip


@dataclass
class Mutations:
    """What came of it."""

    updates: int = 0
    unreadable: int = 0
    """Set aside at the door, since no handler could read them."""
    unhandled: list[str] = field(default_factory=list)
    """Kinds of errors that a handler did not expect."""
    strangers: int = 0
    """Messages to a chat that was in no update."""
    answers: int = 0
    memory: list[int] = field(default_factory=list)
    """Kilobytes: at the beginning, after the first half and after the second."""


async def mutations(folder: Path, count: int, seed: int) -> Mutations:
    """Send so many, and see."""
    dice = random.Random(seed)  # noqa: S311 - chance, no secret
    seen = Mutations()
    async with staged(folder) as scene:
        people = [OWNER, *range(FIRST_READER, FIRST_READER + PEOPLE)]
        for person in people:
            scene.telegram.person(person, started=True)
        async with scene.life(pace=PACE, read_timeout=30) as life:
            seen.memory.append(_kilobytes(life))
            while seen.updates < count and not life.is_over:
                if seen.updates * 2 >= count and len(seen.memory) < 2:
                    seen.memory.append(_kilobytes(life))
                await _one_batch(scene, life, people, dice, seen)
            seen.memory.append(_kilobytes(life))
        log = list(_log(folder / OUTPUT))
        seen.unreadable = sum(_is_unreadable(one) for one in log)
        seen.unhandled += _surprises(log)
        seen.unhandled += scene.damage
    return seen


async def _one_batch(
    scene: Scene, life: Life, people: list[int], dice: random.Random, seen: Mutations
) -> None:
    world = scene.telegram.world
    updates = [mutated(dice, people) for _ in range(BATCH)]
    allowed = {*people, *(part for one in updates for part in _leaves(one))}
    for update in updates:
        world.updates.inject(update)
    await scene.eventually(lambda: life.is_over or not world.updates.pending(), 120)
    for call in scene.telegram.journal.of("sendMessage", "editMessageText"):
        seen.answers += 1
        seen.strangers += call.chat_id is not None and call.chat_id not in allowed
    scene.telegram.journal.clear()
    world.queries.clear()
    for person in scene.telegram.people.values():
        person._said.clear()
        world.chats[person.id].posts.clear()
    seen.updates += BATCH


def mutated(dice: random.Random, people: list[int]) -> Json:
    """A true update with up to three parts changed; its number is given by the stand-in."""
    update = copy.deepcopy(_true_update(dice, dice.choice(people)))
    for _ in range(dice.randrange(4)):
        holder, key = dice.choice(list(_places(update)))
        change = dice.random()
        if change < 0.3:
            del holder[key]
            if not update:
                return {"message": None}
        elif change < 0.7:
            holder[key] = copy.deepcopy(dice.choice(ABSURD))
        else:
            holder[str(key)] = copy.deepcopy(holder[key]) if isinstance(holder, dict) else None
            holder[dice.choice(["chat", "from", "message", "text", "date"])] = holder[key]
    return json.loads(json.dumps(update))  # type: ignore[no-any-return] # the object that went in


def _true_update(dice: random.Random, person: int) -> Json:
    user = {"id": person, "is_bot": False, "first_name": "P", "language_code": "uk"}
    chat = {"id": person, "type": "private", "first_name": "P"}
    message = {
        "message_id": dice.randrange(1, 50),
        "date": 1_750_000_000,
        "chat": chat,
        "from": user,
        "text": dice.choice(TEXTS),
    }
    kind = dice.choice(
        ["message"] * 5 + ["callback_query"] * 3 + ["my_chat_member", "edited_message"]
    )
    if kind == "callback_query":
        data = dice.choice(PRESSES)
        return {
            kind: {"id": "1", "from": user, "chat_instance": "1", "message": message, "data": data}
        }
    if kind == "my_chat_member":
        me = {"id": 4_200_000_000, "is_bot": True, "first_name": "H"}
        old, new = ({"user": me, "status": one} for one in ("member", "left"))
        return {
            kind: {
                "chat": chat,
                "from": user,
                "date": 1,
                "old_chat_member": old,
                "new_chat_member": new,
            }
        }
    return {kind: message}


def _places(part: Any) -> Iterator[tuple[Any, Any]]:
    """Every part of an update, by what holds it."""
    items = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in list(items):
        if isinstance(part, dict):
            yield part, key
        if isinstance(value, (dict, list)):
            yield from _places(value)


def _leaves(part: Any) -> Iterator[Any]:
    if isinstance(part, (dict, list)):
        for one in part.values() if isinstance(part, dict) else part:
            yield from _leaves(one)
    else:
        yield part


def _log(output: Path) -> Iterator[Json]:
    for line in output.read_text(errors="replace").splitlines():
        yield json.loads(line) if line.startswith("{") else {"event": line}


def _is_unreadable(entry: Json) -> bool:
    return entry["event"] == "intake.not_handled" and "Unreadable" in str(entry["error"])


def _surprises(log: list[Json]) -> Iterator[str]:
    """What the log says of updates that were not handled, but for those that cannot be read."""
    for entry in log:
        event = entry["event"]
        if event == "intake.not_handled" and not _is_unreadable(entry):
            yield str(entry["error"])
        elif event not in ("intake.not_handled", "intake.set_aside", "introduction.failed"):
            yield f"{event}: {entry.get('error') or entry.get('kind')}"


def _kilobytes(life: Life) -> int:
    if life.is_over:
        return 0
    status = Path(f"/proc/{life.pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
