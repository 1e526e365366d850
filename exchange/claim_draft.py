"""A claim in the making: a new one, a further stance to one, or one that is corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from exchange.claim_rules import numbers_in
from exchange.dates import EventDate
from exchange.draft import Draft, Screen, missing_language
from exchange.ledger import Ledger
from exchange.quantity import Qualifier, Quantity
from exchange.records import Claim, ClaimScope, Label, Stance, StanceKind
from exchange.saying import Saying


@dataclass(frozen=True)
class Taking(Saying):
    """A stance that is being entered."""

    kind: StanceKind | None = None
    general: bool = False
    hedged: bool = False

    @property
    def next_screen(self) -> Screen:
        if self.kind is None:
            return Screen.STANCE_KIND
        return super().next_screen or Screen.STANCE

    @property
    def stance(self) -> Stance:
        """Raises ValueError where an answer is missing."""
        if self.kind is None:
            raise ValueError("the stance is not complete")
        return Stance(self.kind, self.statement, self.general, self.hedged)


@dataclass(frozen=True)
class ClaimDraft(Draft):
    """A claim in the making. Its text is typed in one language after another."""

    scope: ClaimScope | None = None
    about: str | None = None
    text: Label | None = None
    detail: Label | None = None
    quantity: Quantity | None = None
    stances: tuple[Stance, ...] = ()
    """All of them; where the draft only adds, those that it adds."""
    see_also: tuple[str, ...] = ()
    language: str | None = None
    """The language whose text is typed anew; None: the first that has none."""
    taking: Taking | None = None

    PREFIX = "C"

    @property
    def opens(self) -> frozenset[Screen]:
        stance = _OF_A_STANCE if self.taking else frozenset()
        if self.only_adds:
            return stance
        return stance | _FIELDS | ({Screen.REASON} if self.correcting else frozenset())

    @property
    def numbers(self) -> tuple[int, ...]:
        """The number that the texts hold, or both ends of a range; () where they disagree."""
        found = {code: numbers_in(text) for code, text in (self.text or {}).items()}
        for code, text in (self.detail or {}).items():
            found[code] = found.get(code, frozenset()) | numbers_in(text)
        agreed = set(found.values())
        numbers = sorted(agreed.pop()) if len(agreed) == 1 else []
        return tuple(numbers) if len(numbers) <= _ENDS else ()

    @property
    def asked_language(self) -> str | None:
        """In which language the text that is asked for is typed next."""
        label = self.detail if self.screen is Screen.DETAIL else self.text
        return self.language or missing_language(label)

    def fields(self) -> Iterable[tuple[Screen, bool]]:
        taking = self.taking
        return (
            (Screen.ABOUT, self.scope is None),
            (Screen.TEXT, missing_language(self.text) is not None),
            (Screen.DETAIL, self.detail is not None and missing_language(self.detail) is not None),
            (Screen.QUALIFIER, bool(self.numbers) and not self._counted()),
            (
                (taking or self._first_taking).next_screen,
                taking is not None or not self.stances,
            ),
        )

    def onward(self) -> Self:
        """The draft at the next open field; a new claim's first stance is its assertion."""
        following = replace(super().onward(), language=None)
        if following.screen in _OF_A_STANCE and following.taking is None:
            return replace(following, taking=self._first_taking)
        return following

    def rested(self) -> Self:
        return replace(super().rested(), taking=None, language=None)

    def on(self, day: EventDate | None) -> Self:
        return self.with_taking(said_on=day, dated=True)

    def recorded(self, ledger: Ledger) -> Claim | None:
        return ledger.claims.get(self.base) if self.base else None

    def afresh(self, ledger: Ledger) -> Self | None:
        base = self.recorded(ledger)
        return replace(self, **_of(base)) if base else None

    def about_what(self, about: str | None, scope: ClaimScope = ClaimScope.EXCHANGE) -> Self:
        return replace(self, about=about, scope=scope).onward()

    def worded(self, text: str) -> Self:
        """With the text that was asked for, in the language that it was asked in.

        Raises:
            ValueError: no text was asked for.

        """
        language = self.asked_language
        if language is None:
            raise ValueError("no text was asked for")
        if self.screen is Screen.DETAIL:
            return replace(self, detail={**(self.detail or {}), language: text}).onward()
        return replace(self, text={**(self.text or {}), language: text}).uncounted().onward()

    def qualified(self, qualifier: Qualifier) -> Self:
        """With the text's number in its speaker's word for it; of two numbers, a range."""
        numbers = self.numbers
        high = numbers[1] if len(numbers) > 1 else None
        return replace(self, quantity=Quantity(qualifier, numbers[0], high)).onward()

    def without_detail(self) -> Self:
        return replace(self, detail=None).uncounted().onward()

    def with_taking(self, **answers: object) -> Self:
        """With these answers about the stance that is being entered.

        Raises:
            ValueError: no stance is being entered.

        """
        if self.taking is None:
            raise ValueError("no stance was begun")
        taking = replace(self.taking, **answers)  # type: ignore[arg-type] # fields, by name
        return replace(self, taking=taking).with_used_sources().onward()

    def beginning_to_take(self) -> Self:
        """One more stance, of which nothing is said yet."""
        return replace(self, taking=Taking()).at(Screen.STANCE_KIND)

    def taking_again(self, place: int) -> Self:
        """Take up a stance that was entered, to change it; raises KeyError for none."""
        one = dict(enumerate(self.stances))[place]
        taking = Taking.of(one.stated, place, kind=one.kind, general=one.general, hedged=one.hedged)
        return replace(self, taking=taking).at(Screen.STANCE)

    def taken(self) -> Self:
        """With the stance that was being entered.

        Raises:
            ValueError: an answer is missing.

        """
        if self.taking is None:
            raise ValueError("no stance was begun")
        stances, place = [*self.stances], self.taking.place
        if place is None:
            stances.append(self.taking.stance)
        else:
            stances[place] = self.taking.stance
        return replace(self, stances=tuple(stances), taking=None).onward()

    def not_taken(self) -> Self:
        """Without the stance that is being entered or was taken up again."""
        place = self.taking.place if self.taking else None
        stances = tuple(one for n, one in enumerate(self.stances) if n != place)
        following = replace(self, stances=stances, taking=None).with_used_sources()
        return following.onward() if not stances else following.rested()

    def beside(self, claim: str) -> Self:
        """With this other claim named beside it, or without it again."""
        others = tuple(one for one in self.see_also if one != claim)
        named = others if claim in self.see_also else (*self.see_also, claim)
        return replace(self, see_also=named)

    def record(self, key: str, ledger: Ledger) -> Claim:
        if self.scope is None or self.text is None:
            raise ValueError("the draft is not complete")
        if self.only_adds and (base := self.recorded(ledger)):
            return replace(base, stances=(*base.stances, *self.stances))
        return Claim(
            key=key,
            agreement=self.agreement,
            text=self.text,
            stances=self.stances,
            detail=self.detail,
            about=self.about,
            quantity=self.quantity,
            scope=self.scope,
            see_also=self.see_also,
        )

    def settled(self, keys: Mapping[str, str]) -> Self:
        return replace(
            self,
            new_sources=tuple(replace(one, key=keys[one.key]) for one in self.new_sources),
            stances=tuple(
                replace(
                    one,
                    stated=replace(
                        one.stated, source=keys.get(one.stated.source, one.stated.source)
                    ),
                )
                for one in self.stances
            ),
        )

    @property
    def _first_taking(self) -> Taking:
        """What the first stance begins with: somebody says what is claimed."""
        return Taking(kind=None if self.only_adds else StanceKind.ASSERTS)

    def _counted(self) -> bool:
        """Whether the quantity is what the text holds."""
        ends = (self.quantity.value, self.quantity.value_hi) if self.quantity else ()
        return set(self.numbers) <= {one for one in ends if one is not None}

    def uncounted(self) -> Self:
        """Without a quantity that the text no longer holds."""
        return self if self.numbers and self._counted() else replace(self, quantity=None)

    def with_used_sources(self) -> Self:
        """Without new sources in which nothing was read after all."""
        used = {one.stated.source for one in self.stances}
        used |= {self.taking.source} if self.taking and self.taking.source else set()
        return replace(self, new_sources=tuple(one for one in self.new_sources if one.key in used))


