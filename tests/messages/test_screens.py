"""What holds for every screen, whatever the ledger says."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.ledger import Ledger
from exchange.news import News
from exchange.quantity import Quantity, Wording
from exchange.records import (
    Actor,
    Claim,
    Label,
    Pledge,
    Record,
    Source,
    Stage,
    StatedTotal,
    Statement,
    Term,
)
from exchange.stage_draft import adding_to
from messages import drafting, values
from messages.alert import alert
from messages.catalogue import LANGUAGES
from messages.claims import claim, claims
from messages.message import LONGEST_TEXT, Html, Message, clean, utf16_length
from messages.phrases import Phrases
from messages.progress import progress
from messages.sources import source, sources
from messages.stages import stage, stages
from messages.status import status
from tests.builders import (
    BOTH,
    PLEDGES,
    RU,
    UA,
    VOCABULARY,
    a_ledger,
    a_stage,
    an_agreement,
    at_least,
    back_to,
    bodies,
    exactly,
    istanbul,
    of,
    said,
)
from tests.messages.draft_cases import NOW
from tests.messages.ledger_cases import PROGRESSES, STALLED, WITH_CLAIMS, a_total
from tests.messages.screens import SCREENS, plain

MOST_ENTITIES = 100
"""Of a message; what is formatted beyond that, Telegram shows without a word."""


class Tags(HTMLParser):
    """Reads what Telegram would: only <b>, always closed, and the text between."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "b"
        assert not attrs
        assert not self.open
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    def handle_data(self, data: str) -> None:
        self.text += data


