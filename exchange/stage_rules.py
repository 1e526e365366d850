"""What a stage must be: its day, its directions, and figures that do not contradict themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from exchange.arithmetic import bounds, counted_by, in_parts, transferred
from exchange.ledger import Ledger, statements
from exchange.lifecycle import HAS_HAPPENED, may_follow
from exchange.problem import Problem
from exchange.records import (
    ActorKind,
    BodyState,
    Figure,
    Stage,
    StageKind,
    Transfer,
    Unit,
)


def stage_problems(stage: Stage, ledger: Ledger, now: datetime) -> Iterator[Problem]:
    """Everything that forbids a stage of an agreement that the ledger holds."""
    if not stage.sources:
        yield Problem("no-source", "sources")
    if not stage.transfers:
        yield Problem("no-direction", "transfers")
    yield from _time(stage, ledger, now)
    yield from _directions(stage, ledger)
    for transfer in stage.transfers:
        yield from _counts(transfer)
        yield from _bodies(transfer, stage.kind)
    for stated in statements(stage):
        if stated.source not in stage.sources:
            yield Problem("source-not-listed", "sources", stated.source)
    for confirmed in stage.confirmations:
        actor = ledger.actors.get(confirmed.speaker)
        if actor and actor.kind is ActorKind.OUTLET:
            yield Problem("outlet-confirms", "confirmations", confirmed.speaker)
    if any(one.number < 1 for one in stage.ordinals):
        yield Problem("ordinal-below-one", "ordinals")


def _time(stage: Stage, ledger: Ledger, now: datetime) -> Iterator[Problem]:
    if stage.lifecycle in HAS_HAPPENED:
        if stage.date is None:
            yield Problem("no-date", "date")
        elif stage.date.is_future(now):
            yield Problem("future-date", "date")
    if any(stage.date is None or one.day.may_be(stage.date) for one in stage.other_days):
        yield Problem("day-not-another", "other_days")
    before = ledger.stages.get(stage.key)
    if before and not may_follow(before.lifecycle, stage.lifecycle):
        yield Problem("lifecycle-moves-back", "lifecycle")
    for other in _on_the_day(stage, ledger):
        same_day = stage.date and other.date and stage.date.may_be(other.date)
        if same_day and other.kind is stage.kind and other.key != stage.key:
            yield Problem("same-stage", "date", other.key)


def _on_the_day(stage: Stage, ledger: Ledger) -> Sequence[Stage]:
    """The agreement's stages of the same day of any year."""

    def divided() -> dict[tuple[int, int], list[Stage]]:
        found: dict[tuple[int, int], list[Stage]] = {}
        for one in ledger.stages_of(stage.agreement):
            if one.date:
                found.setdefault((one.date.month, one.date.day), []).append(one)
        return found

    days = ledger.once(("stages by day", stage.agreement), divided, of=(Stage,))
    return days.get((stage.date.month, stage.date.day), ()) if stage.date else ()


def _directions(stage: Stage, ledger: Ledger) -> Iterator[Problem]:
    parties = ledger.agreements[stage.agreement].parties
    counted = Counter(transfer.returned_to for transfer in stage.transfers)
    for direction, times in counted.items():
        if direction not in parties:
            yield Problem("not-a-party", "transfers", direction)
        if times > 1:
            yield Problem("direction-twice", "transfers", direction)


def _counts(transfer: Transfer) -> Iterator[Problem]:
    """A number of nobody, a part of another kind, and parts that cannot make up their whole."""
    figures = [*transfer.figures, *(one.figure for one in transfer.identifications)]
    parts = [part for figure in figures for part in figure.parts]
    units = [*(one.unit for one in figures), *(one.unit for one in parts)]
    if any((unit is Unit.BODY) != (transfer.unit is Unit.BODY) for unit in units if unit):
        yield Problem("people-and-bodies", "transfers", transfer.returned_to)
    quantities = [*(one.quantity for one in figures), *(one.quantity for one in parts)]
    if any(one.value == 0 for one in quantities):
        yield Problem("figure-zero", "transfers", transfer.returned_to)
    if any(_is_at_odds(figure) for figure in figures):
        yield Problem("parts-do-not-fit", "figures", transfer.returned_to)


def _is_at_odds(figure: Figure) -> bool:
    """Whether a speaker's parts exceed his whole, or are everybody and fall short of it (I9)."""
    whole, parts = bounds(figure.quantity), in_parts(figure)
    return bool(whole and parts and whole & parts is None)


def _bodies(transfer: Transfer, kind: StageKind) -> Iterator[Problem]:
    """Bodies stand in stages of their own, and returned is not identified."""
    if (transfer.unit is Unit.BODY) != (kind is StageKind.BODIES):
        yield Problem("people-and-bodies", "transfers", transfer.returned_to)
    if transfer.identifications and kind is not StageKind.BODIES:
        yield Problem("identified-people", "identifications", transfer.returned_to)
    for speaker in {one.figure.stated.speaker for one in transfer.identifications}:
        if _is_beyond(transfer, speaker):
            yield Problem("identified-beyond-returned", "identifications", speaker)


def _is_beyond(transfer: Transfer, speaker: str) -> bool:
    """Whether a speaker says of more bodies what became of them than he says were returned."""
    returned = [one for one in transfer.figures if one.stated.speaker == speaker]
    hull = transferred(Transfer(transfer.returned_to, figures=tuple(returned)))
    known = {
        state: max(
            _least(
                one.figure
                for one in transfer.identifications
                if one.state is state and one.figure.stated.speaker == speaker
            ),
            default=0,
        )
        for state in (BodyState.IDENTIFIED, BodyState.UNDER_EXAMINATION)
    }
    return bool(hull and hull.hi is not None and sum(known.values()) > hull.hi)


def _least(figures: Iterable[Figure]) -> list[int]:
    return [found.lo for one in figures if (found := counted_by(one))]
