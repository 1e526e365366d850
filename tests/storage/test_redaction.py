"""Personal data is erased from all that holds it, and the log proves that nothing else is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from exchange.corrections import Reason
from exchange.dates import EventDate
from exchange.quantity import Wording
from exchange.records import Record, Stage
from storage import audit, drafts, ledger, moderators, outbox
from storage.errors import StoreError
from storage.outbox import AlertText, OutcomeKind
from storage.past import ledger_as_of
from storage.store import Connection, Store
from storage.tables import metadata
from tests.storage.examples import (
    SOURCE,
    STAGE,
    TEXTS,
    UA,
    claim,
    correcting,
    delivered,
    publish,
    settle,
    start,
    subscribe,
)
from tests.stores import NOW

_LATER = NOW + timedelta(hours=1)
_NAME = 'Petro "Kit" Ivanenko & sons'
_HTML = 'Petro "Kit" Ivanenko &amp; sons'
_DIRTY = replace(STAGE, words=Wording("en", {"en": _NAME}))


def _said(words: str) -> tuple[AlertText, ...]:
    return tuple(replace(one, text=f"{words}, {one.text}") for one in TEXTS)


async def _redact(store: Store, clean: Record = STAGE) -> None:
    await store.write(lambda conn: ledger.redact(conn, clean, by="mod-2", at=_LATER))


async def _all_rows(store: Store) -> str:
    def read(conn: Connection) -> Iterator[str]:
        for table in metadata.sorted_tables:
            yield from (str(row) for row in conn.execute(select(table)))

    return "\n".join(await store.read(lambda conn: list(read(conn))))


@pytest.fixture
async def dirty(store: Store) -> Store:
    """A name in two revisions, an alert of each, drafts and the log; one reader has it."""

    def fill(conn: Connection) -> int:
        subscribe(conn, store, 1)
        moderators.set_owners(conn, store.seal, [9, 10], NOW)
        [one, other] = moderators.active(conn)
        ledger.record(conn, [UA, SOURCE, _DIRTY], by="mod-1", at=NOW)
        draft = drafts.open_draft(conn, one.id, f'{{"words":"{_NAME[:5]}"}}', at=NOW)
        publish(conn, texts=_said(_HTML))
        drafts.published(conn, draft.id, 1, "S1", language="en", at=NOW)
        drafts.open_draft(conn, one.id, '{"base":"S1"}', at=NOW)
        drafts.open_draft(conn, other.id, '{"base":"S2"}', at=NOW)
        return start(conn)

    epoch = await store.write(fill)
    [sent] = await claim(store, epoch)
    await settle(store, delivered(sent))

    def go_on(conn: Connection) -> None:
        second = replace(_DIRTY, date=EventDate(6, 8))
        ledger.correct(conn, [second], reason=Reason.TYPO, by="mod-1", at=NOW)
        publish(conn, rev=2, type_="Update", refers_to=1, texts=(*_said(_HTML), *correcting(1)[4:]))
        publish(conn, "S2", texts=_said(_HTML))
        publish(conn, "S3")

    await store.write(go_on)
    return store


async def test_redacted_words_are_nowhere_and_the_log_still_proves_itself(dirty: Store) -> None:
    assert "Ivanenko" in await _all_rows(dirty)

    await _redact(dirty)

    assert "Ivanenko" not in await _all_rows(dirty)
    assert await dirty.read(audit.verify) is None
    [line, *_] = await dirty.read(lambda conn: audit.entries(conn, 1))
    assert (line.act, line.subject, line.content) == ("redact", "S1", '{"revisions":[1,2]}')


async def test_tombstones_say_when_by_whom_and_why(dirty: Store) -> None:
    await _redact(dirty)

    history = await dirty.read(lambda conn: ledger.history(conn, "S1"))
    assert [(one.rev, one.record, one.by, one.reason, one.correction) for one in history] == [
        (1, None, "mod-1", "recorded", None),
        (2, None, "mod-1", "typo", "X1"),
        (3, STAGE, "mod-2", "personal_data_redacted", "X2"),
    ]
    found = await dirty.ledger()
    assert found.stages["S1"] == STAGE
    then = await dirty.read(lambda conn: ledger_as_of(conn, NOW, found))
    assert then.stages["S1"] == STAGE
    [(before, _), *_] = await dirty.read(ledger.corrections)
    assert before.record is None


async def test_only_drafts_about_the_record_are_erased(dirty: Store) -> None:
    await _redact(dirty)

    bodies = await dirty.read(lambda conn: conn.scalars(text("SELECT body FROM drafts")).all())
    assert bodies == ['{"base":"S2"}']


async def test_an_alert_without_words_goes_to_nobody_until_an_update_takes_its_place(
    dirty: Store,
) -> None:
    """What is said of other records and has no such words goes on."""
    await _redact(dirty)
    epoch = await dirty.write(start)

    [other] = await claim(dirty, epoch)
    assert other.number == 4
    await settle(dirty, delivered(other))
    published = await dirty.read(lambda conn: outbox.chain(conn, 3))
    assert [one.words["en"].text for one in published] == [""]

    def tell(conn: Connection) -> int:
        return publish(conn, rev=3, type_="Update", refers_to=2, texts=correcting(1, 2))

    await dirty.write(tell)
    [reply] = await claim(dirty, epoch)
    assert (reply.number, reply.reply_to) == (5, 7)
    await settle(dirty, delivered(reply, 8))
    [edit] = await claim(dirty, epoch)
    assert (edit.text, edit.message_id) == ("uk edit of 1", 7)


async def test_what_telegram_said_of_refused_words_is_erased(dirty: Store) -> None:
    epoch = await dirty.write(start)
    [one] = await claim(dirty, epoch)
    await settle(dirty, one.came_to(OutcomeKind.HALT, reason='unsupported tag "Ivanenko"'))

    await _redact(dirty)

    assert "Ivanenko" not in await _all_rows(dirty)
    assert await dirty.read(audit.verify) is None


async def test_a_withdrawn_record_is_redacted_and_stays_withdrawn(dirty: Store) -> None:
    await dirty.write(lambda conn: ledger.withdraw(conn, "S1", by="mod-1", at=NOW))

    await _redact(dirty)

    found = await dirty.ledger()
    assert "S1" not in found.stages
    assert found.entries["S1"].record == STAGE
    assert "Ivanenko" not in await _all_rows(dirty)


async def test_words_that_an_earlier_correction_took_out_are_redacted_as_well(dirty: Store) -> None:
    """The present words are clean: what is left is in the past of the record."""
    await dirty.write(
        lambda conn: ledger.correct(conn, [STAGE], reason=Reason.TYPO, by="mod-1", at=NOW)
    )

    await _redact(dirty)

    history = await dirty.read(lambda conn: ledger.history(conn, "S1"))
    assert [one.record for one in history] == [None, None, None, STAGE]


async def test_what_is_not_recorded_cannot_be_redacted(store: Store) -> None:
    with pytest.raises(StoreError, match="S1"):
        await _redact(store)


async def test_a_redaction_that_fails_erases_nothing(dirty: Store) -> None:
    def fail(conn: Connection) -> None:
        ledger.redact(conn, STAGE, by="mod-2", at=_LATER)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await dirty.write(fail)

    assert "Ivanenko" in await _all_rows(dirty)


@pytest.mark.parametrize("database", ["sqlite"])
async def test_the_files_of_the_store_hold_no_redacted_word(dirty: Store, tmp_path: Path) -> None:
    """The file itself and SQLite's log beside it, byte by byte, while the store is open."""
    assert _bytes(tmp_path).count(b"Ivanenko") > 0

    await _redact(dirty)

    assert _bytes(tmp_path).count(b"Ivanenko") == 0


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("homeward.db*"))


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_was_done_before_redacted_words_are_gone_and_all_else_is_proved(
    store: Store, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret
    await store.write(lambda conn: ledger.record(conn, [UA, SOURCE, STAGE], by="mod-1", at=NOW))
    for turn in range(25):
        await store.write(lambda conn, turn=turn: _live(conn, dice, turn))  # type: ignore[misc] # the default binds the turn
        found = await store.ledger()
        known = found.entries["S1"].record
        if dice.random() < 0.3:
            assert isinstance(known, Stage)
            await _redact(store, replace(known, words=Wording("en", {"en": "several"})))
            assert "Ivanenko" not in await _all_rows(store)
            newest = (await store.ledger()).entries["S1"]
            assert newest.withdrawn == found.entries["S1"].withdrawn
        assert await store.read(audit.verify) is None


def _live(conn: Connection, dice: random.Random, turn: int) -> None:
    """One act of a moderator, with words that name somebody."""
    entry = ledger.read_ledger(conn).entries["S1"]
    said = replace(STAGE, words=Wording("en", {"en": f"Ivanenko came home, {turn}"}))
    act = dice.choice(["record", "correct", "withdraw"])
    if act == "record":
        ledger.record(conn, [said], by="mod-1", at=NOW)
    elif act == "correct":
        ledger.correct(conn, [said], reason=Reason.TYPO, by="mod-1", at=NOW)
    elif not entry.withdrawn:
        ledger.withdraw(conn, "S1", by="mod-1", at=NOW)
    refers_to = outbox.latest_about(conn, "S1")
    rev = ledger.read_ledger(conn).entries["S1"].rev
    if rev != entry.rev:
        kind: outbox.AlertType = "Alert" if refers_to is None else "Update"
        words = _said("Ivanenko came home")
        publish(conn, rev=rev, type_=kind, refers_to=refers_to, texts=words)


async def test_what_was_taken_out_is_hidden_at_once_and_erased_when_it_is_asked_for(
    dirty: Store,
) -> None:
    """Alerts since then keep their words, and go on."""

    def clean(conn: Connection) -> int:
        reason = Reason.PERSONAL_DATA_REDACTED
        ledger.correct(conn, [STAGE], reason=reason, by="mod-1", at=_LATER)
        return publish(conn, rev=3, type_="Update", refers_to=2, texts=correcting(1, 2))

    number = await dirty.write(clean)

    history = await dirty.read(lambda conn: ledger.history(conn, "S1"))
    assert [one.record for one in history] == [None, None, STAGE]
    corrections = await dirty.read(ledger.corrections)
    assert [(before.record, after.record) for before, after in corrections] == [
        (None, STAGE),
        (None, None),
    ]
    told = await dirty.read(lambda conn: outbox.chain(conn, number))
    assert [one.words["en"].text != "" for one in told] == [False, False, True]
    then = await dirty.read(lambda conn: ledger_as_of(conn, NOW, ledger.read_ledger(conn)))
    assert then.stages["S1"] == STAGE
    assert "Ivanenko" in await _all_rows(dirty)

    await dirty.write(lambda conn: ledger.erase_past(conn, "S1", by="mod-2", at=_LATER))

    assert "Ivanenko" not in await _all_rows(dirty)
    assert await dirty.read(lambda conn: ledger.history(conn, "S1")) == history
    assert (await dirty.read(lambda conn: outbox.progress(conn, number))).state == "live"
    assert await dirty.read(audit.verify) is None


async def test_nothing_is_erased_of_what_nobody_cleaned(dirty: Store) -> None:
    with pytest.raises(StoreError, match="nothing to erase of S1"):
        await dirty.write(lambda conn: ledger.erase_past(conn, "S1", by="mod-2", at=_LATER))


async def test_of_what_was_withdrawn_for_personal_data_no_word_is_left(dirty: Store) -> None:
    reason = Reason.PERSONAL_DATA_REDACTED
    await dirty.write(lambda conn: ledger.withdraw(conn, "S1", by="a", at=_LATER, reason=reason))
    history = await dirty.read(lambda conn: ledger.history(conn, "S1"))
    assert [one.record for one in history] == [None, None, None]

    await dirty.write(lambda conn: ledger.erase_past(conn, "S1", by="mod-2", at=_LATER))

    assert "Ivanenko" not in await _all_rows(dirty)
    history = await dirty.read(lambda conn: ledger.history(conn, "S1"))
    assert [(one.withdrawn, one.record is None) for one in history] == [
        (False, True),
        (False, True),
        (True, True),
        (True, False),
    ]
    assert await dirty.read(audit.verify) is None
