"""Every screen at least once, by subject and name; the golden files and other tests use them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from exchange.ledger import Ledger
from exchange.news import News
from exchange.quantity import Quantity, Wording
from exchange.records import (
    BOTH_NOT_SPLIT,
    NOT_STATED,
    Lifecycle,
    Pledge,
    Principle,
    Record,
    Source,
    SourceType,
    Stage,
    StageKind,
    Statement,
    Unit,
)
from messages import fixed, onboarding, settings
from messages.alert import alert
from messages.message import Html, Message
from messages.sources import source, sources
from messages.stages import stage, stages
from messages.status import nothing_recorded, status
from tests.builders import (
    AT,
    FIRST_STAGE,
    JUNE_10,
    RU,
    UA,
    a_ledger,
    a_pledge,
    a_stage,
    about,
    an_agreement,
    at_least,
    at_most,
    back_to,
    between,
    bodies,
    confirmed_by,
    exactly,
    istanbul,
    label,
    more_than,
    said,
    words,
)

Case = Callable[[str], Message]
"""A screen in a language."""

SECOND_STAGE = a_stage("S2", day=JUNE_10, categories=("wounded",))


def _stage(key: str, to_ua: Quantity | None, to_ru: Quantity | None, **more: object) -> Stage:
    made = a_stage(
        key,
        back_to(UA, *([said(to_ua)] if to_ua else [])),
        back_to(RU, *([said(to_ru, "ministry-ru")] if to_ru else [])),
        day=JUNE_10,
    )
    return replace(made, **more)  # type: ignore[arg-type] # fields of a stage, by name


LEDGERS: dict[str, Ledger] = {
    "one stage without a number": istanbul(),
    "two stages without a number": istanbul(SECOND_STAGE),
    "no stage": a_ledger(a_pledge("P1", UA, at_least(1200)), a_pledge("P2", RU, at_least(1200))),
    "nothing but the agreement": a_ledger(),
    "numbers": istanbul(_stage("S1", exactly(157), exactly(150))),
    "a sum": a_ledger(
        a_pledge("P1", UA, exactly(500)),
        a_pledge("P2", RU, exactly(500)),
        _stage("S1", exactly(200), between(200, 250)),
        _stage("S2", exactly(300), exactly(303)),
    ),
    "a sum with gaps": istanbul(
        _stage("S1", exactly(200), exactly(200)),
        _stage("S2", at_least(50), exactly(60)),
        _stage("S3", None, None),
    ),
    "gaps on one side": istanbul(_stage("S1", exactly(200), None), _stage("S2", None, None)),
    "more than": istanbul(_stage("S1", more_than(1000), more_than(1000))),
    "more than, in a sum": istanbul(
        _stage("S1", more_than(1000), at_most(90)), _stage("S2", exactly(100), at_most(10))
    ),
    "about": istanbul(_stage("S1", None, None), _stage("S2", about(250), about(250))),
    "one direction": a_ledger(a_stage("S1", back_to(UA, said(exactly(157))))),
    "at most, and a gap": istanbul(
        _stage("S1", at_most(90), at_most(90)), _stage("S2", None, None)
    ),
    "about, beside a number": istanbul(
        _stage("S1", exactly(100), exactly(100)),
        _stage("S2", about(250), about(250)),
        _stage("S3", None, about(30)),
    ),
    "speakers differ": istanbul(
        a_stage(
            "S1",
            back_to(UA, said(exactly(6057)), said(exactly(6060), "ministry-ru")),
            back_to(RU, said(more_than(6000)), said(exactly(6060), "ministry-ru")),
            day=JUNE_10,
        )
    ),
    "pledges differ": a_ledger(
        a_pledge("P1", UA, at_least(1000)),
        a_pledge("P2", UA, at_least(1200), speaker="headquarters"),
        a_pledge("P3", RU, about(1000)),
        _stage("S1", exactly(1100), exactly(1100)),
    ),
    "a pledge is met": a_ledger(
        a_pledge("P1", UA, at_least(500)),
        a_pledge("P2", RU, at_least(600)),
        _stage("S1", exactly(500), exactly(500), confirmations=confirmed_by("president")),
    ),
    "all for all": a_ledger(
        Pledge(
            "P1",
            "istanbul",
            Unit.PERSON,
            BOTH_NOT_SPLIT,
            (Statement("voice-ua", "R1"),),
            principle=Principle.ALL_FOR_ALL_IN_CATEGORY,
        ),
        a_pledge("P2", NOT_STATED, exactly(300)),
        _stage("S1", None, None, confirmations=()),
    ),
    "bodies returned": istanbul(bodies("S2", exactly(6057), exactly(27))),
    "bodies pledged by number": a_ledger(
        a_pledge("P1", UA, exactly(6000), unit=Unit.BODY),
        bodies("S1", exactly(6057), exactly(27)),
    ),
    "under way and announced": istanbul(
        a_stage("S2", day=JUNE_10, state=Lifecycle.UNDER_WAY),
        a_stage("S3", day=None, state=Lifecycle.ANNOUNCED),
    ),
    "confirmed unevenly": istanbul(
        _stage("S2", None, None, confirmations=confirmed_by("president"))
    ),
    "confirmed by one side each": a_ledger(
        _stage("S1", None, None, confirmations=confirmed_by("president")),
        _stage("S2", None, None, confirmations=confirmed_by("ministry-ru"), date=None),
    ),
    "confirmed by a third party": a_ledger(
        _stage("S1", None, None, confirmations=confirmed_by("red-cross"), date=None)
    ),
    "two agreements": istanbul(
        an_agreement(
            "geneva",
            name=label("Geneva agreement", "Женевська домовленість", "Женевская договорённость"),
            day=None,
        ),
        a_stage("S2", agreement="geneva"),
    ),
    "long names": istanbul(
        an_agreement(
            name=label("The agreement of the contact group on the exchange of all prisoners")
        ),
        _stage("S1", at_least(1234567), between(1234567, 1234568)),
    ),
}

ALERTED: dict[str, Stage] = {
    "completed, both directions, no number": SECOND_STAGE,
    "completed, one direction, a number": a_stage(
        "S2", back_to(UA, said(exactly(157))), confirmations=confirmed_by("president")
    ),
    "completed, numbers of different speakers": a_stage(
        "S2",
        back_to(UA, said(exactly(6057)), said(exactly(6060), "ministry-ru")),
        back_to(RU, said(Quantity(words=words("dozens")))),
    ),
    "under way, unconfirmed": a_stage("S2", state=Lifecycle.UNDER_WAY, confirmations=()),
    "under way, one direction": a_stage("S2", back_to(RU), state=Lifecycle.UNDER_WAY),
    "announced, with a day": a_stage("S2", state=Lifecycle.ANNOUNCED, confirmations=()),
    "announced, without a day": a_stage("S2", back_to(UA), day=None, state=Lifecycle.ANNOUNCED),
    "postponed": a_stage("S2", state=Lifecycle.POSTPONED),
    "cancelled, one direction": a_stage("S2", back_to(UA), state=Lifecycle.CANCELLED),
    "bodies": bodies("S2", exactly(1212), exactly(27)),
    "bodies, announced": replace(
        bodies("S2", about(1000), about(30)), lifecycle=Lifecycle.ANNOUNCED, confirmations=()
    ),
    "urgent medical": replace(SECOND_STAGE, kind=StageKind.URGENT_MEDICAL),
    "civilians": a_stage("S2", back_to(UA, said(exactly(8)), unit=Unit.CIVILIAN)),
    "service members and civilians": a_stage(
        "S2",
        back_to(UA, said(exactly(33)), unit=Unit.SERVICE_MEMBER),
        back_to(UA, said(exactly(51)), unit=Unit.CIVILIAN),
        confirmations=confirmed_by("red-cross"),
    ),
}

CHOICES = settings.Choices(
    language="uk",
    subscribed=True,
    people=True,
    bodies=False,
    bodies_silent=True,
    claims=False,
    since_at=AT,
    consent_version=1,
)
_ALL_ON = replace(CHOICES, people=False, bodies=True, bodies_silent=False, claims=True)
_SILENT = replace(CHOICES, bodies=True)
_LANGUAGE_ONLY = replace(CHOICES, subscribed=False, consent_version=0)

_MANY_STAGES = istanbul(*(a_stage(f"S{n}", day=JUNE_10) for n in range(2, 13)))
_TYPES: tuple[Record, ...] = tuple(
    Source(f"R{number}", kind, url=f"https://site-{kind.value}.example.org/")
    for number, kind in enumerate(SourceType, start=3)
)
_WITHDRAWN = a_ledger(FIRST_STAGE, SECOND_STAGE, withdrawn=("S1", "R1"))
_COMMANDS = (
    *("start", "status", "stages", "stage", "sources", "source", "settings", "subscribe"),
    *("unsubscribe", "language", "help", "safety", "privacy", "mydata", "forget", "about"),
    *("progress", "claims", "claim", "history", "corrections", "asof", "cite", "verify", "export"),
    *("record", "drafts", "freeze", "thaw"),
)


def _status(ledger: Ledger) -> Case:
    return lambda language: status(ledger, None, language)


def _alert(stage: Stage, told: News = News.NEW_STAGE, refers_to: int | None = None) -> Case:
    return lambda language: alert(istanbul(), stage, 5, refers_to, told, language)


def lines_alone(*sayers: Callable[[str], str]) -> Case:
    """Short lines that are no messages, as one message."""
    return lambda language: Message(Html("\n".join(say(language) for say in sayers)))


STATUS: dict[str, Case] = {
    **{name: _status(ledger) for name, ledger in LEDGERS.items()},
    "the other agreement": lambda language: status(LEDGERS["two agreements"], "istanbul", language),
    "an empty ledger": lambda language: status(Ledger(), None, language),
    "an empty ledger, to the owner": lambda language: nothing_recorded(language, owner=True),
}

STAGES: dict[str, Case] = {
    "all": lambda language: stages(istanbul(SECOND_STAGE), None, 1, language),
    "none": lambda language: stages(a_ledger(), None, 1, language),
    "numbers": lambda language: stages(LEDGERS["speakers differ"], None, 1, language),
    "a page in the middle": lambda language: stages(_MANY_STAGES, "istanbul", 2, language),
    "one in full": lambda language: stage(istanbul(), "S1", language),
    "one with different numbers": lambda language: stage(
        LEDGERS["speakers differ"], "S1", language
    ),
    "words nobody translated": lambda language: stage(
        istanbul(
            a_stage(
                "S2",
                back_to(UA, said(replace(exactly(40), words=words("forty")))),
                said_words=words("dozens"),
            )
        ),
        "S2",
        language,
    ),
    "words in another language": lambda language: stage(
        istanbul(a_stage("S2", said_words=Wording("de", {"de": "mehrere Busse"}))), "S2", language
    ),
    "with many sources": lambda language: stage(
        istanbul(*_TYPES, a_stage("S2", sources=("R1", "R2", "R3", "R4", "R5"))), "S2", language
    ),
    "unconfirmed": lambda language: stage(
        istanbul(a_stage("S2", confirmations=())), "S2", language
    ),
    "unknown": lambda language: stage(istanbul(), "", language),
    "withdrawn": lambda language: stage(_WITHDRAWN, "S1", language),
}

SOURCES: dict[str, Case] = {
    "all": lambda language: sources(istanbul(), 1, language),
    "of every type": lambda language: sources(a_ledger(*_TYPES), 1, language),
    "an outlet": lambda language: source(istanbul(), "R1", language),
    "with a link and dates": lambda language: source(istanbul(), "R2", language),
    "nothing rests on it": lambda language: source(a_ledger(*_TYPES), "R3", language),
    "nothing is known of it": lambda language: source(a_ledger(Source("R3")), "R3", language),
    "unknown": lambda language: source(istanbul(), "", language),
    "withdrawn": lambda language: source(_WITHDRAWN, "R1", language),
    "none": lambda language: sources(Ledger(), 1, language),
}

ALERTS: dict[str, Case] = {
    **{name: _alert(one) for name, one in ALERTED.items()},
    "an update: completed": _alert(SECOND_STAGE, News.LIFECYCLE, 3),
    "an update: a first number": _alert(
        ALERTED["completed, one direction, a number"], News.FIRST_FIGURE, 3
    ),
    "a repeat": lambda language: alert(
        istanbul(), SECOND_STAGE, 42, None, News.NEW_STAGE, language, repeat=True
    ),
}

ONBOARDING: dict[str, Case] = {
    "the language": lambda _language: onboarding.choose_language(),
    "what it is": onboarding.what_it_is,
    "consent": onboarding.ask_consent,
    "yes": onboarding.subscribed,
    "no": onboarding.not_subscribed,
}

SETTINGS: dict[str, Case] = {
    "nothing is kept": lambda language: settings.settings(None, language),
    "people alone": lambda language: settings.settings(CHOICES, language),
    "bodies, silent": lambda language: settings.settings(_SILENT, language),
    "bodies, with sound": lambda language: settings.settings(_ALL_ON, language),
    "unsubscribed": settings.unsubscribed,
    "which language": settings.language_menu,
    "language kept": settings.language_kept,
    "language not kept": settings.language_not_kept,
    "mydata": lambda language: settings.mydata(CHOICES, language),
    "mydata, the language alone": lambda language: settings.mydata(_LANGUAGE_ONLY, language),
    "mydata, everything on": lambda language: settings.mydata(_ALL_ON, language),
    "mydata, a moderator": lambda language: settings.mydata(CHOICES, language, "mod-2"),
    "mydata, a moderator who reads nothing": lambda language: settings.mydata(
        None, language, "mod-2"
    ),
    "mydata, nothing": lambda language: settings.mydata(None, language),
    "forget": settings.forget_ask,
    "forgotten": settings.forgotten,
    "nothing changed": settings.nothing_changed,
}

FIXED: dict[str, Case] = {
    "help": lambda language: fixed.help(_COMMANDS, language),
    "privacy": fixed.privacy,
    "about": fixed.about,
    "safety": fixed.safety,
    "plain words": fixed.warm,
    "unknown command": fixed.unknown_command,
    "something went wrong": fixed.something_went_wrong,
    "no room to save anything": fixed.store_full,
    "a group": fixed.group,
    "lines over the chat": lines_alone(fixed.stale_button, fixed.crowd),
    "the bot presents itself": lines_alone(fixed.name, fixed.short_description, fixed.description),
}
