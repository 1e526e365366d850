"""The draft of a stage: its fields in words, what each screen asks, and the buttons that answer."""

from __future__ import annotations

from exchange.draft import Screen
from exchange.lifecycle import open_to
from exchange.quantity import Qualifier
from exchange.records import Lifecycle, StageKind, TermKind, Transfer, Unit
from exchange.stage_draft import StageDraft
from messages.asking import (
    Answer,
    Asking,
    Row,
    Screenful,
    View,
    calendar,
    in_rows,
    named,
    number,
    packed,
    qualifiers,
)
from messages.figures import said
from messages.message import Button
from messages.values import PublicId

Stage = Asking[StageDraft]

_OFFERED_STAGES = 4
_OFFERED_CLAIMS = 8


def _title(asking: Stage) -> str:
    base = asking.draft.recorded(asking.ledger)
    if base is None:
        return asking.say("draft-new")
    return asking.say("draft-adding", id=PublicId(base.key), day=asking.phrases.day(base.date))


def _summary(asking: Stage) -> list[Answer]:
    """In the order in which readers will see the fields."""
    draft, say, phrases = asking.draft, asking.say, asking.phrases
    fields: list[tuple[str, str | None]] = [
        ("begin", say(f"kind-{draft.kind}") if draft.kind else None),
        ("lifecycle", say(f"state-{draft.lifecycle}") if draft.lifecycle else None),
        ("date", phrases.day(draft.date) if draft.date else None),
        ("categories", _categories(asking)),
    ]
    found = [(asking.field(field), answer) for field, answer in fields if answer]
    found += [_direction(asking, one) for one in _transfers(asking)]
    if draft.sources:
        publishers = [asking.publisher(key) for key in draft.sources]
        found.append((asking.field("sources"), phrases.several(publishers, 4)))
    if draft.confirmations is not None:
        found.append((asking.field("confirmations"), _confirmations(asking)))
    return found


def _overview(asking: Stage) -> list[Row]:
    """A button for each field; of a recorded stage, for what may be added."""
    base = asking.draft.recorded(asking.ledger) if asking.draft.only_adds else None
    movable = base is None or len(open_to(base.lifecycle)) > 1
    fields = [
        *(["begin"] if base is None else []),
        *(["lifecycle"] if movable else []),
        *(["date"] if base is None or base.lifecycle is not Lifecycle.COMPLETED else []),
        *(["categories", "directions"] if base is None else []),
    ]
    rows = in_rows([asking.button(f"button-{one}", f"open:{one}") for one in fields], 2)
    figures = [
        Button(
            asking.say("button-figure", direction=_to(asking, one.returned_to)),
            f"figure:{one.returned_to}",
        )
        for one in _transfers(asking)
    ]
    rest = [asking.button(f"button-{one}", f"open:{one}") for one in ("confirmations", "sources")]
    return [*rows, *in_rows(figures, 2), *in_rows(rest, 2)]


def _begin(asking: Stage) -> Screenful:
    rows: list[Row] = []
    if len(asking.ledger.agreements) > 1:
        rows += [
            (
                named(
                    asking.phrases.title(one),
                    f"agreement:{one.key}",
                    chosen=one.key == asking.agreement.key,
                ),
            )
            for one in asking.ledger.agreements.values()
        ]
    rows += [(asking.button(f"kind-{kind}", f"kind:{kind}"),) for kind in StageKind]
    if not asking.draft.is_untouched:
        return asking.question("begin"), [*rows, *asking.back()]
    latest = asking.ledger.stages_of(asking.agreement.key)[::-1][:_OFFERED_STAGES]
    rows += [
        (
            Button(
                asking.say("button-add", id=PublicId(one.key), day=asking.phrases.day(one.date)),
                f"add:{one.key}",
            ),
        )
        for one in latest
    ]
    claims = [asking.button("button-new-claim", "claim")]
    if asking.ledger.claims_of(asking.agreement.key):
        claims.append(asking.button("button-new-stance", "claims"))
    rows += [tuple(claims), (asking.button("button-new-total", "total"),)]
    return asking.question("begin"), [*rows, (asking.button("button-discard", "discard"),)]


def _claims(asking: Stage) -> Screenful:
    """The latest claims, for a stance to one of them."""
    latest = asking.ledger.claims_of(asking.agreement.key)[::-1][:_OFFERED_CLAIMS]
    rows: list[Row] = [
        (
            Button(
                asking.say(
                    "button-claim-text", id=PublicId(one.key), text=asking.phrases.label(one.text)
                ),
                f"stance:{one.key}",
            ),
        )
        for one in latest
    ]
    return asking.question("claims"), [*rows, (asking.button("button-discard", "discard"),)]


def _lifecycle(asking: Stage) -> Screenful:
    base = asking.draft.recorded(asking.ledger) if asking.draft.only_adds else None
    buttons = [
        asking.button(f"state-{state}", f"state:{state}", chosen=state is asking.draft.lifecycle)
        for state in open_to(base.lifecycle if base else None)
    ]
    return asking.question("lifecycle"), [*in_rows(buttons, 2), *asking.back()]


def _choose_categories(asking: Stage) -> Screenful:
    chosen = asking.draft.categories or ()
    buttons = [
        named(asking.phrases.term(term.key), f"category:{term.key}", chosen=term.key in chosen)
        for term in asking.ledger.terms_of(TermKind.CATEGORY)
    ]
    onward = "button-next" if chosen else "button-no-category"
    rows = [*packed(buttons), (asking.button(onward, "done:categories"),)]
    return asking.question("categories"), rows


