"""What the ledger holds: agreements, pledges, stages and those who speak of them.

Every record has a `key`: a public id ("S1", "P1", "R1") or, for vocabulary, actors and agreements,
a short name. Records refer to each other by key. Nothing here knows any country: parties,
categories, branches and ranks are terms of the ledger, with a label in each language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exchange.dates import EventDate
from exchange.quantity import NOT_PUBLISHED, Quantity, Wording

LANGUAGES = ("en", "uk", "ru")
"""The languages that every label has, and that every reader can choose."""

FALLBACK_LANGUAGE = "en"
"""Spoken to whoever uses an app in none of `LANGUAGES`."""

Label = Mapping[str, str]
"""A name in each of `LANGUAGES`, by language code."""

BOTH_NOT_SPLIT = "both_not_split"
"""A direction: the figure covers both directions together."""
NOT_STATED = "not_stated"
"""A direction: the source does not say which."""


class TermKind(StrEnum):
    """What a word of the ledger's vocabulary is used for."""

    PARTY = "party"
    CATEGORY = "category"
    BRANCH = "branch"
    RANK = "rank"


class ActorKind(StrEnum):
    """Who speaks, exactly as far as the source says it; never upgraded (I15)."""

    PERSON_IN_OFFICE = "person_in_office"
    INSTITUTION = "institution"
    COLLECTIVE_UNNAMED = "collective_unnamed"
    OUTLET = "outlet"


class SourceType(StrEnum):
    """What kind of place a statement was read in."""

    OFFICIAL_PARTY = "official_party"
    OFFICIAL_THIRD = "official_third"
    HUMANITARIAN = "humanitarian"
    AGENCY = "agency"
    MEDIA = "media"
    SOCIAL = "social"


class AgreementStatus(StrEnum):
    """What is known of an agreement's life."""

    IN_FORCE = "in_force"
    FULFILLED_CLAIMED = "fulfilled_claimed"
    FULFILLED_CONFIRMED = "fulfilled_confirmed"
    LAPSED = "lapsed"
    UNKNOWN = "unknown"


class Unit(StrEnum):
    """What is counted. People of every kind add up; bodies never add to people (I4)."""

    PERSON = "person"
    SERVICE_MEMBER = "service_member"
    CIVILIAN = "civilian"
    BODY = "body"


class StageKind(StrEnum):
    """The track that a stage belongs to."""

    PERSONS = "persons"
    BODIES = "bodies"
    URGENT_MEDICAL = "urgent_medical"


class Lifecycle(StrEnum):
    """How far a stage has come, apart from who confirms it (I13)."""

    ANNOUNCED = "announced"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Principle(StrEnum):
    """What a pledge binds its maker to."""

    FIXED_NUMBER = "fixed_number"
    ALL_FOR_ALL_IN_CATEGORY = "all_for_all_in_category"
    UNILATERAL = "unilateral"


class BodyState(StrEnum):
    """What became of a body after its hand-over: returned is not identified."""

    UNDER_EXAMINATION = "under_examination"
    IDENTIFIED = "identified"
    IDENTITY_DISPUTED = "identity_disputed"


class StanceKind(StrEnum):
    """What somebody does with a claim."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    DENIES = "denies"
    DECLINES = "declines"
    """Was asked, or spoke of it, and neither confirms nor denies."""
    WITHDRAWS = "withdraws"
    """Takes back what the same speaker asserted or confirmed."""


class ClaimScope(StrEnum):
    """Whether a claim is about the exchange, or about what went on around it."""

    EXCHANGE = "exchange"
    CONTEXT = "context"
    """Kept apart, so that nobody reads it as a fact of the exchange."""


class TotalScope(StrEnum):
    """What a stated total counts."""

    AGREEMENT = "agreement"
    """The completed stages of its agreement and nothing else: it can be held against them."""
    OTHER = "other"
    """Something wider or narrower, said in words: shown beside, never part of the arithmetic."""


class Reliability(StrEnum):
    """How far a source can be relied on: the letters of the Admiralty code (NATO)."""

    COMPLETELY = "A"
    USUALLY = "B"
    FAIRLY = "C"
    NOT_USUALLY = "D"
    UNRELIABLE = "E"
    CANNOT_BE_JUDGED = "F"


class Credibility(StrEnum):
    """How far what is said can be believed: the digits of the Admiralty code, apart from who."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


@dataclass(frozen=True)
class Term:
    """One word of the ledger's vocabulary."""

    key: str
    kind: TermKind
    label: Label


@dataclass(frozen=True)
class Actor:
    """Somebody who speaks: an office, a body, an outlet, or people whom a source leaves unnamed."""

    key: str
    kind: ActorKind
    label: Label
    short: Label | None = None
    """A name that fits a button; None where the label does."""
    party: str | None = None
    """The key of the party spoken for; None for outlets and third parties."""


@dataclass(frozen=True)
class Source:
    """A place where statements were read. Who made them is kept with each statement."""

    key: str
    type: SourceType = SourceType.MEDIA
    publisher: str | None = None
    """The key of the outlet; None where only the link is known, whose host then stands for it."""
    url: str | None = None
    language: str | None = None
    published: EventDate | None = None
    read_on: date | None = None
    archived_url: str | None = None
    reliability: Reliability | None = None
    """A moderator's grade; None where the rule for the source's type applies."""


