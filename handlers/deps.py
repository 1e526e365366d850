"""What the handlers need of the house, put together once by the process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handlers.answers import Answers
from handlers.files import Files
from storage.store import Store


@dataclass(frozen=True)
class Deps:
    """The store, the clock, and how publishing reaches the sender."""

    store: Store
    now: Callable[[], datetime]
    """The present moment; aware, UTC."""
    wake_sender: Callable[[], None]
    undo: timedelta
    """The pause between publishing and the first send."""
    rate: float
    """Messages a second; for telling moderators how long an alert will take."""
    answers: Answers = field(default_factory=Answers)
    files: Files = field(default_factory=Files)
    showing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held from reading how far an alert has come until its card is in its place, so that no older
    one comes over a newer, or over what a press on it has shown. What Telegram takes only after our
    wait for its answer is out of its reach."""
