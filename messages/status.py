"""Where the exchange stands, on one screen of a phone.

The order is fixed: what returned in each direction, what was pledged, whether that is met, as of
when, according to whom. At most 12 lines of 40 columns: where that is too little, the answer is put
more briefly step by step, and what it leaves out stands with the stages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import IntEnum, auto

from exchange.arithmetic import Total
from exchange.claims import contested
from exchange.ledger import Ledger
from exchange.records import Actor, Agreement, Lifecycle, Stage
from exchange.totals import known
from messages.catalogue import Say
from messages.figures import returned
from messages.message import Button, Heading, Message, clip, compose
from messages.pages import COLUMNS, LINES, cut, in_rows, wrapped
from messages.phrases import Phrases
from messages.pledges import can_be_told, met, pledged, pledges_of
from messages.values import Count, Day, Moment


class Brevity(IntEnum):
    """How briefly, from an airy screen to lines that are cut."""

    SPACED = auto()
    CLOSE = auto()
    JOINED = auto()
    WITHOUT_NOTES = auto()
    WITHOUT_BODIES = auto()
    BARE = auto()
    CLIPPED = auto()


def status(ledger: Ledger, agreement: str | None, language: str) -> Message:
    """The state of an agreement (its key); None: of the one recorded for last."""
    phrases = Phrases(ledger, language)
    shown = ledger.agreements.get(agreement or "") or ledger.latest_agreement()
    if shown is None:
        return nothing_recorded(language)
    buttons = [*_buttons(phrases, shown), *_others(phrases, shown)]
    return compose(state_of(phrases, shown), buttons, phrases.say("cut"))


def state_of(phrases: Phrases, agreement: Agreement, above: Sequence[str] = ()) -> list[str]:
    """The lines of an agreement's state; `above` are lines before it, on the same screen."""
    view = _Status(phrases, agreement)
    for brevity in Brevity:
        lines = [*above, *view.lines(brevity)]
        if wrapped(lines) <= LINES:
            break
    return lines


def nothing_recorded(language: str, *, owner: bool = False) -> Message:
    """The ledger is empty; the owner is told how to begin."""
    say = Say(language)
    lines = say.lines("status-empty")
    if owner:
        lines += ["", *say.lines("status-empty-owner")]
    return compose(lines, [(Button(say("button-settings"), "settings"),)])


def in_brief(phrases: Phrases, agreement: Agreement, *, bodies: bool) -> list[str]:
    """How many stages are completed and what they returned: people, or bodies."""
    view = _Status(phrases, agreement)
    found = view.bodies_returned() if bodies else view.people_returned(Brevity.CLOSE)
    nothing = phrases.say("status-bodies-none" if bodies else "status-people-none")
    return [view.course(), *(found or [nothing])]


