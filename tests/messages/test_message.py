"""From plain lines to what Telegram takes."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from messages.message import (
    LONGEST_TEXT,
    Button,
    Heading,
    clean,
    clip,
    compose,
    escape,
    utf16_length,
)

FAMILY = "👩‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;", id="tags"),
        pytest.param("this & that", "this &amp; that", id="an ampersand"),
        pytest.param("&lt;", "&amp;lt;", id="an entity"),
        pytest.param('<a href="tg://user">', '&lt;a href="tg://user"&gt;', id="a link"),
        pytest.param("Зобов'язання", "Зобов'язання", id="an apostrophe stays readable"),
    ],
)
def test_text_shows_itself(written: str, shown: str) -> None:
    assert escape(written) == shown


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("a\x00b\x07c", "abc", id="controls"),
        pytest.param("abc\u202egnp", "abcgnp", id="a direction override"),
        pytest.param("a\u2066b\u2069", "ab", id="isolates"),
        pytest.param("a\u200bb\u200d\ufeffc", "abc", id="zero widths"),
        pytest.param("a\ud800b", "ab", id="a lone surrogate"),
        pytest.param("a\U000e0041b", "ab", id="a tag character"),
        pytest.param("one\ntwo\r\n\u2028three", "one two three", id="line breaks"),
        pytest.param("1\u00a0212", "1\u00a0212", id="the space between thousands stays"),
    ],
)
def test_what_cannot_be_seen_is_dropped(written: str, kept: str) -> None:
    assert clean(written) == kept


def test_of_all_characters_none_that_hides_or_breaks_a_line_is_kept() -> None:
    unseen = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    every = map(chr, range(sys.maxunicode + 1))
    kept = [one for one in every if unicodedata.category(one) in unseen and clean(one).strip(" ")]
    assert not kept


def test_a_heading_is_bold_and_its_text_escaped() -> None:
    assert compose([Heading("a < b"), "c"]).text == "<b>a &lt; b</b>\nc"


def test_a_clipped_text_says_that_there_was_more() -> None:
    assert clip("several busloads", 8) == "several…"
    assert clip("short", 8) == "short"


@pytest.mark.parametrize(
    "sign",
    [
        pytest.param("\U0001f1fa\U0001f1e6", id="a flag"),
        pytest.param("\U0001f44d\U0001f3fd", id="a colour of skin"),
        pytest.param("\u0438\u0306", id="a letter with an accent of its own"),
        pytest.param("\u2764\ufe0f", id="a sign in colours"),
        pytest.param("1\ufe0f\u20e3", id="a digit on a key"),
        pytest.param(FAMILY, id="a family, which is shown as its members"),
    ],
)
def test_no_sign_is_cut_in_two(sign: str) -> None:
    shown = clean(sign)
    members = list(shown) if sign == FAMILY else [shown]
    for longest in range(1, len(shown) * 4):
        kept = clip(f"x{sign * 4}", longest).removesuffix("…").removeprefix("x")
        while kept:
            assert any(kept.startswith(one) for one in members)
            kept = kept.removeprefix(next(one for one in members if kept.startswith(one)))


def test_length_is_counted_as_telegram_counts_it() -> None:
    assert utf16_length("я") == 1
    assert utf16_length("😀") == 2
    assert utf16_length(FAMILY) == 11


def test_a_text_that_fits_exactly_is_not_cut() -> None:
    assert compose(["x" * LONGEST_TEXT], cut="more").text == "x" * LONGEST_TEXT


def test_a_long_text_is_cut_at_a_line_end_and_says_so() -> None:
    lines = [Heading("😀" * 30) for _ in range(100)]

    cut = compose(lines, cut="The rest does not fit.").text

    assert utf16_length(cut) <= LONGEST_TEXT
    *kept, last = cut.split("\n")
    assert last == "The rest does not fit."
    assert set(kept) == {f"<b>{'😀' * 30}</b>"}
    assert utf16_length(f"{cut}\n{kept[0]}") > LONGEST_TEXT


def test_buttons_are_held_to_what_telegram_takes() -> None:
    message = compose(
        ["text"],
        [
            (),
            (Button("x" * 100, "status"), Button("\u202e", "stages")),
            (Button("too long to press", "я" * 40),),
        ],
    )

    assert message.buttons == ((Button("x" * 39 + "…", "status"), Button("…", "stages")),)


def test_a_draft_key_fits_before_the_longest_act() -> None:
    ((button,),) = compose(["text"], [(Button("x", "y" * 46),)]).buttons

    assert len(f"{'k' * 16}:{button.act}".encode()) <= 64
