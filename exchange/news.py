"""What of a publication is told to every subscriber, and what stands in the ledger alone.

Told are a new stage, a move of its lifecycle, and the first number in a direction. An added source,
a further confirmation or a second speaker's figure is to be found by who looks for it.
"""

from __future__ import annotations

from enum import StrEnum

from exchange.records import Stage, StageKind, Transfer


class News(StrEnum):
    """Why an alert goes out."""

    NEW_STAGE = "new"
    LIFECYCLE = "lifecycle"
    FIRST_FIGURE = "figure"


class Topic(StrEnum):
    """What readers subscribe to; news of bodies is sought, never pushed unasked."""

    PEOPLE = "people"
    BODIES = "bodies"


def news(before: Stage | None, after: Stage) -> News | None:
    """Why `after` is told, or None where it is not; `before` is what was recorded until now."""
    if before is None:
        return News.NEW_STAGE
    if before.lifecycle is not after.lifecycle:
        return News.LIFECYCLE
    silent = {one.returned_to for one in before.transfers if not _has_number(one)}
    spoken = {one.returned_to for one in after.transfers if _has_number(one)}
    return News.FIRST_FIGURE if silent & spoken else None


def topic(stage: Stage) -> Topic:
    return Topic.BODIES if stage.kind is StageKind.BODIES else Topic.PEOPLE


def _has_number(transfer: Transfer) -> bool:
    return any(figure.quantity.value is not None for figure in transfer.figures)
