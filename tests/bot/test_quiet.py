from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.quiet import Quiet

NOW = datetime(2025, 6, 10, 12, tzinfo=UTC)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def quiet() -> Quiet:
    return Quiet(until=NOW, first=seconds(1), longest=seconds(60), crowd=seconds(5))


def test_each_call_in_vain_doubles_the_wait_up_to_a_minute() -> None:
    one, now, waits = quiet(), NOW, []
    for _ in range(2000):
        assert one.in_vain(now)
        waits.append((one.until - now).total_seconds())
        now = one.until
    assert waits[:7] == [1, 2, 4, 8, 16, 32, 60]
    assert set(waits[7:]) == {60}


def test_calls_that_fail_together_count_once() -> None:
    one = quiet()
    assert [one.in_vain(NOW), one.in_vain(NOW), one.in_vain(NOW + seconds(0.5))] == [
        True,
        False,
        False,
    ]
    assert one.until == NOW + seconds(1)


def test_after_an_answer_the_next_wait_is_short_again() -> None:
    one = quiet()
    one.in_vain(NOW)
    one.answered()
    one.in_vain(NOW + seconds(1))
    assert one.until == NOW + seconds(2)


def test_one_call_without_a_word_holds_up_nobody_and_several_in_a_row_all() -> None:
    one = quiet()
    assert not one.in_doubt(NOW)
    assert not one.in_doubt(NOW)
    one.answered()
    assert [one.in_doubt(NOW) for _ in range(4)] == [False, False, True, False]
    assert one.until == NOW + seconds(1)
    assert one.in_doubt(one.until), "the first call after the wait shows that nothing has changed"
    assert one.until == NOW + seconds(3)


def test_one_chat_told_to_wait_holds_up_nobody_else() -> None:
    one = quiet()
    assert not one.told_to_wait(7, NOW + seconds(30), NOW)
    assert not one.told_to_wait(7, NOW + seconds(40), NOW + seconds(1))
    assert not one.is_on(NOW)
    assert one.pause is None


def test_two_chats_within_five_seconds_hold_up_all_until_the_later_end() -> None:
    one = quiet()
    one.told_to_wait(7, NOW + seconds(30), NOW)
    assert one.told_to_wait(8, NOW + seconds(10), NOW + seconds(4))
    assert one.pause == one.until == NOW + seconds(30)


def test_two_chats_far_apart_are_two_chats() -> None:
    one = quiet()
    one.told_to_wait(7, NOW + seconds(30), NOW)
    assert not one.told_to_wait(8, NOW + seconds(40), NOW + seconds(6))


def test_a_stored_pause_is_kept_and_never_shortened() -> None:
    one = quiet()
    one.paused(NOW + seconds(9))
    one.paused(NOW + seconds(3))
    one.paused(None)
    assert one.until == NOW + seconds(9)


def test_a_clock_that_is_put_back_makes_no_wait_longer() -> None:
    one, hour = quiet(), seconds(3600)
    one.in_vain(NOW)
    one.paused(NOW + seconds(40))
    assert one.is_on(NOW + seconds(1))
    assert one.is_on(NOW + seconds(2) - hour)
    one.paused(NOW + seconds(40))  # as every look into the store says again
    assert not one.is_on(NOW + seconds(42) - hour)


def test_moments_that_come_out_of_order_are_no_clock_that_is_put_back() -> None:
    one = quiet()
    one.paused(NOW + seconds(40))
    assert one.is_on(NOW + seconds(29))
    assert one.is_on(NOW)
    assert one.is_on(NOW + seconds(39))


def test_chats_told_to_wait_before_the_clock_was_put_back_are_no_crowd() -> None:
    one = quiet()
    one.told_to_wait(7, NOW + seconds(30), NOW)
    later = NOW - seconds(3600)
    assert not one.is_on(later)
    assert not one.told_to_wait(8, later + seconds(30), later)
