"""The draft of a claim or of a stance to one: what is asked, and the buttons that answer."""

from __future__ import annotations

from exchange.claim_draft import ClaimDraft, Taking
from exchange.draft import Screen
from exchange.quantity import Qualifier
from exchange.records import ClaimScope, StanceKind
from messages.asking import (
    Answer,
    Asking,
    Row,
    Screenful,
    View,
    calendar,
    in_rows,
    named,
    qualifiers,
    said,
    source,
    speaker,
    statement_fields,
    typed_words,
)
from messages.message import Button
from messages.phrases import capital
from messages.values import Count, PublicId

Claim = Asking[ClaimDraft]

_OFFERED_BESIDE = 10
_OFFERED_STAGES = 8


def _title(asking: Claim) -> str:
    if asking.draft.base is None:
        return asking.say("draft-new-claim")
    return asking.say("draft-stance", id=PublicId(asking.draft.base))


def _summary(asking: Claim) -> list[Answer]:
    draft, phrases = asking.draft, asking.phrases
    found = []
    if draft.scope:
        found.append((asking.field("about"), _about(asking, draft.about or draft.scope)))
    if draft.only_adds and draft.text:
        found.append((asking.field("text"), phrases.label(draft.text)))
    else:
        found += [*asking.worded("text", draft.text), *asking.worded("detail", draft.detail)]
    if draft.quantity:
        found.append((asking.field("qualifier"), phrases.quantity(draft.quantity)))
    base = draft.recorded(asking.ledger) if draft.only_adds else None
    for place, one in enumerate((*(base.stances if base else ()), *draft.stances)):
        taking = Taking.of(one.stated, place, kind=one.kind, general=one.general, hedged=one.hedged)
        found.append((capital(asking.say(f"taking-{one.kind}")), _stance(asking, taking)))
    if draft.see_also:
        named_too = [asking.say("id", id=PublicId(key)) for key in draft.see_also]
        found.append((asking.field("see_also"), phrases.several(named_too, 8, ", ")))
    return found


def _overview(asking: Claim) -> list[Row]:
    """A button for each field; of a recorded claim, for what may be added."""
    draft = asking.draft
    fields = [] if draft.only_adds else ["about", "text", "detail"]
    fields += ["qualifier"] if draft.numbers and not draft.only_adds else []
    fields += ["see_also"] if _others(asking) and not draft.only_adds else []
    stances = [
        (
            Button(
                asking.say(
                    "button-stance",
                    place=Count(place + 1),
                    stance=asking.say(f"taking-{one.kind}"),
                    speaker=asking.phrases.short_actor(one.stated.speaker),
                ),
                f"take:{place}",
            ),
        )
        for place, one in enumerate(draft.stances)
    ]
    return [
        *in_rows([asking.button(f"button-{one}", f"open:{one}") for one in fields], 2),
        *stances,
        (asking.button("button-add-stance", "take:new"),),
    ]


def _choose_about(asking: Claim) -> Screenful:
    now = asking.draft.about or asking.draft.scope
    stages = asking.ledger.stages_of(asking.agreement.key)[::-1][:_OFFERED_STAGES]
    pledges = asking.ledger.pledges_of(asking.agreement.key)
    records = [*(one.key for one in stages), *(one.key for one in pledges)]
    keys: list[str] = [ClaimScope.EXCHANGE, *records, ClaimScope.CONTEXT]
    buttons = [named(_about(asking, key), f"about:{key}", chosen=key == now) for key in keys]
    rows = [(buttons[0],), *in_rows(buttons[1:-1], 2), (buttons[-1],)]
    return asking.question("about"), [*rows, *asking.back(), *asking.way_out()]


def _text(asking: Claim) -> Screenful:
    return typed_words(asking, "text", asking.draft.text)


def _detail(asking: Claim) -> Screenful:
    lines, rows = typed_words(asking, "detail", asking.draft.detail)
    return lines, [(asking.button("button-no-detail", "nodetail"),), *rows]


