"""The words of the bot in each language, read from the Fluent catalogues in `locales/`.

`Say("uk")("status-empty")` is a sentence. A key or a variable that is missing raises: an unfinished
sentence must never reach a reader.

A number `$count` comes with `$count-plural`, by which a catalogue chooses the plural form:
`{ $count-plural -> [one] { $count } stage *[other] { $count } stages }`.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk

from exchange.records import FALLBACK_LANGUAGE, LANGUAGES
from messages.message import clip
from messages.values import Number, Value

__all__ = ["LANGUAGES", "CatalogueError", "Say", "language_for"]

_LOCALES = {"en": "en_GB"}
"""Where Babel must be told whose custom to follow: 9 June, not June 9."""

_LONGEST_VALUE = 2000
"""What one variable may bring in; Fluent refuses more than 2,500."""


class CatalogueError(LookupError):
    """A sentence cannot be said: its key, or something that it refers to, is missing."""


class Say:
    """Says things in one language, as plain text: escaping comes later, in `messages.message`."""

    def __init__(self, language: str) -> None:
        self.language = language_for(language)
        self.locale = _LOCALES.get(self.language, self.language)

    def __call__(self, key: str, **values: str | Value) -> str:
        """The sentence of this key; texts put into it lose line breaks and hidden characters."""
        if not values:
            return _fixed(self.language, key)
        return _formatted(self.language, key, self._arguments(values))

    def lines(self, key: str, **values: str | Value) -> list[str]:
        """A text of several lines."""
        return self(key, **values).split("\n")

    def _arguments(self, values: dict[str, str | Value]) -> dict[str, str | int]:
        arguments: dict[str, str | int] = {}
        for name, value in values.items():
            shown = value if isinstance(value, str) else value.shown(self.locale)
            arguments[name] = clip(shown, _LONGEST_VALUE)
            if isinstance(value, Number):
                arguments[f"{name}-plural"] = value.n
        return arguments


def language_for(code: str | None) -> str:
    """The language that somebody is answered in whose app speaks `code` ("uk-UA", "de", None)."""
    language = (code or "").replace("_", "-").split("-")[0].lower()
    return language if language in LANGUAGES else FALLBACK_LANGUAGE


@cache
def _fixed(language: str, key: str) -> str:
    """A sentence into which nothing is put, such as a button's: always the same."""
    return _formatted(language, key, {})


def _formatted(language: str, key: str, arguments: dict[str, str | int]) -> str:
    bundle = _bundle(language)
    pattern = bundle.get_message(key).value if bundle.has_message(key) else None
    if pattern is None:
        raise CatalogueError(f"{language}: there is no message {key}")
    text, errors = bundle.format_pattern(pattern, arguments)
    if errors:
        raise CatalogueError(f"{language}: {key}: {errors[0]}")
    return str(text)


@cache
def _bundle(language: str) -> FluentBundle:
    catalogue = resources.files("messages.locales").joinpath(f"{language}.ftl")
    resource = FluentParser(with_spans=False).parse(catalogue.read_text("utf-8"))
    for entry in resource.body:
        if isinstance(entry, Junk):
            raise CatalogueError(f"{language}: not readable as Fluent: {entry.content}")
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(resource)
    return bundle
