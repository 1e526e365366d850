"""Deliveries to the bot's webhook: real POSTs, one chat in order, again until it answers 2xx."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

from sandbox.updates import Updates

Json = dict[str, Any]
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_LONGEST_PAUSE: Final = 5.0


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """What setWebhook was told."""

    url: str
    secret: str = ""
    max_connections: int = 40
    ip_address: str | None = None


@dataclass(slots=True)
class _Trouble:
    """The last delivery that failed, for getWebhookInfo."""

    at: float
    message: str


@dataclass(slots=True)
class Webhook:
    """Delivers while it is set. `first_pause` is the wait after a first failure; it doubles."""

    updates: Updates
    now: Any
    first_pause: float = 0.05
    settings: WebhookSettings | None = None
    trouble: _Trouble | None = None
    _lanes: dict[object, deque[Json]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _session: aiohttp.ClientSession | None = None
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(40))

    def set(self, settings: WebhookSettings) -> None:
        self.stop()
        self.settings, self.trouble = settings, None
        self._slots = asyncio.Semaphore(settings.max_connections)
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        self.updates.webhook_is_set = True
        self.updates.arrived = self._queue
        for update in self.updates.pending():
            self._queue(update)

    def delete(self) -> None:
        self.stop()
        self.settings = None

    def stop(self) -> None:
        """Deliver nothing more; what is not confirmed stays with the updates."""
        self.updates.webhook_is_set = False
        self.updates.arrived = lambda _: None
        for task in self._tasks:
            task.cancel()
        self._lanes.clear()
        if self._session is not None:
            self._keep(self._session.close())
            self._session = None

    async def stopped(self) -> None:
        """Wait until every delivery has ended."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _keep(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _queue(self, update: Json) -> None:
        lane = _chat_of(update)
        if lane in self._lanes:
            self._lanes[lane].append(update)
        else:
            self._lanes[lane] = deque([update])
            self._keep(self._empty(lane, self._lanes[lane]))

    async def _empty(self, lane: object, waiting: deque[Json]) -> None:
        """Deliver what one chat has waiting, in order."""
        while waiting:
            await self._deliver(waiting[0])
            self.updates.confirm([waiting.popleft()["update_id"]])
        self._lanes.pop(lane, None)

    async def _deliver(self, update: Json) -> None:
        pause = self.first_pause
        while True:
            async with self._slots:
                problem = await self._post(update)
            if problem is None:
                return
            self.trouble = _Trouble(self.now(), problem)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _post(self, update: Json) -> str | None:
        """One attempt: None when it was taken, else what went wrong."""
        if self.settings is None or self._session is None:
            return "Webhook was deleted"
        headers = {SECRET_HEADER: self.settings.secret} if self.settings.secret else {}
        try:
            async with self._session.post(
                self.settings.url, json=update, headers=headers, allow_redirects=False
            ) as answer:
                if answer.ok:
                    return None
                reason = f"{answer.status} {answer.reason}"
                return f"Wrong response from the webhook: {reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return f"Connection failed: {type(error).__name__}"


def _chat_of(update: Json) -> object:
    """Updates of one chat must not overtake one another; those of no chat are on their own."""
    for body in update.values():
        if isinstance(body, dict):
            message = body.get("message", body)
            chat = message.get("chat") if isinstance(message, dict) else None
            if isinstance(chat, dict) and "id" in chat:
                return chat["id"]
    return ("update", update.get("update_id"))
