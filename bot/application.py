"""The running bot: what it is put together from, in which order it starts and in which it ends.

Start: the store, the web part if there is a webhook, Telegram, then the sender and the way in side
by side. End, at SIGTERM or Ctrl+C: nothing new is taken or claimed, what is in hand and in flight
comes to its end and is written down, then the connections are closed, and the store last.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Never, Protocol

import structlog
from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes

from bot import steady
from bot.cards import Cards
from bot.fairness import FairHandling
from bot.housekeeping import Housekeeping
from bot.intake import Intake
from bot.logs import kind_and_place
from bot.memos import Memos
from bot.outcome import StopSending
from bot.pacer import AnswerPace, Pacer
from bot.poller import Poller
from bot.presence import Presence
from bot.registration import Address, post_nowhere, post_to
from bot.sender import Sender, most_in_flight
from bot.settings import Settings
from bot.transport import AiohttpRequest, AlertRequest, BotApi
from handlers.context import App, Bot, Context, Shared
from handlers.deps import Deps
from handlers.dispatch import UPDATES, apologise, register
from handlers.menus import announce
from storage import belonging, moderators, updates
from storage.store import Connection, Store

log = structlog.get_logger(__name__)

AT_ONCE = 64
"""Updates handled side by side."""
AGAIN = 10
"""Seconds before what runs beside is begun anew after a failure."""
LONGEST_WAIT = 60
"""Seconds between two tries to reach Telegram at the start."""


class TokenRejected(Exception):  # noqa: N818 - says what happened
    """Telegram does not know this token, or knows it no longer."""


class HonestApplication(Application[Bot, Context, dict[Any, Any], dict[Any, Any], Shared, None]):
    """The library's application, but an error in a handler reaches whoever handed in the update.

    The library would log it and go on, and the update would count as handled.
    """

    async def process_error(
        self,
        update: object | None,  # noqa: ARG002 - the library decides
        error: Exception,
        job: Any = None,  # noqa: ARG002 - as above
        coroutine: Any = None,  # noqa: ARG002 - as above
    ) -> Never:
        raise error


class _WayIn(Protocol):
    """By which updates come in, until it is told to stop."""

    async def run(self) -> None: ...

    def stop(self) -> None: ...

    @property
    def is_heard(self) -> bool:
        """Whether Telegram answered the last question."""
        ...


@dataclass(frozen=True)
class _House:
    """Everything that runs."""

    application: App
    sender: Sender
    way_in: _WayIn
    register: Callable[[], Awaitable[None]]
    """Has Telegram bring updates to where the way in takes them."""
    web: AbstractAsyncContextManager[None]
    """What is served while the bot runs; with polling there is nothing to serve."""
    cards: Cards
    memos: Memos
    housekeeping: Housekeeping
    presence: Presence


async def run(settings: Settings, token: str, store: Store) -> None:
    """Run the bot until it is told to end; raises `TokenRejected` when Telegram rejects it."""
    with _told_to_end() as end:
        async with (
            connections(settings, AT_ONCE) as for_answers,
            connections(settings, most_in_flight(settings.alert_rate), AlertRequest) as for_alerts,
            connections(settings, 2) as for_updates,
        ):
            house = _put_together(settings, token, store, for_answers, for_alerts, for_updates)
            async with house.web:
                steady.keep()
                if await _reached(house, partial(_begin, settings, store), end):
                    await _work(house, end)
            await house.application.shutdown()
    log.info("ended")


def _put_together(
    settings: Settings,
    token: str,
    store: Store,
    for_answers: AiohttpRequest,
    for_alerts: AiohttpRequest,
    for_updates: AiohttpRequest,
) -> _House:
    pacer = Pacer(settings.rate, paid_rate=settings.paid_rate)
    alerts = BotApi(for_alerts, settings.api_url, token)
    sender = Sender(
        store,
        alerts,
        pacer,
        rate=settings.rate,
        paid_rate=settings.paid_rate,
        now=_now,
    )
    bot = Bot(
        token,
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=for_answers,
        get_updates_request=for_updates,
        rate_limiter=AnswerPace(pacer),
    )
    deps = Deps(
        store=store,
        now=_now,
        wake_sender=sender.wake,
        undo=timedelta(seconds=settings.undo_seconds),
        rate=settings.alert_rate,
    )
    application = application_of(bot, deps)
    intake = Intake(
        bot,
        FairHandling(application.process_update, store, pacer),
        give_up=partial(_apologise, store, bot),
        at_once=AT_ONCE,
    )
    api = BotApi(for_updates, settings.api_url, token)
    way_in: _WayIn
    web: AbstractAsyncContextManager[None]
    if settings.webhook_url and settings.webhook_secret:
        # A web server is large, and polling needs none.
        from bot.web import server, site, webhook  # noqa: PLC0415

        secret = settings.webhook_secret.get_secret_value()
        address = Address(settings.webhook_url, secret, AT_ONCE)
        register = partial(post_to, address, api, store, UPDATES)
        way_in = posted = webhook.Webhook(intake, register, secret)
        pages = site.site(
            settings.webhook_url,
            posted.receive,
            is_well=lambda: posted.is_open and sender.is_well,
        )
        web = server.listening(pages, settings.listen)
    else:
        register = partial(post_nowhere, api, store)
        way_in, web = Poller(for_updates, api, intake, allowed_updates=UPDATES), nullcontext()
    return _House(
        application,
        sender,
        way_in,
        register,
        web,
        Cards(bot, deps),
        Memos(bot, store),
        Housekeeping(store, _now),
        Presence(store, _now, lambda: way_in.is_heard),
    )


async def _apologise(store: Store, bot: Bot, update: Update, error: BaseException) -> None:
    """Not where the act is done and time ran out after it: its answer is under way, most likely."""
    had_effect = partial(updates.had_effect, update_id=update.update_id)
    if not (isinstance(error, TimeoutError) and await store.read(had_effect)):
        await apologise(update, error, bot)


def application_of(bot: Bot, deps: Deps) -> App:
    """The library's part of the house: updates in, handlers out; nothing of it runs by itself."""
    application: App = (
        ApplicationBuilder()
        .application_class(HonestApplication)
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context, bot_data=Shared))
        .build()
    )
    application.bot_data.deps = deps
    register(application)
    return application


