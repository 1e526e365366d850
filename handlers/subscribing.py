"""What readers decide about themselves: alerts, language, and what is kept of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from handlers.visit import Visit
from messages import onboarding, settings
from messages.catalogue import LANGUAGES
from storage import subscribers, updates
from storage.store import Connection
from storage.subscribers import Subscriber

T = TypeVar("T")
CONSENT = 1
"""The version of the text that readers agree to; a new version is a new question."""
NO_CONSENT = 0
"""Of who lets the bot remember a language and asks for no alerts."""


async def start(visit: Visit) -> None:
    """One question at a time: the language, what the bot is, whether to get alerts.

    Only buttons answer these questions; what is typed after /start is nobody's consent.
    """
    if not visit.in_place:
        await _welcome(visit)
        return
    language, _, step = visit.argument.partition(":")
    if language not in LANGUAGES:
        await visit.answer(onboarding.choose_language())
        return
    await {
        "": _explain,
        "ask": _ask_consent,
        "yes": subscribe_now,
        "no": _decline,
    }.get(step, _explain)(visit.speaking(language))


async def _welcome(visit: Visit) -> None:
    if visit.reader and visit.reader.subscribed:
        await settings_screen(visit)
    else:
        await visit.answer(onboarding.choose_language())


async def _explain(visit: Visit) -> None:
    await visit.answer(onboarding.what_it_is(visit.language))


async def _ask_consent(visit: Visit) -> None:
    await visit.answer(onboarding.ask_consent(visit.language))


async def _decline(visit: Visit) -> None:
    await visit.answer(onboarding.not_subscribed(visit.language))


async def subscribe(visit: Visit) -> None:
    """Ask for consent; who gave it before and only paused is asked again."""
    if visit.reader and visit.reader.subscribed:
        await settings_screen(visit)
    else:
        await _ask_consent(visit)


async def subscribe_now(visit: Visit) -> None:
    """The reader agreed: from now on every alert about people comes."""
    await _write(
        visit,
        lambda conn: subscribers.subscribe(
            conn,
            visit.store.seal,
            visit.chat_id,
            language=visit.language,
            consent_version=CONSENT,
            at=visit.now,
        ),
    )
    await visit.answer(onboarding.subscribed(visit.language))


async def unsubscribe(visit: Visit) -> None:
    """No more alerts, and those on their way are called back."""
    if visit.reader is None:
        await visit.answer(settings.nothing_kept(visit.language))
        return
    await _write(visit, lambda conn: subscribers.unsubscribe(conn, visit.store.seal, visit.chat_id))
    await visit.answer(settings.unsubscribed(visit.language))


async def settings_screen(visit: Visit) -> None:
    """What the reader chose, with a button to change each."""
    reader = await visit.store.read(
        lambda conn: subscribers.find(conn, visit.store.seal, visit.chat_id)
    )
    await visit.answer(settings.settings(_choices(reader), visit.language))


async def topic(visit: Visit) -> None:
    """Turn a topic on or off: "people:on", "bodies:off", "claims:on"."""
    name, _, state = visit.argument.partition(":")
    if (
        visit.reader
        and name in ("people", "bodies", "bodies_silent", "claims")
        and state in ("on", "off")
    ):
        await _write(
            visit,
            lambda conn: subscribers.choose(
                conn, visit.store.seal, visit.chat_id, **{name: state == "on"}
            ),
        )
    await settings_screen(visit)


async def language(visit: Visit) -> None:
    """Choose the language; it is kept for those who are kept, and for others only if they agree."""
    chosen, _, keep = visit.argument.partition(":")
    if chosen not in LANGUAGES:
        await visit.answer(settings.language_menu(visit.language))
        return
    speaking = visit.speaking(chosen)
    if visit.reader is None and keep != "keep":
        await speaking.answer(settings.language_not_kept(chosen))
        return
    consented = visit.reader.consent_version if visit.reader else NO_CONSENT
    await _write(
        visit,
        lambda conn: subscribers.remember_language(
            conn,
            visit.store.seal,
            visit.chat_id,
            language=chosen,
            consent_version=consented,
            at=visit.now,
        ),
    )
    await speaking.answer(settings.language_kept(chosen))


async def mydata(visit: Visit) -> None:
    """Everything that is kept about the reader."""
    moderator = await visit.moderator()
    pseudonym = moderator.pseudonym if moderator else ""
    await visit.answer(settings.mydata(_choices(visit.reader), visit.language, pseudonym))


async def forget(visit: Visit) -> None:
    """Erase everything about the reader, after one question.

    Whoever came back after the yes is not erased by the same yes, handed over again after a crash.
    """
    if visit.argument != "yes":
        await visit.answer(settings.forget_ask(visit.language))
        return
    found = await _write(
        visit, lambda conn: subscribers.forget(conn, visit.store.seal, visit.chat_id)
    )
    done = settings.nothing_kept if found is False else settings.forgotten
    await visit.answer(done(visit.language))


async def nothing_changes(visit: Visit) -> None:
    """The reader said no to a question."""
    await visit.answer(settings.nothing_changed(visit.language))


def _choices(reader: Subscriber | None) -> settings.Choices | None:
    if reader is None:
        return None
    return settings.Choices(
        language=reader.language,
        subscribed=reader.subscribed,
        people=reader.people,
        bodies=reader.bodies,
        bodies_silent=reader.bodies_silent,
        claims=reader.claims,
        since_at=reader.since_at,
        consent_version=reader.consent_version,
    )


async def _write(visit: Visit, act: Callable[[Connection], T]) -> T | None:
    """Do this once for this update, however often Telegram hands it to us."""
    return await visit.store.write(lambda conn: updates.once(conn, visit.update_id, visit.now, act))
