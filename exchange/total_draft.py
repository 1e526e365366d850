"""A stated total in the making, or one that is corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from exchange.dates import EventDate
from exchange.draft import Draft, Screen, missing_language
from exchange.ledger import Ledger
from exchange.quantity import Qualifier, Quantity
from exchange.records import Label, StatedTotal, Statement, TotalScope, Unit
from exchange.saying import Saying


@dataclass(frozen=True)
class TotalDraft(Draft):
    """A sum that somebody states, in the making."""

    unit: Unit | None = None
    returned_to: str | None = None
    qualifier: Qualifier | None = None
    """The word for a number that is being typed."""
    quantity: Quantity | None = None
    stated: tuple[Statement, ...] = ()
    saying: Saying | None = None
    """A statement that is being entered."""
    scope: TotalScope | None = None
    words: Label | None = None
    language: str | None = None
    """The language whose words are typed anew; None: the first that has none."""
    since: EventDate | None = None
    through: EventDate | None = None
    bounded: bool = False
    """Whether the last day was answered; it may be that nobody states it."""

    PREFIX = "T"

    @property
    def opens(self) -> frozenset[Screen]:
        elsewhere = {Screen.WORDS} if self.scope is TotalScope.OTHER else set()
        statement = _OF_A_STATEMENT if self.saying else frozenset()
        why = {Screen.REASON} if self.correcting else set()
        return statement | _FIELDS | elsewhere | why

    @property
    def asked_language(self) -> str | None:
        """In which language the words are typed next."""
        return self.language or missing_language(self.words)

    def fields(self) -> Iterable[tuple[Screen, bool]]:
        elsewhere = self.scope is TotalScope.OTHER
        saying = self.saying
        still_open = (saying.next_screen or Screen.STATED) if saying else Screen.SPEAKER
        return (
            (Screen.UNIT, self.unit is None),
            (Screen.DIRECTIONS, self.returned_to is None),
            (Screen.NUMBER if self.qualifier else Screen.FIGURE, self.quantity is None),
            (still_open, bool(saying) or not self.stated),
            (Screen.COUNTED, self.scope is None),
            (Screen.WORDS, elsewhere and missing_language(self.words) is not None),
            (Screen.THROUGH, not self.bounded),
        )

    def onward(self) -> Self:
        following = replace(super().onward(), language=None)
        if following.screen is Screen.SPEAKER and following.saying is None:
            return replace(following, saying=Saying())
        return following

    def rested(self) -> Self:
        return replace(super().rested(), saying=None, qualifier=None, language=None)

    def on(self, day: EventDate | None) -> Self:
        if self.screen is Screen.SINCE:
            return replace(self, since=day).onward()
        if self.screen is Screen.THROUGH:
            return replace(self, through=day, bounded=True).onward()
        following = self.with_saying(said_on=day, dated=True)
        saying = following.saying
        return following.said() if saying and saying.place is None else following

    def recorded(self, ledger: Ledger) -> StatedTotal | None:
        return ledger.totals.get(self.base) if self.base else None

    def afresh(self, ledger: Ledger) -> Self | None:
        base = self.recorded(ledger)
        return replace(self, **_of(base)) if base else None

    def of_unit(self, unit: Unit) -> Self:
        return replace(self, unit=unit).onward()

    def towards(self, direction: str) -> Self:
        return replace(self, returned_to=direction).onward()

    def counted(self, quantity: Quantity) -> Self:
        return replace(self, quantity=quantity, qualifier=None).onward()

    def counting(self, scope: TotalScope) -> Self:
        """Of the agreement's stages no words are needed for what is counted."""
        words = self.words if scope is TotalScope.OTHER else None
        return replace(self, scope=scope, words=words).onward()

    def worded(self, text: str) -> Self:
        """Raises ValueError where no words were asked for."""
        language = self.asked_language
        if language is None:
            raise ValueError("no words were asked for")
        return replace(self, words={**(self.words or {}), language: text}).onward()

    def with_saying(self, **answers: object) -> Self:
        """Raises ValueError where no statement is being entered."""
        if self.saying is None:
            raise ValueError("no statement was begun")
        saying = replace(self.saying, **answers)  # type: ignore[arg-type] # fields, by name
        return replace(self, saying=saying).with_used_sources().onward()

    def beginning_to_say(self) -> Self:
        """One more statement, by the same speaker if there is one."""
        speaker = self.stated[0].speaker if self.stated else None
        return replace(self, saying=Saying(speaker)).onward()

    def saying_again(self, place: int) -> Self:
        """Take up a statement that was entered, to change it; raises KeyError for none."""
        one = dict(enumerate(self.stated))[place]
        return replace(self, saying=Saying.of(one, place)).at(Screen.STATED)

    def said(self) -> Self:
        """With the statement that was being entered; raises ValueError where it is not complete."""
        if self.saying is None:
            raise ValueError("no statement was begun")
        stated, place = [*self.stated], self.saying.place
        if place is None:
            stated.append(self.saying.statement)
        else:
            stated[place] = self.saying.statement
        return replace(self, stated=tuple(stated), saying=None).onward()

    def not_said(self) -> Self:
        """Without the statement that was taken up again."""
        place = self.saying.place if self.saying else None
        stated = tuple(one for n, one in enumerate(self.stated) if n != place)
        following = replace(self, stated=stated, saying=None).with_used_sources()
        return following.onward() if not stated else following.rested()

    def record(self, key: str, ledger: Ledger) -> StatedTotal:  # noqa: ARG002 (all of it is here)
        if self.unit is None or self.returned_to is None or self.quantity is None:
            raise ValueError("the draft is not complete")
        return StatedTotal(
            key=key,
            agreement=self.agreement,
            unit=self.unit,
            returned_to=self.returned_to,
            quantity=self.quantity,
            stated=self.stated,
            scope=self.scope or TotalScope.AGREEMENT,
            words=self.words,
            since=self.since,
            through=self.through,
        )

    def settled(self, keys: Mapping[str, str]) -> Self:
        return replace(
            self,
            new_sources=tuple(replace(one, key=keys[one.key]) for one in self.new_sources),
            stated=tuple(
                replace(one, source=keys.get(one.source, one.source)) for one in self.stated
            ),
        )

    def with_used_sources(self) -> Self:
        """Without new sources in which nothing was read after all."""
        used = {one.source for one in self.stated}
        used |= {self.saying.source} if self.saying and self.saying.source else set()
        return replace(self, new_sources=tuple(one for one in self.new_sources if one.key in used))


_FIELDS = frozenset(
    {
        Screen.UNIT,
        Screen.DIRECTIONS,
        Screen.FIGURE,
        Screen.COUNTED,
        Screen.SINCE,
        Screen.THROUGH,
    }
)
_OF_A_STATEMENT = frozenset({Screen.SPEAKER, Screen.SOURCE, Screen.SAID_ON})


def correction_of(total: StatedTotal, rev: int) -> TotalDraft:
    """A draft that says what this revision of a stated total does, to be changed."""
    return TotalDraft(
        agreement=total.agreement,
        base=total.key,
        corrects=rev,
        screen=Screen.OVERVIEW,
        **_of(total),
    )


def _of(total: StatedTotal) -> dict[str, Any]:
    """The fields of a recorded total, as a draft has them."""
    return {
        "unit": total.unit,
        "returned_to": total.returned_to,
        "quantity": total.quantity,
        "stated": total.stated,
        "scope": total.scope,
        "words": total.words,
        "since": total.since,
        "through": total.through,
        "bounded": True,
    }
