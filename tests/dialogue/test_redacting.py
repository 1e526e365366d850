"""Personal data that got in: out of sight by one moderator at once, erased for good by two."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.ledger_file import dump_file, load_file
from messages.catalogue import LANGUAGES
from messages.export import Form
from messages.values import AlertNumber, PublicId
from storage import audit
from storage import ledger as ledger_store
from storage.store import Store
from tests.dialogue.claims import CLAIM_STEPS, TEXTS, latest
from tests.dialogue.house import FIRST, KEY, SECOND, House
from tests.dialogue.stages import takes_steps
from tests.dialogue.talk import Talker, data_of
from tests.dialogue.test_exporting import content_of
from tests.dialogue.test_news_of_claims import reads_claims
from tests.dialogue.test_withdrawing import withdraws

READER = 7_123_456_789
NAME = "Ivanenko"
NAMED = (f"{NAME} was on the list of 640", f"{NAME} у списку 640", f"{NAME} в списке 640")


async def publishes_a_name(house: House, moderator: Talker) -> str:
    """A claim with a name in it, as alert No. 1; gives back its id."""
    steps = [dict(zip(TEXTS, NAMED, strict=True)).get(step, step) for step in CLAIM_STEPS]
    await moderator.says("/record")
    await takes_steps(moderator, *steps, "preview", "publish")
    await house.undo_pause_passes()
    return await latest(house, "claim")


async def takes_the_name_out(house: House, moderator: Talker, key: str) -> None:
    """By /correct, for that reason; what readers have is changed."""
    await moderator.says(f"/correct {key}")
    await takes_steps(moderator, "open:text", "again:en", TEXTS[0], "reason:personal_data_redacted")
    await takes_steps(moderator, "open:text", "again:uk", TEXTS[1])
    await takes_steps(moderator, "open:text", "again:ru", TEXTS[2], "preview", "publish")
    await house.undo_pause_passes()


async def is_shown(house: House, key: str, language: str = "en") -> bool:
    """Whether any answer to a person who just came has the name."""
    asker = house.person(READER + 7, language)
    codes = [row["code"] for row in await house.rows("alerts")]
    asked = [f"/history {key}", "/corrections", f"/claim {key}", "/asof 2025-06-10 15:00"]
    for words in (*asked, *(f"/verify {code}" for code in codes)):
        if NAME in (await asker.says(words)).text:
            return True
    files = [content_of(house, await asker.says(f"/export {form}")) for form in Form]
    return any(NAME.encode() in one for one in files)


def has_it(reader: Talker) -> bool:
    """Whether any message that a reader has shows the name."""
    return any(NAME in one.text for one in reader.person.received)


async def is_kept(house: House, folder: Path) -> bool:
    """Whether the name is anywhere in the store's files, byte by byte, or in a dump of it."""
    dumped = folder / "dump.yaml"
    await dump_file(house.store, dumped)
    return NAME.encode() in house.files() + dumped.read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_at07_corrected_by_one_and_erased_by_two_a_name_is_nowhere(
    house: House, tmp_path: Path, language: str
) -> None:
    reader = await reads_claims(house, READER, language)
    one, other = house.moderator(language), house.person(SECOND, "uk")
    await house.subscriber(FIRST, language)
    await house.subscriber(SECOND, "uk")
    key = await publishes_a_name(house, one)
    await reader.hears(NAME)
    assert await is_shown(house, key, language)

    await takes_the_name_out(house, one, key)
    assert not await is_shown(house, key, language), "out of sight, by one moderator"
    assert not has_it(reader)
    assert await is_kept(house, tmp_path)

    await one.says(f"/redact {key}")
    proposed = await one.presses(f"redact:{key}")
    proposed.tells("redact-needs-another", id=PublicId(key))
    assert proposed.acts == []
    (await one.says(f"/redact {key}")).tells("redact-needs-another", id=PublicId(key))
    assert await is_kept(house, tmp_path)
    memo = other.say("memo-redaction_proposed", moderator=PublicId("mod-1"), id=PublicId(key))
    await other.hears(memo)
    shown = await other.presses(f"redaction:{key}")
    shown.tells("redact-proposed-by", moderator=PublicId("mod-1"))
    (await other.presses(f"redact:{key}")).tells("redact-erased", id=PublicId(key))
    await one.hears(one.say("memo-redacted", moderator=PublicId("mod-2"), id=PublicId(key)))

    assert not await is_kept(house, tmp_path)
    assert not await is_shown(house, key, language)
    past = await house.store.read(lambda conn: ledger_store.history(conn, key))
    assert [(one.rev, one.record is None) for one in past] == [(1, True), (2, False)]
    assert past[1].reason == "personal_data_redacted"
    (await reader.says(f"/history {key}")).tells("past-erased")
    assert await house.store.read(audit.verify) is None


@pytest.mark.parametrize("language", LANGUAGES)
async def test_at07_withdrawn_by_one_and_erased_by_two_a_name_is_nowhere(
    house: House, tmp_path: Path, language: str
) -> None:
    reader = await reads_claims(house, READER, language)
    one, other = house.moderator(language), house.moderator("en", SECOND)
    key = await publishes_a_name(house, one)
    await withdraws(one, key, "personal_data_redacted")
    await house.all_sent()
    await reader.hears(reader.say("alert-withdrawal", number=AlertNumber(1)))
    assert not await is_shown(house, key, language)
    assert not has_it(reader)
    for moderator in (one, other):
        await moderator.says(f"/redact {key}")
        await moderator.presses(f"redact:{key}")
        await house.settled()
    (await other.says(f"/redact {key}")).tells("redact-erased", id=PublicId(key))
    assert not await is_kept(house, tmp_path)
    assert not await is_shown(house, key, language)
    assert await house.store.read(audit.verify) is None
    copy = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'copy.db'}", KEY, create=True)
    await load_file(copy, tmp_path / "dump.yaml", house.clock())
    assert (await copy.ledger()).entries[key].withdrawn
    await copy.close()


