"""A long list, page by page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.catalogue import Say
from messages.pages import Pages


@given(count=st.integers(0, 40), size=st.integers(1, 7))
def test_the_pages_together_are_the_list(count: int, size: int) -> None:
    everything = list(range(count))

    pages = [Pages(everything, page, size) for page in range(1, -(-count // size) + 1)]

    assert [one for page in pages for one in page.shown] == everything
    assert all(len(page.shown) <= size for page in pages)


@pytest.mark.parametrize(("asked", "given_page"), [(-1, 1), (0, 1), (2, 2), (3, 3), (99, 3)])
def test_a_page_that_does_not_exist_is_the_nearest_one(asked: int, given_page: int) -> None:
    assert Pages("abcdefgh", asked, 3).page == given_page


@pytest.mark.parametrize(
    ("page", "acts"), [(1, ["stages:2"]), (2, ["stages:1", "stages:3"]), (3, ["stages:2"])]
)
def test_buttons_lead_to_the_pages_beside(page: int, acts: list[str]) -> None:
    turn = Pages("abcdefgh", page, 3).turn(Say("en"), "stages:")

    assert [button.act for button in turn] == acts


def test_a_list_of_one_page_has_nothing_to_turn() -> None:
    pages = Pages("abc", 1, 3)

    assert pages.footer(Say("en")) == []
    assert pages.turn(Say("en"), "stages:") == ()
