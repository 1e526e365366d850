"""The application's own types: every handler's context carries the bot's `Deps`."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application, CallbackContext, ExtBot

from handlers.deps import Deps


class Bot(ExtBot[None]):
    """The library's bot, and a shorter way to say something: its objects are left out."""

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:
        """A method of the Bot API in its turn; gives back the raw result."""
        return await self._do_post(method, parameters)


class Context(CallbackContext[Bot, dict[Any, Any], dict[Any, Any], "Shared"]):
    """A handler's context; nothing of a person is kept in the library's own dictionaries."""

    @property
    def deps(self) -> Deps:
        return self.bot_data.deps


class Shared:
    """What the library calls bot data: set once, by the process, before the first update."""

    deps: Deps


App = Application[Bot, Context, dict[Any, Any], dict[Any, Any], Shared, None]
