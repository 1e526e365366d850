"""A small ledger file for tests to load, and to break."""

from __future__ import annotations

from pathlib import Path

LEDGER = """\
format: 1
terms:
  parties:
  - {key: AA, label: {en: Aland, uk: Аланд, ru: Аланд}}
  - {key: BB, label: {en: Beland, uk: Беланд, ru: Беланд}}
  ranks:
  - {key: privates, label: {en: privates, uk: рядові, ru: рядовые}}
actors:
- key: gazette
  kind: outlet
  label: {en: Gazette, uk: Газета, ru: Газета}
- key: ministry
  kind: institution
  label: {en: Ministry, uk: Міністерство, ru: Министерство}
  party: AA
sources:
- key: R1
  publisher: gazette
  url: https://gazette.example/1
agreements:
- key: harbour
  label: {en: Harbour, uk: Гавань, ru: Гавань}
  parties: [AA, BB]
  sources: [R1]
pledges:
- key: P1
  agreement: harbour
  unit: person
  returned_to: AA
  stated:
  - {speaker: ministry, source: R1}
  quantity: {qualifier: at_least, value: 300}
stages:
- key: S1
  agreement: harbour
  kind: persons
  date: {month: 3, day: 2}
  lifecycle: completed
  transfers:
  - returned_to: AA
    figures:
    - quantity: {qualifier: about, value: 40}
      stated: {speaker: ministry, source: R1}
  - returned_to: BB
  sources: [R1]
"""
SIZE = 9
"""How many records that is."""


def write(path: Path, text: str | bytes) -> None:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
