"""Texts and links that would show one thing and mean another."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.text import (
    LINK_LENGTH,
    host_of,
    link_fault,
    mixes_scripts,
    personal_fault,
    text_fault,
)

HIDDEN = {
    "a null": "\0",
    "an escape": "\x1b",
    "a tab": "\t",
    "a carriage return": "\r",
    "a zero-width space": "\u200b",
    "a zero-width joiner": "\u200d",
    "a right-to-left mark": "\u200f",
    "a right-to-left override": "\u202e",
    "a right-to-left isolate": "\u2067",
    "a word joiner": "\u2060",
    "a byte order mark": "\ufeff",
    "a soft hyphen": "\u00ad",
    "a tag letter": "\U000e0041",
    "a lone surrogate": "\ud800",
    "a private sign": "\ue000",
    "a line separator": "\u2028",
    "a paragraph separator": "\u2029",
    "a sign that is none": "\uffff",
}


@pytest.mark.parametrize("sign", HIDDEN.values(), ids=HIDDEN)
def test_signs_that_hide_or_reorder_are_refused(sign: str) -> None:
    assert text_fault(f"several{sign} busloads") == "hidden-characters"


@pytest.mark.parametrize(
    "text", ["", "кілька автобусів", "«всех на всех»", "two\nlines", "<b>&amp;</b>", "1 200"]
)
def test_what_can_be_seen_is_no_fault(text: str) -> None:
    assert text_fault(text) is None


@given(st.text())
def test_an_accepted_text_holds_no_sign_without_a_shape(text: str) -> None:
    if text_fault(text) is None:
        categories = {unicodedata.category(sign) for sign in text if sign != "\n"}
        assert not {one for one in categories if one.startswith("C")}


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("https://mod.gov.ua/news/1", None),
        ("http://example.org", None),
        ("HTTPS://Example.org/News?id=1#top", None),
        ("https://example.org/новини", None),
        ("https://xn-more.example.org/", None),
        ("https://9news.example.org/", None),
        ("javascript:alert(1)", "link-broken"),
        ("tg://resolve?domain=x", "link-broken"),
        ("ftp://example.org/1", "link-broken"),
        ("data:text/html,x", "link-broken"),
        ("example.org/1", "link-broken"),
        ("https://", "link-broken"),
        ("https:///news", "link-broken"),
        ("https://localhost/1", "link-broken"),
        ("https://[::1", "link-broken"),
        ("https://example.org:port/", "link-broken"),
        ("some words", "hidden-characters"),
        ("https://example.org/a b", "hidden-characters"),
        ("https://example.org/\n", "hidden-characters"),
        ("https://example.org/\u202egpj", "hidden-characters"),
        ("https://mil.gov.ua@evil.example/1", "link-disguised"),
        ("https://user:word@example.org/", "link-disguised"),
        ("https://example.org:8443/", "link-disguised"),
        ("https://192.0.2.7/news", "link-disguised"),
        ("https://3221225991.1/", "link-disguised"),
        ("https://0x7f.0.0.1/", "link-disguised"),
        ("https://127.0x1/", "link-disguised"),
        ("https://[2001:db8::1]/", "link-broken"),
        ("https://xn--80ak6aa92e.com/", "link-disguised"),
        ("https://www.xn--80ak6aa92e.com/", "link-disguised"),
        ("https://раураl.com/", "link-disguised"),
        ("https://evil.example\\.mil.gov.ua/", "link-disguised"),
        ("https://evil.example%2f.mil.gov.ua/", "link-disguised"),
        ("https://evil.example;.mil.gov.ua/", "link-disguised"),
        ("https://example.org/" + "a" * LINK_LENGTH, "link-too-long"),
    ],
)
def test_which_links_can_be_a_source(link: str, fault: str | None) -> None:
    assert link_fault(link) == fault


def test_a_link_may_be_as_long_as_the_limit() -> None:
    link = "https://example.org/"

    assert link_fault(link + "a" * (LINK_LENGTH - len(link))) is None


@given(st.text())
def test_every_link_gets_an_answer(text: str) -> None:
    fault = link_fault(f"https://{text}")

    assert fault is None or fault.startswith(("link-", "hidden-"))


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://www.mod.gov.ua/news", "mod.gov.ua"),
        ("https://wwwnews.example.org", "wwwnews.example.org"),
        ("https://EXAMPLE.org/1", "example.org"),
    ],
)
def test_a_host_is_shown_without_its_www(link: str, host: str) -> None:
    assert host_of(link) == host


PERSONAL = {
    "link-in-text": [
        "see https://example.org/list",
        "www.example.org",
        "t.me/some_list",
        "список на example.com.ua",
        "перечень: Пример.рф",
    ],
    "mail-address": ["write to someone@example.org", "someone@пример.рф"],
    "handle-in-text": ["ask @some_person", "(@Some1)"],
    "bank-account": [
        "UA213223130000026007233566001",
        "DE89 3704 0044 0532 0130 00",
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
    ],
    "card-number": ["4111 1111 1111 1111", "картка 5555-5555-5555-4444", "4111111111111111"],
    "phone-number": [
        "+380 44 287 81 65",
        "067 650 83 32",
        "8 (495) 123-45-67",
        "0800300529",
        "дзвоніть: 044-390-43-90",
    ],
    "unit-number": [
        "військова частина А1234",
        "войсковая часть 12345",
        "в/ч 12345",
        "В/Ч №12345",
        "з А1234",
        "military unit 54321",
        "military unit No. 54321",
    ],
    "birth-date": [
        "12.03.1990",
        "12/3/1987",
        "1990-03-12",
        "1990 г.р.",
        "1990 р.н.",
        "1999 року народження",
        "born in March 1990",
        "народився 12 березня",
        "родился в 1990 году",
    ],
}


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in PERSONAL.items() for text in texts]
)
def test_what_could_lead_to_a_person_is_refused_by_its_kind(rule: str, text: str) -> None:
    assert personal_fault(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "several busloads",
        "1,212 bodies were not collected",
        "1 212 тіл",
        "12 000 000",
        "12 000-12 500",
        "from 1 200 to 1 245 people",
        "6,057 (headquarters); 6,060 (negotiator)",
        "on 9 June 2025",
        "09.06.2025",
        "2025-06-09",
        "2025-06-09 / 2025-07-23",
        "with 09.06.2025 as its day",
        "the agreement of 2 June",
        "18-25 years",
        "under 25",
        "«всіх на всіх»",
        "S1, P12, C1234",
        "частина домовленостей",
        "воинские части",
        "в ч. 3 ст. 5",
        "St. Petersburg",
        "e.g. the wounded",
        "народи двох країн",
        "the 68th exchange, 3 pm",
        "1,000 for 1,000",
        "1200/1200",
        "A-level",
    ],
)
def test_counts_days_and_plain_words_are_not_refused(text: str) -> None:
    assert personal_fault(text) is None


@given(st.integers(0, 99_999_999), st.sampled_from(["{:,}", "{:_}", "{}"]))
def test_a_count_is_never_taken_for_a_telephone(number: int, form: str) -> None:
    written = form.format(number).replace("_", "\u00a0")

    assert personal_fault(f"Ukraine: {written} people") is None


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("Kyiv", False),
        ("Київ", False),
        ("Київ and Kyiv", False),
        ("Wi-Fi для всіх", False),
        ("Kиїв", True),
        ("Міністерствo", True),
        ("С1234 (C1234)", False),
    ],
)
def test_a_word_of_two_scripts_is_noticed(text: str, mixed: bool) -> None:
    assert mixes_scripts(text) == mixed