@dataclass(frozen=True)
class Statement:
    """Who said it and, apart, where it was read."""

    speaker: str
    source: str
    said_on: EventDate | None = None
    credibility: Credibility | None = None
    """A moderator's grade; None where the rule for such statements applies."""


@dataclass(frozen=True)
class Part:
    """Some of those whom a figure counts, as its speaker sets them apart."""

    quantity: Quantity
    unit: Unit | None = None
    """None where it is the figure's."""
    category: str | None = None


@dataclass(frozen=True)
class Figure:
    """A quantity in somebody's words, whole or in parts."""

    quantity: Quantity
    """Of all together; not published where the speaker gave parts alone."""
    stated: Statement
    unit: Unit | None = None
    """Whom the speaker counts, where that is narrower than the transfer's unit."""
    parts: tuple[Part, ...] = ()
    whole: bool = True
    """Whether the parts are everybody; else they are a lower bound for the whole (I9)."""


@dataclass(frozen=True)
class Identification:
    """How many bodies somebody says are in a state after the hand-over; never part of a total."""

    state: BodyState
    figure: Figure


@dataclass(frozen=True)
class Ordinal:
    """A number that somebody gave a stage ("the 68th exchange"): a label, never a key (I24)."""

    number: int
    counting: Label
    """What is counted, as the speaker counts."""
    stated: Statement


@dataclass(frozen=True)
class StatedDay:
    """Another day that somebody gives for the same event."""

    day: EventDate
    stated: Statement


@dataclass(frozen=True)
class Composition:
    """Who was among those returned, by presence and never by count, in somebody's words."""

    stated: Statement
    branches: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Transfer:
    """One direction of a stage."""

    returned_to: str
    """The key of the party that gets people back, not of the one that gives."""
    unit: Unit = Unit.PERSON
    figures: tuple[Figure, ...] = ()
    compositions: tuple[Composition, ...] = ()
    identifications: tuple[Identification, ...] = ()
    """For bodies alone."""


@dataclass(frozen=True)
class Agreement:
    """What two parties agreed, under which stages take place."""

    key: str
    label: Label
    parties: tuple[str, str]
    sources: tuple[str, ...]
    date: EventDate | None = None
    place: Label | None = None
    mediator: str | None = None
    """The key of an actor that a source names as mediator; never inferred."""
    status: AgreementStatus = AgreementStatus.UNKNOWN


@dataclass(frozen=True)
class Pledge:
    """What was promised. Pledges of different speakers stay apart (I23)."""

    key: str
    agreement: str
    unit: Unit
    returned_to: str
    """A party's key, `both_not_split` or `not_stated`."""
    stated: tuple[Statement, ...]
    quantity: Quantity = NOT_PUBLISHED
    categories: tuple[str, ...] = ()
    principle: Principle = Principle.FIXED_NUMBER
    in_principle: bool = False
    """Agreed in principle only, as the speaker put it."""


@dataclass(frozen=True)
class Stage:
    """One hand-over, announced or done. Its lifecycle and who confirms it are separate (I13)."""

    key: str
    agreement: str
    kind: StageKind
    date: EventDate | None
    """The day of the event; of an announced stage the day that an official source expects."""
    lifecycle: Lifecycle
    transfers: tuple[Transfer, ...]
    sources: tuple[str, ...]
    categories: tuple[str, ...] = ()
    confirmations: tuple[Statement, ...] = ()
    words: Wording | None = None
    """The size of both directions together, where a source gives it in words alone."""
    further_stages: Figure | None = None
    """How many more stages a speaker said would follow."""
    other_days: tuple[StatedDay, ...] = ()
    """Days that differ from `date`: one stage still, with a conflict to be shown."""
    ordinals: tuple[Ordinal, ...] = ()


@dataclass(frozen=True)
class StatedTotal:
    """A sum that somebody states, whatever is known of its parts."""

    key: str
    agreement: str
    unit: Unit
    returned_to: str
    """A party's key, `both_not_split` or `not_stated`."""
    quantity: Quantity
    stated: tuple[Statement, ...]
    """One speaker, as often as he was read; another speaker's total is another record."""
    scope: TotalScope = TotalScope.AGREEMENT
    words: Label | None = None
    """What is counted, where that is not the agreement's stages."""
    since: EventDate | None = None
    """The first day counted; None: from the beginning of the agreement."""
    through: EventDate | None = None
    """The last day counted; None where nobody said, and then it bounds nothing."""


@dataclass(frozen=True)
class Stance:
    """What one speaker does with a claim."""

    kind: StanceKind
    stated: Statement
    general: bool = False
    """Said of several accusations together, not of this one."""
    hedged: bool = False
    """Said as a possibility."""


@dataclass(frozen=True)
class Claim:
    """What somebody says happened, with everybody's stance. Its status is derived, never typed."""

    key: str
    agreement: str
    text: Label
    """The claim in our own words, without an epithet."""
    stances: tuple[Stance, ...]
    detail: Label | None = None
    about: str | None = None
    """The key of the stage or pledge it is about; None: the exchange as a whole."""
    quantity: Quantity | None = None
    """The number that the text holds; it never counts towards a total."""
    scope: ClaimScope = ClaimScope.EXCHANGE
    see_also: tuple[str, ...] = ()
    """Claims that do not go together with this one."""


Record = Term | Actor | Source | Agreement | Pledge | Stage | StatedTotal | Claim
