"""Single dangers, each met in the same way every time.

A drill brings the bot to one place where it could lose, double or promise too much, and ends with
the history; what cannot be read from a history it says itself.
"""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable

from sqlalchemy import select

from bot.sender import most_in_flight
from sandbox import faults
from sandbox.faults import Fault, Reply
from storage import moderators, tables
from storage.store import Connection
from tests.chaos import second_thoughts
from tests.chaos.checker import Broken
from tests.chaos.crowd import LINK, Moderator
from tests.chaos.dangers import full_disk, lock_held
from tests.chaos.history import Quiet, Said
from tests.chaos.life import Point
from tests.chaos.scene import OWNER, SECOND, Scene

Drill = Callable[[Scene], Awaitable[list[str]]]
RATE = 30
LONG_PAUSE = 80
"""Seconds of the bot's clock: it goes so fast that they take two."""
LONGER_THAN_IT_WAITS = 6
"""Seconds; for a lock the store waits five."""
MOST_UNANSWERED = most_in_flight(RATE)


async def refusals_and_doubts(scene: Scene) -> list[str]:
    """Every answer that Telegram has, and nobody dies."""
    readers = await scene.readers(14)
    chats = iter(readers)
    for fault in (
        faults.too_many_requests(20),
        faults.too_many_requests(None),
        faults.forbidden(),
        faults.bad_request(),
        faults.forbidden("something new"),
        faults.dropped(accepted=True),
        faults.dropped(),
        faults.server_error(502, accepted=True),
        faults.cut_json(),
        faults.slow(1.5),
    ):
        scene.telegram.order(fault, chat=next(chats), method="sendMessage")
    async with scene.life() as life:
        await scene.publish()
        await scene.settled()
        await scene.publish()
        await scene.settled()
        life.told(signal.SIGTERM)
        await life.ended()
    return []


async def killed_before_the_call(scene: Scene) -> list[str]:
    return await _killed_at(scene, Point("before", "call", "alert", 2))


async def killed_during_the_call(scene: Scene) -> list[str]:
    return await _killed_at(scene, Point("during", "call", "alert", 2))


async def killed_after_the_call(scene: Scene) -> list[str]:
    return await _killed_at(scene, Point("after", "call", "alert", 2))


async def killed_before_the_claim(scene: Scene) -> list[str]:
    return await _killed_at(scene, Point("before", "commit", "Sender._settling", 2))


async def killed_after_the_claim(scene: Scene) -> list[str]:
    return await _killed_at(scene, Point("after", "commit", "Sender._settling", 2))


async def killed_before_more_is_put_in(scene: Scene) -> list[str]:
    return await _killed_at(scene, Point("before", "commit", "Sender._put_in_more"))


async def killed_after_more_is_put_in(scene: Scene) -> list[str]:
    return await _killed_at(scene, Point("after", "commit", "Sender._put_in_more"))


async def _killed_at(scene: Scene, point: Point) -> list[str]:
    await scene.readers(8)
    await scene.publish()
    async with scene.life(point) as life:
        await life.ended(10)
    async with scene.life():
        await scene.settled()
    return []


async def killed_three_times_among_two_hundred(scene: Scene) -> list[str]:
    """Every reader is served at the full rate, through every fault and three deaths."""
    readers = await scene.readers(200)
    scene.says(readers[7], Said.ASKS_OUT)
    readers[7].blocks()
    for fault in (
        faults.too_many_requests(20),
        faults.dropped(accepted=True),
        faults.dropped(),
        faults.server_error(502, accepted=True),
        faults.cut_json(),
        faults.slow(1),
    ):
        scene.telegram.order(fault, method="sendMessage", times=None, chance=0.01)
    await scene.publish()
    sending = select(tables.deliveries.c.state).where(tables.deliveries.c.state == "sending")
    interrupted = 0
    for goal in (40, 80, 120):
        async with scene.life():
            await scene.eventually(lambda goal=goal: len(scene.alerts_sent()) >= goal)  # type: ignore[misc] # its own
        interrupted += await scene.store.read(lambda conn: len(conn.execute(sending).all()))
    async with scene.life():
        await scene.settled()
    return [] if interrupted else ["no death met a delivery on its way: the drill is blind"]


