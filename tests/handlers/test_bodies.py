"""How a draft is kept between two steps."""

from __future__ import annotations

import json

from exchange.stage_draft import StageDraft
from handlers.acting import body_of, draft_of
from storage import codec
from tests.handlers.stepping import FULL


def test_a_kept_draft_says_what_it_is_of() -> None:
    assert json.loads(body_of(FULL))["subject"] == "stage"
    assert draft_of(body_of(FULL)) == FULL


def test_a_draft_kept_before_there_were_other_kinds_is_of_a_stage() -> None:
    assert draft_of(codec.to_text(FULL)) == FULL
    assert draft_of('{"agreement":"istanbul-2"}') == StageDraft("istanbul-2")
