"""The shipped ledger beside the acceptance set of the two source articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "ledgers" / "istanbul-2025.yaml"
TEXT = FILE.read_text(encoding="utf-8")
_SEEDS = json.loads((ROOT / "tests" / "data" / "seed_facts.json").read_text(encoding="utf-8"))
FACTS: dict[str, dict[str, Any]] = {fact["id"]: fact for fact in _SEEDS["facts"]}
EXPECTED: dict[str, Any] = _SEEDS["expected_records"]

READ_IN = {"S0": "R1", "S2": "R2"}
"""Which source of the ledger holds the facts whose ids begin so."""

ACTORS = {
    "UA officials, as reported by seed 000 (both sides agreed in principle)": "ukrainian-officials",
    "seed 002": "outlet-2",
    "RU officials": "russian-officials",
    "Peskov": "kremlin-spokesperson",
    "Ukraine": "ukraine",
    "Kyiv": "kyiv",
    "Russia": "russia",
    "UA coordination headquarters": "coordination-headquarters",
    "UA officials": "ukrainian-officials",
    "UA Ministry of Defence": "defence-ministry-of-ukraine",
    "UA military intelligence": "military-intelligence-of-ukraine",
    "the outlet of seed 002": "outlet-2",
}
"""The actors of the ledger as the expected records name them."""

SPEAKERS = {
    "the outlet itself (seed 000)": {"outlet-1"},
    "the outlet itself (seed 002)": {"outlet-2"},
    "Volodymyr Zelenskyy, President of Ukraine": {"president-of-ukraine"},
    "Dmitry Peskov, Kremlin spokesperson": {"kremlin-spokesperson"},
    "Russian officials (unnamed)": {"russian-officials"},
    "Ukrainian officials (unnamed)": {"ukrainian-officials"},
    "Ukrainian and Russian officials (unnamed)": {"ukrainian-officials", "russian-officials"},
    "Ukraine (state, speaker not named)": {"ukraine"},
    "Ukraine (collective, speaker not named)": {"ukraine"},
    "Russia (collective, speaker not named)": {"russia"},
    "Kyiv (collective, speaker not named)": {"kyiv"},
    "Ministry of Defence of Ukraine": {"defence-ministry-of-ukraine"},
    "Ukraine's military intelligence": {"military-intelligence-of-ukraine"},
    "Coordination Headquarters for the Treatment of Prisoners of War (Ukraine)": {
        "coordination-headquarters"
    },
}
"""The actors of the ledger as the facts of claims name their speakers: no higher, no lower."""


def sources_of(expected: dict[str, Any]) -> set[str]:
    """Where the facts of an expected record were read."""
    return {READ_IN[fact[:2]] for fact in expected["facts"]}