class _Status:
    """The lines of one agreement, in any brevity."""

    def __init__(self, phrases: Phrases, agreement: Agreement) -> None:
        self.phrases = phrases
        self.say = phrases.say
        self.agreement = agreement
        self.completed = phrases.ledger.completed_of(agreement.key)
        self.parties = phrases.parties(agreement)

    def lines(self, brevity: Brevity) -> list[str]:
        groups = [self._head(brevity), self._people(brevity), self._bodies(brevity), self._foot()]
        lines: list[str] = []
        for group in groups:
            if group and lines and brevity < Brevity.CLOSE:
                lines.append("")
            lines += group
        return [self._cut(line) for line in lines] if brevity >= Brevity.CLIPPED else lines

    def _cut(self, line: str) -> str:
        """The line on one row, or two for a pledge."""
        pledge = line.startswith((self.say("pledged", pledges=""), self.say("met", met="")))
        return cut(line, 2 if pledge else 1)

    def _head(self, brevity: Brevity) -> list[str]:
        lines = [self._title(brevity), self.course()]
        return [*lines, *self._coming()] if brevity < Brevity.BARE else lines

    def _title(self, brevity: Brevity) -> Heading:
        """The agreement's name and day; at the briefest the name gives way, not the day."""
        title = self.phrases.title(self.agreement)
        if brevity < Brevity.CLIPPED or len(title) <= COLUMNS:
            return Heading(title)
        name = self.phrases.label(self.agreement.label)
        return Heading(self.phrases.title(self.agreement, COLUMNS - len(title) + len(name)))

    def course(self) -> str:
        """How many stages are completed, and the day of the last."""
        if not self.completed:
            return self.say("status-no-stage")
        count = Count(len(self.completed))
        last = next((stage.date for stage in reversed(self.completed) if stage.date), None)
        if last is None:
            return self.say("status-stages", count=count)
        return self.say("status-stages-last", count=count, day=Day(last))

    def _coming(self) -> list[str]:
        """What is under way or announced, nearest to the reader's question."""
        lines = []
        for state in (Lifecycle.UNDER_WAY, Lifecycle.ANNOUNCED):
            found = [stage for stage in self._unfinished() if stage.lifecycle is state]
            if found:
                shown = [self.phrases.day(stage.date) for stage in found]
                lines.append(self.say(f"status-{state}", stages=self.phrases.several(shown, 2)))
        return lines

    def _unfinished(self) -> tuple[Stage, ...]:
        def found() -> tuple[Stage, ...]:
            stages = self.phrases.ledger.stages_of(self.agreement.key)
            return tuple(one for one in stages if one.lifecycle is not Lifecycle.COMPLETED)

        return self.phrases.ledger.once(("unfinished", self.agreement.key), found, of=(Stage,))

    def _people(self, brevity: Brevity) -> list[str]:
        pledges = pledges_of(self.phrases, self.agreement, bodies=False)
        lines = self.people_returned(brevity)
        if not lines and (pledges or not self._has_bodies()):
            lines = [self.say("status-people-none")]
        if not pledges:
            return [*lines, self.say("status-no-pledge")] if lines else []
        notes = brevity < Brevity.BARE

        def promise(most: int) -> str:
            listed = pledged(self.phrases, pledges, notes=notes, most=most)
            return self.say("pledged", pledges=listed)

        def whether(most: int) -> str:
            return self.say("met", met=met(self.phrases, pledges, most=most))

        if brevity >= Brevity.CLIPPED:
            return [*lines, in_rows(promise, 2), in_rows(whether, 2)]
        return [*lines, *_paragraph([promise(3), whether(3)], joined=brevity >= Brevity.JOINED)]

    def people_returned(self, brevity: Brevity) -> list[str]:
        """How many people returned in each direction; nothing where no stage returned any."""
        if not self._any_returned(bodies=False):
            return []
        lines: list[str] = [Heading(self.say("status-people-returned"))]
        lines += [self._direction(party, brevity) for party in self.parties]
        return lines + self._gaps() + self._approximate() if brevity < Brevity.BARE else lines

    def _direction(self, party: str, brevity: Brevity) -> str:
        name = clip(self.phrases.term(party), 36 if brevity < Brevity.CLIPPED else 12)
        words = brevity < Brevity.BARE
        number = returned(self.phrases, self.agreement, party, bodies=False, words=words)
        return self.say(
            "direction-line", direction=self.say("direction", party=name), number=number
        )

    def _gaps(self) -> list[str]:
        """Where a total is known from some stages only: how many have no number."""
        gaps = {}
        for party in self.parties:
            found = self._total(party, bodies=False)
            silent = found.gaps - len(found.approximate)
            if silent > 0 and found.gaps < found.stages:
                gaps[party] = silent
        if len(gaps) == len(self.parties) and len(set(gaps.values())) == 1:
            return [self.say("status-gaps", count=Count(next(iter(gaps.values()))))]
        return [
            self.say("status-gaps-of", party=self.phrases.term(party), count=Count(count))
            for party, count in gaps.items()
        ]

    def _approximate(self) -> list[str]:
        """Numbers given with "about": beside the total, never in it."""
        said = []
        for party in self.parties:
            found = self._total(party, bodies=False)
            if found.approximate and found.interval.lo and not found.spoken:
                numbers = [self.phrases.quantity(one) for one in found.about]
                listed = self.phrases.several(list(dict.fromkeys(numbers)), 2, ", ")
                said.append(self.say("pledge-to", party=self.phrases.term(party), quantity=listed))
        return [self.say("status-approximate", numbers="; ".join(said))] if said else []

    def bodies_returned(self) -> list[str]:
        """How many bodies returned in each direction; nothing where no stage returned any."""
        if not self._any_returned(bodies=True):
            return []
        numbers = [
            self.say(
                "pledge-to",
                party=self.phrases.term(party),
                quantity=returned(self.phrases, self.agreement, party, bodies=True),
            )
            for party in self.parties
        ]
        return [self.say("status-bodies-returned", numbers="; ".join(numbers))]

    def _bodies(self, brevity: Brevity) -> list[str]:
        pledges = pledges_of(self.phrases, self.agreement, bodies=True)
        lines = self.bodies_returned()
        if not lines and pledges:
            lines = [self.say("status-bodies-none")]
        if pledges and brevity < Brevity.WITHOUT_BODIES:
            promise = pledged(self.phrases, pledges, notes=brevity < Brevity.WITHOUT_NOTES)
            label = "pledged" if brevity >= Brevity.JOINED else "bodies-pledged"
            lines.append(self.say(label, pledges=promise))
            if can_be_told(self.phrases, pledges):
                lines.append(self.say("met", met=met(self.phrases, pledges)))
        return _paragraph(lines, joined=brevity >= Brevity.JOINED)

    def _has_bodies(self) -> bool:
        pledges = pledges_of(self.phrases, self.agreement, bodies=True)
        return bool(pledges) or self._any_returned(bodies=True)

    def _any_returned(self, *, bodies: bool) -> bool:
        return any(self._total(party, bodies=bodies).stages for party in self.parties)

    def _total(self, party: str, *, bodies: bool) -> Total:
        return known(self.phrases.ledger, self.agreement.key, party, bodies=bodies).computed

    def _foot(self) -> list[str]:
        as_of = self.phrases.ledger.as_of(self.agreement.key)
        return [self.say("as-of", moment=Moment(as_of)), *self._according_to()]

    def _according_to(self) -> list[str]:
        """Who confirms what was counted; before anything is counted, who speaks of the pledges."""
        if not self.completed:
            pledges = self.phrases.ledger.pledges_of(self.agreement.key)
            speakers = [stated.speaker for pledge in pledges for stated in pledge.stated]
            named = [self.phrases.short_actor(key) for key in dict.fromkeys(speakers)]
            return (
                [self.say("according-to", speakers=self.phrases.several(named, 2))] if named else []
            )
        confirmed = self._confirmed()
        if len(confirmed) == 1:
            ((parties, anybody),) = confirmed
            return [self.phrases.confirmed_by(parties, anybody=anybody)]
        both = sum(count for (parties, _), count in confirmed.items() if len(parties) > 1)
        if not both:
            return [self.say("status-confirmed-by-both-none")]
        total = Count(len(self.completed))
        return [self.say("status-confirmed-by-both-some", count=Count(both), total=total)]

    def _confirmed(self) -> Counter[tuple[frozenset[str], bool]]:
        """How many completed stages are confirmed by which parties, or by anybody at all."""
        ledger = self.phrases.ledger

        def counted() -> Counter[tuple[frozenset[str], bool]]:
            return Counter(
                (ledger.confirming_parties(stage), bool(stage.confirmations))
                for stage in self.completed
            )

        return ledger.once(("confirmed", self.agreement.key), counted, of=(Actor, Stage))


