"""After a time in which Telegram dropped updates, moderators are told, and nobody else."""

from __future__ import annotations

import pytest

from messages.catalogue import LANGUAGES
from messages.values import Moment
from storage import presence
from tests.dialogue.house import SECOND, House

READER = 7_123_456_789


@pytest.mark.parametrize("language", LANGUAGES)
async def test_after_more_than_a_day_away_moderators_alone_are_told(
    house: House, language: str
) -> None:
    reader, other = await house.subscriber(READER), house.person(SECOND, language)
    await house.subscriber(SECOND, language)
    moderator = house.moderator("en")
    await moderator.says("/help")
    heard_before = len(house.sent_to(reader))
    since = house.clock()
    await house.store.write(lambda conn: presence.heard(conn, since))
    await house.restart()

    house.clock.forward(25 * 3600)
    await house.store.write(lambda conn: presence.heard(conn, house.clock()))

    for one in (moderator, other):
        told = one.say("memo-missed", since=Moment(since), until=Moment(house.clock()))
        await one.hears(told)
    await house.settled()
    assert len(house.sent_to(reader)) == heard_before
    assert await house.rows("memos") == []
