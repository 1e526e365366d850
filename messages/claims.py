"""What is claimed and by whom: all claims of an agreement, the contested first, and one in full.

Whoever speaks is shown in the same form: who asserts and who denies, each with day and source.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from exchange.claims import ClaimStatus, listed, status
from exchange.ledger import Ledger
from exchange.records import Actor, Agreement, Claim, ClaimScope, Stance, StanceKind
from messages.message import Button, Heading, Message, compose
from messages.onward import history, history_and_citation, to_claim, to_sources, to_stage
from messages.pages import LINES, Pages, cut, in_rows, wrapped
from messages.phrases import Phrases
from messages.status import nothing_recorded
from messages.values import PublicId

ON_A_PAGE = 2
_MOST_BESIDE = 4


def claims(ledger: Ledger, agreement: str | None, page: int, language: str) -> Message:
    """The claims under an agreement (None: the one recorded for last); context comes apart."""
    phrases = Phrases(ledger, language)
    shown = ledger.agreements.get(agreement or "") or ledger.latest_agreement()
    if shown is None:
        return nothing_recorded(language)
    pages = Pages(_groups(ledger, shown.key), page, 1)
    found = pages.shown[0] if pages.shown else ()
    lines = [_heading(phrases, shown, pages, found), *_summaries(phrases, found, LINES - 1)]
    buttons = [
        tuple(to_claim(phrases, one.key) for one in found),
        pages.turn(phrases.say, f"claims:{shown.key}:", by_time=False),
        (
            Button(phrases.say("button-progress"), f"progress:{shown.key}:1"),
            Button(phrases.say("button-status"), f"status:{shown.key}"),
        ),
    ]
    return compose(lines, buttons, phrases.say("cut"))


def claim(ledger: Ledger, key: str, language: str) -> Message:
    """One claim: who says so and who does not, each with day and source."""
    phrases = Phrases(ledger, language)
    found = ledger.claims.get(key)
    if found is None:
        return _no_claim(phrases, key)
    lines = [
        title(phrases, found),
        phrases.label(found.text),
        *([phrases.label(found.detail, 400)] if found.detail else []),
        *_setting(phrases, found),
        "",
        *everybody(phrases, found),
        *_remarks(phrases, found),
    ]
    return compose(lines, _buttons(phrases, found), phrases.say("cut"))


def title(phrases: Phrases, claim: Claim) -> Heading:
    return Heading(
        phrases.say(
            "claim-title",
            id=PublicId(claim.key),
            status=status_words(phrases, status(claim, phrases.ledger)),
        )
    )


def status_words(phrases: Phrases, found: ClaimStatus) -> str:
    if found is ClaimStatus.WITHDRAWN:
        return phrases.say("claim-withdrawn-by-speaker")
    return phrases.say(f"claim-{found}")


def everybody(phrases: Phrases, claim: Claim) -> list[str]:
    """Everybody who spoke of a claim, by what they do with it."""
    lines = []
    for act, stances in _acts(claim):
        for stance, sources in _relayed(phrases, stances):
            speaker = phrases.actor(stance.stated.speaker)
            notes = "; ".join(_notes(phrases, stance, sources))
            lines += [
                phrases.say(f"stance-{act}", speakers=speaker),
                phrases.say("stance-noted", notes=notes),
            ]
    return lines


def _groups(ledger: Ledger, agreement: str) -> list[Sequence[Claim]]:
    """The claims as pages show them; no page holds context beside the exchange."""

    def divided() -> list[Sequence[Claim]]:
        ordered = listed(ledger, agreement)
        groups: list[Sequence[Claim]] = []
        for scope in ClaimScope:
            own = [one for one in ordered if one.scope is scope]
            groups += [own[start : start + ON_A_PAGE] for start in range(0, len(own), ON_A_PAGE)]
        return groups

    return ledger.once(("pages of claims", agreement), divided, of=(Actor, Agreement, Claim))


def _heading(
    phrases: Phrases, agreement: Agreement, pages: Pages[Sequence[Claim]], found: Sequence[Claim]
) -> Heading:
    """On one row: claims or context, which page, and of several agreements which."""
    context = any(one.scope is ClaimScope.CONTEXT for one in found)
    parts = [phrases.say("claims-context-heading" if context else "claims-heading")]
    parts += [pages.number(phrases.say)] if pages.count > 1 else []
    parts += [phrases.label(agreement.label)] if len(phrases.ledger.agreements) > 1 else []
    return Heading(cut(" · ".join(parts), 1))


def _summaries(phrases: Phrases, found: Sequence[Claim], rows: int) -> list[str]:
    """These claims on so many rows; names take a second row each as long as there is room."""
    if not found:
        return ["", phrases.say("claims-none")]
    summaries = [line for one in found for line in _summary(phrases, one)]
    allowed = [1] * len(summaries)

    def lines() -> list[str]:
        return [line(most) for line, most in zip(summaries, allowed, strict=True)]

    for place in range(len(summaries)):
        allowed[place] = 2
        if wrapped(lines()) > rows:
            allowed[place] = 1
    return lines()


def _summary(phrases: Phrases, claim: Claim) -> list[Callable[[int], str]]:
    """What is claimed, who says so, who answers: each line by how many rows it may take."""
    acts = dict(_acts(claim))
    answered = next((act for act in _ANSWERS if acts[act]), None)
    told = [act for act in (StanceKind.ASSERTS, answered) if act and acts[act]]
    heading, text = title(phrases, claim), cut(phrases.label(claim.text), 2)
    return [
        lambda _rows: heading,
        lambda _rows: text,
        *(partial(in_rows, partial(_speakers, phrases, act, acts[act])) for act in told),
    ]


_ANSWERS = (StanceKind.DENIES, StanceKind.WITHDRAWS, StanceKind.CONFIRMS, StanceKind.DECLINES)
"""Which answer to a claim a summary shows rather than others."""


def _speakers(phrases: Phrases, act: StanceKind, stances: Sequence[Stance], most: int) -> str:
    speakers = phrases.by_party(one.stated.speaker for one in stances)
    names = [phrases.short_actor(one) for one in speakers]
    return phrases.say(f"stance-{act}", speakers=phrases.several(names, most))


def _acts(claim: Claim) -> list[tuple[StanceKind, Sequence[Stance]]]:
    """What was done with a claim, and by whom, in the order in which it is told."""
    return [(kind, [one for one in claim.stances if one.kind is kind]) for kind in StanceKind]


def _relayed(phrases: Phrases, stances: Sequence[Stance]) -> list[tuple[Stance, list[str]]]:
    """The stances by party; the same words read in several sources are one."""
    found: dict[tuple[object, ...], tuple[Stance, list[str]]] = {}
    for one in stances:
        same = (one.stated.speaker, one.stated.said_on, one.general, one.hedged)
        found.setdefault(same, (one, []))[1].append(one.stated.source)
    order = phrases.by_party(one.stated.speaker for one in stances)
    return sorted(found.values(), key=lambda pair: order.index(pair[0].stated.speaker))


def _notes(phrases: Phrases, stance: Stance, sources: Sequence[str]) -> list[str]:
    """When it was said, how, and where it was read."""
    said_on = stance.stated.said_on
    read = phrases.ids(sources)
    return [
        *([phrases.day(said_on)] if said_on else []),
        *([phrases.say("stance-general")] if stance.general else []),
        *([phrases.say("stance-hedged")] if stance.hedged else []),
        phrases.say("read-in-sources", sources=read),
    ]


def _setting(phrases: Phrases, claim: Claim) -> list[str]:
    lines = []
    if claim.scope is ClaimScope.CONTEXT:
        lines.append(phrases.say("claim-context"))
    if claim.about:
        lines.append(phrases.say("claim-about", record=phrases.record(claim.about)))
    return lines


def _remarks(phrases: Phrases, claim: Claim) -> list[str]:
    beside = [phrases.ledger.claims[key] for key in claim.see_also if key in phrases.ledger.claims]
    lines = ["", phrases.say("see-also")] if beside else []
    lines += [
        phrases.say("see-also-claim", id=PublicId(one.key), text=phrases.label(one.text))
        for one in beside
    ]
    if claim.quantity:
        lines += ["", phrases.say("claim-counts-nowhere")]
    return lines


def _buttons(phrases: Phrases, claim: Claim) -> list[tuple[Button, ...]]:
    stages = phrases.ledger.stages
    about = [to_stage(phrases, claim.about)] if claim.about and claim.about in stages else []
    beside = [to_claim(phrases, key) for key in claim.see_also if key in phrases.ledger.claims]
    return [
        *to_sources(phrases, (one.stated.source for one in claim.stances)),
        (*about, *beside[:_MOST_BESIDE]),
        history_and_citation(phrases, claim.key),
        (Button(phrases.say("button-all-claims"), f"claims:{claim.agreement}:1"),),
    ]


def _no_claim(phrases: Phrases, key: str) -> Message:
    entry = phrases.ledger.entries.get(key)
    known = tuple(phrases.ledger.claims)
    if entry is not None and entry.withdrawn and isinstance(entry.record, Claim):
        lines = [phrases.say("claim-withdrawn", id=PublicId(key))]
        before = [(history(phrases, key),)]
    else:
        example = PublicId(known[-1] if known else "C1")
        lines, before = phrases.say.lines("claim-unknown", example=example), []
    return compose(lines, [*before, (Button(phrases.say("button-all-claims"), "claims"),)])
