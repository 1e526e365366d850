from __future__ import annotations

from exchange.ledger import Ledger
from handlers import answers
from handlers.answers import Answers
from messages.message import Html, Message


class Kitchen:
    """Makes messages and counts them."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> Message:
        self.made += 1
        return Message(Html(str(self.made)))


def test_what_is_asked_twice_of_the_same_ledger_is_made_once() -> None:
    kept, kitchen = Answers(), Kitchen()
    first = kept.get(Ledger(1), ("status", "en"), kitchen)
    assert kept.get(Ledger(1), ("status", "en"), kitchen) is first
    assert kitchen.made == 1


def test_another_language_or_argument_is_another_answer() -> None:
    kept, kitchen = Answers(), Kitchen()
    for key in (("status", "en"), ("status", "uk"), ("stage", "S1", "en"), ("stage", "S2", "en")):
        kept.get(Ledger(1), key, kitchen)
    assert kitchen.made == 4


def test_nothing_outlives_its_revision_of_the_ledger() -> None:
    kept, kitchen = Answers(), Kitchen()
    old = kept.get(Ledger(1), ("status", "en"), kitchen)
    new = kept.get(Ledger(2), ("status", "en"), kitchen)
    again = kept.get(Ledger(1), ("status", "en"), kitchen)
    assert len({old.text, new.text, again.text}) == 3


def test_however_much_is_asked_only_so_much_is_kept() -> None:
    kept, kitchen = Answers(), Kitchen()
    for number in range(answers.CAPACITY + 1):
        kept.get(Ledger(1), ("stage", str(number)), kitchen)
    assert len(kept._made) <= answers.CAPACITY
    kept.get(Ledger(1), ("stage", "0"), kitchen)
    assert kitchen.made == answers.CAPACITY + 2


async def test_what_is_read_from_the_store_is_read_once() -> None:
    kept, kitchen = Answers(), Kitchen()

    async def make() -> Message:
        return kitchen()

    first = await kept.read(Ledger(1), ("history", "S1", "en"), make)
    assert await kept.read(Ledger(1), ("history", "S1", "en"), make) is first
    assert await kept.read(Ledger(2), ("history", "S1", "en"), make) is not first


async def test_what_was_read_while_the_ledger_moved_on_is_not_kept_for_the_new_one() -> None:
    kept, kitchen = Answers(), Kitchen()

    async def slow() -> Message:
        kept.get(Ledger(2), ("status", "en"), kitchen)
        return Message(Html("old"))

    key = ("history", "S1", "en")
    assert (await kept.read(Ledger(1), key, slow)).text == "old"
    assert kept.get(Ledger(2), key, kitchen).text != "old"
