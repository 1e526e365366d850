"""The way out: alerts go from the store to Telegram, and what became of each goes back.

1. Write down what became of the last attempts, and claim as many deliveries as can start now: one
   transaction, committed before anything new leaves.
2. Each claimed delivery waits for its turn, is sent, and its outcome kept for the next round.
3. If that transaction cannot be written, nothing is claimed and nothing leaves until it can.

A crash leaves what was being sent in `sending`; the next start marks it as perhaps arrived.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram.error import RetryAfter

from bot import parameters
from bot.last_look import LastLook
from bot.outcome import (
    UNPAID_WAIT,
    Held,
    StopSending,
    answered,
    asked_wait,
    failed,
    is_unnamed_wait,
    is_unpaid,
)
from bot.pacer import Pacer, wait_up_to
from bot.quiet import Quiet
from bot.transport import BotApi, NotSent
from storage import fanout, outbox
from storage.errors import StaleEpoch, StoreClosed, StoreDamaged, StoreError
from storage.outbox import Claimed, Outcome, OutcomeKind
from storage.store import Connection, Store

log = structlog.get_logger(__name__)

IN_FLIGHT_SECONDS = 0.3
"""So much of the rate is in flight at once: an answer's way and the writing of its outcome."""
AT_LEAST_IN_FLIGHT = 8
LONG_PAUSE = timedelta(seconds=60)
"""Whoever runs the bot should know of a longer one."""


@dataclass(frozen=True)
class Waits:
    """How long the sender waits for what; in seconds."""

    poll: float = 2
    """Between two looks into the store when nobody wakes it."""
    flush: float = 0.05
    """For further outcomes, before the first is written down: what a crash may repeat besides.
    Less where nothing is in flight any more, or half of what may be has come back."""
    store: float = 1
    """Before writing again what could not be written."""
    back_off: float = 1
    """After the first failure in a row, twice as long after each further one."""
    longest_back_off: float = 60
    between_bits: float = 0.02
    """Before more of an alert to very many is put in: other processes write as well."""
    crowd: float = 5
    """Two chats told to wait within this time mean that the whole bot is."""
    finish: float = 20
    """For all that is still to be answered and written down when it is stopped."""


@dataclass(frozen=True)
class _Round:
    """What one transaction brought."""

    claimed: tuple[Claimed, ...]
    next_due: datetime | None
    """None also where nothing more can be in flight: the next outcome then makes room."""
    paused_until: datetime | None
    fans_out: bool
    """Whether an alert is still to be put in for some of its readers."""


