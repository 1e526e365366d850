"""An alert on its way: the one card that its moderator watches, and how counts of readers are told.

Nobody, moderators included, learns how many few are: counts are rounded down to tens.
"""

from __future__ import annotations

from dataclasses import dataclass

from messages.catalogue import Say
from messages.message import Button, Heading, Message, compose
from messages.values import AlertNumber, Count

_STEP = 10


@dataclass(frozen=True)
class SendingView:
    """How far an alert has come; the counts are of readers."""

    number: int
    total: int
    delivered: int
    undeliverable: int
    cancelled: int
    unknown: int
    waiting: int
    starts_in: int | None
    """Seconds to the first send; None once it has begun."""
    seconds_left: int
    state: str
    """`live`, `halted` (its text was refused), `stopped` or `superseded`."""
    frozen: bool = False
    """Whether it is held back with everything else."""
    edited: int = 0
    """Earlier messages that were marked."""
    edits_waiting: int = 0

    @property
    def phase(self) -> str:
        """What the card is headed with."""
        if self.state != "live":
            return self.state
        under_way = self.waiting or self.edits_waiting
        if self.frozen and (under_way or self.starts_in is not None):
            return "frozen"
        if self.starts_in is not None:
            return "waiting"
        return "sending" if under_way else "sent"


def progress_card(view: SendingView, language: str) -> Message:
    """Sent, of how many, not reachable, time left; *Undo* before the first send, *Stop* during."""
    say = Say(language)
    phase = view.phase
    lines: list[str] = [Heading(say("sending-title", number=AlertNumber(view.number), phase=phase))]
    if phase == "waiting":
        lines.append(say("sending-starts", duration=duration(say, view.starts_in or 0)))
    if phase in ("halted", "frozen"):
        lines += say.lines(f"sending-{phase}")
    lines.append(
        say(
            "sending-delivered",
            count=rounded(say, view.delivered),
            total=rounded(say, view.total),
        )
    )
    for name in ("undeliverable", "unknown", "cancelled"):
        count: int = getattr(view, name)
        if count:
            lines.append(say(f"sending-{name}", count=rounded(say, count)))
    if view.edited or view.edits_waiting:
        total = rounded(say, view.edited + view.edits_waiting)
        lines.append(say("sending-edited", count=rounded(say, view.edited), total=total))
    if phase == "sending":
        lines.append(say("sending-left", duration=duration(say, view.seconds_left)))
    return compose(lines, _buttons(say, view))


def rounded(say: Say, count: int) -> str:
    """A count of readers as anybody may know it."""
    if count == 0:
        return say("count-none")
    if count < _STEP:
        return say("count-few", count=Count(_STEP))
    return say("quantity-about", value=Count(count // _STEP * _STEP))


def duration(say: Say, seconds: int) -> str:
    """Seconds up to a minute and a half, then whole minutes, rounded up."""
    if seconds <= 90:  # noqa: PLR2004 (said above)
        return say("duration-seconds", count=Count(max(seconds, 1)))
    return say("duration-minutes", count=Count(-(-seconds // 60)))


def _buttons(say: Say, view: SendingView) -> list[tuple[Button, ...]]:
    if view.phase not in ("waiting", "sending", "frozen"):
        return []
    act = "stop" if view.starts_in is None else "undo"
    return [(Button(say(f"button-{act}"), act),)]