def _paragraph(sentences: list[str], *, joined: bool) -> list[str]:
    """One line each, or all as one paragraph where rows are short."""
    return [". ".join(sentences)] if joined and sentences else sentences


def _buttons(phrases: Phrases, shown: Agreement) -> list[tuple[Button, ...]]:
    return [
        (_of_agreement(phrases, "stages", shown), _of_agreement(phrases, "progress", shown)),
        (*_claims(phrases, shown), Button(phrases.say("button-sources"), "sources")),
        (Button(phrases.say("button-settings"), "settings"),),
    ]


def _of_agreement(phrases: Phrases, command: str, shown: Agreement, label: str = "") -> Button:
    """A button that asks for something of this agreement; the only one needs no name."""
    is_alone = len(phrases.ledger.agreements) == 1
    act = command if is_alone else f"{command}:{shown.key}:1"
    return Button(label or phrases.say(f"button-{command}"), act)


def _claims(phrases: Phrases, shown: Agreement) -> list[Button]:
    """How many claims are disputed; where none is, only that there are claims."""
    if not phrases.ledger.claims_of(shown.key):
        return []
    disputed = contested(phrases.ledger, shown.key)
    label = phrases.say("button-disputed", count=Count(disputed)) if disputed else ""
    return [_of_agreement(phrases, "claims", shown, label)]


def _others(phrases: Phrases, shown: Agreement) -> list[tuple[Button, ...]]:
    """A button for every other agreement."""
    return [
        (Button(phrases.title(one), f"status:{one.key}"),)
        for one in phrases.ledger.agreements.values()
        if one.key != shown.key
    ]
