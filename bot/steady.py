"""The steady part of the memory: libraries, words and wiring, which stay until the end."""

from __future__ import annotations

import gc

SELDOM = (5_000, 20, 20)
"""How many new objects before the young ones are looked through, and so on for older ones.

An answer or an alert leaves nothing in rings behind; what does is some megabytes at the most.
"""


def keep() -> None:
    """What is there now is not looked through for garbage again, which costs a tenth or more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
