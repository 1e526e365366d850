"""PostgreSQL behind a network that carries nothing any more, and tells nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.intake import Patience
from storage import connections
from storage.errors import StoreUnreachable
from storage.store import Store
from tests.storage.examples import note, noted
from tests.stores import KEY, Postgres

SOCKET = ".s.PGSQL.5432"


class Network:
    """Carries bytes between a socket of its own and the server's, unless it is cut."""

    def __init__(self, server: Path) -> None:
        self._server = server
        self.is_cut = False

    @asynccontextmanager
    async def up(self, folder: Path) -> AsyncIterator[None]:
        carrying = await asyncio.start_unix_server(self._carry, folder / SOCKET)
        async with carrying:
            yield

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        theirs, ours = await asyncio.open_unix_connection(self._server / SOCKET)
        there = asyncio.create_task(self._one_way(reader, ours))
        back = asyncio.create_task(self._one_way(theirs, writer))
        await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        there.cancel()
        back.cancel()
        for one in (ours, writer):
            one.close()

    async def _one_way(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while some := await reader.read(65_536):
            if not self.is_cut:
                writer.write(some)
                await writer.drain()


async def test_a_server_that_is_cut_off_without_a_word_is_noticed_and_found_again(
    server: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seconds in ("CONNECT_SECONDS", "READ_SECONDS", "WRITE_SECONDS"):
        monkeypatch.setattr(connections, seconds, 2)
    async with server.url() as url:
        folder = Path(url.partition("host=")[2])
        network = Network(folder)
        async with network.up(tmp_path):
            store = await Store.open(url.replace(str(folder), str(tmp_path)), KEY)
            await store.write(lambda conn: note(conn, 1))
            network.is_cut = True
            for _ in range(2):
                with pytest.raises(StoreUnreachable):
                    await asyncio.wait_for(store.write(lambda conn: note(conn, 2)), 60)
                with pytest.raises(StoreUnreachable):
                    await asyncio.wait_for(noted(store), 60)
            network.is_cut = False
            await store.write(lambda conn: note(conn, 3))
            assert await noted(store) == {1, 3}
            await store.close()


def test_reading_is_given_up_before_an_update_is_taken_for_one_that_hangs() -> None:
    seconds = Patience().handle
    assert seconds > connections.CONNECT_SECONDS
    assert seconds > connections.READ_SECONDS