def hold(message: Message) -> None:
    """What Telegram and a reader's eyes ask of any message."""
    tags = Tags(message.text)
    assert tags.open == []
    assert not re.search(r"&(?!lt;|gt;|amp;)", message.text)
    assert 0 < utf16_length(message.text) <= LONGEST_TEXT
    assert message.text.count("<b>") <= MOST_ENTITIES
    shown = [*tags.text.split("\n"), *(one.label for row in message.buttons for one in row)]
    assert [one for one in shown if one != clean(one)] == []
    assert not any(unicodedata.category(one) == "Cs" for one in tags.text)
    for row in message.buttons:
        assert row
        assert all(one.label.strip() and len(one.act.encode()) <= 64 for one in row)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_is_well_formed(name: str, language: str) -> None:
    hold(SCREENS[name](language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_digit_comes_from_a_variable(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in vars(values).values():
        if isinstance(kind, type) and kind is not values.Value and hasattr(kind, "shown"):
            monkeypatch.setattr(kind, "shown", lambda _self, _locale: "x")
    monkeypatch.setattr(Phrases, "label", lambda _self, _label, _longest=0: "y")
    monkeypatch.setattr(Phrases, "words", lambda _self, _words: "z")

    digits = {
        name: found
        for name, case in SCREENS.items()
        if (found := re.findall(r"\d", _everything_read(case(language))))
    }

    assert digits == {}


TEXTS = st.text(max_size=60) | st.text("<>&\"'\n\u202e\u200b\x00😀я ", max_size=300)


def _labels(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Label]:
    return st.fixed_dictionaries(dict.fromkeys(LANGUAGES, texts))


@st.composite
def ledgers_of_any_text(draw: st.DrawFn) -> Ledger:
    """The usual ledger, with any text at all wherever a record has one."""
    any_label = _labels(TEXTS)
    wording = Wording("en", {"en": "x", "uk": draw(TEXTS)})
    records: list[Record] = []
    for record in VOCABULARY:
        match record:
            case Term():
                records.append(replace(record, label=draw(any_label)))
            case Actor():
                records.append(replace(record, label=draw(any_label), short=draw(any_label)))
            case Source():
                link = draw(TEXTS)
                records.append(
                    replace(record, url=link, archived_url=link, language=draw(TEXTS) or None)
                )
            case _:
                records.append(record)
    figure = said(Quantity(words=wording))
    full = a_stage(
        "S1", back_to(UA, figure), back_to(RU, said(exactly(5))), said_words=wording, further=figure
    )
    claimed = replace(STALLED, text=draw(any_label), detail=draw(any_label))
    summed = a_total("T1", UA, exactly(9), words=draw(any_label))
    agreed = an_agreement(name=draw(any_label))
    return of([*records, agreed, *PLEDGES, full, claimed, summed])


PROGRESS: list[Callable[[Ledger, str], Message]] = [
    lambda ledger, language: progress(ledger, None, 1, language),
    lambda ledger, language: progress(ledger, None, 2, language),
]
EVERYTHING: list[Callable[[Ledger, str], Message]] = [
    *PROGRESS,
    lambda ledger, language: status(ledger, None, language),
    lambda ledger, language: stages(ledger, None, 1, language),
    lambda ledger, language: stage(ledger, "S1", language),
    lambda ledger, language: sources(ledger, 1, language),
    lambda ledger, language: claims(ledger, None, 1, language),
    lambda ledger, language: claim(ledger, "C1", language),
    lambda ledger, language: source(ledger, "R1", language),
    lambda ledger, language: source(ledger, "R2", language),
    lambda ledger, language: alert(ledger, ledger.stages["S1"], 1, None, News.NEW_STAGE, language),
    lambda ledger, language: drafting.draft_message(
        adding_to(ledger.stages["S1"]), ledger, language, now=NOW
    ),
]


@settings(max_examples=60, deadline=None)
@given(ledger=ledgers_of_any_text(), language=st.sampled_from(LANGUAGES))
def test_any_text_in_any_field_gives_a_message_that_telegram_takes(
    ledger: Ledger, language: str
) -> None:
    for make in EVERYTHING:
        hold(make(ledger, language))


def test_a_label_is_never_taken_for_a_tag() -> None:
    ledger = istanbul(an_agreement(name=dict.fromkeys(LANGUAGES, "<b>x</b> & <script>")))

    assert "&lt;b&gt;x&lt;/b&gt; &amp; &lt;script&gt;" in status(ledger, None, "en").text


def _mirrored(ledger: Ledger) -> Ledger:
    """The same ledger with everything said of one party said of the other."""
    other = {UA: RU, RU: UA}
    records: list[Record] = []
    for entry in ledger.entries.values():
        record = entry.record
        if isinstance(record, Stage):
            transfers = tuple(
                replace(one, returned_to=other[one.returned_to]) for one in record.transfers
            )
            record = replace(record, transfers=transfers)
        elif isinstance(record, Actor) and record.party:
            record = replace(record, party=other[record.party])
        elif isinstance(record, Pledge | StatedTotal):
            record = replace(record, returned_to=other.get(record.returned_to, record.returned_to))
        records.append(record)
    return of(records)


def _unsided(ledger: Ledger) -> Ledger:
    """The same ledger with speakers and claims whose words name no party."""
    records: list[Record] = []
    for entry in ledger.entries.values():
        record = entry.record
        if isinstance(record, Actor):
            record = replace(record, label={"en": record.key}, short=None)
        elif isinstance(record, Claim):
            record = replace(record, text={"en": record.key})
        records.append(record)
    return of(records)


SIDED = {
    "Istanbul": istanbul(),
    "one direction": a_ledger(a_stage("S1", back_to(UA, said(exactly(157), "red-cross")))),
    "one side confirms": a_ledger(a_stage(confirmations=(Statement("president", "R1"),))),
    "different numbers": istanbul(
        a_stage("S1", back_to(UA, said(at_least(50))), back_to(RU, said(exactly(7))))
    ),
    "bodies": istanbul(bodies("S2", exactly(6057), exactly(27))),
    "claims": WITH_CLAIMS,
    **{
        f"progress: {name}": ledger
        for name, ledger in PROGRESSES.items()
        if "S1" in ledger.stages and len(ledger.pledges) < 4  # of more, some are only counted
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SIDED)
def test_at03_what_is_said_of_one_party_would_be_said_of_the_other(
    name: str, language: str
) -> None:
    ledger = _unsided(SIDED[name])
    mirrored = _mirrored(ledger)
    names = [Phrases(ledger, language).term(party) for party in (UA, RU)]

    told = [*(one for one in EVERYTHING if one not in PROGRESS), _progress_in_full]
    for make in told:
        here = _words_of(plain(make(ledger, language)))
        there = _words_of(plain(make(mirrored, language)), swapping=names)
        assert here == there


def test_parties_always_come_in_the_order_of_the_alphabet() -> None:
    for language in LANGUAGES:
        phrases = Phrases(istanbul(), language)
        first, second = (phrases.term(one) for one in phrases.parties(an_agreement()))
        text = plain(status(istanbul(a_stage(confirmations=BOTH)), None, language))
        assert text.index(first) < text.index(second)
        assert first < second


def _words_of(text: str, swapping: list[str] | None = None) -> Counter[str]:
    """The words of a text, whatever their order; with two names exchanged."""
    if swapping:
        one, other = swapping
        text = text.replace(one, "\x00").replace(other, one).replace("\x00", other)
    return Counter(re.findall(r"[\w\u00a0,]+\b", text))


def _progress_in_full(ledger: Ledger, language: str) -> Message:
    """All its pages in one: which pledge stands on which page may differ, what is said may not."""
    shown: dict[str, None] = {}
    for page in range(1, 9):
        _, *lines = progress(ledger, None, page, language).text.split("\n")
        shown["\n".join(line for line in lines if not re.match(r"\w+ \d+ \w+ \d+$", line))] = None
    return Message(Html("\n".join(shown)))


def _everything_read(message: Message) -> str:
    return " ".join([plain(message), *(one.label for row in message.buttons for one in row)])
