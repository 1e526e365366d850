"""The stages of an agreement: all of them, page by page, and one in full."""

from __future__ import annotations

from collections.abc import Sequence

from exchange.ledger import Ledger
from exchange.records import Agreement, Composition, Stage, Transfer, Unit
from messages.figures import identification, said, whose
from messages.message import Button, Heading, Message, compose
from messages.onward import history, history_and_citation, to_sources
from messages.pages import Pages
from messages.phrases import Phrases, capital
from messages.status import nothing_recorded
from messages.values import Day, Figure, PublicId

ON_A_PAGE = 5


def stages(ledger: Ledger, agreement: str | None, page: int, language: str) -> Message:
    """All stages of an agreement, the newest first; None: of the one recorded for last."""
    phrases = Phrases(ledger, language)
    shown = ledger.agreements.get(agreement or "") or ledger.latest_agreement()
    if shown is None:
        return nothing_recorded(language)
    pages = Pages(tuple(reversed(ledger.stages_of(shown.key))), page, ON_A_PAGE)
    lines = [Heading(phrases.title(shown)), phrases.say("stages-heading")]
    if not pages.shown:
        lines.append(phrases.say("stages-none"))
    for stage in pages.shown:
        lines += ["", *_summary(phrases, shown, stage)]
    lines += pages.footer(phrases.say)
    buttons = [
        *((_to(phrases, stage),) for stage in pages.shown),
        pages.turn(phrases.say, f"stages:{shown.key}:"),
        (Button(phrases.say("button-status"), f"status:{shown.key}"),),
    ]
    return compose(lines, buttons, phrases.say("cut"))


def stage(ledger: Ledger, key: str, language: str) -> Message:
    """Everything recorded of one stage, each thing with who says it."""
    phrases = Phrases(ledger, language)
    found = ledger.stages.get(key)
    if found is None:
        return _no_stage(phrases, key)
    agreement = ledger.agreements[found.agreement]
    lines = [
        _title(phrases, found),
        phrases.who(found),
        phrases.title(agreement),
        "",
        *directions(phrases, found),
        *_after_the_return(phrases, found),
        *_as_printed(phrases, found),
        *_named_otherwise(phrases, found),
        *_among_them(phrases, found),
        "",
        *attribution(phrases, found),
        *_further_stages(phrases, found),
    ]
    buttons = [
        *to_sources(phrases, found.sources),
        history_and_citation(phrases, found.key),
        (Button(phrases.say("button-all-stages"), f"stages:{agreement.key}:1"),),
    ]
    return compose(lines, buttons, phrases.say("cut"))


def directions(phrases: Phrases, stage: Stage) -> list[str]:
    """To whom the people or bodies of a stage return, and how many."""
    agreement = phrases.ledger.agreements[stage.agreement]
    transfers = phrases.by_direction(agreement, stage.transfers)
    ways = "both" if len({one.returned_to for one in transfers}) > 1 else "one"
    head = phrases.say("directions", state=stage.lifecycle.value, ways=ways)
    return [head, *(_direction(phrases, transfer) for transfer in transfers)]


def attribution(phrases: Phrases, stage: Stage) -> list[str]:
    """Who confirms a stage and who said its numbers; else where it was read."""
    say = phrases.say
    lines = [phrases.confirmation(stage)]
    confirming = [one.speaker for one in stage.confirmations]
    if confirming:
        lines.append(say("said-by", speakers=phrases.actors(confirming)))
    counting = whose(stage.transfers)
    if counting:
        lines.append(say("numbers-by", speakers=phrases.actors(counting)))
    if not confirming and not counting:
        read = [
            phrases.ledger.sources[key] for key in stage.sources if key in phrases.ledger.sources
        ]
        places = list(dict.fromkeys(phrases.publisher(one) for one in read))
        lines += [say("read-in", places=phrases.several(places, 3))] if places else []
    return lines


def _summary(phrases: Phrases, agreement: Agreement, stage: Stage) -> list[str]:
    numbers = [
        phrases.say(
            "direction-number",
            direction=phrases.direction(one.returned_to, one.unit),
            number=said(phrases, one),
        )
        for one in phrases.by_direction(agreement, stage.transfers)
        if one.figures
    ]
    return [_title(phrases, stage), phrases.who(stage), *(numbers or [phrases.say("no-number")])]


