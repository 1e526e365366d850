from __future__ import annotations

import asyncio
from datetime import timedelta
from unittest.mock import AsyncMock, Mock

import pytest
from telegram import Update
from telegram.ext import MessageHandler, filters
from telegram.warnings import PTBUserWarning

from bot import application
from bot.application import application_of
from bot.transport import AiohttpRequest
from handlers.context import App, Bot
from handlers.deps import Deps
from handlers.dispatch import UPDATES
from storage import updates
from storage.errors import StoreClosed
from tests.bot.house import House


def built(house: House, request: AiohttpRequest) -> tuple[Bot, App]:
    bot = Bot(
        house.telegram.token,
        base_url=f"{house.telegram.url}/bot",
        request=request,
        get_updates_request=request,
    )
    deps = Deps(
        store=house.store,
        now=house.clock,
        wake_sender=lambda: None,
        undo=timedelta(seconds=20),
        rate=30,
    )
    return bot, application_of(bot, deps)


async def test_an_error_in_a_handler_reaches_whoever_handed_in_the_update(
    house: House, request_: AiohttpRequest
) -> None:
    """Else the update would count as handled, and be lost."""
    bot, app = built(house, request_)
    await app.initialize()
    house.telegram.person(1001).says("/help")
    (raw,) = house.telegram.world.updates.pending()
    await house.store.close()
    with pytest.raises(StoreClosed):
        await app.process_update(Update.de_json(raw, bot))
    await app.shutdown()


async def test_every_handler_is_waited_for(house: House, request_: AiohttpRequest) -> None:
    """What runs beside would not be handled when it is confirmed."""
    _, app = built(house, request_)
    assert all(one.block for group in app.handlers.values() for one in group)


async def test_nothing_depends_on_the_librarys_own_clock_or_queue(
    house: House, request_: AiohttpRequest
) -> None:
    """It drops a job that is late by a second; whatever has a time here is a row in the store."""
    _, app = built(house, request_)
    with pytest.warns(PTBUserWarning, match="No `JobQueue` set up"):
        assert app.job_queue is None
    assert app.updater is None
    assert app.persistence is None


async def test_telegram_is_asked_for_what_a_handler_takes_and_nothing_else(
    house: House, request_: AiohttpRequest
) -> None:
    bot, app = built(house, request_)
    house.telegram.person(1001).says("/help")
    (raw,) = house.telegram.world.updates.pending()
    message = raw["message"]
    member = {"user": message["from"], "status": "member"}
    bodies = {
        "message": message,
        "edited_message": message,
        "channel_post": {**message, "chat": {"id": -1, "type": "channel", "title": "x"}},
        "callback_query": {
            "id": "1", "from": message["from"], "chat_instance": "1", "data": "x",
            "message": message,
        },
        "my_chat_member": {
            "chat": message["chat"], "from": message["from"], "date": 1,
            "old_chat_member": member, "new_chat_member": member,
        },
        "poll": {
            "id": "1", "question": "x", "options": [], "total_voter_count": 0,
            "is_closed": False, "is_anonymous": True, "type": "regular",
            "allows_multiple_answers": False, "allows_revoting": True, "members_only": False,
        },
    }  # fmt: skip
    taken = set()
    for kind, body in bodies.items():
        update = Update.de_json({"update_id": 1, kind: body}, bot)
        handlers = [one for group in app.handlers.values() for one in group]
        if any(one.check_update(update) not in (None, False) for one in handlers):
            taken.add(kind)
    assert taken == set(UPDATES)


async def test_a_handler_of_the_library_that_fails_does_not_stop_the_next_update(
    house: House, request_: AiohttpRequest
) -> None:
    bot, app = built(house, request_)
    heard = []

    async def listen(update: Update, _: object) -> None:
        heard.append(update.update_id)
        if len(heard) == 1:
            raise LookupError

    app.handlers.clear()
    app.add_handler(MessageHandler(filters.ALL, listen))
    await app.initialize()
    house.telegram.person(1001).says("one")
    update = Update.de_json(house.telegram.world.updates.pending()[0], bot)
    with pytest.raises(LookupError):
        await app.process_update(update)
    await app.process_update(update)
    assert len(heard) == 2
    await app.shutdown()


@pytest.mark.parametrize(
    ("acted", "error", "told"),
    [
        (True, TimeoutError(), 0),
        (True, LookupError(), 1),
        (False, TimeoutError(), 1),
    ],
)
async def test_of_an_act_that_is_done_nobody_is_told_that_it_went_wrong_as_telegram_was_slow(
    house: House, monkeypatch: pytest.MonkeyPatch, acted: bool, error: Exception, told: int
) -> None:
    apologies = AsyncMock()
    monkeypatch.setattr(application, "apologise", apologies)
    if acted:
        await house.store.write(lambda conn: updates.first_time(conn, 7, house.clock()))
    await application._apologise(house.store, Mock(), Update(7), error)
    assert apologies.await_count == told


class FailingCards:
    """Cards that fail when they are begun, however often."""

    def __init__(self) -> None:
        self.begun = 0
        self.often = asyncio.Event()

    async def run(self) -> None:
        self.begun += 1
        if self.begun == 3:
            self.often.set()
        raise LookupError


async def test_cards_that_fail_are_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "AGAIN", 0)
    cards = FailingCards()
    keeping = asyncio.create_task(application._keep_up("cards", cards.run))
    await asyncio.wait_for(cards.often.wait(), 2)
    keeping.cancel()
    await asyncio.wait({keeping})
    assert keeping.cancelled()


async def test_of_several_waits_the_first_ends_them_all() -> None:
    kept = asyncio.create_task(asyncio.Event().wait())
    await application._any_of(asyncio.sleep(0), kept)
    await asyncio.sleep(0)
    assert not kept.done()
    kept.cancel()
