"""The three catalogues: equal in what they can say, clean in how they say it."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

import messages
from messages import fixed
from messages.catalogue import LANGUAGES, CatalogueError, Say, language_for
from messages.values import Count
from tests.messages.draft_cases import CAUTIONS, PROBLEMS
from tests.messages.screens import SCREENS

LOCALES = Path(messages.__file__).parent / "locales"
PROJECT = Path(messages.__file__).parent.parent
COUNTED = (1, 2, 5, 11, 21, 22, 25, 111, 1212)


class Mentioned(Visitor):
    """The variables and messages that a message refers to."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: fluent.MessageReference) -> None:  # noqa: N802
        self.messages.add(node.id.name)


def entries(language: str) -> Iterator[fluent.Message]:
    text = (LOCALES / f"{language}.ftl").read_text("utf-8")
    for entry in FluentParser().parse(text).body:
        if isinstance(entry, fluent.Message):
            yield entry
        else:
            assert not isinstance(entry, fluent.Junk), entry.content


def mentioned(entry: fluent.Message) -> Mentioned:
    found = Mentioned()
    found.visit(entry)
    return found


def variables(language: str) -> dict[str, set[str]]:
    """What each message needs; plural forms count as the number that they are chosen by."""
    return {
        entry.id.name: {name.removesuffix("-plural") for name in mentioned(entry).variables}
        for entry in entries(language)
    }


def words(language: str) -> str:
    """Everything that a reader could see: the catalogue without comments, keys and variables."""
    text = (LOCALES / f"{language}.ftl").read_text("utf-8")
    unseen = r"(?m)^#.*$|^[\w-]+ =|\{ \$[\w-]+(?: ->)?|^\s*\*?\[\w+\]|\{ [\w-]+ \}"
    return re.sub(unseen, "", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things_with_the_same_variables(language: str) -> None:
    assert variables(language) == variables("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice(language: str) -> None:
    keys = [entry.id.name for entry in entries(language)]

    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_used_by_some_screen(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    used: set[str] = set()
    original = Say.__call__

    def listening(say: Say, key: str, **values: str) -> str:
        if say.language == language:
            used.add(key)
        return original(say, key, **values)

    monkeypatch.setattr(Say, "__call__", listening)
    for case in SCREENS.values():
        case(language)
    for command in ("start", "record", "correct", "withdraw", "redact"):
        fixed.command_description(command, language)
    referred = {name for entry in entries(language) for name in mentioned(entry).messages}

    assert used | referred == {entry.id.name for entry in entries(language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_hold_no_digit_tag_or_cry(language: str) -> None:
    said = words(language)

    assert re.findall(r"\d|[<>&]|!", said) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_hold_no_symbols_of_joy_or_grief(language: str) -> None:
    symbols = {one for one in words(language) if unicodedata.category(one) == "So"}

    assert symbols <= {"№"}


@pytest.mark.parametrize(
    "trap",
    [
        *("swap", "deal ", "body count", "corpse", "liberated", "freed", "batch"),
        *("партія", "партия", "партию", "двохсоті", "груз ", "визволен", "звільнених"),
        *("освобождён", "герої", "герои", "окупант", "агресор", "на Украине", "в Украине"),
        *("абонент", "оповещен", "тривог", "секретн"),
    ],
)
def test_no_wording_trap_is_stepped_into(trap: str) -> None:
    assert [one for one in LANGUAGES if trap in words(one)] == []


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("uk", {"етап": (1, 21), "етапи": (2, 22), "етапів": (5, 11, 25, 111, 1212)}),
        ("ru", {"этап": (1, 21), "этапа": (2, 22), "этапов": (5, 11, 25, 111, 1212)}),
        ("en", {"stage": (1,), "stages": (2, 5, 11, 21, 22, 25, 111, 1212)}),
    ],
)
def test_plural_forms_follow_the_language(language: str, forms: dict[str, tuple[int, ...]]) -> None:
    say = Say(language)
    expected = {count: form for form, counts in forms.items() for count in counts}

    found = {}
    for count in COUNTED:
        sentence = say("status-stages", count=Count(count))
        assert Count(count).shown(say.locale) in sentence
        found[count] = max((form for form in forms if re.search(rf"\b{form}\b", sentence)), key=len)

    assert found == expected


@pytest.mark.parametrize(
    ("language", "said"), [("en", "1,212"), ("uk", "1\u00a0212"), ("ru", "1\u00a0212")]
)
def test_thousands_are_grouped_as_the_language_groups_them(language: str, said: str) -> None:
    assert Say(language)("quantity-exact", value=Count(1212)) == said


def test_a_missing_message_raises() -> None:
    with pytest.raises(CatalogueError, match="there is no message nonsense"):
        Say("uk")("nonsense")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_variable_raises(language: str) -> None:
    with pytest.raises(CatalogueError, match="day"):
        Say(language)("alert-new")


def test_a_value_cannot_bring_a_line_of_its_own() -> None:
    said = Say("en")("words", words="several\nNo. 4 · New stage\u202e")

    assert said == "“several No. 4 · New stage”"


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("uk", "uk"),
        ("uk-UA", "uk"),
        ("ru_RU", "ru"),
        ("EN", "en"),
        ("de", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_everybody_is_answered_in_a_language_that_exists(code: str | None, language: str) -> None:
    assert language_for(code) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_telegram_shows_of_the_bot_keeps_its_limits(language: str) -> None:
    assert len(fixed.name(language)) <= 64
    assert len(fixed.short_description(language)) <= 120
    assert len(fixed.description(language)) <= 512
    assert len(fixed.stale_button(language)) <= 200
    assert len(fixed.crowd(language)) <= 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_does_not_say_what_the_bot_is_about(language: str) -> None:
    assert not re.search(r"prison|полон|плен", fixed.name(language), re.IGNORECASE)


def test_every_rule_of_the_exchange_has_its_sentence() -> None:
    known = {f"problem-{rule}" for rule in PROBLEMS}

    assert known == {key for key in variables("en") if key.startswith("problem-")}
    judges = ("rules", "stage_rules", "claim_rules", "references", "text")
    assert rules_in(*(f"exchange/{judge}.py" for judge in judges)) <= set(PROBLEMS)


def test_every_caution_of_the_exchange_has_its_sentence() -> None:
    assert rules_in("exchange/cautions.py") == set(CAUTIONS)
    known = {f"caution-{rule}" for rule in CAUTIONS}
    assert known == {key for key in variables("en") if key.startswith("caution-")}


def rules_in(*paths: str) -> set[str]:
    """The names of rules in these files: constants of words joined by hyphens."""
    constants = (
        node.value
        for path in paths
        for node in ast.walk(ast.parse((PROJECT / path).read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {one for one in constants if re.fullmatch(r"[a-z]+(-[a-z]+)+", one)}
