"""Methods with which a bot sets itself up: commands, names, menu button, webhook."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from sandbox.refusals import bad_request, conflict
from sandbox.webhook import WebhookSettings
from sandbox.world import World

Json = dict[str, Any]

_COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE: Final = re.compile(r"(?:[a-z]{2})?")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]*")
_MAX_COMMANDS: Final = 100
_LOOPBACK: Final = ("http://127.0.0.1", "http://localhost", "http://[::1]")


def set_my_commands(world: World, arguments: Json) -> bool:
    commands = arguments["commands"]
    if len(commands) > _MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if _COMMAND.fullmatch(command["command"].removeprefix("/")) is None:
            raise bad_request("BOT_COMMAND_INVALID")
        if not command["description"].strip():
            raise bad_request("command description must be non-empty")
    world.profile.commands[_place(world, arguments)] = [
        command | {"command": command["command"].removeprefix("/")} for command in commands
    ]
    world.told({"event": "commands"})
    return True


def get_my_commands(world: World, arguments: Json) -> list[Json]:
    return world.profile.commands.get(_place(world, arguments), [])


def delete_my_commands(world: World, arguments: Json) -> bool:
    world.profile.commands.pop(_place(world, arguments), None)
    world.told({"event": "commands"})
    return True


def _place(world: World, arguments: Json) -> tuple[str, str]:
    """Scope and language under which commands are kept."""
    scope = arguments.get("scope", {"type": "default"})
    kind = scope["type"]
    if "chat_id" in scope:
        kind = f"{kind}:{world.readable(scope['chat_id']).id}"
    if "user_id" in scope:
        kind = f"{kind}:{scope['user_id']}"
    return kind, _language(arguments)


def _language(arguments: Json) -> str:
    language: str = arguments.get("language_code", "")
    if _LANGUAGE.fullmatch(language) is None:
        raise bad_request("invalid language code specified")
    return language


def _setter(name: str, kept: str) -> Callable[[World, Json], bool]:
    def set_text(world: World, arguments: Json) -> bool:
        texts: dict[str, str] = getattr(world.profile, kept)
        text = arguments.get(name, "").strip()
        if text:
            texts[_language(arguments)] = text
        else:
            texts.pop(_language(arguments), None)
        world.told({"event": "profile"})
        return True

    return set_text


def _getter(name: str, kept: str) -> Callable[[World, Json], Json]:
    def get_text(world: World, arguments: Json) -> Json:
        texts: dict[str, str] = getattr(world.profile, kept)
        fallback = world.me()["first_name"] if name == "name" else ""
        return {name: texts.get(_language(arguments)) or texts.get("", fallback)}

    return get_text


def set_chat_menu_button(world: World, arguments: Json) -> bool:
    chat_id = arguments.get("chat_id")
    if chat_id is not None and world.readable(chat_id).account is None:
        raise bad_request("chat not found")
    world.profile.menu_buttons[chat_id] = arguments.get("menu_button", {"type": "default"})
    return True


def get_chat_menu_button(world: World, arguments: Json) -> Json:
    buttons = world.profile.menu_buttons
    default = buttons.get(None, {"type": "default"})
    return buttons.get(arguments.get("chat_id"), default)


def set_webhook(world: World, arguments: Json) -> bool:
    url = arguments["url"]
    if not url:
        return delete_webhook(world, arguments)
    if not url.startswith("https://") and not url.startswith(_LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = arguments.get("secret_token", "")
    if _SECRET.fullmatch(secret) is None:
        raise bad_request("secret token contains unallowed characters")
    if arguments.get("drop_pending_updates"):
        world.updates.clear()
    world.updates.allow(arguments.get("allowed_updates"))
    world.updates.end_poll(conflict("terminated by setWebhook request"))
    connections = min(max(arguments.get("max_connections", 40), 1), 100)
    world.greet_bot()
    world.webhook.set(WebhookSettings(url, secret, connections, arguments.get("ip_address")))
    return True


def delete_webhook(world: World, arguments: Json) -> bool:
    world.webhook.delete()
    if arguments.get("drop_pending_updates"):
        world.updates.clear()
    return True


def get_webhook_info(world: World, _: Json) -> Json:
    settings, trouble = world.webhook.settings, world.webhook.trouble
    info: Json = {
        "url": settings.url if settings else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending()),
    }
    if settings:
        info["max_connections"] = settings.max_connections
        info |= {"ip_address": settings.ip_address} if settings.ip_address else {}
    if settings and trouble:
        info |= {"last_error_date": int(trouble.at), "last_error_message": trouble.message}
    allowed = world.updates.allowed()
    return info | ({"allowed_updates": allowed} if allowed else {})


SETUP_METHODS: Final[dict[str, Callable[[World, Json], Any]]] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name", "name"),
    "getMyName": _getter("name", "name"),
    "setMyDescription": _setter("description", "description"),
    "getMyDescription": _getter("description", "description"),
    "setMyShortDescription": _setter("short_description", "short_description"),
    "getMyShortDescription": _getter("short_description", "short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