def _directions(asking: Stage) -> Screenful:
    now = [one.returned_to for one in asking.draft.transfers]
    rows: list[Row] = [
        (asking.button("button-both-directions", "direction:both", chosen=len(now) > 1),)
    ]
    for party in asking.parties:
        label = asking.say("button-one-direction", direction=_to(asking, party))
        rows.append((named(label, f"direction:{party}", chosen=now == [party]),))
    return asking.question("directions"), [*rows, *asking.back()]


def _choose_sources(asking: Stage) -> Screenful:
    new = [one.key for one in asking.draft.new_sources]
    rows: list[Row] = [
        (Button(asking.say("button-drop", source=_source(asking, key)), f"drop:{key}"),)
        for key in (asking.draft.sources if asking.draft.correcting else new)
    ]
    if asking.draft.sources:
        rows.append((asking.button("button-next", "done:sources"),))
    else:
        rows.append((asking.button("button-discard", "discard"),))
    return asking.question("sources"), rows


def _choose_confirmations(asking: Stage) -> Screenful:
    chosen = {one.speaker for one in asking.draft.confirmations or ()}
    base = asking.draft.recorded(asking.ledger) if asking.draft.only_adds else None
    recorded = {one.speaker for one in base.confirmations} if base else set()
    rows: list[Row] = []
    if all(asking.ledger.voice_of(party) for party in asking.agreement.parties):
        rows.append((asking.button("button-both-sides", "confirm:both"),))
    buttons = [
        named(asking.phrases.short_actor(key), f"confirm:{key}", chosen=key in chosen)
        for key in asking.speakers()
        if key not in recorded
    ]
    onward = "button-next" if chosen else "button-nobody-yet"
    rows += [*packed(buttons), (asking.button(onward, "done:confirmations"),)]
    return [*asking.question("confirmations"), *_read_in(asking)], rows


def _figure(asking: Stage) -> Screenful:
    offered = [one for one in Qualifier if one is not Qualifier.UNKNOWN]
    unknown = asking.button("not-published", f"qualifier:{Qualifier.UNKNOWN}")
    rows = [*qualifiers(asking, offered), (unknown,), *asking.back()]
    return asking.question("figure", _asked(asking)), rows


def _number(asking: Stage) -> Screenful:
    asked = asking.draft.asked
    return number(asking, (asked and asked.qualifier) or Qualifier.EXACT, _asked(asking))


def _speaker(asking: Stage) -> Screenful:
    asked = asking.draft.asked
    lines = asking.question("speaker", _asked(asking))
    if asked and asked.quantity:
        figure = asking.phrases.quantity(asked.quantity)
        lines.append(asking.say("direction-number", direction=_asked(asking), number=figure))
    taken = {one.stated.speaker for one in asking.draft.spoken(asking.ledger)}
    buttons = [
        named(asking.phrases.short_actor(key), f"speaker:{key}")
        for key in asking.speakers()
        if key not in taken
    ]
    return [*lines, *_read_in(asking)], [*packed(buttons), *asking.back()]


def _source(asking: Stage, key: str) -> str:
    """A source by its publisher, and by its id where it has one."""
    publisher = asking.publisher(key)
    if key not in asking.ledger.sources:
        return publisher
    return asking.say("button-known-source", id=PublicId(key), publisher=publisher)


def _transfers(asking: Stage) -> list[Transfer]:
    """The draft's directions, by the names of their parties."""
    return asking.phrases.by_direction(asking.agreement, asking.draft.transfers)


def _direction(asking: Stage, transfer: Transfer) -> Answer:
    direction = asking.phrases.direction(transfer.returned_to, transfer.unit)
    return direction, said(asking.phrases, transfer)


def _categories(asking: Stage) -> str | None:
    chosen = asking.draft.categories
    if chosen is None:
        return None
    terms = [asking.phrases.term(key) for key in chosen]
    return asking.phrases.several(terms, 8, ", ") if terms else asking.say("not-stated")


def _confirmations(asking: Stage) -> str:
    speaking = [one.speaker for one in asking.draft.confirmations or ()]
    names = [asking.phrases.short_actor(key) for key in asking.phrases.by_party(speaking)]
    return asking.phrases.several(names, 6) if names else asking.say("nobody-yet")


def _read_in(asking: Stage) -> list[str]:
    """Where the words were read that are being entered: in the source named last."""
    if not asking.draft.sources:
        return []
    return [asking.say("read-in", places=asking.publisher(asking.draft.sources[-1]))]


def _asked(asking: Stage) -> str:
    """The direction whose figure is being entered."""
    asked = asking.draft.asked
    return _to(asking, asked.returned_to) if asked else ""


def _to(asking: Stage, party: str) -> str:
    return asking.phrases.direction(party, Unit.PERSON)


STAGE = View(
    title=_title,
    summary=_summary,
    overview=_overview,
    screens={
        Screen.BEGIN: _begin,
        Screen.CLAIMS: _claims,
        Screen.LIFECYCLE: _lifecycle,
        Screen.DATE: calendar,
        Screen.CATEGORIES: _choose_categories,
        Screen.DIRECTIONS: _directions,
        Screen.SOURCES: _choose_sources,
        Screen.CONFIRMATIONS: _choose_confirmations,
        Screen.FIGURE: _figure,
        Screen.NUMBER: _number,
        Screen.SPEAKER: _speaker,
    },
)
