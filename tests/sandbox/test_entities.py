"""Telegram's HTML: what is formatted, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import find_entities, parse_html, trimmed, units
from sandbox.refusals import Refused


def spans(html: str) -> list[tuple[str, str]]:
    """Kind and words of each entity."""
    formatted = parse_html(html)
    wide = formatted.text.encode("utf-16-le")
    return [
        (e["type"], wide[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"))
        for e in formatted.entities
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<b>a</b><strong>b</strong>", [("bold", "a"), ("bold", "b")]),
        ("<i>a</i><em>b</em>", [("italic", "a"), ("italic", "b")]),
        ("<u>a</u><ins>b</ins>", [("underline", "a"), ("underline", "b")]),
        ("<s>a</s><strike>b</strike><del>c</del>", [("strikethrough", w) for w in "abc"]),
        ("<tg-spoiler>a</tg-spoiler>", [("spoiler", "a")]),
        ('<span class="tg-spoiler">a</span>', [("spoiler", "a")]),
        ("<code>a</code><pre>b</pre>", [("code", "a"), ("pre", "b")]),
        ("<blockquote>a</blockquote>", [("blockquote", "a")]),
        ("<blockquote expandable>a</blockquote>", [("expandable_blockquote", "a")]),
        ("<B>a</b>", [("bold", "a")]),
        ("<b>a<i>b</i></b>", [("bold", "ab"), ("italic", "b")]),
        ("🕊<b>🕊a</b>", [("bold", "🕊a")]),
        ("<b></b>a", []),
        ("<blockquote><code>a</code></blockquote>", [("blockquote", "a"), ("code", "a")]),
    ],
)
def test_tags_become_entities(html: str, expected: list[tuple[str, str]]) -> None:
    assert spans(html) == expected


def test_links_times_people_and_languages_carry_what_they_need() -> None:
    html = (
        '<a href="https://example.org/?a=1&amp;b=2">x</a><a href="tg://user?id=7">y</a>'
        '<pre><code class="language-python">z</code></pre><tg-time unix="5" format="dt">w</tg-time>'
        '<tg-emoji emoji-id="55">e</tg-emoji><a href=\'https://a.b/"\'>v</a>'
    )
    link, person, code, moment, emoji, quoted = parse_html(html).entities
    assert link["url"] == "https://example.org/?a=1&b=2"
    assert (person["type"], person["user"]["id"]) == ("text_mention", 7)
    assert (code["type"], code["language"]) == ("pre", "python")
    assert (moment["type"], moment["unix_time"], moment["date_time_format"]) == (
        "date_time",
        5,
        "dt",
    )
    assert emoji["custom_emoji_id"] == "55"
    assert quoted["url"] == 'https://a.b/"'


def test_named_and_numbered_characters_are_read_and_others_left() -> None:
    html = "&lt;b&gt; &amp;amp; &quot; &#1083; &#x43B; &nbsp; a & b &"
    assert parse_html(html).text == '<b> &amp; " л л &nbsp; a & b &'


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("я <x>", 'Unsupported start tag "x" at byte offset 3'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x">a</a>', '"x" is not a link that can be shown'),
        ('<a href="javascript:alert(1)">a</a>', '"javascript:alert(1)" is not a link'),
        ('<a href="https://a.b>a</a>', 'Unclosed start tag "a" at byte offset 0'),
        ("<code><b>a</b></code>", 'Tag "b" must not be nested in "code" at byte offset 6'),
        ("<b><pre>a</pre></b>", 'Tag "pre" must not be nested in "b" at byte offset 3'),
        ("<blockquote><blockquote>a</blockquote></blockquote>", 'Tag "blockquote" must not be'),
        ('<tg-time unix="soon">a</tg-time>', "Invalid date specified"),
        ('<tg-time unix="5" format="x">a</tg-time>', "Invalid date-time format specified"),
        ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
        ("&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities"),
        ("<>", "Unclosed start tag at byte offset 0"),
    ],
)
def test_what_telegram_cannot_read_is_refused_in_its_words(html: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_html(html)
    assert refused.value.description.startswith(f"Bad Request: can't parse entities: {sentence}")


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    formatted = parse_html(escaped)
    assert formatted.text == text
    assert formatted.entities == []


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        formatted = parse_html(text)
    except Refused:
        return
    for entity in formatted.entities:
        assert 0 < entity["length"] <= units(formatted.text) - entity["offset"]


@given(st.text(" \n🕊a"), st.text(" \n🕊a", min_size=1))
def test_trimming_keeps_entities_on_their_words(before: str, bold: str) -> None:
    formatted = trimmed(parse_html(f" {before}<b>{bold}</b> \n"))
    wide = formatted.text.encode("utf-16-le")
    for entity in formatted.entities:
        begin, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        assert wide[begin:end].decode("utf-16-le").strip() == bold.strip()


def test_commands_links_and_mentions_are_found_where_telegram_finds_them() -> None:
    text = "/start a/b https://a.b/c. x@y @home_bot 🕊/help"
    found = [(e["type"], e["offset"], e["length"]) for e in find_entities(text, [])]
    assert found == [
        ("bot_command", 0, 6),
        ("url", 11, 13),
        ("mention", 30, 9),
        ("bot_command", 42, 5),
    ]


def test_nothing_is_found_within_what_is_formatted_already() -> None:
    formatted = parse_html("<code>/start</code> /help")
    assert [e["offset"] for e in find_entities(formatted.text, formatted.entities)] == [7]
