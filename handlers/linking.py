"""Links that lead into the chat: Telegram turns them into /start with what they open behind it.

To strangers and subscribers they show the same, and nobody is subscribed by following one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from handlers import checking, reading, subscribing
from handlers.visit import Visit
from messages import links


async def start(visit: Visit) -> None:
    """What the link leads to; without a link of ours the questions that everybody is asked."""
    led_to = None if visit.in_place else links.read(visit.argument)
    if led_to is None:
        await subscribing.start(visit)
        return
    kind, which = led_to
    await _OPENS[kind](visit.asking(which))


_OPENS: dict[str, Callable[[Visit], Awaitable[None]]] = {
    "record": reading.record,
    "alert": checking.alert,
    "verify": checking.verify,
}
