"""What the Bot API does not allow is refused, in Telegram's words where it has some."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from sandbox.people import Person
from sandbox.standin import Standin

Json = dict[str, Any]


async def call(telegram: Standin, method: str, *, as_json: bool = False, **given: Any) -> Json:
    """One raw call, with forms as the library sends them, or as a JSON body."""
    url = f"{telegram.url}/bot{telegram.token}/{method}"
    async with aiohttp.ClientSession() as session:
        if as_json:
            request = session.post(url, json=given)
        else:
            form = {k: v if isinstance(v, str) else json.dumps(v) for k, v in given.items()}
            request = session.post(url, data=form)
        async with request as answer:
            told: Json = await answer.json()
            assert told.get("error_code", 200) == answer.status
            return told


def buttons(*rows: list[Json]) -> Json:
    return {"inline_keyboard": list(rows)}


def key(**action: Any) -> Json:
    return {"text": "Press"} | action


REFUSED: list[tuple[str, Json, str]] = [
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": "somebody", "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": 1001}, "message text is empty"),
    ("sendMessage", {"chat_id": 1001, "text": " \n "}, "message text is empty"),
    (
        "sendMessage",
        {"chat_id": 1001, "text": "<b> </b>", "parse_mode": "HTML"},
        "message text is empty",
    ),
    ("sendMessage", {"chat_id": 1001, "text": "a" * 4097}, "message is too long"),
    ("sendMessage", {"chat_id": 1001, "text": "🕊" * 2049}, "message is too long"),
    (
        "sendMessage",
        {"chat_id": 1001, "text": "x", "reply_to": 5},
        'method "sendMessage" has no parameter "reply_to"',
    ),
    (
        "sendMessage",
        {"chat_id": 1001, "text": "x", "disable_notification": "maybe"},
        '"disable_notification" must be of type Boolean',
    ),
    (
        "sendMessage",
        {"chat_id": 1001, "text": "x", "parse_mode": "Markdown"},
        "unsupported parse_mode: the stand-in reads HTML alone",
    ),
    (
        "sendMessage",
        {"chat_id": 1001, "text": "x", "reply_markup": "{"},
        "can't parse reply keyboard markup JSON object",
    ),
    (
        "sendMessage",
        {"chat_id": 1001, "text": "x", "reply_markup": {"inline_keyboard": [key()]}},
        '"reply_markup.inline_keyboard[0]" must be of type Array of InlineKeyboardButton',
    ),
    (
        "sendMessage",
        {"chat_id": 1001, "text": "x", "reply_markup": buttons([{"callback_data": "a"}])},
        "can't parse reply_markup.inline_keyboard[0][0]: Can't find field \"text\"",
    ),
    (
        "sendMessage",
        {"chat_id": 1001, "text": "x", "reply_markup": buttons([key()])},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        {
            "chat_id": 1001,
            "text": "x",
            "reply_markup": buttons([key(callback_data="a", url="https://a.b")]),
        },
        'can\'t parse inline keyboard button: "Press" must have exactly one action',
    ),
    (
        "sendMessage",
        {"chat_id": 1001, "text": "x", "reply_markup": buttons([key(callback_data="я" * 33)])},
        "BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        {
            "chat_id": 1001,
            "text": "x",
            "reply_markup": buttons([key(copy_text={"text": "a" * 257})]),
        },
        "BUTTON_COPY_TEXT_INVALID",
    ),
    (
        "sendMessage",
        {"chat_id": 1001, "text": "x", "reply_markup": buttons([key(url="javascript:alert(1)")])},
        "inline keyboard button URL 'javascript:alert(1)' is invalid: Wrong HTTP URL",
    ),
    (
        "sendMessage",
        {
            "chat_id": 1001,
            "text": "x",
            "reply_markup": buttons([key(callback_data="a", style="red")]),
        },
        "can't parse inline keyboard button: invalid button style specified",
    ),
    (
        "sendMessage",
        {"chat_id": 1001, "text": "x", "reply_markup": buttons(*[[key(callback_data="a")]] * 101)},
        "reply markup is too long",
    ),
    (
        "sendMessage",
        {"chat_id": 1001, "text": "x", "link_preview_options": {"is_disabeld": True}},
        'link_preview_options: LinkPreviewOptions has no field "is_disabeld"',
    ),
    (
        "sendMessage",
        {"chat_id": 1001, "text": "x", "reply_parameters": {"message_id": 99}},
        "message to be replied not found",
    ),
    (
        "sendMessage",
        {"chat_id": 1001, "text": "x", "business_connection_id": "b"},
        "business connection not found",
    ),
    ("editMessageText", {"chat_id": 1001, "text": "x"}, "message identifier is not specified"),
    (
        "editMessageText",
        {"chat_id": 1001, "message_id": 99, "text": "x"},
        "message to edit not found",
    ),
    ("editMessageText", {"chat_id": 1001, "message_id": 1, "text": "x"}, "message can't be edited"),
    ("deleteMessage", {"chat_id": 1001, "message_id": 99}, "message to delete not found"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "5"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    (
        "answerCallbackQuery",
        {"callback_query_id": "5", "text": "a" * 201},
        '"text" must have 0-200 characters, but is 201',
    ),
    ("sendChatAction", {"chat_id": 1001, "action": "dancing"}, "wrong parameter action in request"),
    (
        "setMyCommands",
        {"commands": [{"command": "Status", "description": "d"}]},
        "BOT_COMMAND_INVALID",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "s" * 33, "description": "d"}]},
        '"commands[0].command" must have 1-32 characters, but is 33',
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "s", "description": "d" * 257}]},
        '"commands[0].description" must have 1-256 characters, but is 257',
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "s", "description": "d"}] * 101},
        "BOT_COMMANDS_TOO_MUCH",
    ),
    (
        "setMyCommands",
        {"commands": [], "scope": {"type": "nobody"}},
        "can't parse scope: Unsupported type specified",
    ),
    (
        "setMyDescription",
        {"description": "d" * 513},
        '"description" must have 0-512 characters, but is 513',
    ),
    (
        "setWebhook",
        {"url": "http://example.org/hook"},
        "bad webhook: An HTTPS URL must be provided for webhook",
    ),
    (
        "setWebhook",
        {"url": "https://example.org", "secret_token": "a b"},
        "secret token contains unallowed characters",
    ),
    ("getUpdates", {"limit": 101}, '"limit" must be 1-100 but is 101'),
    ("sendPhoto", {"chat_id": 1001}, 'parameter "photo" is required'),
    (
        "sendPhoto",
        {"chat_id": 1001, "photo": "no such id"},
        "wrong file_id or the file is temporarily unavailable",
    ),
    (
        "sendPhoto",
        {"chat_id": 1001, "photo": "attach://p"},
        'no file was uploaded for "attach://p"',
    ),
    (
        "sendPoll",
        {"chat_id": 1001, "question": "q", "options": []},
        "the stand-in does not do sendPoll",
    ),
]


@pytest.mark.parametrize(("method", "given", "sentence"), REFUSED)
async def test_a_wrong_call_is_refused_in_one_sentence_and_changes_nothing(
    telegram: Standin, reader: Person, method: str, given: Json, sentence: str
) -> None:
    reader.says("hello")
    answer = await call(telegram, method, **given)
    assert answer["ok"] is False
    assert answer["description"].startswith(f"Bad Request: {sentence}")
    assert reader.received == []


@pytest.mark.usefixtures("reader")
async def test_longest_texts_and_captions_are_counted_after_parsing_in_utf_16(
    telegram: Standin,
) -> None:
    text = "<b>" + "🕊" * 2048 + "</b>"
    assert (await call(telegram, "sendMessage", chat_id=1001, text=text, parse_mode="HTML"))["ok"]
    assert (await call(telegram, "sendMessage", chat_id=1001, text="a" * 4096))["ok"]


@pytest.mark.usefixtures("reader")
async def test_a_json_body_is_read_like_a_form(telegram: Standin) -> None:
    markup = buttons([key(callback_data="a", style="success")], [])
    answer = await call(
        telegram, "sendmessage", as_json=True, chat_id=1001, text="hello", reply_markup=markup
    )
    assert answer["result"]["reply_markup"] == buttons(markup["inline_keyboard"][0])
    wrong = await call(telegram, "sendMessage", as_json=True, chat_id=1001, text=5)
    assert wrong["description"] == 'Bad Request: "text" must be of type String'


@pytest.mark.usefixtures("reader")
async def test_half_a_surrogate_pair_is_no_text(telegram: Standin) -> None:
    answer = await call(telegram, "sendMessage", as_json=True, chat_id=1001, text="\ud83d")
    assert answer["description"] == 'Bad Request: "text" must be encoded in UTF-8'


@pytest.mark.usefixtures("reader")
async def test_parameters_may_stand_in_the_address(telegram: Standin) -> None:
    url = f"{telegram.url}/bot{telegram.token}/sendMessage?chat_id=1001&text=by%20GET"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert (await answer.json())["result"]["text"] == "by GET"


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/bot{token}/sendMesage", 404, "Not Found"),
        ("/bot1:wrong/getMe", 401, "Unauthorized"),
        ("/bot{token}", 404, "Not Found"),
        ("/file/bot{token}/photos/none.png", 404, "Not Found"),
        ("/file/bot1:wrong/photos/none.png", 404, "Not Found"),
    ],
)
async def test_what_is_not_there_is_not_found(
    telegram: Standin, path: str, status: int, sentence: str
) -> None:
    url = telegram.url + path.format(token=telegram.token)
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        told = await answer.json()
    assert (answer.status, told["error_code"], told["description"]) == (status, status, sentence)


async def test_a_body_that_is_no_json_is_refused(telegram: Standin) -> None:
    url = f"{telegram.url}/bot{telegram.token}/getMe"
    headers = {"content-type": "application/json"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(url, data=b"[1]") as answer:
            assert answer.status == 400
        async with session.post(url, data=b"{") as answer:
            assert answer.status == 400
