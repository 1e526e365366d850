"""The steady part of the memory: libraries, words and wiring, which stay until the end."""

from __future__ import annotations

import gc


def keep() -> None:
    """What is there now is not looked through for garbage again, which costs a tenth or more."""
    gc.collect()
    gc.freeze()
