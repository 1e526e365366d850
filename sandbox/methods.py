"""What each method of the Bot API does in the stand-in's world.

A method gets the world and its arguments, already checked against the description, and gives the
result as the Bot API tells it, or raises `Refused`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from sandbox.files import Upload, photo_size
from sandbox.keyboards import check_markup
from sandbox.refusals import bad_request
from sandbox.texts import read_caption, read_text
from sandbox.world import BOT_ID, LEFT, Chat, Post, World

Json = dict[str, Any]
Method = Callable[[World, Json], Any | Awaitable[Any]]

_NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"
_LONGEST_POLL: Final = 50
_QUERY_LIFE: Final = 15 * 60
_DELETABLE: Final = 48 * 60 * 60
_ACTIONS: Final = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def get_me(world: World, _: Json) -> Json:
    return world.me() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


async def get_updates(world: World, arguments: Json) -> list[Json]:
    world.updates.allow(arguments.get("allowed_updates"))
    seconds = min(arguments.get("timeout", 0), _LONGEST_POLL)
    world.greet_bot()
    return await world.updates.poll(
        arguments.get("offset", 0), arguments.get("limit", 100), seconds
    )


def send_message(world: World, arguments: Json) -> Json:
    preview = arguments.get("link_preview_options")
    content = read_text(arguments)
    return _send(world, arguments, content | ({"link_preview_options": preview} if preview else {}))


def send_photo(world: World, arguments: Json) -> Json:
    caption = read_caption(arguments)
    photo = arguments["photo"]
    stored = world.files.by_id(photo) if isinstance(photo, str) else None
    upload = photo if stored is None else stored.upload
    width, height = photo_size(upload)
    world.writable(arguments["chat_id"])
    stored = stored or world.files.keep(upload, "photos")
    size = {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "width": width,
        "height": height,
        "file_size": len(upload.content),
    }
    return _send(world, arguments, {"photo": [size]} | caption)


def send_document(world: World, arguments: Json) -> Json:
    caption = read_caption(arguments)
    document = arguments["document"]
    world.writable(arguments["chat_id"])
    if isinstance(document, Upload):
        if not document.content:
            raise bad_request("file must be non-empty")
        stored = world.files.keep(document, "documents")
    else:
        stored = world.files.by_id(document)
    told = {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_name": stored.upload.name,
        "mime_type": stored.upload.content_type,
        "file_size": len(stored.upload.content),
    }
    return _send(world, arguments, {"document": told} | caption)


def _send(world: World, arguments: Json, content: Json) -> Json:
    markup = _markup(arguments)
    if "business_connection_id" in arguments:
        raise bad_request("business connection not found")
    chat = world.writable(arguments["chat_id"])
    content = _reply(chat, arguments.get("reply_parameters")) | content
    if arguments.get("protect_content"):
        content["has_protected_content"] = True
    if markup and "inline_keyboard" in markup:
        content["reply_markup"] = markup
    sender = world.me()
    if chat.type == "channel":
        return world.post(chat, None, {"sender_chat": chat.as_json()} | content)
    return world.post(chat, sender, content, silent=bool(arguments.get("disable_notification")))


def _markup(arguments: Json) -> Json | None:
    markup = arguments.get("reply_markup")
    return check_markup(markup) if markup else None


def _reply(chat: Chat, parameters: Json | None) -> Json:
    if parameters is None:
        return {}
    post = chat.posts.get(parameters["message_id"])
    if post is None:
        if parameters.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    original = {k: v for k, v in post.message.items() if k not in {"reply_to_message", "quote"}}
    return {"reply_to_message": original}


def edit_message_text(world: World, arguments: Json) -> Json:
    chat, post = _editable(world, arguments)
    content = read_text(arguments)
    if "text" not in post.message:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, chat, post, arguments, content)


def edit_message_caption(world: World, arguments: Json) -> Json:
    chat, post = _editable(world, arguments)
    content = read_caption(arguments)
    if "text" in post.message:
        raise bad_request("there is no caption in the message to edit")
    return _edit(world, chat, post, arguments, content)


def edit_message_reply_markup(world: World, arguments: Json) -> Json:
    chat, post = _editable(world, arguments)
    kept = ("text", "entities", "caption", "caption_entities")
    content = {name: post.message[name] for name in kept if name in post.message}
    return _edit(world, chat, post, arguments, content)


def _editable(world: World, arguments: Json) -> tuple[Chat, Post]:
    if "inline_message_id" in arguments:
        raise bad_request("MESSAGE_ID_INVALID")
    if "chat_id" not in arguments:
        raise bad_request("chat_id is empty")
    if "message_id" not in arguments:
        raise bad_request("message identifier is not specified")
    chat = world.writable(arguments["chat_id"])
    if (post := chat.posts.get(arguments["message_id"])) is None:
        raise bad_request("message to edit not found")
    if not post.by_bot and chat.type != "channel":
        raise bad_request("message can't be edited")
    return chat, post


def _edit(world: World, chat: Chat, post: Post, arguments: Json, content: Json) -> Json:
    """A new version: its content replaces the old, and so does its keyboard, even by none."""
    replaced = ("text", "entities", "caption", "caption_entities", "reply_markup", "edit_date")
    kept = {name: value for name, value in post.message.items() if name not in replaced}
    markup = _markup(arguments)
    if markup:
        content = content | {"reply_markup": markup}
    old = {name: value for name, value in post.message.items() if name != "edit_date"}
    if kept | content == old:
        raise bad_request(_NOT_MODIFIED)
    return world.replace(chat, kept | content | {"edit_date": int(world.now())})


def delete_message(world: World, arguments: Json) -> bool:
    chat = world.writable(arguments["chat_id"])
    if (post := chat.posts.get(arguments["message_id"])) is None:
        raise bad_request("message to delete not found")
    if world.now() - post.message["date"] > _DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    world.remove(chat, arguments["message_id"])
    return True


def answer_callback_query(world: World, arguments: Json) -> bool:
    query = world.queries.get(arguments["callback_query_id"])
    if query is None or query.answer is not None or world.now() - query.asked_at > _QUERY_LIFE:
        raise bad_request(_TOO_OLD)
    query.answer = {
        "text": arguments.get("text", ""),
        "show_alert": arguments.get("show_alert", False),
        "url": arguments.get("url"),
    }
    world.told({"event": "answer", "query": query.id, "chat_id": query.chat_id} | query.answer)
    return True


def send_chat_action(world: World, arguments: Json) -> bool:
    if arguments["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = world.writable(arguments["chat_id"])
    world.told({"event": "action", "chat_id": chat.id, "action": arguments["action"]})
    return True


def get_chat(world: World, arguments: Json) -> Json:
    chat = world.readable(arguments["chat_id"])
    gifts = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        False,
    )
    return chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": gifts,
    }


def get_chat_member(world: World, arguments: Json) -> Json:
    chat = world.readable(arguments["chat_id"])
    if arguments["user_id"] == BOT_ID:
        return world.bot_member(chat.bot_is)
    if (account := world.accounts.get(arguments["user_id"])) is None:
        raise bad_request("user not found")
    return {"user": account.as_user(), "status": "member"}


def leave_chat(world: World, arguments: Json) -> bool:
    chat = world.writable(arguments["chat_id"])
    if chat.account is not None:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_is = LEFT
    return True


def get_file(world: World, arguments: Json) -> Json:
    stored = world.files.by_id(arguments["file_id"])
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.upload.content),
        "file_path": stored.path,
    }


MESSAGE_METHODS: Final[dict[str, Method]] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "leaveChat": leave_chat,
    "getFile": get_file,
}
