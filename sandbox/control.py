"""The chat page, and the sandbox over HTTP, JSON in and out.

GET  /sandbox/state, /sandbox/journal?since=N, /sandbox/events (server-sent), /sandbox/files/ID
POST /sandbox/people  {"id", "name", "language", "key"}
     /sandbox/say     {"person", "text", "fields"}
     /sandbox/press   {"person", "message_id", "data"}
     /sandbox/block   {"person", "blocked"}
     /sandbox/faults  {"fault", its own words, "chat", "method", "times", "chance", "skip"}
     /sandbox/updates any update
     /sandbox/clear   {}
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib.resources import files
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.faults import FAULTS

if TYPE_CHECKING:
    from sandbox.people import Person
    from sandbox.standin import Standin

Json = dict[str, Any]
Act = Callable[["Standin", Json], Any]

_KINDS: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}
_PAGE: Final = ("page.css", "page.js", "message.js", "text.js")
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def pages(telegram: Standin) -> Starlette:
    """The page, its events, and one route for each act."""

    async def state(_: Request) -> Response:
        return JSONResponse(told_state(telegram))

    async def journal(request: Request) -> Response:
        since = int(request.query_params.get("since", "0"))
        return JSONResponse([c.as_json() for c in telegram.journal if c.number >= since])

    async def events(_: Request) -> Response:
        return StreamingResponse(_stream(telegram), media_type="text/event-stream")

    async def stored(request: Request) -> Response:
        upload = telegram.world.files.by_id(request.path_params["file_id"]).upload
        shown = upload.content_type.startswith("image/") and "svg" not in upload.content_type
        disposition = "inline" if shown else "attachment"
        headers = _HEADERS | {"Content-Disposition": disposition}
        return Response(upload.content, media_type=upload.content_type, headers=headers)

    routes = [
        Route("/", _page("index.html")),
        *(Route(f"/{name}", _page(name)) for name in _PAGE),
        Route("/sandbox/state", state),
        Route("/sandbox/journal", journal),
        Route("/sandbox/events", events),
        Route("/sandbox/files/{file_id}", stored),
    ]
    for name, act in ACTS.items():
        routes.append(Route(f"/sandbox/{name}", _act(telegram, act), methods=["POST"]))
    return Starlette(routes=routes)


def _page(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def page(_: Request) -> Response:
        content = files("sandbox").joinpath("page", name).read_bytes()
        return Response(content, media_type=_KINDS[PurePath(name).suffix], headers=_HEADERS)

    return page


def _act(telegram: Standin, act: Act) -> Callable[[Request], Awaitable[Response]]:
    async def run(request: Request) -> Response:
        # Another site's page can send a form here, but not this type without being allowed to.
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            raise HTTPException(415, "application/json is expected")
        try:
            return JSONResponse(act(telegram, await request.json()))
        except (LookupError, TypeError, ValueError, RuntimeError) as error:
            return JSONResponse({"error": f"{type(error).__name__}: {error}"}, 400)

    return run


async def _stream(telegram: Standin) -> AsyncIterator[bytes]:
    yield b"retry: 1000\n\n"
    async for event in telegram.events():
        yield f"data: {json.dumps(event)}\n\n".encode()


# What the page is told


def told_state(telegram: Standin) -> Json:
    """Everything that the page shows."""
    return {
        "bot": telegram.world.me() | {"here": telegram.bot_is_here},
        "description": telegram.world.profile.description,
        "people": [told_person(person) for person in telegram.people.values()],
        "faults": [order.as_json() for order in telegram.calls.orders.waiting()],
    }


def told_person(person: Person) -> Json:
    account = person.account
    posts = person.world.chats[account.id].posts.values()
    return {
        "id": account.id,
        "key": account.key or str(account.id),
        "name": account.name,
        "language": account.language,
        "started": account.started,
        "blocked": account.blocked,
        "deactivated": account.deactivated,
        "commands": person.world.commands_of(account),
        "messages": [post.message | {"silent": post.silent} for post in posts],
    }


# What can be done


def add_person(telegram: Standin, said: Json) -> Json:
    person = telegram.person(
        said["id"], said.get("name", ""), said.get("language", "en"), key=said.get("key", "")
    )
    return told_person(person)


def say(telegram: Standin, said: Json) -> Json:
    message = _person(telegram, said).says(said["text"], **said.get("fields", {}))
    return {"message_id": message.id}


def press(telegram: Standin, said: Json) -> Json:
    """Press a button by its data, as the page shows it at that moment."""
    person = _person(telegram, said)
    query = telegram.world.pressed(person.account, person.id, said["message_id"], said["data"])
    return {"query": query.id}


def block(telegram: Standin, said: Json) -> Json:
    person = _person(telegram, said)
    if said.get("blocked", True):
        person.blocks()
    else:
        person.unblocks()
    return told_person(person)


def order_fault(telegram: Standin, said: Json) -> Json:
    """`{"fault": "too_many_requests", "retry_after": 5, "chat": 1001, "times": 1}`."""
    placing = ("chat", "method", "times", "chance", "skip")
    with_words = {k: v for k, v in said.items() if k not in (*placing, "fault")}
    placed = {name: said[name] for name in placing if name in said}
    return telegram.order(FAULTS[said["fault"]](**with_words), **placed).as_json()


def inject(telegram: Standin, update: Json) -> Json:
    return {"update_id": telegram.inject(update)}


def clear(telegram: Standin, _: Json) -> Json:
    telegram.clear()
    return {}


def _person(telegram: Standin, said: Json) -> Person:
    return telegram.people[said["person"]]


ACTS: Final[dict[str, Act]] = {
    "people": add_person,
    "say": say,
    "press": press,
    "block": block,
    "faults": order_fault,
    "updates": inject,
    "clear": clear,
}