class Sender:
    """Sends alerts for as long as `run` runs."""

    def __init__(
        self,
        store: Store,
        api: BotApi,
        pacer: Pacer,
        *,
        rate: int,
        paid_rate: int = 0,
        now: Callable[[], datetime],
        waits: Waits | None = None,
    ) -> None:
        self._store = store
        self._api = api
        self._pacer = pacer
        self._paid = paid_rate > 0
        self._now = now
        self._waits = waits or Waits()
        self._last_look = LastLook(store)
        self._most_in_flight = most_in_flight(paid_rate or rate)
        self._most_edits = most_in_flight(rate)
        """More would only wait: an edit cannot be paid for."""
        self._in_flight: dict[asyncio.Task[Any], Claimed] = {}
        self._outcomes: list[Outcome] = []
        self._bell = asyncio.Event()
        self._enough = asyncio.Event()
        self._can_be_written = asyncio.Event()
        self._is_told_all = True
        """False while a claim may have been written down of which no word came back."""
        self._quiet = Quiet(
            until=now(),
            first=timedelta(seconds=self._waits.back_off),
            longest=timedelta(seconds=self._waits.longest_back_off),
            crowd=timedelta(seconds=self._waits.crowd),
        )
        self._stopping = False
        self._limit: asyncio.Timeout | None = None
        self._why_stopped: Exception | None = None
        self._fans_out = False

    def wake(self) -> None:
        """Something was published, frozen or thawed."""
        self._bell.set()

    def stop(self) -> None:
        """Claim nothing more; `run` ends when what is in flight is answered and written down.

        It does not wait for that without end, nor for a store that does not answer.
        """
        self._stopping = True
        if self._limit and self._limit.when() is None:
            self._limit.reschedule(asyncio.get_running_loop().time() + self._waits.finish)
        self._bell.set()
        self._enough.set()  # no further outcomes are gathered

    @property
    def is_well(self) -> bool:
        """Whether the store takes what becomes of what is sent."""
        return self._can_be_written.is_set()

    async def run(self) -> None:
        """Until `stop`, or until it cannot go on.

        Raises:
            StopSending: Telegram rejects the token.
            StaleEpoch: another process sends in this one's place.
            StoreDamaged: the store takes no more writes.

        """
        try:
            async with asyncio.timeout(None) as limit:
                self._limit = limit
                await self._work()
        except TimeoutError:
            if not limit.expired():
                raise
        finally:
            self._limit = None
            await self._abandon()
        if self._why_stopped:
            raise self._why_stopped

    async def _work(self) -> None:
        epoch = await self._begin()
        while not self._stopping:
            due = await self._round(epoch)
            await (self._put_in_more(epoch) if self._fans_out else self._rest(due))
        while self._in_flight or self._outcomes:
            due = await self._round(epoch)
            if self._in_flight:
                await self._rest(due)

    async def _begin(self) -> int:
        """A new epoch, as soon as it can be written down; none is needed when it is to stop."""
        epoch = 0
        while not epoch and not self._stopping:
            try:
                epoch = await self._store.write(lambda conn: outbox.start(conn, self._now()))
                log.info("sender.started", epoch=epoch)
            except (StoreClosed, StoreDamaged):
                raise
            except StoreError as error:
                log.exception("sender.cannot_begin", problem=str(error))
                await self._ring_or(self._waits.store)
        return epoch

    async def _round(self, epoch: int) -> datetime | None:
        """One transaction and what it starts; returns when there may be more to do."""
        now, outcomes = self._now(), tuple(self._outcomes)
        since = self._last_look.begin()
        try:
            done = await self._store.write(self._settling(epoch, outcomes, now))
        except StaleEpoch as replaced:
            self._end_with(replaced)
            return None
        except (StoreClosed, StoreDamaged):
            raise
        except StoreError as error:
            self._can_be_written.clear()
            self._is_told_all = False
            log.exception("sender.cannot_write", problem=str(error), outcomes=len(outcomes))
            await self._ring_or(self._waits.store)
            return now
        if all(one.kind is not OutcomeKind.HALT for one in outcomes):
            self._last_look.claimed()
        self._fans_out = done.fans_out
        del self._outcomes[: len(outcomes)]
        self._can_be_written.set()
        self._is_told_all = True
        self._quiet.paused(done.paused_until)
        for one in done.claimed:
            self._start(one, since)
        self._weigh()
        if outcomes or done.claimed:
            log.debug("sender.round", settled=len(outcomes), claimed=len(done.claimed))
        is_due = done.next_due is not None and done.next_due <= now
        edits = _edits(self._in_flight.values()) > 0
        self._pacer.alert_runs(bool(self._in_flight) or is_due, edits=edits)
        return self._quiet.until if self._quiet.is_on(now) else done.next_due

    def _settling(
        self, epoch: int, outcomes: Sequence[Outcome], now: datetime
    ) -> Callable[[Connection], _Round]:
        """What is written in a round: outcomes, then claims for as much room as there is now."""
        stopping, pause = self._stopping, self._quiet.pause
        free = self._most_in_flight - len(self._in_flight)
        for_edits = self._most_edits - _edits(self._in_flight.values())
        room = 0 if self._quiet.is_on(now) else free
        in_hand = None if self._is_told_all else self._in_hand()

        def settle_and_claim(conn: Connection) -> _Round:
            seal = self._store.seal
            outbox.settle(conn, seal, outcomes, now)
            if in_hand is not None:
                outbox.take_up_again(conn, epoch, in_hand, now)
            if pause:
                outbox.pause(conn, pause)
            claimed: tuple[Claimed, ...] = ()
            if not stopping:
                claimed = outbox.claim(
                    conn, seal, epoch=epoch, limit=room, edits=for_edits, now=now
                )
            due = None
            if len(claimed) < free:
                due = outbox.next_due(conn, now, edits=_edits(claimed) < for_edits)
            return _Round(claimed, due, outbox.pause_until(conn), fanout.is_open(conn))

        return settle_and_claim

    def _in_hand(self) -> set[tuple[int, int, int]]:
        return {(one.alert_id, one.subscriber_id, one.edits) for one in self._in_flight.values()}

    async def _put_in_more(self, epoch: int) -> None:
        """The next bit of an alert to very many, however quiet it has to be meanwhile."""
        try:
            await self._store.write(lambda conn: fanout.advance(conn, epoch))
        except StaleEpoch as replaced:
            self._end_with(replaced)
        except (StoreClosed, StoreDamaged):
            raise
        except StoreError as error:
            log.exception("sender.cannot_put_in", problem=str(error))
            await self._ring_or(self._waits.store)
        await asyncio.sleep(self._waits.between_bits)

    async def _rest(self, due: datetime | None) -> None:
        """Until there is something to do: an outcome, a call, or a delivery whose time has come."""
        if not self._outcomes:
            seconds = self._waits.poll
            if due and len(self._in_flight) < self._most_in_flight:
                ahead = (due - self._now()).total_seconds()
                seconds = min(seconds, max(ahead, self._waits.flush))
            await self._ring_or(seconds)
        if self._in_flight and not self._stopping:
            await wait_up_to(self._waits.flush, self._enough)

    async def _ring_or(self, seconds: float) -> None:
        await wait_up_to(seconds, self._bell)
        self._bell.clear()

    def _start(self, one: Claimed, since: int) -> None:
        task = asyncio.create_task(self._send(one, since), name="delivery")
        self._in_flight[task] = one
        task.add_done_callback(lambda task: self._ended(one, task))

    async def _send(self, one: Claimed, since: int) -> Any:
        """Telegram's raw answer; only the number of the message is read of it."""
        with await self._pacer.alert(one.chat_id, is_free=bool(one.edits)):
            is_held_back = await self._last_look.is_held_back(one, since)
            if self._quiet.is_on(self._now()) or not self._can_be_written.is_set():
                raise Held(self._quiet.until)
            if is_held_back:
                raise Held(self._now())
            if one.edits:
                return await self._api.call("editMessageText", parameters.edit(one))
            return await self._api.call("sendMessage", parameters.message(one, paid=self._paid))

    def _ended(self, one: Claimed, task: asyncio.Task[Any]) -> None:
        del self._in_flight[task]
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        self._outcomes.append(
            answered(one, task.result()) if error is None else self._failed(one, error)
        )
        self._bell.set()
        self._weigh()
        if error is None:
            self._quiet.answered()

    def _weigh(self) -> None:
        """Whether outcomes are worth a transaction before further ones have come."""
        if not self._in_flight or len(self._outcomes) * 2 >= self._most_in_flight:
            self._enough.set()
        else:
            self._enough.clear()

    def _failed(self, one: Claimed, error: BaseException) -> Outcome:
        now = self._now()
        self._heed(one, error, now)
        try:
            outcome = failed(one, error, now, max(self._quiet.until - now, timedelta()))
        except StopSending as rejected:
            self._end_with(rejected)
            return one.came_to(OutcomeKind.RETRY, until=now)
        if outcome.kind is OutcomeKind.HALT:
            log.error("sender.alert_halted", alert=one.number)
        self._hear(outcome.kind, error, now)
        return outcome

    def _hear(self, kind: OutcomeKind, error: BaseException, now: datetime) -> None:
        """Keep quiet for a while where Telegram says nothing any more."""
        if isinstance(error, asyncio.CancelledError):
            return  # we did not wait for the answer
        if kind is OutcomeKind.UNSURE:
            if self._quiet.in_doubt(now):
                log.warning("sender.no_word", kind=type(error).__name__, row=self._quiet.failures)
        elif kind not in (OutcomeKind.WAIT, OutcomeKind.RETRY):
            self._quiet.answered()

    def _heed(self, one: Claimed, error: BaseException, now: datetime) -> None:
        """Keep quiet for a while where an error says that others would fare no better."""
        if isinstance(error, RetryAfter):
            wait = asked_wait(error)
            for_all = self._quiet.told_to_wait(one.subscriber_id, now + wait, now)
            say = log.error if wait > LONG_PAUSE else log.warning
            say("sender.told_to_wait", seconds=round(wait.total_seconds()), for_all=for_all)
        elif is_unpaid(error):
            self._quiet.paused(now + UNPAID_WAIT)
            log.error("sender.not_paid", advice="fill up the bot's Stars, or set PAID_RATE to 0")
        elif (isinstance(error, NotSent) or is_unnamed_wait(error)) and self._quiet.in_vain(now):
            log.warning("sender.in_vain", kind=type(error).__name__, row=self._quiet.failures)

    def _end_with(self, error: Exception) -> None:
        self._why_stopped = error
        self.stop()

    async def _abandon(self) -> None:
        """What had no answer in time stays in `sending`; the next start knows what that means."""
        late = set(self._in_flight)
        if late or self._outcomes:
            log.warning("sender.abandoned", deliveries=len(late), unwritten=len(self._outcomes))
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)


def most_in_flight(rate: int) -> int:
    """How many sends are open at once at most: what a crash may repeat."""
    return max(AT_LEAST_IN_FLIGHT, math.ceil(rate * IN_FLIGHT_SECONDS))


def _edits(claimed: Iterable[Claimed]) -> int:
    return sum(1 for one in claimed if one.edits)
