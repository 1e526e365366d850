from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.outcome import is_unnamed_wait
from bot.transport import AiohttpRequest, AlertRequest, BotApi, NotSent, Unsure
from sandbox import faults
from sandbox.faults import Fault
from sandbox.standin import Standin

TOKEN = "4242:canary-canary-canary-canary-canary"
HELLO = {"chat_id": 1001, "text": "Good morning"}


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


async def test_a_call_gives_the_raw_result(telegram: Standin, api: BotApi) -> None:
    reader = telegram.person(1001, started=True)
    result = await api.call("sendMessage", {**HELLO, "disable_notification": True})
    assert result["message_id"] == reader.received[0].id
    assert reader.received[0].text == "Good morning"
    assert reader.received[0].silent


SENT = {
    "message_id": 4711,
    "chat": {"id": 1001, "type": "private"},
    "text": 'He said "message_id": 5, and left',
    "link_preview_options": {"is_disabled": True},
}


@pytest.mark.parametrize("spaces", [(",", ":"), (", ", ": ")], ids=["dense", "wide"])
def test_of_an_alert_that_was_taken_the_number_is_read(spaces: tuple[str, str]) -> None:
    answer = json.dumps({"ok": True, "result": SENT}, separators=spaces).encode()
    assert AlertRequest.parse_json_payload(answer) == {"result": {"message_id": 4711}}


@pytest.mark.parametrize(
    "answer",
    [
        {"ok": True, "result": True},
        {"ok": True, "result": {"chat": {"id": 5}, "message_id": 4711}},
        {"ok": True, "result": [{"message_id": 5}]},
        {"ok": False, "error_code": 403, "description": "Forbidden"},
    ],
    ids=["no message", "another order", "a list", "a refusal"],
)
def test_whatever_else_is_said_to_an_alert_is_read_as_usual(answer: object) -> None:
    assert AlertRequest.parse_json_payload(json.dumps(answer).encode()) == answer


def test_an_answer_to_an_alert_that_is_cut_anywhere_gives_no_wrong_number() -> None:
    """Where the message of a cut one is whole, it says of which number it is."""
    answer = json.dumps({"ok": True, "result": SENT}).encode()
    read = {}
    for length in range(len(answer)):
        with suppress(Unsure):
            read[length] = AlertRequest.parse_json_payload(answer[:length])
    assert read == {len(answer) - 1: {"result": {"message_id": 4711}}}


async def test_a_file_is_uploaded_whole(telegram: Standin, request_: AiohttpRequest) -> None:
    telegram.person(1001, started=True)
    bot = Bot(telegram.token, base_url=f"{telegram.url}/bot", request=request_)
    sent = await bot.send_document(
        1001, InputFile(b"one,two\n" * 5000, filename="стан.csv"), caption="Як є"
    )
    assert sent.document is not None
    assert sent.document.file_size == 40_000
    assert sent.document.file_name == "стан.csv"
    assert sent.caption == "Як є"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.too_many_requests(7), RetryAfter),
        (faults.too_many_requests(None), NetworkError),
        (faults.forbidden(), Forbidden),
        (faults.bad_request(), BadRequest),
        (faults.migrated(-100_200), ChatMigrated),
        (faults.unauthorized(), InvalidToken),
        (faults.conflict(), Conflict),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else None,
)
async def test_a_refusal_is_the_librarys_error(
    telegram: Standin, api: BotApi, fault: Fault, error: type[TelegramError]
) -> None:
    telegram.person(1001, started=True)
    telegram.order(fault, method="sendMessage")
    with pytest.raises(error) as raised:
        await api.call("sendMessage", HELLO)
    assert not isinstance(raised.value, (NotSent, Unsure))


@pytest.mark.parametrize(
    ("fault", "arrived"),
    [
        (faults.dropped(accepted=True), 1),
        (faults.dropped(accepted=False), 0),
        (faults.cut_json(), 1),
        (faults.slow(5), 1),
    ],
    ids=["dropped_after", "dropped_before", "cut_json", "silent"],
)
async def test_a_lost_answer_is_unsure_and_the_request_left_once(
    telegram: Standin, fault: Fault, arrived: int
) -> None:
    reader = telegram.person(1001, started=True)
    telegram.order(fault, method="sendMessage")
    async with AiohttpRequest(connections=2, connect_timeout=0.3, read_timeout=0.2) as request:
        with pytest.raises(Unsure):
            await BotApi(request, telegram.url, telegram.token).call("sendMessage", HELLO)
    assert len(reader.received) == arrived
    assert len(telegram.journal.of("sendMessage")) == 1


async def test_a_closed_port_is_not_sent() -> None:
    async with AiohttpRequest(connections=2) as request:
        with pytest.raises(NotSent):
            await BotApi(request, f"http://127.0.0.1:{free_port()}", TOKEN).call("getMe", {})


