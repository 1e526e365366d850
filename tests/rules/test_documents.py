"""The documents agree with the code, where a machine can tell."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.settings import PREFIX, Settings
from exchange.records import Lifecycle, StageKind
from handlers.commands import COMMANDS, Audience
from tests.rules.project import ROOT, files, pyproject, read

README = read("README.md")
DOCUMENTS = sorted(path.relative_to(ROOT).as_posix() for path in files(".md"))


def default_of(field: FieldInfo) -> str:
    value = field.default
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    return "none" if value in (None, ()) else f"`{value}`"


def section(text: str, title: str) -> str:
    found = re.search(rf"(?ms)^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text)
    assert found, f"no section {title}"
    return found[1]


def rows(text: str) -> list[tuple[str, ...]]:
    """The cells of a table, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]


def test_the_readme_tells_every_setting_with_its_default_and_meaning() -> None:
    expected = [
        (f"`{PREFIX}{name.upper()}`", default_of(field), field.description or "")
        for name, field in Settings.model_fields.items()
    ]

    assert rows(section(README, "Settings")) == expected


def test_the_example_environment_tells_the_same_settings() -> None:
    example = read(".env.example")

    named = re.findall(rf"(?m)^#? ?({PREFIX}[A-Z_]+)=", example)

    assert named == [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    for field in Settings.model_fields.values():
        assert (field.description or "?") in example.replace("\n# ", " ")


def test_the_readme_tells_every_command_and_to_whom_it_answers() -> None:
    told = rows(section(README, "Commands"))
    moderators = {
        word for who, words in told if "moderator" in who.lower() for word in _commands(words)
    }
    everybody = {word for _, words in told for word in _commands(words)}

    assert everybody == {one.name for one in COMMANDS}
    assert moderators == {one.name for one in COMMANDS if one.audience is Audience.MODERATORS}


def _commands(text: str) -> list[str]:
    return re.findall(r"`/([a-z]+)", text)


def test_the_readme_names_every_target_of_the_makefile() -> None:
    targets = re.search(r"(?m)^\.PHONY: (.+)$", read("Makefile"))

    assert targets
    assert [one for one in targets[1].split() if f"`make {one}`" not in README] == []


def test_every_target_of_the_makefile_does_something() -> None:
    text = read("Makefile")
    phony = re.search(r"(?m)^\.PHONY: (.+)$", text)
    assert phony

    described = re.findall(r"(?m)^([a-z]+):.*## .+\n\t", text)

    assert described == phony[1].split()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_of_a_document_leads_somewhere(document: str) -> None:
    folder = (ROOT / document).parent
    text = re.sub(r"```.*?```", "", read(document), flags=re.DOTALL)

    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        led_to = (folder / path).resolve() if path else ROOT / document
        assert led_to.exists(), target
        assert not anchor or anchor in _anchors(led_to), target


def _anchors(document: Path) -> set[str]:
    titles = re.findall(r"(?m)^#+ (.+)$", document.read_text("utf-8"))
    return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in titles}


def test_the_changelog_tells_of_this_version() -> None:
    versions = re.findall(r"(?m)^## \[(\d+\.\d+\.\d+)\]", read("CHANGELOG.md"))

    assert versions[0] == pyproject()["project"]["version"]


def test_every_test_that_a_document_calls_to_witness_exists() -> None:
    told = re.findall(r"`(test_\w+)`", read("docs/operations.md"))
    written = "".join(path.read_text("utf-8") for path in files(".py", under="tests"))

    assert len(told) > 20
    assert [one for one in told if f"def {one}(" not in written] == []


def test_whatever_is_told_to_happen_has_its_witness() -> None:
    told = [
        line.strip("| ").split(" | ")
        for line in section(read("docs/operations.md"), "What happens when").splitlines()
        if line.startswith("| ") and not line.startswith("| when | then |")
    ]

    assert len(told) > 70
    assert [cells for cells in told if len(cells) != 3 or not cells[2].startswith("`test_")] == []


def test_every_decision_tells_what_else_was_possible() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert [one.name[:4] for one in decisions] == [
        f"{number:04}" for number in range(1, len(decisions) + 1)
    ]
    for one in decisions:
        text = one.read_text("utf-8")
        assert all(f"\n## {title}\n" in text for title in ("Decision", "Why", "What lost")), one


def test_the_glossary_has_the_words_of_the_code() -> None:
    glossary = read("docs/glossary.md").lower()
    words = {one.value.replace("_", " ") for one in (*Lifecycle, *StageKind)}
    words |= {"agreement", "pledge", "stage", "transfer", "figure", "speaker", "source", "actor"}
    words |= {"hull", "gap", "ledger", "revision", "draft", "publish", "alert", "delivery"}
    words |= {"queued", "sending", "delivered", "undeliverable", "unsure", "unknown"}
    words |= {"cancelled", "owner", "publisher", "editor", "reader", "subscriber", "repeat"}
    words |= {"freeze", "thaw", "memo", "replay"}

    assert sorted(word for word in words if f"**{word}**" not in glossary) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents_are_plain_text_without_hidden_signs(document: str) -> None:
    categories = {unicodedata.category(sign) for sign in read(document) if sign != "\n"}

    assert not categories & {"Cc", "Cf", "Co", "Cn"}
