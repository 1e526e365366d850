"""No person takes the others' time: how many answers one gets, and when no more.

1. One answer in two seconds, twenty in a minute. Who asks a little sooner waits that little. Who
   asks more while waiting, or has had the minute's number, is not answered: a press is
   acknowledged, and nothing else happens.
2. Where so many ask while an alert runs that an answer would come late, whoever comes now is not
   answered either: a press says so. Else what waits would keep moderators from being heard.
3. Moderators are always answered, before all others, and so is everybody who leaves: /unsubscribe
   and /forget.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum

import structlog
from telegram import Update

from bot.inbox import ARRIVED_AT
from bot.pacer import GOES_FIRST, Pacer
from handlers import answer
from messages import fixed
from messages.catalogue import language_for
from storage import moderators
from storage.store import Store

log = structlog.get_logger(__name__)

BETWEEN = 2.0
"""Seconds between two answers to one person."""
A_MINUTE = 60.0
IN_A_MINUTE = 20
FLOODED_FOR = 4.0
"""Seconds after a superfluous request in which no other is waited for."""

_LEAVING = re.compile(r"/?(?P<act>forget|unsubscribe)\b(?:@\w+)?(?P<yes>[: ]yes)?", re.IGNORECASE)


@dataclass
class _Person:
    answers: deque[float] = field(default_factory=lambda: deque(maxlen=IN_A_MINUTE))
    """When the latest answers were given, or are going to be."""
    answered_at: float = float("-inf")
    """When the latest answer really went out."""
    last_update: int = -1
    flooded_at: float = float("-inf")
    left: dict[str, tuple[int, float]] = field(default_factory=dict)
    """Acts of leaving since the last answer to anything else: by which update, and when."""


class Fairness:
    """Who is answered when. Pure, on any clock that never goes back; forgets who is silent."""

    def __init__(self) -> None:
        self._people: OrderedDict[int, _Person] = OrderedDict()

    def wait(self, person: int, update_id: int, arrived: float, now: float) -> float | None:
        """Seconds until this request is answered; None where it is not."""
        one = self._known(person, now)
        if self.is_again(person, update_id):
            return 0
        last = one.answers[-1] if one.answers else float("-inf")
        due = max(now, last + BETWEEN, one.answered_at + BETWEEN)
        is_full = len(one.answers) == IN_A_MINUTE and one.answers[0] + A_MINUTE > due
        is_late = due > now and (arrived < last or now < one.flooded_at + FLOODED_FOR)
        if is_full or is_late:
            one.flooded_at = now
            return None
        one.answers.append(due)
        one.last_update = update_id
        one.left.clear()
        return due - now

    def is_again(self, person: int, update_id: int) -> bool:
        """Whether this request was let in before and is tried again."""
        one = self._people.get(person)
        return one is not None and one.last_update == update_id

    def answered(self, person: int, now: float) -> None:
        """The answer went out only now: it had to wait for its turn among all that is sent."""
        if one := self._people.get(person):
            one.answered_at = now

    def leaves(self, person: int, update_id: int, act: str, now: float) -> bool:
        """Whether an act of leaving is to be done: always, but not what was just done."""
        left = self._known(person, now).left
        done_by, done_at = left.get(act, (update_id, now))
        if done_by != update_id and now < done_at + BETWEEN:
            return False
        left[act] = update_id, now
        return True

    def _known(self, person: int, now: float) -> _Person:
        one = self._people.setdefault(person, _Person())
        self._people.move_to_end(person)
        while self._is_silent(next(iter(self._people.values())), one, now):
            self._people.popitem(last=False)
        return one

    @staticmethod
    def _is_silent(other: _Person, one: _Person, now: float) -> bool:
        acts = (at for _, at in other.left.values())
        latest = max((*other.answers, *acts, other.flooded_at))
        return other is not one and latest < now - A_MINUTE


class Verdict(StrEnum):
    """Of an update, whether it is handled."""

    LET_IN = "let_in"
    TOO_OFTEN = "too_often"
    CROWD = "crowd"


class FairHandling:
    """Handles updates as it is told to, but for those that are superfluous."""

    def __init__(
        self,
        handle: Callable[[Update], Awaitable[None]],
        store: Store,
        pacer: Pacer,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._handle = handle
        self._store = store
        self._pacer = pacer
        self._clock = clock
        self._fairness = Fairness()
        self._inside = 0
        """Updates being handled."""

    async def __call__(self, update: Update) -> None:
        verdict = await self._verdict(update)
        if verdict is Verdict.LET_IN:
            self._inside += 1
            try:
                await self._handle(update)
            finally:
                self._inside -= 1
            if update.effective_user:
                self._fairness.answered(update.effective_user.id, self._clock())
            return
        log.debug("fairness.not_answered", why=verdict)
        if query := update.callback_query:
            language = language_for(query.from_user.language_code)
            said = fixed.crowd(language) if verdict is Verdict.CROWD else ""
            await answer.acknowledge(query, said)

    async def _verdict(self, update: Update) -> Verdict:
        """Comes when the time of what is let in has come."""
        request = update.message or update.callback_query
        person = request.from_user if request else None
        if person is None:
            return Verdict.LET_IN
        now = self._clock()
        if act := act_of_leaving(update):
            is_new = self._fairness.leaves(person.id, update.update_id, act, now)
            return Verdict.LET_IN if is_new else Verdict.TOO_OFTEN
        if self._pacer.is_busy and await self._is_moderator(person.id):
            GOES_FIRST.set(True)
            return Verdict.LET_IN
        is_again = self._fairness.is_again(person.id, update.update_id)
        if self._pacer.is_crowded(self._inside) and not is_again:
            return Verdict.CROWD
        arrived = ARRIVED_AT.get(now)
        wait = self._fairness.wait(person.id, update.update_id, arrived, now)
        if wait != 0 and await self._is_moderator(person.id):
            return Verdict.LET_IN
        if wait:
            await asyncio.sleep(wait)
        return Verdict.TOO_OFTEN if wait is None else Verdict.LET_IN

    async def _is_moderator(self, person: int) -> bool:
        seal = self._store.seal
        return await self._store.read(
            lambda conn: moderators.role_of(conn, seal, person) is not None
        )


def act_of_leaving(update: Update) -> str:
    """The act by which a person leaves, with its confirmation; "" for everything else."""
    said = update.message.text if update.message else None
    if said and not said.startswith("/"):
        return ""
    pressed = update.callback_query.data if update.callback_query else None
    found = _LEAVING.match(said or (pressed or "").removeprefix(answer.NEW_MESSAGE))
    return f"{found['act'].lower()}{':yes' if found['yes'] else ''}" if found else ""
