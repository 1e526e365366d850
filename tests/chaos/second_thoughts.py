"""Drills in which who published takes it back, or stops it, and the bot dies over that."""

from __future__ import annotations

from messages.catalogue import Say
from sandbox.people import Person
from tests.chaos.crowd import Moderator
from tests.chaos.life import Point
from tests.chaos.scene import OWNER, Scene

_LONG_PAUSE = {"UNDO_SECONDS": "400"}
"""Of the bot's clock: ten seconds here."""
_SHORT_PAUSE = {"UNDO_SECONDS": "80"}
_SLOWLY = 2
"""Messages a second: some readers still wait when it is stopped."""
_READERS = 16


async def killed_before_it_is_undone(scene: Scene) -> list[str]:
    return await _killed_when_undone(scene, "before")


async def killed_after_it_is_undone(scene: Scene) -> list[str]:
    return await _killed_when_undone(scene, "after")


async def killed_before_it_is_stopped(scene: Scene) -> list[str]:
    return await _killed_when_stopped(scene, "before")


async def killed_after_it_is_stopped(scene: Scene) -> list[str]:
    return await _killed_when_stopped(scene, "after")


async def _killed_when_undone(scene: Scene, moment: str) -> list[str]:
    """The press is handed over again and undoes once; nobody hears of the alert."""
    readers = await scene.readers(_READERS)
    moderator = Moderator(scene, OWNER)
    point = Point(moment, "commit", "following.undo")
    async with scene.life(point, settings=_LONG_PAUSE) as life:
        await moderator.publishes()
        await moderator.acts("undo")
        await life.ended(10)
    async with scene.life(settings=_LONG_PAUSE):
        await moderator.sees(Say("en")("draft-undone").split("\n")[0])
        await scene.settled()
    return ["what was undone was sent"] if _who_heard(scene, readers) else []


async def _killed_when_stopped(scene: Scene, moment: str) -> list[str]:
    """Those who wait hear no more of it, and those who were reached are counted."""
    readers = await scene.readers(_READERS)
    moderator = Moderator(scene, OWNER)
    point = Point(moment, "commit", "following.stop")
    async with scene.life(settings=_SHORT_PAUSE):
        await moderator.publishes()
    async with scene.life(point, pace=_SLOWLY, settings=_SHORT_PAUSE) as life:
        await moderator.acts("stop")
        await life.ended(10)
    async with scene.life(pace=_SLOWLY, settings=_SHORT_PAUSE):
        await scene.settled()
    heard = len(_who_heard(scene, readers))
    return [] if 0 < heard < _READERS else [f"{heard} of {_READERS} heard of it: not stopped"]


def _who_heard(scene: Scene, readers: list[Person]) -> set[int | None]:
    """Who was sent anything: these people ask for nothing."""
    calls = scene.telegram.journal.of("sendMessage")
    return {call.chat_id for call in calls} & {one.id for one in readers}
