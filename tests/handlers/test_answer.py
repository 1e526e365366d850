from __future__ import annotations

import json

from handlers.answer import NEW_MESSAGE, keyboard, stored_keyboard
from messages.message import Button, Html, Message

PLAIN = Message(Html("x"))
WITH_BUTTONS = Message(
    Html("x"),
    (
        (Button("Деталі", "stage:S2"), Button("Sources", "sources")),
        (Button("Article", url="https://news.example.org/"),),
    ),
)


def test_a_message_without_buttons_has_no_keyboard() -> None:
    assert keyboard(PLAIN) == ""
    assert stored_keyboard(PLAIN) == ""


def test_a_keyboard_has_the_rows_labels_and_acts_of_the_message() -> None:
    assert json.loads(keyboard(WITH_BUTTONS))["inline_keyboard"] == [
        [
            {"text": "Деталі", "callback_data": "stage:S2"},
            {"text": "Sources", "callback_data": "sources"},
        ],
        [{"text": "Article", "url": "https://news.example.org/"}],
    ]


def test_the_buttons_of_an_alert_leave_it_where_it_is() -> None:
    rows = json.loads(stored_keyboard(WITH_BUTTONS))["inline_keyboard"]
    assert rows[0][0] == {"text": "Деталі", "callback_data": f"{NEW_MESSAGE}stage:S2"}
    assert rows[1] == [{"text": "Article", "url": "https://news.example.org/"}]