def _title(phrases: Phrases, stage: Stage) -> Heading:
    return Heading(
        phrases.say(
            "stage-title",
            id=PublicId(stage.key),
            day=phrases.day(stage.date),
            state=phrases.say(f"state-{stage.lifecycle}"),
        )
    )


def _direction(phrases: Phrases, transfer: Transfer) -> str:
    return phrases.say(
        "direction-line",
        direction=phrases.direction(transfer.returned_to, transfer.unit),
        number=said(phrases, transfer),
    )


def _as_printed(phrases: Phrases, stage: Stage) -> list[str]:
    if stage.words is None:
        return []
    return [phrases.say("as-printed-together", words=phrases.words(stage.words))]


def _after_the_return(phrases: Phrases, stage: Stage) -> list[str]:
    """What is said of bodies after their return, in each direction: returned is not identified."""
    found = [
        capital(
            phrases.say(
                "change-towards",
                party=phrases.term(transfer.returned_to),
                value=identification(phrases, one),
            )
        )
        for transfer in phrases.by_direction(
            phrases.ledger.agreements[stage.agreement], stage.transfers
        )
        for one in transfer.identifications
    ]
    return ["", *found, phrases.say("returned-not-identified")] if found else []


def _named_otherwise(phrases: Phrases, stage: Stage) -> list[str]:
    """Other days that are given for it, and the numbers that others give it."""
    days = [
        phrases.say("other-day", day=Day(one.day), speaker=phrases.actor(one.stated.speaker))
        for one in stage.other_days
    ]
    ordinals = [
        phrases.say(
            "ordinal-by",
            number=Figure(one.number),
            counting=phrases.label(one.counting),
            speaker=phrases.actor(one.stated.speaker),
        )
        for one in stage.ordinals
    ]
    return ["", *days, *ordinals] if days or ordinals else []


def _among_them(phrases: Phrases, stage: Stage) -> list[str]:
    return [
        line
        for transfer in stage.transfers
        for part in transfer.compositions
        for line in _composition(phrases, transfer, part)
    ]


def _composition(phrases: Phrases, transfer: Transfer, part: Composition) -> list[str]:
    """Who was among those returned: services and ranks, by presence and never by number."""
    say = phrases.say
    direction = phrases.direction(transfer.returned_to, Unit.PERSON)
    lines = ["", say("among-them", direction=direction)]
    if part.branches:
        named = phrases.several([phrases.term(key) for key in part.branches], 12, ", ")
        lines.append(say("branches", branches=named))
    if part.ranks:
        ranks = phrases.several([phrases.term(key) for key in part.ranks], 6, ", ")
        lines.append(say("ranks", ranks=ranks))
    return [*lines, say("according-to", speakers=phrases.actor(part.stated.speaker))]


def _further_stages(phrases: Phrases, stage: Stage) -> list[str]:
    """What somebody said of stages to follow; words alone stand without a missing number."""
    if stage.further_stages is None:
        return []
    quantity = stage.further_stages.quantity
    words = phrases.words(quantity.words) if quantity.words else ""
    number = words if quantity.value is None and words else phrases.quantity(quantity)
    speaker = phrases.actor(stage.further_stages.stated.speaker)
    return [phrases.say("further-stages", number=number, speaker=speaker)]


def _to(phrases: Phrases, stage: Stage) -> Button:
    label = phrases.say("button-stage", id=PublicId(stage.key), day=phrases.day(stage.date))
    return Button(label, f"stage:{stage.key}")


def _no_stage(phrases: Phrases, key: str) -> Message:
    entry = phrases.ledger.entries.get(key)
    known: Sequence[str] = tuple(phrases.ledger.stages)
    if entry is not None and entry.withdrawn and isinstance(entry.record, Stage):
        lines = [phrases.say("stage-withdrawn", id=PublicId(key))]
        before = [(history(phrases, key),)]
    else:
        example = PublicId(known[-1] if known else "S1")
        lines, before = phrases.say.lines("stage-unknown", example=example), []
    return compose(lines, [*before, (Button(phrases.say("button-all-stages"), "stages"),)])
