"""The webhook that was registered last, as keyed hashes: its address may be a secret itself."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from storage.sealing import Seal
from storage.tables import meta

_URL, _SECRET = "webhook_url", "webhook_secret"


def remember(connection: Connection, seal: Seal, url: str, secret: str | None = None) -> None:
    """Notes an address in place of the former; the secret once Telegram has taken it."""
    forget(connection)
    connection.execute(insert(meta).values(name=_URL, value=seal.marked(url)))
    if secret is not None:
        connection.execute(insert(meta).values(name=_SECRET, value=seal.marked(secret)))


def forget(connection: Connection) -> None:
    connection.execute(delete(meta).where(meta.c.name.in_((_URL, _SECRET))))


def is_ours(connection: Connection, seal: Seal, url: str) -> bool:
    """Whether this address was registered by us."""
    return _value(connection, _URL) == seal.marked(url)


def has_secret(connection: Connection, seal: Seal, secret: str) -> bool:
    """Whether Telegram knows this secret for the address."""
    return _value(connection, _SECRET) == seal.marked(secret)


def _value(connection: Connection, name: str) -> str | None:
    return connection.scalar(select(meta.c.value).where(meta.c.name == name))
