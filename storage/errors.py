"""What can go wrong with a store, each as one sentence that says what to do."""

# ruff: noqa: N818 (each name says what happened)
from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout


class StoreError(Exception):
    """Something that a person can understand and put right; `str(error)` is the sentence."""

    sentence: ClassVar[str] = "The store cannot be used."

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or self.sentence)


class NoStore(StoreError):
    sentence = "There is no store here yet. Run `homeward migrate` to make one."


class OlderStore(StoreError):
    sentence = (
        "The store is older than this program. Run `homeward migrate` to bring it up to date."
    )


class NewerStore(StoreError):
    sentence = (
        "The store was written by a newer version of this program. Use that version, "
        "or restore the backup made before it was migrated."
    )


class ForeignStore(StoreError):
    sentence = (
        "HOMEWARD_DATABASE_URL names a database of another program. Name one that is empty or new."
    )


class WrongKey(StoreError):
    sentence = (
        "The data key does not fit this store. Set HOMEWARD_DATA_KEY to the key "
        "that the store was made with."
    )


class OtherBot(StoreError):
    """The store's readers started another bot than the one that is to run with it."""

    def __init__(self, known: str, readers: int) -> None:
        super().__init__(
            f"This store is of the bot {known}, and HOMEWARD_TOKEN is of another. No reader of it "
            f"({readers}) could be written to, and the next alert would erase them all. Set the "
            f"token of {known}; or, after a backup, give the store to this bot without its "
            "readers: homeward adopt"
        )


class NetworkDisk(StoreError):
    """A SQLite file would lie on a disk of another machine."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"The store's file is on a network disk ({kind}), where SQLite is not safe. "
            "Keep it on a disk of this machine, or use PostgreSQL."
        )


class StoreLocked(StoreError):
    sentence = "Another `homeward run` uses this store. Stop it first."


class StoreDown(StoreError):
    """Nothing can be saved, whatever it is: it may be saved later, by this process or the next."""


class StoreBusy(StoreDown):
    sentence = "The store is busy and nothing was saved. Try again."


class StoreFull(StoreError):
    sentence = "The store is full and nothing was saved. Make room on its disk."


class StoreDamaged(StoreDown):
    sentence = (
        "The store could not be read or written as it should, so it takes no more writes. "
        "Stop the program, check the disk and restore a backup if the file is damaged."
    )


class StoreUnreachable(StoreDown):
    sentence = "The store cannot be reached. Check HOMEWARD_DATABASE_URL and that it is running."


class StoreClosed(StoreDown):
    sentence = "The store is closed."


class StaleDraft(StoreError):
    """The draft was changed since the caller read it, or is not open any more."""

    sentence = "The draft was changed in the meantime."


class DraftOpen(StoreError):
    """A moderator has one open draft at a time."""

    sentence = "There is an open draft already."


class StaleEpoch(StoreError):
    """Another sender has taken over; whoever sees this sends nothing more."""

    sentence = "Another sender has taken over."


class NothingToReplay(StoreError):
    """No delivery of the alert is in the state, or the alert itself has ended."""


class NotAPerson(StoreError):
    """An id that Telegram uses for senders who are not one person."""

    sentence = "This id does not belong to a person and cannot be a moderator's."


@contextmanager
def sentences() -> Iterator[None]:
    """Turns what a database says when something foreseeable happens into a `StoreError`."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, PoolTimeout, OSError) as error:
        known = explain(error)
        if known is None:
            raise
        raise known from error


def explain(error: Exception) -> StoreError | None:
    """The sentence for a database's error; None for what is a mistake of ours."""
    if isinstance(error, PoolTimeout):
        return StoreBusy()
    if isinstance(error, OSError):
        return StoreUnreachable()
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return StoreUnreachable()
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    return _of_postgresql(getattr(cause, "sqlstate", None))


def is_worth_repeating(error: DBAPIError) -> bool:
    """Whether PostgreSQL asks for the whole transaction once more (40001, 40P01)."""
    return getattr(error.orig, "sqlstate", None) in ("40001", "40P01")


def _of_sqlite(error: sqlite3.Error) -> StoreError | None:
    name = getattr(error, "sqlite_errorname", "")
    if name in ("SQLITE_FULL", "SQLITE_IOERR_WRITE"):
        return StoreFull()
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy()
    if name.startswith(("SQLITE_IOERR", "SQLITE_CORRUPT")):
        return StoreDamaged()
    if name == "SQLITE_NOTADB":
        return StoreUnreachable("The file is not a store of this program.")
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
        return StoreUnreachable("The store's file cannot be opened for writing.")
    return None


def _of_postgresql(state: str | None) -> StoreError | None:
    if state in ("40001", "40P01", "55P03"):
        return StoreBusy()
    if state == "53100":
        return StoreFull()
    if state is not None and (state[:2] in ("08", "28", "3D", "57") or state == "53300"):
        return StoreUnreachable()
    return None