@pytest.fixture
async def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name server answers."""

    async def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)


@pytest.mark.usefixtures("no_names")
async def test_an_unknown_name_is_not_sent() -> None:
    async with AiohttpRequest(connections=2) as request:
        with pytest.raises(NotSent):
            await BotApi(request, "http://nowhere.invalid", TOKEN).call("getMe", {})


async def test_a_connection_that_takes_too_long_is_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        others = [socket.socket() for _ in range(4)]
        for other in others:
            other.setblocking(False)
            other.connect_ex(server.getsockname())
        async with AiohttpRequest(connections=2, connect_timeout=0.2) as request:
            with pytest.raises(NotSent):
                await BotApi(request, f"http://127.0.0.1:{server.getsockname()[1]}", TOKEN).call(
                    "getMe", {}
                )
        for other in others:
            other.close()


async def test_waiting_for_a_free_connection_in_vain_is_not_sent(telegram: Standin) -> None:
    telegram.person(1001, started=True)
    telegram.order(faults.slow(0.5), method="sendMessage", times=None)
    async with AiohttpRequest(connections=1, connect_timeout=0.2, read_timeout=2) as request:
        api = BotApi(request, telegram.url, telegram.token)
        first, *others = await asyncio.gather(
            *(api.call("sendMessage", HELLO) for _ in range(3)), return_exceptions=True
        )
    assert isinstance(first, dict)
    assert [type(one) for one in others] == [NotSent, NotSent]
    assert len(telegram.journal.of("sendMessage")) == 1


async def test_a_closed_transport_is_not_sent(telegram: Standin) -> None:
    request = AiohttpRequest(connections=1)
    with pytest.raises(NotSent):
        await BotApi(request, telegram.url, telegram.token).call("getMe", {})


@asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[tuple[str, list[str]]]:
    """A server that says the same to everything; the first lines that it was sent."""
    heard: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append((await reader.readline()).decode())
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", heard


def http(body: str, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


A_PAGE = f"<h1>No</h1>You have no business with /bot{TOKEN}/sendMessage."


@pytest.mark.parametrize("page", [A_PAGE, json.dumps({"description": A_PAGE})])
@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 409, 413, 451, 500, 502, 503])
async def test_what_another_says_in_telegrams_place_is_unsure_and_not_quoted(
    status: int, page: str
) -> None:
    said = http(page, f"{status} Whatever")
    async with answering(said) as (url, _), AiohttpRequest(connections=1) as request:
        with pytest.raises(Unsure) as raised:
            await BotApi(request, url, TOKEN).call("sendMessage", HELLO)
        with pytest.raises(Unsure):
            await Bot(TOKEN, base_url=f"{url}/bot", request=request).send_message(1001, "Hello")
    assert TOKEN not in f"{raised.value!r} {raised.value.__cause__!r}"


async def test_too_many_requests_mean_the_same_whoever_says_so() -> None:
    said = http(A_PAGE, "429 Whatever")
    async with answering(said) as (url, _), AiohttpRequest(connections=1) as request:
        with pytest.raises(NetworkError) as raised:
            await BotApi(request, url, TOKEN).call("sendMessage", HELLO)
    assert is_unnamed_wait(raised.value)
    assert TOKEN not in f"{raised.value!r} {raised.value.__cause__!r}"


@pytest.mark.parametrize(
    "body",
    [
        *("", "[]", "{}", '"result"', "\x00", '{"ok":true,"result":'),
        '{"description":"maintenance"}',
        '{"ok": false, "description": "maintenance"}',
    ],
)
async def test_an_unreadable_success_is_unsure(body: str) -> None:
    async with answering(http(body)) as (url, _), AiohttpRequest(connections=1) as request:
        with pytest.raises(Unsure):
            await BotApi(request, url, TOKEN).call("sendMessage", HELLO)
        with pytest.raises(Unsure):
            await Bot(TOKEN, base_url=f"{url}/bot", request=request).send_message(1001, "Hello")


async def test_the_proxy_of_the_environment_is_not_used(
    telegram: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    async with AiohttpRequest(connections=1) as request:
        assert (await BotApi(request, telegram.url, telegram.token).call("getMe", {}))["is_bot"]


async def test_the_proxy_of_the_settings_is_used() -> None:
    said = http('{"ok":true,"result":true}')
    async with (
        answering(said) as (proxy, heard),
        AiohttpRequest(connections=1, proxy=proxy) as request,
    ):
        assert await BotApi(request, "http://telegram.invalid", TOKEN).call("getMe", {}) is True
    assert heard == [f"POST http://telegram.invalid/bot{TOKEN}/getMe HTTP/1.1\r\n"]


@pytest.mark.parametrize(
    "said",
    [b"", b"Hello\r\n\r\n", http("", "502 Bad gateway"), http("")],
    ids=["nothing", "no HTTP", "a refusal", "a tunnel that ends at once"],
)
async def test_what_a_proxy_makes_no_tunnel_for_is_not_sent(said: bytes) -> None:
    async with (
        answering(said) as (proxy, heard),
        AiohttpRequest(connections=1, proxy=proxy) as request,
    ):
        with pytest.raises(NotSent) as raised:
            await BotApi(request, "https://telegram.invalid", TOKEN).call("sendMessage", HELLO)
    assert heard == ["CONNECT telegram.invalid:443 HTTP/1.1\r\n"]
    assert TOKEN not in f"{raised.value!r} {raised.value.__cause__!r}"


@pytest.mark.usefixtures("no_names")
async def test_no_error_of_the_way_tells_the_token(telegram: Standin) -> None:
    said: list[str] = []
    async with AiohttpRequest(connections=1, connect_timeout=0.3, read_timeout=0.2) as request:
        for url in (f"http://127.0.0.1:{free_port()}", "http://nowhere.invalid", "http://[::1"):
            with pytest.raises(NotSent) as raised:
                await BotApi(request, url, TOKEN).call("getMe", {})
            said += [str(raised.value), repr(raised.value), repr(raised.value.__cause__)]
        telegram.order(faults.slow(1), method="getMe")
        with pytest.raises(Unsure) as unsure:
            await BotApi(request, telegram.url, telegram.token).call("getMe", {})
        said += [str(unsure.value), repr(unsure.value.__cause__)]
    assert not [one for one in said if "canary" in one or telegram.token in one]


async def test_closing_leaves_nothing_open(telegram: Standin) -> None:
    request = AiohttpRequest(connections=2)
    await request.initialize()
    await request.initialize()
    await BotApi(request, telegram.url, telegram.token).call("getMe", {})
    await request.shutdown()
    await request.shutdown()
