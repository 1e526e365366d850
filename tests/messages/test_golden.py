"""Every screen in every language, word by word, as somebody read and approved it.

After a change of words: `UPDATE_GOLDEN=1 pytest tests/messages/test_golden.py`, then read the
difference in each language before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from messages.catalogue import LANGUAGES
from tests.messages.screens import SUBJECTS, on_a_phone

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_screen_reads_as_approved(subject: str, language: str) -> None:
    shown = "\n\n".join(
        f"=== {name}\n{on_a_phone(case(language))}" for name, case in SUBJECTS[subject].items()
    )
    approved = GOLDEN / f"{subject}.{language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        approved.parent.mkdir(exist_ok=True)
        approved.write_text(f"{shown}\n", "utf-8")

    assert approved.read_text("utf-8") == f"{shown}\n"