async def corrected_and_killed(scene: Scene) -> list[str]:
    """What was sent is marked, through a death; what cannot be marked is said anew."""
    readers = await scene.readers(8)
    lost = faults.bad_request("message to edit not found")
    scene.telegram.order(lost, chat=readers[0], method="editMessageText", times=None)
    scene.telegram.order(
        faults.dropped(accepted=True), chat=readers[1], method="editMessageText", times=2
    )
    async with scene.life():
        first = await scene.publish()
        await scene.settled()
    await scene.publish("Update", first, announce=False)
    async with scene.life(Point("after", "call", "mark", 4)) as life:
        await life.ended(10)
    async with scene.life():
        await scene.settled()
    again = [one for one in scene.alerts_sent() if one.chat_id == readers[0].id]
    return [] if len(again) == 2 else ["what could not be marked was not said"]


async def killed_after_publishing(scene: Scene) -> list[str]:
    """The moderator's press is handed over again, and makes no second alert."""
    await scene.readers(6)
    moderator = Moderator(scene, OWNER)
    working = asyncio.create_task(moderator.publishes())
    async with scene.life(Point("after", "commit", "publishing._publish")) as life:
        await life.ended(15)
    async with scene.life():
        await working
        await scene.settled()
        await moderator.sees("No. 1")
    return []


async def killed_before_a_line_is_kept(scene: Scene) -> list[str]:
    return await _killed_over_a_line(scene, "before")


async def killed_after_a_line_is_kept(scene: Scene) -> list[str]:
    return await _killed_over_a_line(scene, "after")


async def _killed_over_a_line(scene: Scene, moment: str) -> list[str]:
    """A typed line is handed over again and stands in the draft once; what comes next is shown."""
    moderator = Moderator(scene, OWNER)
    working = asyncio.create_task(moderator.drafts_up_to("publish"))
    async with scene.life(Point(moment, "commit", "recording.type_line")) as life:
        await life.ended(15)
    async with scene.life():
        await working
    body = await scene.store.read(lambda conn: conn.scalar(select(tables.drafts.c.body)))
    stands = str(body).count(LINK)
    problems = [] if stands == 1 else [f"a line stands in the draft {stands} times"]
    if (said := moderator.typed()) != ["/record", LINK]:
        problems.append(f"it had to be asked again what is next: {said}")
    return problems


async def killed_while_answering(scene: Scene) -> list[str]:
    """Who asked gets an answer from the next life."""
    person = scene.telegram.person(7_300_000_001, language="en")
    silence = Fault("slow", reply=Reply.NOTHING, seconds=5)
    order = scene.telegram.order(silence, chat=person, method="sendMessage", times=None)
    async with scene.life():
        person.says("/help")
        await scene.eventually(lambda: bool(scene.telegram.journal.of("sendMessage")))
        asked = len(scene.telegram.journal.of("getUpdates"))
        await scene.eventually(lambda: len(scene.telegram.journal.of("getUpdates")) > asked + 1)
    scene.telegram.cancel(order)
    async with scene.life():
        try:
            await scene.eventually(lambda: bool(person.received), 8)
        except TimeoutError:
            return ["an update that was never handled was confirmed: LOST"]
    return []


async def told_to_be_quiet_and_killed(scene: Scene) -> list[str]:
    """A pause for the whole bot outlives the process that was asked for it."""
    await scene.readers(12)
    scene.telegram.order(faults.too_many_requests(LONG_PAUSE), method="sendMessage", times=4)
    await scene.publish()
    async with scene.life():
        paused = select(tables.sender.c.pause_until_at)
        for _ in range(200):
            until = await scene.store.read(lambda conn: conn.scalar(paused))
            if until:
                break
            await asyncio.sleep(0.01)
    if until is None:
        return ["no pause was written down"]
    seconds = (until - scene.watch()).total_seconds() / scene.watch.faster
    scene.quiets.append(Quiet(time.time(), time.time() + seconds - 0.05))
    async with scene.life():
        await scene.settled()
    return []


async def full_in_the_middle(scene: Scene) -> list[str]:
    """What cannot be written down is not sent on; nobody is promised what is not stored."""
    await scene.readers(40)
    problems = []
    async with scene.life() as life:
        await scene.publish()
        await scene.eventually(lambda: len(scene.alerts_sent()) >= 4)
        with full_disk(life):
            await asyncio.sleep(0.3)
            at_first = len(scene.alerts_sent())
            moderator = scene.telegram.person(OWNER)
            moderator.says("/record")
            await asyncio.sleep(1.2)
            if (late := len(scene.alerts_sent()) - at_first) > MOST_UNANSWERED:
                problems.append(f"{late} alerts were sent on although nothing could be noted")
        if life.is_over:
            problems.append("a full disk ended the process")
        await scene.settled()
    return problems


