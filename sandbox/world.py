"""Telegram's side of things: who there is, what is in each chat, what the bot set up.

Messages are kept as the Bot API tells them, since that is what goes to the bot and to the page.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from sandbox import refusals
from sandbox.entities import find_entities
from sandbox.files import Files
from sandbox.refusals import bad_request, forbidden
from sandbox.updates import Updates
from sandbox.webhook import Webhook

Json = dict[str, Any]
BOT_ID: Final = 4_200_000_000
MEMBER: Final = "member"
LEFT: Final = "left"
KICKED: Final = "kicked"
ADMINISTRATOR: Final = "administrator"
# What an administrator's membership must tell; of all this the bot needs to post alone.
_RIGHTS: Final = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": False,
    "can_manage_video_chats": False,
    "can_restrict_members": False,
    "can_promote_members": False,
    "can_change_info": False,
    "can_invite_users": False,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_post_messages": True,
    "can_edit_messages": True,
}


@dataclass(slots=True)
class Account:
    """A person of Telegram. Their private chat with the bot has the same id."""

    id: int
    name: str
    language: str | None = "en"
    username: str | None = None
    key: str = ""
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def as_user(self) -> Json:
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.name}
        if self.language:
            user["language_code"] = self.language
        return user | ({"username": self.username} if self.username else {})


@dataclass(slots=True)
class Post:
    """A message in a chat, and what the Bot API does not tell of it."""

    message: Json
    silent: bool = False

    @property
    def by_bot(self) -> bool:
        return bool(self.message.get("from", {}).get("id") == BOT_ID)


@dataclass(slots=True)
class Chat:
    """One chat as the bot knows it."""

    id: int
    type: str
    title: str
    posts: dict[int, Post] = field(default_factory=dict)
    bot_is: str = MEMBER
    migrated_to: int | None = None
    account: Account | None = None
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def as_json(self) -> Json:
        if self.account is None:
            return {"id": self.id, "type": self.type, "title": self.title}
        chat: Json = {"id": self.id, "type": "private", "first_name": self.account.name}
        username = self.account.username
        return chat | ({"username": username} if username else {})


@dataclass(slots=True)
class Query:
    """A button that was pressed, until the bot answers it."""

    id: str
    chat_id: int
    message_id: int
    asked_at: float
    answer: Json | None = None


@dataclass(slots=True)
class Profile:
    """What the bot told Telegram about itself, by language."""

    name: dict[str, str] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)


class World:
    """The whole state of the stand-in. `told` hears of every change that people can see."""

    def __init__(self, now: Callable[[], float], username: str, token: str | None) -> None:
        self.now = now
        self.username = username
        self.token = token or f"{BOT_ID}:{secrets.token_hex(17)}"
        self.updates = Updates()
        self.webhook = Webhook(self.updates, now)
        self.files = Files()
        self.profile = Profile()
        self.accounts: dict[int, Account] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.told: Callable[[Json], None] = lambda _: None
        self.bot_is_here = False
        # Private chats and small groups share one row of message ids, as in Telegram.
        self._ids = itertools.count(1)

    # Who there is

    def me(self) -> Json:
        return {
            "id": BOT_ID,
            "is_bot": True,
            "first_name": self.profile.name.get("", "Homeward"),
            "username": self.username,
        }

    def add_account(self, account: Account) -> Account:
        self.accounts[account.id] = account
        self.chats[account.id] = Chat(
            account.id, "private", account.name, account=account, ids=self._ids
        )
        return account

    def add_chat(self, chat_id: int, kind: str, title: str, bot_is: str = LEFT) -> Chat:
        ids = self._ids if kind == "group" else itertools.count(1)
        chat = self.chats[chat_id] = Chat(chat_id, kind, title, bot_is=bot_is, ids=ids)
        return chat

    def readable(self, chat_id: int | str) -> Chat:
        """The chat that a call names, or Telegram's refusal to know it."""
        if isinstance(chat_id, str):
            number = chat_id.removeprefix("-")
            if not number.isdigit():
                raise bad_request("chat not found")
            chat_id = int(chat_id)
        if (chat := self.chats.get(chat_id)) is None:
            raise bad_request("chat not found")
        return chat

    def writable(self, chat_id: int | str) -> Chat:
        """The chat, if the bot may write there now."""
        chat = self.readable(chat_id)
        if chat.account is not None:
            _check_person(chat.account)
            return chat
        if chat.migrated_to is not None:
            raise refusals.migrated(chat.migrated_to)
        if chat.bot_is == KICKED:
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        if chat.bot_is == LEFT:
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        return chat

    def greet_bot(self) -> None:
        """The bot asked for updates, so it is ready for people."""
        if not self.bot_is_here:
            self.bot_is_here = True
            self.told({"event": "bot"})

    # What is in the chats

    def post(self, chat: Chat, sender: Json | None, content: Json, *, silent: bool = False) -> Json:
        """Put a message into a chat. Gives it as the Bot API tells it."""
        message: Json = {"message_id": next(chat.ids)}
        if sender is not None:
            message["from"] = sender
        message |= {"date": int(self.now()), "chat": chat.as_json()} | content
        chat.posts[message["message_id"]] = Post(message, silent)
        self.show(chat, message["message_id"])
        return message

    def replace(self, chat: Chat, message: Json) -> Json:
        """Put an edited message in the place of the old one."""
        chat.posts[message["message_id"]].message = message
        self.show(chat, message["message_id"], edited=True)
        return message

    def remove(self, chat: Chat, message_id: int) -> None:
        del chat.posts[message_id]
        self.told({"event": "deleted", "chat_id": chat.id, "message_id": message_id})

    def show(self, chat: Chat, message_id: int, *, edited: bool = False) -> None:
        post = chat.posts[message_id]
        event: Json = {"event": "edited" if edited else "message", "chat_id": chat.id}
        self.told(event | {"message": post.message, "silent": post.silent})

    # What people do

    def said(self, account: Account, text: str, extra: Json, chat: Chat | None = None) -> Json:
        """A person writes. The message reaches the chat and goes to the bot."""
        chat = chat or self.chats[account.id]
        if chat.account is account:
            account.started = True
        content: Json = {"text": text} | extra
        entities = find_entities(text, [])
        if entities and "entities" not in extra:
            content["entities"] = entities
        message = self.post(chat, account.as_user(), content)
        self.updates.add("message", message)
        return message

    def pressed(self, account: Account, chat_id: int, message_id: int, data: str) -> Query:
        """A person presses a button that carries `data`."""
        query = Query(str(secrets.randbits(62)), chat_id, message_id, self.now())
        self.queries[query.id] = query
        body: Json = {"id": query.id, "from": account.as_user(), "chat_instance": str(chat_id)}
        if (chat := self.chats.get(chat_id)) is not None and message_id:
            post = chat.posts.get(message_id)
            gone = {"message_id": message_id, "chat": chat.as_json(), "date": 0}
            body["message"] = post.message if post else gone
        self.updates.add("callback_query", body | {"data": data})
        return query

    def blocks(self, account: Account, *, blocked: bool) -> None:
        account.blocked = blocked
        account.started = account.started or not blocked
        statuses = (MEMBER, KICKED) if blocked else (KICKED, MEMBER)
        self.membership(self.chats[account.id], account, *statuses)
        self.told({"event": "person", "person": account.id})

    def membership(self, chat: Chat, by: Account, old: str, new: str) -> None:
        """Somebody changed what the bot is in a chat: tell the bot."""
        chat.bot_is = new if chat.account is None else chat.bot_is
        body = {
            "chat": chat.as_json(),
            "from": by.as_user(),
            "date": int(self.now()),
            "old_chat_member": self.bot_member(old),
            "new_chat_member": self.bot_member(new),
        }
        self.updates.add("my_chat_member", body)

    def bot_member(self, status: str) -> Json:
        member: Json = {"user": self.me(), "status": status}
        if status == KICKED:
            return member | {"until_date": 0}
        return member | (_RIGHTS if status == ADMINISTRATOR else {})

    # What the bot set up

    def commands_of(self, account: Account) -> list[Json]:
        """The command menu that this person sees, by Telegram's order of scopes."""
        for scope in (f"chat:{account.id}", "all_private_chats", "default"):
            for language in (account.language or "", ""):
                if commands := self.profile.commands.get((scope, language)):
                    return commands
        return []


def _check_person(account: Account) -> None:
    if account.deactivated:
        raise forbidden("user is deactivated")
    if account.blocked:
        raise forbidden("bot was blocked by the user")
    if not account.started:
        raise forbidden("bot can't initiate conversation with a user")
