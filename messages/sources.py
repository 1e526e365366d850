"""Where everything was read: all sources, page by page, and one with who says what in it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from exchange.dates import EventDate
from exchange.grading import credibility, reliability
from exchange.ledger import Ledger, Speaking
from exchange.records import Credibility, Source, Stage, Statement
from messages.message import Button, Heading, Message, compose
from messages.onward import history, history_and_citation
from messages.pages import Pages
from messages.phrases import Phrases
from messages.status import nothing_recorded
from messages.values import Count, Day, Grade, PublicId

ON_A_PAGE = 5
_MOST_SPEAKERS = 20
_MOST_RECORDS = 8


def sources(ledger: Ledger, page: int, language: str) -> Message:
    """All sources, the newest first."""
    if not ledger.sources:
        return nothing_recorded(language)
    phrases = Phrases(ledger, language)
    pages = Pages(tuple(reversed(tuple(ledger.sources.values()))), page, ON_A_PAGE)
    lines = [Heading(phrases.say("sources-heading")), phrases.say("sources-explained")]
    for one in pages.shown:
        lines += ["", _title(phrases, one), _summary(phrases, one)]
    lines += pages.footer(phrases.say)
    buttons = [
        tuple(
            Button(phrases.say("button-source", id=PublicId(one.key)), f"source:{one.key}")
            for one in pages.shown[start : start + 2]
        )
        for start in range(0, len(pages.shown), 2)
    ]
    turn = pages.turn(phrases.say, "sources:")
    status = (Button(phrases.say("button-status"), "status"),)
    return compose(lines, [*buttons, turn, status], phrases.say("cut"))


def source(ledger: Ledger, key: str, language: str) -> Message:
    """One source: where it was read and, apart from that, who speaks in it and of what."""
    phrases = Phrases(ledger, language)
    found = ledger.sources.get(key)
    if found is None:
        return _no_source(phrases, key)
    lines = [
        _title(phrases, found),
        *_where(phrases, found),
        "",
        *_who_says_what(phrases, found),
    ]
    stages = [
        Button(phrases.say("button-stage-alone", id=PublicId(one.key)), f"stage:{one.key}")
        for one in ledger.citing(found.key)
        if isinstance(one, Stage)
    ]
    buttons = [
        tuple(stages[:3]),
        history_and_citation(phrases, found.key),
        (Button(phrases.say("button-all-sources"), "sources"),),
    ]
    return compose(lines, buttons, phrases.say("cut"))


def _title(phrases: Phrases, source: Source) -> Heading:
    return Heading(
        phrases.say("source-title", id=PublicId(source.key), publisher=phrases.publisher(source))
    )


def _summary(phrases: Phrases, source: Source) -> str:
    kind = phrases.say(f"source-type-{source.type}")
    if source.read_on is None:
        return kind
    return phrases.say("source-summary", type=kind, day=Day(EventDate.of(source.read_on)))


def _where(phrases: Phrases, source: Source) -> list[str]:
    say = phrases.say
    language = phrases.language_name(source.language) if source.language else say("not-stated")
    read_on = EventDate.of(source.read_on) if source.read_on else None
    return [
        say(f"source-type-{source.type}"),
        say(
            "source-reliability",
            grade=Grade(reliability(source)),
            words=say(f"reliability-{reliability(source).name.lower()}"),
        ),
        say("source-language", language=language),
        say("source-published", day=_day(phrases, source.published)),
        say("source-read-on", day=_day(phrases, read_on)),
        *([say("source-link", link=source.url)] if source.url else [say("source-no-link")]),
        *([say("source-archived", link=source.archived_url)] if source.archived_url else []),
    ]


def _day(phrases: Phrases, day: EventDate | None) -> str:
    return phrases.day(day) if day else phrases.say("not-stated")


def _who_says_what(phrases: Phrases, source: Source) -> list[str]:
    """Speakers with the records that rest on their words; then what cites the source as a whole."""
    spoken: dict[str, dict[str, Statement]] = {}
    for key, stated in phrases.ledger.statements_in(source.key):
        spoken.setdefault(stated.speaker, {})[key] = stated
    lines: list[str] = [Heading(phrases.say("source-speakers"))] if spoken else []
    used: set[str] = set()
    for speaker in phrases.by_party(spoken)[:_MOST_SPEAKERS]:
        own = spoken[speaker]
        grades = {key: _grade(phrases, source, key, own[key]) for key in islice(own, _MOST_RECORDS)}
        used |= {grade.code for grade in grades.values()}
        parts = [
            phrases.say("source-graded", record=phrases.record(key), grade=grade)
            for key, grade in grades.items()
        ]
        rest = len(own) - len(grades)
        parts += [phrases.say("and-more", count=Count(rest))] if rest else []
        records = ", ".join(parts)
        lines.append(phrases.say("source-speaker", speaker=phrases.actor(speaker), records=records))
    cited = [one.key for one in phrases.ledger.citing(source.key)]
    if cited:
        records = phrases.records(cited, _MOST_RECORDS)
        lines.append(phrases.say("source-cited", records=records))
    return [*lines, *_legend(phrases, used)] or [phrases.say("source-unused")]


def _grade(phrases: Phrases, source: Source, key: str, stated: Statement) -> Grade:
    """The source's letter and, apart from it, the digit of what is said."""
    ledger = phrases.ledger
    record = ledger.entries[key].record
    said = credibility(stated, record, ledger) if isinstance(record, Speaking) else ""
    return Grade(f"{reliability(source)}{said}")


def _legend(phrases: Phrases, codes: Iterable[str]) -> list[str]:
    """What the codes mean: where the words come from is graded apart from what they say."""
    digits = sorted({code[1:] for code in codes if code[1:]})
    if not digits:
        return []
    meanings = [
        phrases.say(
            "grade-meaning",
            grade=Grade(digit),
            words=phrases.say(f"credibility-{Credibility(digit).name.lower()}"),
        )
        for digit in digits
    ]
    return ["", phrases.say("grade-legend", meanings="; ".join(meanings))]


def _no_source(phrases: Phrases, key: str) -> Message:
    entry = phrases.ledger.entries.get(key)
    if entry is not None and entry.withdrawn and isinstance(entry.record, Source):
        lines = [phrases.say("source-withdrawn", id=PublicId(key))]
        before = [(history(phrases, key),)]
    else:
        known = tuple(phrases.ledger.sources)
        example = PublicId(known[-1] if known else "R1")
        lines, before = phrases.say.lines("source-unknown", example=example), []
    return compose(lines, [*before, (Button(phrases.say("button-all-sources"), "sources"),)])
