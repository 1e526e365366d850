"""The ledger of the two articles as readers see it: where it stands, and everything in it."""

from __future__ import annotations

from pathlib import Path

from bot.ledger_contents import contents
from bot.marked_yaml import read
from exchange.ledger import Ledger
from messages.claims import claim, claims
from messages.progress import progress
from messages.sources import source
from messages.stages import stage, stages
from messages.status import status
from tests.builders import AT, of
from tests.messages.cases import Case

_FILE = Path(__file__).parents[2] / "ledgers" / "istanbul-2025.yaml"


def _read() -> Ledger:
    text = _FILE.read_text("utf-8")
    return of([found.record for found in contents(read(text)).records], at=AT)


ARTICLES = _read()


def _claim(key: str) -> Case:
    return lambda language: claim(ARTICLES, key, language)


def _claims(page: int) -> Case:
    return lambda language: claims(ARTICLES, None, page, language)


def _progress(page: int) -> Case:
    return lambda language: progress(ARTICLES, None, page, language)


ISTANBUL: dict[str, Case] = {
    "status": lambda language: status(ARTICLES, None, language),
    **{f"progress, page {page}": _progress(page) for page in (1, 2)},
    **{f"claims, page {page}": _claims(page) for page in range(1, 10)},
    **{f"claim {key}": _claim(key) for key in ARTICLES.claims},
    "stages": lambda language: stages(ARTICLES, None, 1, language),
    "stage S1": lambda language: stage(ARTICLES, "S1", language),
    "source R1": lambda language: source(ARTICLES, "R1", language),
    "source R2": lambda language: source(ARTICLES, "R2", language),
}
