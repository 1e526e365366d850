"""People, as tests and the page move them: they write, press, block, and wait for an answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sandbox.world import ADMINISTRATOR, KICKED, LEFT, MEMBER, Account, Post, Query, World

Json = dict[str, Any]
PATIENCE = 5.0


class Waiting(Protocol):
    """How a person waits: until something is so, or a `TimeoutError`."""

    def __call__(
        self, so: Callable[[], bool], /, timeout: float | None = PATIENCE
    ) -> Awaitable[None]: ...


class NotHeardError(AssertionError):
    """The bot did not say in time what was waited for."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as one person saw it at one moment; an edit is a new one with the same id."""

    id: int
    chat_id: int
    text: str
    edited: bool
    silent: bool
    raw: Json

    @classmethod
    def of(cls, post: Post) -> Message:
        raw = post.message
        text = raw.get("text") or raw.get("caption") or ""
        edited = "edit_date" in raw
        return cls(raw["message_id"], raw["chat"]["id"], text, edited, post.silent, raw)

    @property
    def rows(self) -> list[list[Json]]:
        """The buttons under the message, row by row, as the Bot API tells them."""
        rows: list[list[Json]] = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[str]:
        """What the buttons say, in reading order."""
        return [button["text"] for row in self.rows for button in row]

    @property
    def reply_to(self) -> int | None:
        original = self.raw.get("reply_to_message")
        return original["message_id"] if original else None

    def button(self, label: str) -> Json:
        """The button that says `label`, or else the only one whose words contain it."""
        every = [button for row in self.rows for button in row]
        exact = [button for button in every if button["text"] == label]
        near = exact or [button for button in every if label in button["text"]]
        if len(near) != 1 and not exact:
            raise LookupError(f"no single button says {label!r} among {self.buttons}")
        return near[0]


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed. `answer` waits for what the bot says to it."""

    query: Query
    until: Waiting

    async def answer(self, timeout: float | None = PATIENCE) -> Json:  # noqa: ASYNC109
        """`text`, `show_alert` and `url` of the bot's answer."""
        await self.until(lambda: self.query.answer is not None, timeout=timeout)
        return self.query.answer or {}


class Person:
    """One person in their private chat with the bot. What they do is done at once."""

    def __init__(self, world: World, account: Account, until: Waiting) -> None:
        self.world = world
        self.account = account
        self._until = until
        self._said: list[Message] = []
        self._heard = 0

    @property
    def id(self) -> int:
        return self.account.id

    def says(self, text: str, **fields: Any) -> Message:
        """Write `text`; `fields` go into the message as they are (`forward_origin`, `via_bot`)."""
        if self.account.blocked:
            raise RuntimeError(f"{self.account.name} has blocked the bot and cannot write to it")
        message = self.world.said(self.account, text, fields)
        return Message.of(Post(message))

    def edits(self, message: Message, text: str) -> None:
        """Edit an own message: the bot gets `edited_message`."""
        chat = self.world.chats[message.chat_id]
        new = chat.posts[message.id].message | {"text": text, "edit_date": int(self.world.now())}
        self.world.updates.add("edited_message", self.world.replace(chat, new))

    def press(self, message: Message, label: str) -> Press:
        """Press a button of the message as it was seen, even if it has changed since."""
        button = message.button(label)
        if "callback_data" not in button:
            raise LookupError(f"{label!r} is no button that speaks to the bot")
        return self.sends_data(button["callback_data"], message)

    def sends_data(self, data: str, message: Message | None = None) -> Press:
        """Send any callback data, as a forged client can."""
        message_id = message.id if message else 0
        query = self.world.pressed(self.account, self.id, message_id, data)
        return Press(query, self._until)

    def blocks(self) -> None:
        self.world.blocks(self.account, blocked=True)

    def unblocks(self) -> None:
        self.world.blocks(self.account, blocked=False)

    def deactivates(self) -> None:
        """The account is deleted; Telegram tells the bot nothing."""
        self.account.deactivated = True

    def sees(self, message: Message) -> None:
        """Called for each message and each edit of the bot in this person's chat."""
        self._said.append(message)

    async def hears(self, text: str = "", timeout: float | None = PATIENCE) -> Message:  # noqa: ASYNC109
        """The next message or edit of the bot that contains `text`; those before are passed."""
        found: list[int] = []

        def said() -> bool:
            found.extend(
                index
                for index in range(self._heard, len(self._said))
                if text in self._said[index].text
            )
            return bool(found)

        try:
            await self._until(said, timeout=timeout)
        except TimeoutError:
            instead = [message.text for message in self.unheard]
            problem = f"{self.account.name} did not hear {text!r}, but {instead}"
            raise NotHeardError(problem) from None
        self._heard = found[0] + 1
        return self._said[found[0]]

    @property
    def unheard(self) -> list[Message]:
        """What the bot said since the last message that was waited for."""
        return self._said[self._heard :]

    @property
    def chat(self) -> list[Message]:
        """All messages of the chat as they are now, the person's own among them."""
        return [Message.of(post) for post in self.world.chats[self.id].posts.values()]

    @property
    def received(self) -> list[Message]:
        """The bot's messages as they are now."""
        return [
            Message.of(post) for post in self.world.chats[self.id].posts.values() if post.by_bot
        ]

    @property
    def commands(self) -> list[tuple[str, str]]:
        """The command menu that this person sees."""
        menu = self.world.commands_of(self.account)
        return [(command["command"], command["description"]) for command in menu]


class Group:
    """A group, supergroup or channel."""

    def __init__(self, world: World, chat_id: int, kind: str, title: str) -> None:
        self.world = world
        self.chat = world.add_chat(chat_id, kind, title)

    @property
    def id(self) -> int:
        return self.chat.id

    def adds_bot(self, by: Person) -> None:
        new = ADMINISTRATOR if self.chat.type == "channel" else MEMBER
        self.world.membership(self.chat, by.account, self.chat.bot_is, new)

    def removes_bot(self, by: Person) -> None:
        self.world.membership(self.chat, by.account, self.chat.bot_is, KICKED)

    def says(self, by: Person, text: str, **fields: Any) -> Message:
        message = self.world.said(by.account, text, fields, self.chat)
        return Message.of(Post(message))

    def migrates(self, to: int) -> Group:
        """The group becomes a supergroup with a new id; both service messages go to the bot."""
        new = Group(self.world, to, "supergroup", self.chat.title)
        new.chat.bot_is, self.chat.bot_is = self.chat.bot_is, LEFT
        self.chat.migrated_to = to
        for chat, said in (
            (self.chat, {"migrate_to_chat_id": to}),
            (new.chat, {"migrate_from_chat_id": self.id}),
        ):
            self.world.updates.add("message", self.world.post(chat, None, said))
        return new

    @property
    def received(self) -> list[Message]:
        """What the bot wrote here; in a channel, everything."""
        posts = self.chat.posts.values()
        everything = self.chat.type == "channel"
        return [Message.of(post) for post in posts if post.by_bot or everything]
