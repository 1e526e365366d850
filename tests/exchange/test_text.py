"""Texts and links that would show one thing and mean another."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.text import LINK_LENGTH, host_of, link_fault, text_fault

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
