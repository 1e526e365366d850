"""One call from its arrival to what goes back: checks, ordered faults, effect, journal."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sandbox.bell import Bell
from sandbox.faults import Fault, Orders, Reply, unauthorized
from sandbox.files import Upload
from sandbox.journal import Journal
from sandbox.methods import MESSAGE_METHODS
from sandbox.refusals import NOT_FOUND, Refused, bad_request
from sandbox.schema import method_names, read_arguments
from sandbox.setup_methods import SETUP_METHODS
from sandbox.world import World

Json = dict[str, Any]
METHODS: Final = MESSAGE_METHODS | SETUP_METHODS
_GATEWAY: Final = "<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over HTTP."""

    status: int
    body: bytes
    content_type: str = "application/json"


class Calls:
    """Takes the bot's calls. `noted` rings after each."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.journal = Journal()
        self.orders = Orders()
        self.noted = Bell()
        self._closing = Bell()

    async def take(self, token: str, method: str, given: Mapping[str, object]) -> Answer | None:
        """The answer to a call; None when the connection must be cut without one."""
        name = method_names().get(method.lower())
        if name is None:
            return _refusal(Refused(*NOT_FOUND))
        chat_id = _chat_id(given)
        number = self.journal.open(self.world.now(), name, chat_id, _readable(given))
        known = token == self.world.token
        fault = self.orders.take(name, chat_id) if known else unauthorized()
        answer = await self._answer(number, name, given, fault)
        self.journal.note(
            number,
            answered_at=self.world.now(),
            status=answer.status if answer else 0,
            fault=fault.name if fault else None,
        )
        self.noted.ring()
        return answer

    def close(self) -> None:
        """End every call that waits."""
        self._closing.ring()
        self.world.updates.end_poll()

    async def _answer(
        self, number: int, method: str, given: Mapping[str, object], fault: Fault | None
    ) -> Answer | None:
        if fault is None:
            return await self._effect(number, method, given)
        if fault.refusal is not None:
            if fault.seconds:
                await self._closing.wait(fault.seconds)
            self.journal.note(number, description=fault.refusal.description)
            return _refusal(fault.refusal)
        if fault.accepted_late:
            await self._closing.wait(fault.seconds)
        answer = await self._effect(number, method, given) if fault.accepted else None
        if fault.seconds and not fault.accepted_late:
            await self._closing.wait(fault.seconds)
        return _as_ordered(fault, answer)

    async def _effect(self, number: int, method: str, given: Mapping[str, object]) -> Answer:
        """Do what the call asks, if Telegram would."""
        try:
            result = await self._do(method, given)
        except Refused as refusal:
            self.journal.note(number, description=refusal.description)
            return _refusal(refusal)
        message_id = result.get("message_id") if isinstance(result, dict) else None
        self.journal.note(number, accepted=True, message_id=message_id)
        self.noted.ring()
        return Answer(200, _encoded({"ok": True, "result": result}))

    async def _do(self, method: str, given: Mapping[str, object]) -> Any:
        if (work := METHODS.get(method)) is None:
            raise bad_request(f"the stand-in does not do {method}")
        result = work(self.world, read_arguments(method, given))
        return await result if inspect.isawaitable(result) else result


def _as_ordered(fault: Fault, answer: Answer | None) -> Answer | None:
    match fault.reply:
        case Reply.PAGE:
            page = _GATEWAY.format(f"{fault.status} Bad Gateway").encode()
            return Answer(fault.status, page, "text/html")
        case Reply.CUT if answer is not None:
            return Answer(answer.status, answer.body[: len(answer.body) // 2])
        case Reply.NOTHING:
            return None
    return answer


def _refusal(refusal: Refused) -> Answer:
    body: Json = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = dict(refusal.parameters)
    return Answer(refusal.status, _encoded(body))


def _encoded(body: Json) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()


def _chat_id(given: Mapping[str, object]) -> int | None:
    chat_id = str(given.get("chat_id", ""))
    return int(chat_id) if chat_id.removeprefix("-").isdecimal() else None


def _readable(given: Mapping[str, object]) -> Json:
    """Parameters for the journal: JSON values decoded, uploads by their name."""
    return {
        name: value if name in {"text", "caption"} else _decoded(value)
        for name, value in given.items()
    }


def _decoded(value: object) -> object:
    if isinstance(value, Upload):
        return {"upload": value.name, "bytes": len(value.content)}
    if isinstance(value, str) and value.startswith(("{", "[")):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
