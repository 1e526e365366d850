"""Small whole ledgers with anything in them that the rules allow."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from exchange.dates import EventDate
from exchange.quantity import NOT_PUBLISHED, Qualifier, Quantity, Wording
from exchange.records import (
    BOTH_NOT_SPLIT,
    LANGUAGES,
    NOT_STATED,
    Actor,
    ActorKind,
    Agreement,
    AgreementStatus,
    BodyState,
    Claim,
    ClaimScope,
    Composition,
    Credibility,
    Figure,
    Identification,
    Lifecycle,
    Ordinal,
    Pledge,
    Principle,
    Record,
    Reliability,
    Source,
    SourceType,
    Stage,
    StageKind,
    Stance,
    StanceKind,
    StatedDay,
    StatedTotal,
    Statement,
    Term,
    TermKind,
    TotalScope,
    Transfer,
    Unit,
)
from exchange.text import personal_fault, text_fault

PARTIES = ("AA", "NO")
"""`NO` is one of the words that other readers of YAML take for false."""
SPEAKERS = ("ministry", "null", "officials")
OUTLETS = ("gazette", "true")
SOURCES = ("R1", "R7")
CATEGORIES = ("wounded", "y")
_MONTH = 5
"""When the stages take place."""

texts = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=20
).filter(lambda one: one.strip() and not text_fault(one) and not personal_fault(one))
labels: st.SearchStrategy[Mapping[str, str]] = st.fixed_dictionaries(
    dict.fromkeys(LANGUAGES, texts)
)
days = st.builds(EventDate, st.integers(1, 12), st.integers(1, 28), st.none() | st.just(2030))
wordings = st.builds(
    Wording, st.just("en"), st.fixed_dictionaries({"en": texts}, optional={"uk": texts})
)
numbers = st.integers(1, 10**9)
quantities = st.one_of(
    st.builds(
        Quantity,
        st.sampled_from(
            [
                Qualifier.EXACT,
                Qualifier.AT_LEAST,
                Qualifier.MORE_THAN,
                Qualifier.ABOUT,
                Qualifier.AT_MOST,
            ]
        ),
        numbers,
        words=st.none() | wordings,
    ),
    st.builds(Quantity, words=st.none() | wordings),
    numbers.map(lambda low: Quantity(Qualifier.RANGE, low, low + 7)),
)
statements = st.builds(
    Statement,
    st.sampled_from(SPEAKERS),
    st.sampled_from(SOURCES),
    st.none() | days,
    st.none() | st.sampled_from(Credibility),
)
figures = st.builds(Figure, quantities, statements)
_letters = st.text(st.characters(categories=("Lu", "Ll", "Lo")), min_size=1, max_size=20)
sayings = st.fixed_dictionaries(dict.fromkeys(LANGUAGES, _letters))
"""Labels in letters alone: a number in a claim would have to be its quantity."""
categories = st.lists(st.sampled_from(CATEGORIES), unique=True).map(tuple)


@st.composite
def records(draw: st.DrawFn) -> tuple[Record, ...]:
    """A whole ledger in the order of its file."""
    return (
        *(Term(key, TermKind.PARTY, draw(labels)) for key in PARTIES),
        *(Term(key, TermKind.CATEGORY, draw(labels)) for key in CATEGORIES),
        Term("navy", TermKind.BRANCH, draw(labels)),
        Term("privates", TermKind.RANK, draw(labels)),
        *(draw(_actors(key)) for key in SPEAKERS),
        *(Actor(key, ActorKind.OUTLET, draw(labels)) for key in OUTLETS),
        *(draw(_sources(key)) for key in SOURCES),
        draw(_agreements),
        *(draw(_pledges(f"P{n}")) for n in range(1, draw(st.integers(0, 3)) + 1)),
        *(draw(_stages(f"S{n}", day=n)) for n in range(1, draw(st.integers(0, 3)) + 1)),
        *(draw(_totals(f"T{n}")) for n in range(1, draw(st.integers(0, 2)) + 1)),
        *(draw(_claims(f"C{n}")) for n in range(1, draw(st.sampled_from([0, 2])) + 1)),
    )


def _actors(key: str) -> st.SearchStrategy[Actor]:
    kinds = st.sampled_from([kind for kind in ActorKind if kind is not ActorKind.OUTLET])
    party = st.none() | st.sampled_from(PARTIES)
    return st.builds(Actor, st.just(key), kinds, labels, st.none() | labels, party)


def _sources(key: str) -> st.SearchStrategy[Source]:
    return st.builds(
        Source,
        st.just(key),
        st.sampled_from(SourceType),
        st.none() | st.sampled_from(OUTLETS),
        st.none() | st.just("https://gazette.example/?a=1&b=%20#c:d"),
        st.none() | st.sampled_from(["en", "no"]),
        st.none() | days,
        st.none() | st.dates(),
        reliability=st.none() | st.sampled_from(Reliability),
    )


_agreements = st.builds(
    Agreement,
    st.just("harbour"),
    labels,
    st.permutations(PARTIES).map(tuple),
    st.just(SOURCES),
    st.none() | days,
    st.none() | labels,
    st.none() | st.sampled_from(SPEAKERS),
    st.sampled_from(AgreementStatus),
)


def _pledges(key: str) -> st.SearchStrategy[Pledge]:
    return st.builds(
        Pledge,
        st.just(key),
        st.just("harbour"),
        st.sampled_from(Unit),
        st.sampled_from([*PARTIES, BOTH_NOT_SPLIT, NOT_STATED]),
        st.lists(statements, min_size=1, max_size=2).map(tuple),
        quantities,
        categories,
        st.sampled_from(Principle),
        st.booleans(),
    )


@st.composite
def _stages(draw: st.DrawFn, key: str, day: int) -> Stage:
    kind = draw(st.sampled_from(StageKind))
    found_out = st.lists(_identifications, max_size=int(kind is StageKind.BODIES))
    units = [Unit.BODY] if kind is StageKind.BODIES else [Unit.PERSON, Unit.CIVILIAN]
    directions = draw(st.lists(st.sampled_from(PARTIES), min_size=1, unique=True))
    return Stage(
        key=key,
        agreement="harbour",
        kind=kind,
        date=EventDate(_MONTH, day),
        lifecycle=draw(st.sampled_from(Lifecycle)),
        transfers=tuple(
            Transfer(
                direction,
                draw(st.sampled_from(units)),
                tuple(draw(st.lists(figures, max_size=2))),
                tuple(draw(st.lists(_compositions, max_size=1))),
                tuple(draw(found_out)),
            )
            for direction in directions
        ),
        sources=SOURCES,
        categories=draw(categories),
        confirmations=tuple(draw(st.lists(statements, max_size=2))),
        words=draw(st.none() | wordings),
        further_stages=draw(st.none() | figures),
        other_days=tuple(draw(st.lists(_other_days, max_size=1))),
        ordinals=tuple(draw(st.lists(_ordinals, max_size=1))),
    )


def _totals(key: str) -> st.SearchStrategy[StatedTotal]:
    return st.builds(
        StatedTotal,
        st.just(key),
        st.just("harbour"),
        st.sampled_from(Unit),
        st.sampled_from([*PARTIES, BOTH_NOT_SPLIT, NOT_STATED]),
        quantities.filter(lambda one: one != NOT_PUBLISHED),
        statements.map(lambda one: (one,)),
        st.sampled_from(TotalScope),
        sayings,
        through=st.none() | days,
    )


def _claims(key: str) -> st.SearchStrategy[Claim]:
    [other] = {"C1", "C2"} - {key}
    said = st.builds(Stance, st.just(StanceKind.ASSERTS), statements)
    answered = st.builds(
        Stance, st.sampled_from(StanceKind), statements, st.booleans(), st.booleans()
    )
    return st.builds(
        Claim,
        st.just(key),
        st.just("harbour"),
        sayings,
        st.tuples(said) | st.tuples(said, answered),
        st.none() | sayings,
        scope=st.sampled_from(ClaimScope),
        see_also=st.just(()) | st.just((other,)),
    )


_identifications = st.builds(
    Identification,
    st.sampled_from(BodyState),
    st.builds(Figure, st.just(NOT_PUBLISHED), statements),
)
_other_days = st.builds(StatedDay, days.filter(lambda day: day.month != _MONTH), statements)
_ordinals = st.builds(Ordinal, st.integers(1, 99), labels, statements)
_compositions = st.builds(
    Composition, statements, st.just(("navy",)) | st.just(()), st.just(("privates",))
)
