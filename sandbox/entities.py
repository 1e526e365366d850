"""Telegram's HTML, read into plain text and entities.

Offsets and lengths are UTF-16 code units, as everywhere in Telegram. Stricter than the server in
one way: formatting that it would drop in silence (a link it does not show, a tag inside code) is
refused, so that a mistake is seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from sandbox.refusals import bad_request

Entity = dict[str, Any]

KINDS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
MAX_ENTITIES: Final = 100
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN: Final = re.compile(r"[^<&]+|<|&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+));?|&")
_END_TAG: Final = re.compile(r"</([^\s>]*)\s*>")
_START_TAG: Final = re.compile(r"<([^\s>/]+)")
_ATTRIBUTE: Final = re.compile(
    r"""\s+([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.\-]+)(?=[\s>])))?"""
)
_TIME_FORMAT: Final = re.compile(r"[rR]|[tTdDwW]*")
_LINK: Final = re.compile(r"(?:https?://[^\s/?#]+|tg://[a-z]+)\S*", re.IGNORECASE)
_PERSON: Final = re.compile(r"tg://user\?id=([0-9]+)")
_FOUND: Final = re.compile(
    r"(?P<url>https?://[^\s<>\"]*[^\s<>\".,:;!?)])"
    r"|(?<![\w/<>@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/<>])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z0-9_]{2,32})(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text as people see it, and where its formatting begins and ends."""

    text: str
    entities: list[Entity]


@dataclass(slots=True)
class _Open:
    tag: str
    entity: Entity
    part: int
    attributes: dict[str, str] = field(default_factory=dict)


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(html: str) -> Formatted:
    """Read `html`, or refuse it in Telegram's words."""
    reader = _Reader(html)
    position = 0
    while position < len(html):
        position = reader.step(position)
    return reader.result()


def find_entities(text: str, taken: list[Entity]) -> list[Entity]:
    """What Telegram itself marks in a text: commands, links, mentions; none within `taken`."""
    found = []
    for match in _FOUND.finditer(text):
        begin = units(text[: match.start()])
        end = begin + units(match.group())
        if not any(e["offset"] < end and begin < e["offset"] + e["length"] for e in taken):
            found.append({"type": match.lastgroup, "offset": begin, "length": end - begin})
    return found


