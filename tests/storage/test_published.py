"""Any alert can be asked for by its code, and tells what became of it."""

from __future__ import annotations

from datetime import timedelta

from exchange import checkcode
from exchange.news import Topic
from storage import outbox
from storage.outbox import PublishedAlert
from storage.store import Connection, Store
from tests.storage.examples import TEXTS, claim, delivered, publish, settle, start, subscribe
from tests.stores import NOW


async def test_an_alert_is_found_by_its_code_with_the_words_that_were_sent(store: Store) -> None:
    await store.write(publish)

    found = await store.read(lambda conn: outbox.by_number(conn, 1))

    assert found is not None
    assert checkcode.read(found.code) == found.code
    assert found == PublishedAlert(
        number=1,
        code=found.code,
        record_key="S1",
        rev=1,
        type="Alert",
        refers_to=None,
        topic=Topic.PEOPLE,
        published_at=NOW,
        state="live",
        words={one.language: one for one in TEXTS if one.variant == "first"},
        updated_by=(),
        corrected_by={},
        withdrawn_by=None,
    )
    assert await store.read(lambda conn: outbox.by_code(conn, found.code)) == found
    assert await store.read(lambda conn: outbox.by_code(conn, "00000000")) is None
    assert await store.read(lambda conn: outbox.by_number(conn, 2)) is None


async def test_the_code_can_be_known_before_it_is_published(store: Store) -> None:
    def act(conn: Connection) -> str:
        code = outbox.new_code(conn)
        outbox.publish(
            conn,
            record_key="S1",
            rev=1,
            type="Alert",
            refers_to=None,
            topic=Topic.PEOPLE,
            by="mod-1",
            published_at=NOW,
            starts_at=NOW,
            texts=TEXTS,
            code=code,
        )
        return code

    code = await store.write(act)

    found = await store.read(lambda conn: outbox.by_code(conn, code))
    assert found is not None
    assert found.number == 1


async def test_codes_differ(store: Store) -> None:
    def act(conn: Connection) -> set[str]:
        return {outbox.new_code(conn) for _ in range(50)}

    assert len(await store.read(act)) == 50


async def test_an_alert_tells_what_updated_it_and_what_took_it_back(store: Store) -> None:
    """What was called back before anybody got it is as if it had never been."""

    def fill(conn: Connection) -> int:
        subscribe(conn, store, 1)
        publish(conn)
        return start(conn)

    epoch = await store.write(fill)
    await settle(store, *(delivered(one) for one in await claim(store, epoch)))

    def go_on(conn: Connection) -> None:
        later = NOW + timedelta(minutes=1)
        publish(conn, rev=2, type_="Update", refers_to=1, starts_at=later)
        outbox.call_back(conn, 2, "mod-1", NOW)
        publish(conn, rev=3, type_="Update", refers_to=1)
        publish(conn, "S2")
        publish(conn, rev=4, type_="Cancel", refers_to=3)

    await store.write(go_on)

    def ask(conn: Connection) -> list[tuple[tuple[int, ...], int | None]]:
        found = [outbox.by_number(conn, number) for number in (1, 3, 4, 5)]
        return [(one.updated_by, one.withdrawn_by) for one in found if one]

    assert await store.read(ask) == [((3,), 5), ((), 5), ((), None), ((), None)]
    chain = await store.read(lambda conn: outbox.chain(conn, 5))
    assert [(one.number, one.words["en"].text) for one in chain] == [
        (1, "en first"),
        (3, "en first"),
        (5, "en first"),
    ]
    assert await store.read(lambda conn: outbox.chain(conn, None)) == ()
