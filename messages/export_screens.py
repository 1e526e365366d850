"""What is said where the public records are given away as files."""

from __future__ import annotations

from exchange.ledger import Ledger
from messages.catalogue import Say
from messages.export import Form, as_of
from messages.message import Button, Heading, Message, compose
from messages.status import nothing_recorded
from messages.values import Moment


def menu(ledger: Ledger, language: str) -> Message:
    """Which files there are, with a button for each."""
    moment = as_of(ledger)
    if moment is None:
        return nothing_recorded(language)
    say = Say(language)
    lines = [
        Heading(say("export-heading")),
        say("as-of", moment=Moment(moment)),
        *(say(f"export-{form}") for form in Form),
        "",
        say("export-licence"),
    ]
    buttons = [(Button(say(f"button-export-{form}"), f"export:{form}"),) for form in Form]
    return compose(lines, buttons, say("cut"))


def caption(ledger: Ledger, form: Form, language: str) -> Message:
    """The words under a file; the ledger is not empty."""
    moment = as_of(ledger)
    if moment is None:
        raise ValueError("of an empty ledger there is no file")
    say = Say(language)
    lines = [say(f"export-{form}"), say("as-of", moment=Moment(moment)), say("export-licence")]
    return compose(lines)