_ENDS = 2
"""Of a range; more numbers than these no claim can hold."""
_FIELDS = frozenset({Screen.ABOUT, Screen.TEXT, Screen.DETAIL, Screen.QUALIFIER, Screen.SEE_ALSO})
_OF_A_STANCE = frozenset({Screen.STANCE_KIND, Screen.SPEAKER, Screen.SOURCE, Screen.SAID_ON})


def stance_to(claim: Claim) -> ClaimDraft:
    """A draft that says what is recorded of a claim, and asks for one more stance."""
    said = {**_of(claim), "stances": ()}
    return ClaimDraft(agreement=claim.agreement, base=claim.key, **said).onward()


def correction_of(claim: Claim, rev: int) -> ClaimDraft:
    """A draft that says what this revision of a claim does, to be changed."""
    return ClaimDraft(
        agreement=claim.agreement,
        base=claim.key,
        corrects=rev,
        screen=Screen.OVERVIEW,
        **_of(claim),
    )


def _of(claim: Claim) -> dict[str, Any]:
    """The fields of a recorded claim, as a draft has them."""
    return {
        "scope": claim.scope,
        "about": claim.about,
        "text": claim.text,
        "detail": claim.detail,
        "quantity": claim.quantity,
        "stances": claim.stances,
        "see_also": claim.see_also,
    }