async def _reached(
    house: _House, begin: Callable[[int], Awaitable[None]], end: asyncio.Event
) -> bool:
    """Wait until Telegram knows us; False when told to end before that."""
    wait = 1
    while not end.is_set():
        try:
            if not await _unless(end, _made_ready(house, begin)):
                return False
        except InvalidToken:
            raise TokenRejected from None
        except TelegramError as error:
            log.warning("telegram.not_reached", kind=type(error).__name__, next_try_seconds=wait)
            await _any_of(end.wait(), asyncio.sleep(wait))
            wait = min(2 * wait, LONGEST_WAIT)
        else:
            return True
    return False


async def _made_ready(house: _House, begin: Callable[[int], Awaitable[None]]) -> None:
    await house.application.initialize()
    await begin(house.application.bot.id)
    await house.register()


async def _unless(end: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Whether the work came to its own end; told to end before that, it is cancelled."""
    task = asyncio.create_task(work, name="start")
    await _any_of(end.wait(), task)
    if not task.done():
        task.cancel()
        await asyncio.wait({task})
        return False
    task.result()
    return True


async def _begin(settings: Settings, store: Store, bot_id: int) -> None:
    """What the settings say of the store; raises `OtherBot` where that is another bot's."""

    def begin(conn: Connection) -> None:
        belonging.bind(conn, bot_id)
        moderators.set_owners(conn, store.seal, settings.owners, _now())

    await store.write(begin)


async def _work(house: _House, end: asyncio.Event) -> None:
    """Receive and send until told to end, or until one of the two cannot go on."""
    work = [
        asyncio.create_task(house.sender.run(), name="sender"),
        asyncio.create_task(house.way_in.run(), name="intake"),
    ]
    beside = [
        asyncio.create_task(_introduce(house.application.bot), name="introduction"),
        asyncio.create_task(_keep_up("cards", house.cards.run), name="cards"),
        asyncio.create_task(_keep_up("memos", house.memos.run), name="memos"),
        asyncio.create_task(_keep_up("housekeeping", house.housekeeping.run), name="housekeeping"),
        asyncio.create_task(_keep_up("presence", house.presence.run), name="presence"),
    ]
    log.info("ready", bot=house.application.bot.username)
    await _any_of(end.wait(), *work)
    log.info("ending")
    house.way_in.stop()
    house.sender.stop()
    for task in beside:
        task.cancel()
    await asyncio.wait([*work, *beside])
    for task in work:
        try:
            task.result()
        except (InvalidToken, StopSending):
            raise TokenRejected from None


async def _introduce(bot: Bot) -> None:
    """Name, description and menus; the bot works without, so that a failure ends nothing."""
    try:
        await announce(bot)
    except TelegramError as error:
        log.warning("introduction.failed", kind=type(error).__name__)


async def _keep_up(name: str, run: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Begin anew, when it fails, what the way in and the way out do without."""
    while True:
        running = asyncio.create_task(run(), name=name)
        try:
            await asyncio.wait({running})
        finally:
            running.cancel()
            await asyncio.wait({running})
        if error := running.exception():
            log.error("beside.failed", what=name, error=kind_and_place(error))
        await asyncio.sleep(AGAIN)


async def _any_of(*awaited: Awaitable[Any]) -> None:
    tasks = [asyncio.ensure_future(one) for one in awaited]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task, one in zip(tasks, awaited, strict=True):
        if task is not one:
            task.cancel()


@contextmanager
def _told_to_end() -> Iterator[asyncio.Event]:
    """The event that SIGTERM and Ctrl+C set, any number of times."""
    end, loop = asyncio.Event(), asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for one in signals:
        loop.add_signal_handler(one, end.set)
    try:
        yield end
    finally:
        for one in signals:
            loop.remove_signal_handler(one)


def connections(
    settings: Settings, count: int, kind: type[AiohttpRequest] = AiohttpRequest
) -> AiohttpRequest:
    """A pool of so many connections to Telegram, through the proxy if one is set."""
    proxy = settings.proxy.get_secret_value() if settings.proxy else None
    return kind(connections=count, proxy=proxy)


def _now() -> datetime:
    return datetime.now(UTC)