async def locked_out_for_longer_than_it_waits(scene: Scene) -> list[str]:
    """Another process holds the store: nothing is sent on, and what people want is done after."""
    readers = await scene.readers(40)
    problems = []
    async with scene.life() as life:
        await scene.publish()
        await scene.eventually(lambda: len(scene.alerts_sent()) >= 4)
        async with lock_held(scene.file):
            await asyncio.sleep(0.3)
            at_first, leaving = len(scene.alerts_sent()), readers[-1]
            scene.says(leaving, Said.ASKS_OUT)
            leaving.says("/unsubscribe")
            await asyncio.sleep(LONGER_THAN_IT_WAITS)
            if (late := len(scene.alerts_sent()) - at_first) > MOST_UNANSWERED:
                problems.append(f"{late} alerts were sent on although nothing could be noted")
            if scene.is_heard(leaving):
                problems.append("an act that could not be written was confirmed")
        if life.is_over:
            problems.append("a lock ended the process")
        if not await scene.settled():
            problems.append("what waited for the lock was not done after it")
    return problems


async def revoked_while_waiting(scene: Scene) -> list[str]:
    """A right that ends while its press waits for the store is no right any more."""
    await scene.readers(3)
    moderator = Moderator(scene, OWNER)
    async with scene.life():
        await moderator.drafts_up_to("publish")
        await scene.settled()
        before = await scene.store.read(
            lambda conn: moderators.role_of(conn, scene.store.seal, OWNER)
        )
        async with lock_held(scene.file) as other:
            await moderator.presses("publish")
            await asyncio.sleep(0.4)
            assert before is not None
            other.execute("UPDATE moderators SET active = 0 WHERE id = ?", (before.id,))
            other.execute("COMMIT")
        await scene.settled()
        count = await scene.store.read(lambda conn: len(conn.execute(select(tables.alerts)).all()))
    return ["somebody without a right published"] if count else []


async def edited_into_a_command(scene: Scene) -> list[str]:
    """Neither an edit nor a forward acts."""
    moderator = scene.telegram.person(SECOND)
    async with scene.life():
        message = moderator.says("/help")
        await scene.settled()
        moderator.edits(message, "/record")
        origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}
        moderator.says("/record", forward_origin=origin)
        await scene.settled()
        await asyncio.sleep(0.3)

    def drafts(conn: Connection) -> int:
        return len(conn.execute(select(tables.drafts)).all())

    return ["an edit or a forward acted"] if await scene.store.read(drafts) else []


async def asked_to_end_in_mid_send(scene: Scene) -> list[str]:
    """SIGTERM: what is on its way is written down, and nothing is left in doubt."""
    await scene.readers(12)
    await scene.publish()
    scene.telegram.order(faults.slow(0.3), method="sendMessage", times=None)
    async with scene.life() as life:
        await scene.eventually(lambda: len(scene.alerts_sent()) >= 3)
        life.told(signal.SIGTERM)
        code = await life.ended()
    doubt = select(tables.deliveries).where(tables.deliveries.c.ambiguous > 0)
    left = await scene.store.read(lambda conn: len(conn.execute(doubt).all()))
    scene.telegram.calls.orders.clear()
    async with scene.life():
        await scene.settled()
    return [f"SIGTERM left {left} in doubt"] * bool(left) + [f"it ended with {code}"] * bool(code)


DRILLS: tuple[Drill, ...] = (
    killed_before_the_call,
    killed_during_the_call,
    killed_after_the_call,
    killed_before_the_claim,
    killed_after_the_claim,
    killed_before_more_is_put_in,
    killed_after_more_is_put_in,
    corrected_and_killed,
    killed_before_a_line_is_kept,
    killed_after_a_line_is_kept,
    killed_while_answering,
    killed_after_publishing,
    second_thoughts.killed_before_it_is_undone,
    second_thoughts.killed_after_it_is_undone,
    second_thoughts.killed_before_it_is_stopped,
    second_thoughts.killed_after_it_is_stopped,
    killed_three_times_among_two_hundred,
    told_to_be_quiet_and_killed,
    full_in_the_middle,
    locked_out_for_longer_than_it_waits,
    revoked_while_waiting,
    edited_into_a_command,
    asked_to_end_in_mid_send,
    refusals_and_doubts,
)


def as_broken(drill: Drill, said: list[str]) -> tuple[Broken, ...]:
    return tuple(Broken(drill.__name__, one) for one in said)