def in_order(entities: list[Entity]) -> list[Entity]:
    """Outer before inner, left before right."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def trimmed(formatted: Formatted) -> Formatted:
    """Without the white space around it, which Telegram removes."""
    text = formatted.text.strip()
    if text == formatted.text:
        return formatted
    skipped = units(formatted.text[: len(formatted.text) - len(formatted.text.lstrip())])
    end = units(text)
    moved = []
    for entity in formatted.entities:
        begin = max(0, entity["offset"] - skipped)
        length = min(end, entity["offset"] + entity["length"] - skipped) - begin
        if length > 0:
            moved.append({**entity, "offset": begin, "length": length})
    return Formatted(text, moved)


class _Reader:
    """One pass over the HTML: finished text in parts, open tags on a stack."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.parts: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def step(self, position: int) -> int:
        if self.html[position] == "<":
            end = self.html.startswith("</", position)
            return self.end_tag(position) if end else self.start_tag(position)
        match = _TOKEN.match(self.html, position)
        assert match is not None  # noqa: S101 - every character but "<" begins a token
        self.say(_character(match) if match.group().startswith("&") else match.group())
        return match.end()

    def say(self, text: str) -> None:
        self.parts.append(text)
        self.length += units(text)

    def start_tag(self, position: int) -> int:
        name = _START_TAG.match(self.html, position)
        if name is None or self.html.find(">", position) < 0:
            raise self.wrong("Unclosed start tag", position)
        tag = name.group(1).lower()
        if tag not in KINDS:
            raise self.wrong(f'Unsupported start tag "{tag}"', position)
        attributes: dict[str, str] = {}
        cursor = name.end()
        while match := _ATTRIBUTE.match(self.html, cursor):
            key, *values = match.groups()
            attributes[key] = _unescaped(next((v for v in values if v is not None), ""))
            cursor = match.end()
        closing = re.compile(r"\s*>").match(self.html, cursor)
        if closing is None:
            raise self.wrong(f'Unclosed start tag "{tag}"', position)
        self.nest(tag, attributes, position)
        return closing.end()

    def nest(self, tag: str, attributes: dict[str, str], position: int) -> None:
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self.wrong('Tag "span" must have class "tg-spoiler"', position)
        for outer in self.open:
            inside_code = outer.tag in {"code", "pre"} and (outer.tag, tag) != ("pre", "code")
            code_inside = tag in {"code", "pre"} and (outer.tag, tag) != ("pre", "code")
            quoted_twice = outer.tag == tag == "blockquote"
            if inside_code or (code_inside and outer.tag != "blockquote") or quoted_twice:
                raise self.wrong(f'Tag "{tag}" must not be nested in "{outer.tag}"', position)
        entity = {"type": KINDS[tag], "offset": self.length, "length": 0}
        self.entities.append(entity)
        self.open.append(_Open(tag, entity, len(self.parts), attributes))

    def end_tag(self, position: int) -> int:
        if not self.open:
            raise self.wrong("Unexpected end tag", position)
        match = _END_TAG.match(self.html, position)
        if match is None:
            raise self.wrong("Unclosed end tag", position)
        opened = self.open.pop()
        found = match.group(1).lower()
        if found not in {"", opened.tag}:
            raise bad_request(
                f"can't parse entities: Unmatched end tag at byte offset {self.byte(position)}, "
                f'expected "</{opened.tag}>", found "</{found}>"'
            )
        opened.entity["length"] = self.length - opened.entity["offset"]
        self.complete(opened)
        return match.end()

    def complete(self, opened: _Open) -> None:
        entity, attributes = opened.entity, opened.attributes
        if opened.tag == "a":
            shown = "".join(self.parts[opened.part :])
            entity.update(_link(attributes.get("href") or shown))
        elif opened.tag == "code" and attributes.get("class", "").startswith("language-"):
            self.code_language(opened, attributes["class"].removeprefix("language-"))
        elif opened.tag == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = attributes.get("emoji-id", "")
            if not entity["custom_emoji_id"].isdigit():
                raise bad_request("can't parse entities: Invalid custom emoji identifier specified")
        elif opened.tag == "tg-time":
            entity.update(_moment(attributes.get("unix", ""), attributes.get("format", "")))

    def code_language(self, opened: _Open, language: str) -> None:
        """`<pre><code class="language-x">` is one entity: the outer one, with a language."""
        if self.open and self.open[-1].tag == "pre":
            self.open[-1].entity["language"] = language
            opened.entity["length"] = 0

    def result(self) -> Formatted:
        if self.open:
            tag = self.open[-1].tag
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{tag}\""
            )
        shown = [entity for entity in self.entities if entity["length"]]
        return Formatted("".join(self.parts), in_order(shown))

    def byte(self, position: int) -> int:
        return len(self.html[:position].encode())

    def wrong(self, what: str, position: int) -> Exception:
        return bad_request(f"can't parse entities: {what} at byte offset {self.byte(position)}")


def _character(match: re.Match[str]) -> str:
    """The character an HTML entity stands for; what is none stays as it was written."""
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED.get(name, match.group())
    code = int(hexadecimal, 16) if hexadecimal else int(decimal or 0)
    if not 0 < code < 0x10FFFF or len(match.group()) > 10:  # noqa: PLR2004 - as the server
        return match.group()
    if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - half a surrogate pair
        raise bad_request(
            "can't parse entities: Text contains invalid Unicode characters after decoding HTML "
            "entities, check for unmatched surrogate code units"
        )
    return chr(code)


def _unescaped(value: str) -> str:
    return _TOKEN.sub(lambda m: _character(m) if m.group().startswith("&") else m.group(), value)


def _link(url: str) -> Entity:
    if person := _PERSON.fullmatch(url):
        user_id = int(person.group(1))
        user = {"id": user_id, "is_bot": False, "first_name": str(user_id)}
        return {"type": "text_mention", "user": user}
    if _LINK.fullmatch(url) is None:
        raise bad_request(f'can\'t parse entities: "{url}" is not a link that can be shown')
    return {"url": url}


def _moment(unix: str, date_format: str) -> Entity:
    if not unix.isdigit() or int(unix) == 0:
        raise bad_request("can't parse entities: Invalid date specified")
    if _TIME_FORMAT.fullmatch(date_format) is None:
        raise bad_request("can't parse entities: Invalid date-time format specified")
    moment: Entity = {"unix_time": int(unix)}
    return {**moment, "date_time_format": date_format} if date_format else moment
