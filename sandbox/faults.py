"""What can go wrong between a bot and Telegram, and how to order it.

A `Fault` says three things: whether the call takes effect, how long the answer waits, and what
goes back. An `Order` says when: for which chat, which method, how often, with what chance.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from sandbox import refusals
from sandbox.refusals import OTHER_POLL, Refused


class Reply(Enum):
    """What goes back once the fault has done its work."""

    ANSWER = "the true answer"
    CUT = "half of the true answer"
    NOTHING = "the connection is cut"
    PAGE = "an HTML error page"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong. `status` is used by `Reply.PAGE`."""

    name: str
    refusal: Refused | None = None
    accepted: bool = False
    reply: Reply = Reply.ANSWER
    status: int = 200
    seconds: float = 0.0
    accepted_late: bool = False


def too_many_requests(retry_after: int | None = 5) -> Fault:
    """429; None leaves out `parameters`, as some proxies and old servers do."""
    sentence = "Too Many Requests"
    if retry_after is None:
        return Fault("too_many_requests", Refused(429, sentence))
    parameters = {"retry_after": retry_after}
    refusal = Refused(429, f"{sentence}: retry after {retry_after}", parameters)
    return Fault("too_many_requests", refusal)


def forbidden(text: str = "bot was blocked by the user") -> Fault:
    return Fault("forbidden", refusals.forbidden(text))


def bad_request(text: str = "chat not found") -> Fault:
    return Fault("bad_request", refusals.bad_request(text))


def unauthorized() -> Fault:
    return Fault("unauthorized", Refused(401, "Unauthorized"))


def conflict() -> Fault:
    return Fault("conflict", refusals.conflict(OTHER_POLL))


def migrated(to: int) -> Fault:
    return Fault("migrated", refusals.migrated(to))


def server_error(status: int = 502, *, accepted: bool = False) -> Fault:
    """A 5xx with an HTML page, as gateways send it; the call may have taken effect before."""
    return Fault("server_error", accepted=accepted, reply=Reply.PAGE, status=status)


def dropped(*, accepted: bool = False) -> Fault:
    """The connection is cut, before the call takes effect or after."""
    return Fault("dropped", accepted=accepted, reply=Reply.NOTHING)


def slow(seconds: float = 5.0, *, accepted_late: bool = False) -> Fault:
    """The answer comes late; the call takes effect at once, or only then."""
    return Fault("slow", accepted=True, seconds=seconds, accepted_late=accepted_late)


def cut_json() -> Fault:
    """The call takes effect; its answer ends in the middle."""
    return Fault("cut_json", accepted=True, reply=Reply.CUT)


FAULTS: Final[Mapping[str, Callable[..., Fault]]] = {
    fault.__name__: fault
    for fault in (
        too_many_requests,
        forbidden,
        bad_request,
        unauthorized,
        conflict,
        migrated,
        server_error,
        dropped,
        slow,
        cut_json,
    )
}


@dataclass(slots=True)
class Order:
    """A fault that waits for its calls. `times=None`: until it is cancelled."""

    fault: Fault
    chat: int | None = None
    method: str | None = None
    times: int | None = 1
    chance: float = 1.0
    skip: int = 0
    used: int = field(default=0, init=False)

    def meets(self, method: str, chat: int | None) -> bool:
        return (
            (self.times is None or self.used < self.times)
            and self.chat in (None, chat)
            and self.method in (None, method)
        )

    def as_json(self) -> dict[str, Any]:
        names = ("chat", "method", "times", "chance", "skip", "used")
        return {"fault": self.fault.name} | {name: getattr(self, name) for name in names}


class Orders:
    """The faults that are waiting, oldest first."""

    def __init__(self, seed: int = 0) -> None:
        self._orders: list[Order] = []
        self._dice = random.Random(seed)  # noqa: S311 - faults, not secrets

    def place(self, order: Order) -> Order:
        self._orders.append(order)
        return order

    def cancel(self, order: Order) -> None:
        if order in self._orders:
            self._orders.remove(order)

    def clear(self) -> None:
        self._orders.clear()

    def waiting(self) -> list[Order]:
        return [order for order in self._orders if order.times is None or order.used < order.times]

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The fault that this call meets, if any; at most one."""
        for order in self._orders:
            if not order.meets(method, chat):
                continue
            if order.skip:
                order.skip -= 1
            elif order.chance >= 1 or self._dice.random() < order.chance:
                order.used += 1
                return order.fault
        return None
