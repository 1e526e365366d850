"""What may happen to alerts, as rules to be tried in any order; the promises hold after each.

The functions of the store are the real ones. Each example is one transaction that is rolled back at
its end, so that thousands begin with an empty store. Moments of its history are the numbers of its
steps; a person is known by a small number, whatever the chat's id is at the time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import Connection

from storage import fanout, outbox, subscribers
from storage.errors import StaleEpoch
from storage.outbox import AlertType, OutcomeKind
from storage.sealing import Seal
from tests.chaos.books import Books
from tests.chaos.checker import OPEN, RULES, everything_has_an_end
from tests.chaos.history import Fate, Said
from tests.chaos.machine_world import MODERATORS, UNDO, World

PEOPLE = st.integers(1, 6)
READERS_AT_FIRST = (1, 2, 3)
IDS = Random()  # noqa: S311 (nothing secret: an example tells the seed)
"""Gives readers their ids, where the machine is to find the same again."""
_UNUSUAL = tuple(one for one in OutcomeKind if one is not OutcomeKind.HALT)
_WHILE_UNDER_WAY = tuple(rule for rule in RULES if rule is not everything_has_an_end)


class Alerts(RuleBasedStateMachine):
    """Readers, moderators, a sender that may die, and what Telegram really accepted."""

    opened: Callable[[], Books]
    """Set by whoever runs it."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(type(self).opened())

    @initialize(seed=st.integers(0, 999))
    def there_are_readers(self, seed: int) -> None:
        IDS.seed(seed)
        for person in READERS_AT_FIRST:
            self.subscribes(person)

    def teardown(self) -> None:
        try:
            self._come_to_rest()
        finally:
            self.world.books.close()

    # What readers do

    @rule(person=PEOPLE)
    def subscribes(self, person: int) -> None:
        self.world.says(person, Said.ASKS_IN)
        self.world.run(
            lambda conn: subscribers.subscribe(
                conn,
                self.world.seal,
                self.world.chats[person],
                language="en",
                consent_version=1,
                at=self.world.now,
            )
        )
        self.world.find(person)
        self.world.says(person, Said.IS_IN)

    @rule(
        person=PEOPLE,
        how=st.sampled_from([subscribers.unsubscribe, subscribers.forget, subscribers.blocked]),
    )
    def leaves(self, person: int, how: Callable[[Connection, Seal, int], object]) -> None:
        self.world.leaves(person, how)

    @rule(person=PEOPLE, people=st.booleans())
    def chooses(self, person: int, people: bool) -> None:
        reader = self.world.find(person)
        self.world.run(
            lambda conn: subscribers.choose(
                conn, self.world.seal, self.world.chats[person], people=people
            )
        )
        if reader and not people:
            self.world.says(person, Said.ASKS_OUT)
        elif reader and reader.subscribed:
            self.world.says(person, Said.ASKS_IN)
            self.world.says(person, Said.IS_IN)

    @rule(person=PEOPLE, twice=st.booleans())
    def the_chat_moves(self, person: int, twice: bool) -> None:
        """Telegram's word of it may come twice, from the chat and from a send."""
        old, new = self.world.chats[person], next(self.world.fresh)
        for _ in range(1 + twice):
            self.world.run(lambda conn: subscribers.move(conn, self.world.seal, old, new))
        self.world.chats[person] = new

    # What moderators do

    @rule(moderator=st.sampled_from(MODERATORS), again=st.booleans())
    def confirms(self, moderator: int, again: bool) -> None:
        """A draft is published by its key; a second press with the same key publishes nothing."""
        self.world.publish(moderator, "Alert", None)
        if again and self.world.promises:
            last = self.world.promises[-1]
            assert self.world.run(lambda conn: self.world.by_key(conn, moderator, last.key)) is None

    @precondition(lambda self: self.world.promises)
    @rule(
        moderator=st.sampled_from(MODERATORS),
        type_=st.sampled_from(["Update", "Cancel"]),
        back=st.integers(0, 3),
        announce=st.booleans(),
    )
    def replaces(self, moderator: int, type_: AlertType, back: int, announce: bool) -> None:
        """What is replaced is the latest about its record, as the bot sees to it."""
        if latest := self.world.nothing_refers_to():
            earlier = latest[-1 - back % len(latest)]
            self.world.publish(moderator, type_, earlier, announce=announce or type_ == "Cancel")

    @rule(owners=st.sets(st.sampled_from(MODERATORS), min_size=1))
    def rights_change(self, owners: set[int]) -> None:
        self.world.owners = owners
        self.world.appoint()

    @precondition(lambda self: self.world.promises)
    @rule(back=st.integers(0, 3))
    def stops(self, back: int) -> None:
        number = self.world.a_number(back)

        def stop(conn: Connection) -> None:
            if outbox.progress(conn, number).state == "live":
                outbox.stop(conn, number, "mod-1", self.world.now)

        self.world.run(stop)

    @precondition(lambda self: self.world.promises)
    @rule()
    def undoes(self) -> None:
        """The last one alone, and only before its first send; a withdrawal has no such time."""
        number = self.world.a_number(0)
        if number in self.world.withdrawals:
            return

        def undo(conn: Connection) -> None:
            told = outbox.progress(conn, number)
            in_time = told.starts_at > self.world.now and not outbox.has_begun(conn, number)
            if told.state == "live" and in_time:
                outbox.call_back(conn, number, "mod-1", self.world.now)

        self.world.run(undo)

    # What the sender meets

    @rule(limit=st.integers(1, 6), kind=st.sampled_from(_UNUSUAL))
    def sends(self, limit: int, kind: OutcomeKind) -> None:
        """What is due is claimed, and one after the other is answered in the same way."""
        self.world.now += UNDO
        self.claims(limit)
        for at, person, one in self.world.on_its_way:
            self.world.settle(at, person, one, kind)
        self.world.on_its_way = []

    @rule(limit=st.integers(1, 6))
    def delivers(self, limit: int) -> None:
        """The usual course."""
        self.sends(limit, OutcomeKind.DELIVERED)

    @rule(limit=st.integers(1, 6))
    def claims(self, limit: int) -> None:
        """Who is forgotten with something on its way, and comes back, is another reader."""
        seal, epoch, now = self.world.seal, self.world.epoch, self.world.now
        taken = self.world.run(
            lambda conn: outbox.claim(conn, seal, epoch=epoch, limit=limit, now=now)
        )
        for one in taken:
            readers = {other.subscriber_id for _, _, other in self.world.on_its_way}
            assert one.subscriber_id not in readers, "one at a time"
            person = next(who for who, chat in self.world.chats.items() if chat == one.chat_id)
            assert ("Repeat" in one.text) == (one.ambiguous > 0 and not one.edits)
            self.world.on_its_way.append((self.world.step, person, one))

    @rule(
        which=st.integers(0, 5),
        kind=st.sampled_from(_UNUSUAL),
        arrived=st.booleans(),
        seconds=st.sampled_from([0, 5, 600]),
    )
    def is_answered(self, which: int, kind: OutcomeKind, arrived: bool, seconds: int) -> None:
        """Where nothing is on its way, something is sent first.

        It is no precondition that something is: which of those that wait equally long go first is
        left to the database, and what may be tried next must not hang on that.
        """
        if not self.world.on_its_way:
            self.claims(1 + which)
        if self.world.on_its_way:
            at, person, one = self.world.on_its_way.pop(which % len(self.world.on_its_way))
            wait = timedelta(seconds=seconds)
            self.world.settle(at, person, one, kind, arrived=arrived, wait=wait)

    @rule()
    def more_is_put_in(self) -> None:
        self.world.run(lambda conn: fanout.advance(conn, self.world.epoch))

    @rule(arrived=st.booleans())
    def dies(self, arrived: bool) -> None:
        """What was on its way may have arrived; a new sender begins."""
        for at, person, one in self.world.on_its_way:
            self.world.copy(at, person, one, Fate.DOUBTFUL, accepted=arrived)
        self.world.on_its_way = []
        self.world.kills.append(self.world.step)
        self.world.start()

    @rule(seconds=st.integers(1, 60))
    def is_told_to_pause(self, seconds: int) -> None:
        until = self.world.now + timedelta(seconds=seconds)
        self.world.run(lambda conn: outbox.pause(conn, until))

    @rule(seconds=st.sampled_from([1, 20, 31, 121, 601, 3600, -60]))
    def the_clock_moves(self, seconds: int) -> None:
        """It may also jump, in either direction."""
        self.world.now += timedelta(seconds=seconds)

    @rule()
    def an_older_sender_wakes(self) -> None:
        try:
            self.world.run(
                lambda conn: outbox.claim(
                    conn, self.world.seal, epoch=self.world.epoch - 1, limit=9, now=self.world.now
                )
            )
        except StaleEpoch:
            return
        raise AssertionError("a sender of an older epoch may send")

    # What must hold

    @invariant()
    def the_promises_are_kept(self) -> None:
        history = self.world.books.run(self.world.history)
        broken = [f"{one.__name__}: {what}" for one in _WHILE_UNDER_WAY for what in one(history)]
        assert not broken, broken
        sending = [one for one in history.deliveries if one.state == "sending"]
        assert len(sending) <= len(self.world.on_its_way), "something is sent that nobody sends"

    def _come_to_rest(self) -> None:
        """Everything is answered, and nothing is left."""
        self.world.now += timedelta(days=1)
        for _ in range(300):
            self.more_is_put_in()
            while self.world.on_its_way:
                at, person, one = self.world.on_its_way.pop()
                self.world.settle(at, person, one, OutcomeKind.DELIVERED)
            self.claims(6)
            if not self.world.on_its_way and not self.world.books.run(fanout.is_open):
                break
        history = self.world.books.run(self.world.history)
        assert not [one for one in history.deliveries if one.state in OPEN]
        broken = [f"{one.__name__}: {what}" for one in RULES for what in one(history)]
        assert not broken, broken
