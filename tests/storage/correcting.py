"""A stage that was told to two readers, and its corrections."""

from __future__ import annotations

from storage import outbox
from storage.outbox import Claimed, Progress
from storage.store import Connection, Store
from tests.storage.examples import claim, correcting, delivered, publish, settle, start, subscribe


async def two_readers(store: Store) -> int:
    """In chats 1 and 2, for whom an alert waits; the epoch of a sender that has begun."""

    def fill(conn: Connection) -> int:
        for chat_id in (1, 2):
            subscribe(conn, store, chat_id)
        publish(conn)
        return start(conn)

    return await store.write(fill)


async def all_arrive(store: Store, epoch: int, message_id: int = 70) -> tuple[Claimed, ...]:
    """Claims once; message ids are those of `message_id`, plus the chat."""
    claimed = await claim(store, epoch)
    await settle(store, *(delivered(one, message_id + one.chat_id) for one in claimed))
    return claimed


async def correct(
    store: Store,
    *edited: int,
    rev: int = 2,
    announce: bool = True,
    type_: str = "Update",
    to_new_readers: bool = True,
) -> int:
    def act(conn: Connection) -> int:
        refers_to = outbox.latest_about(conn, "S1")
        return publish(
            conn,
            rev=rev,
            type_="Cancel" if type_ == "Cancel" else "Update",
            refers_to=refers_to,
            texts=correcting(*edited),
            announce=announce,
            to_new_readers=to_new_readers,
        )

    return await store.write(act)


async def progress(store: Store, number: int) -> Progress:
    return await store.read(lambda conn: outbox.progress(conn, number))


def told(claimed: tuple[Claimed, ...]) -> list[tuple[int, str, int | None, int | None]]:
    """To which chat what went, which message it edits and to which it is a reply."""
    return sorted((one.chat_id, one.text, one.message_id, one.reply_to) for one in claimed)