def _qualifier(asking: Claim) -> Screenful:
    of_two = len(asking.draft.numbers) > 1
    offered = [
        one
        for one in Qualifier
        if one is not Qualifier.UNKNOWN and (one is Qualifier.RANGE) == of_two
    ]
    return asking.question("qualifier"), [*qualifiers(asking, offered), *asking.back()]


def _stance_kind(asking: Claim) -> Screenful:
    taking = asking.draft.taking
    rows = [
        (
            asking.button(
                f"taking-{one}", f"stance:{one}", chosen=bool(taking and taking.kind is one)
            ),
        )
        for one in StanceKind
    ]
    return asking.question("stance_kind"), [*rows, *asking.back(), *asking.way_out()]


def _speaker(asking: Claim) -> Screenful:
    taking = asking.draft.taking
    return speaker(asking, outlets=bool(taking and taking.kind is StanceKind.ASSERTS))


def _whole(asking: Claim) -> Screenful:
    """One stance, whole: how it was said, and everything about it once more."""
    taking = asking.draft.taking or Taking()
    lines = asking.question("stance")
    stance = asking.say(f"taking-{taking.kind}")
    lines.append(asking.say("draft-field", field=capital(stance), answer=_stance(asking, taking)))
    manners = [
        (asking.button(f"button-{one}", f"manner:{one}", chosen=getattr(taking, one)),)
        for one in ("general", "hedged")
    ]
    fields = [asking.button("button-stance_kind", "open:stance_kind"), *statement_fields(asking)]
    rows = [*manners, *in_rows(fields, 2), (asking.button("button-next", "done:stance"),)]
    if taking.place is not None:
        rows.append((asking.button("button-drop-stance", "drop"),))
    return lines, [*rows, *asking.back()]


def _beside(asking: Claim) -> Screenful:
    rows = [
        (
            named(
                asking.say("button-claim-text", id=PublicId(key), text=text),
                f"beside:{key}",
                chosen=key in asking.draft.see_also,
            ),
        )
        for key, text in _others(asking)
    ]
    onward = (asking.button("button-next", "done:see_also"),)
    return asking.question("see_also"), [*rows, onward]


def _others(asking: Claim) -> list[tuple[str, str]]:
    """Other claims with their texts: those named already, then the latest."""
    known = asking.ledger.claims_of(asking.agreement.key)[::-1]
    named_already = [one for one in known if one.key in asking.draft.see_also]
    latest = [one for one in known if one not in named_already]
    found = [one for one in (*named_already, *latest) if one.key != asking.draft.base]
    return [(one.key, asking.phrases.label(one.text)) for one in found[:_OFFERED_BESIDE]]


def _about(asking: Claim, about: str) -> str:
    """What a claim is about: a record, the exchange as a whole, or what went on around it."""
    if about in list(ClaimScope):
        return asking.say(f"about-{about}")
    kind = "pledge" if about in asking.ledger.pledges else "stage"
    return asking.say(f"named-{kind}", id=PublicId(about))


def _stance(asking: Claim, taking: Taking) -> str:
    manners = [one for one in ("general", "hedged") if getattr(taking, one)]
    parts = said(asking, taking) + [asking.say(f"manner-{one}") for one in manners]
    return "; ".join(parts)


CLAIM = View(
    title=_title,
    summary=_summary,
    overview=_overview,
    screens={
        Screen.ABOUT: _choose_about,
        Screen.TEXT: _text,
        Screen.DETAIL: _detail,
        Screen.QUALIFIER: _qualifier,
        Screen.STANCE_KIND: _stance_kind,
        Screen.SPEAKER: _speaker,
        Screen.SOURCE: source,
        Screen.SAID_ON: calendar,
        Screen.STANCE: _whole,
        Screen.SEE_ALSO: _beside,
    },
)