async def test_a_later_correction_does_not_bring_the_name_back(house: House) -> None:
    """Marks are made of the words that were sent first; those are out of sight."""
    reader = await reads_claims(house)
    moderator = house.moderator()
    key = await publishes_a_name(house, moderator)
    await takes_the_name_out(house, moderator, key)
    await moderator.says(f"/correct {key}")
    await takes_steps(moderator, "take:0", "open:speaker", "speaker:kremlin-spokesperson")
    await takes_steps(moderator, "done:stance", "reason:wrong_attribution", "preview", "publish")
    await house.undo_pause_passes()
    await reader.hears("Correction to No. 2")
    mark = reader.say("mark-corrected", number=AlertNumber(3))
    assert any(one.text.startswith(mark) for one in reader.person.received)
    assert not has_it(reader)
    await withdraws(moderator, key)
    await house.all_sent()
    await reader.hears("Withdrawn: No. 3")
    assert not has_it(reader)
    assert not await is_shown(house, key)


async def test_whoever_undoes_the_correction_sees_the_past_again(house: House) -> None:
    reader = await reads_claims(house)
    moderator = house.moderator()
    key = await publishes_a_name(house, moderator)
    await moderator.says(f"/correct {key}")
    await takes_steps(moderator, "open:text", "again:en", TEXTS[0])
    await takes_steps(moderator, "reason:personal_data_redacted", "preview", "publish", "undo")
    assert NAME in (await reader.says(f"/claim {key}")).text
    past = await house.store.read(lambda conn: ledger_store.history(conn, key))
    assert all(one.record for one in past)
    (await moderator.says(f"/redact {key}")).tells("redact-correct-first", id=PublicId(key))


async def test_alone_one_presses_twice(house: House, tmp_path: Path) -> None:
    await house.appoint(FIRST)
    moderator = house.moderator()
    key = await publishes_a_name(house, moderator)
    await takes_the_name_out(house, moderator, key)
    await moderator.says(f"/redact {key}")
    (await moderator.presses(f"redact:{key}")).tells("redact-once-more")
    assert await is_kept(house, tmp_path)
    (await moderator.presses(f"redact:{key}")).tells("redact-erased", id=PublicId(key))
    assert not await is_kept(house, tmp_path)
    (await moderator.says(f"/redact {key}")).tells("redact-erased", id=PublicId(key))


async def test_what_still_shows_it_is_to_be_corrected_first(house: House) -> None:
    moderator = house.moderator()
    (await moderator.says("/redact C1")).tells("redact-correct-first", id=PublicId("C1"))
    (await moderator.says("/redact 1")).tells("redact-correct-first", id=PublicId("S1"))
    for argument in ("", "C99", "x", "UA"):
        assert (await moderator.says(f"/redact {argument}")).text.startswith("Nothing of that id")
    assert await house.rows("redactions") == []


async def test_a_button_is_for_one_person_and_one_use_and_a_stranger_is_shown_nothing(
    house: House,
) -> None:
    one, other = house.moderator(), house.moderator("en", SECOND)
    reader = await house.subscriber(READER)
    under = (await reader.says("/help")).message
    await other.says("/help")
    key = await publishes_a_name(house, one)
    await takes_the_name_out(house, one, key)
    await one.says(f"/redact {key}")
    shown = one.lowest
    data = data_of(shown, f"redact:{key}")
    for who, message in ((other, other.lowest), (reader, under)):
        (await who.sends(data, message)).is_notice("stale-button")
    (await reader.sends(f"redaction:{key}", under)).is_notice("stale-button")
    (await reader.says(f"/redact {key}")).tells("unknown-command")
    assert await house.rows("redactions") == []
    await one.sends(data, shown)
    await house.settled()
    (await one.sends(data, shown)).is_notice("stale-button")
    house.clock.forward(600)
    await other.says(f"/redact {key}")
    late = other.showing(f"redact:{key}")
    house.clock.forward(600)
    (await other.presses(f"redact:{key}", under=late)).is_notice("stale-button")
    assert len(await house.rows("redactions")) == 1


async def test_an_update_handed_over_again_proposes_once(house: House) -> None:
    one = house.moderator()
    key = await publishes_a_name(house, one)
    await takes_the_name_out(house, one, key)
    await one.says(f"/redact {key}")
    await one.presses(f"redact:{key}")
    await house.settled()
    before = await house.kept()
    await house.again(house.last_handled())
    assert await house.kept() == before


async def test_a_proposal_of_who_lost_the_right_counts_no_more(house: House) -> None:
    one, other = house.moderator(), house.moderator("en", SECOND)
    key = await publishes_a_name(house, one)
    await takes_the_name_out(house, one, key)
    await one.says(f"/redact {key}")
    await one.presses(f"redact:{key}")
    await house.settled()
    await house.appoint(SECOND)
    (await one.says(f"/redact {key}")).tells("unknown-command")
    await house.settled()
    shown = await other.says(f"/redact {key}")
    assert "proposes" not in shown.text
    (await other.presses(f"redact:{key}")).tells("redact-once-more")


async def test_a_proposal_is_kept_through_a_restart(house: House) -> None:
    one, other = house.moderator(), house.moderator("en", SECOND)
    key = await publishes_a_name(house, one)
    await takes_the_name_out(house, one, key)
    await one.says(f"/redact {key}")
    await house.restart()
    await one.presses(f"redact:{key}")
    await house.restart()
    await house.settled()
    await other.says(f"/redact {key}")
    (await other.presses(f"redact:{key}")).tells("redact-erased", id=PublicId(key))
