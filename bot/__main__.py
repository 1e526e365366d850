"""The command line: `homeward`, or `python -m bot`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, ValidationError
from pydantic_settings import CliApp, CliPositionalArg, CliSubCommand, get_subcommand

from bot import commands
from bot.check import check
from bot.commands import CommandMistake
from bot.settings import SettingsMistake
from storage.errors import StoreError

SLIP_OF_THE_PEN = 2
INTERRUPTED = 130
NOBODY_READS = 141


class Run(BaseModel):
    """Run the bot until Ctrl+C or SIGTERM; an older store is brought up to date, after a backup."""

    async def cli_cmd(self) -> None:
        await commands.run()


class Load(BaseModel):
    """Record what a ledger file holds; the same file twice changes nothing and alerts nobody."""

    file: CliPositionalArg[Path] = Field(description="the ledger file, YAML or JSON")

    async def cli_cmd(self) -> None:
        await commands.load(self.file)


class Dump(BaseModel):
    """Write the ledger to a file that `load` reads."""

    file: CliPositionalArg[Path] = Field(description="the file to write; JSON if it ends in .json")

    async def cli_cmd(self) -> None:
        await commands.dump(self.file)


class Backup(BaseModel):
    """Write a whole copy of a SQLite store into a new file, also while the bot runs."""

    file: CliPositionalArg[Path] = Field(description="the file to make")

    async def cli_cmd(self) -> None:
        await commands.back_up(self.file)


class Restore(BaseModel):
    """Put a copy in the place of a SQLite store; what waits in it is not sent by itself."""

    file: CliPositionalArg[Path] = Field(description="the copy")

    async def cli_cmd(self) -> None:
        await commands.restore(self.file)


class Check(BaseModel):
    """Say what is set up and what is missing."""

    async def cli_cmd(self) -> None:
        await check()


class Migrate(BaseModel):
    """Make the store, or bring an older one up to date, after a backup."""

    async def cli_cmd(self) -> None:
        await commands.bring_up_to_date()


class Adopt(BaseModel):
    """Give the store to the bot of this token; the readers of the former bot are erased."""

    async def cli_cmd(self) -> None:
        await commands.adopt()


class VerifyLog(BaseModel):
    """Check the audit log, line by line and against every record."""

    async def cli_cmd(self) -> None:
        await commands.verify_log()


class Replay(BaseModel):
    """Queue once more the deliveries of an alert that ended unknown, or undeliverable."""

    alert: int = Field(description="the alert's number", ge=1)
    state: Literal["unknown", "undeliverable"] = Field(
        default="unknown", description="how they ended; what may have arrived is sent as a repeat"
    )

    async def cli_cmd(self) -> None:
        await commands.replay(self.alert, self.state)


class Homeward(BaseModel):
    """Homeward: a Telegram bot with which people follow a staged prisoner-of-war exchange."""

    run: CliSubCommand[Run] = Field(description="run the bot")
    load: CliSubCommand[Load] = Field(description="record what a ledger file holds")
    dump: CliSubCommand[Dump] = Field(description="write the ledger to a file")
    backup: CliSubCommand[Backup] = Field(description="copy the store into a new file")
    restore: CliSubCommand[Restore] = Field(description="put such a copy in the store's place")
    check: CliSubCommand[Check] = Field(description="say what is set up and what is missing")
    migrate: CliSubCommand[Migrate] = Field(description="make the store or bring it up to date")
    adopt: CliSubCommand[Adopt] = Field(description="give the store to the bot of this token")
    verify_log: CliSubCommand[VerifyLog] = Field(
        alias="verify-log", description="check the audit log"
    )
    replay: CliSubCommand[Replay] = Field(description="send once more what ended unknown")

    def cli_cmd(self) -> None:
        if get_subcommand(self, is_required=False) is None:
            CliApp.print_help(self)
        else:
            CliApp.run_subcommand(self)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; gives the exit code. A mistake is a sentence, no traceback."""
    try:
        try:
            return _done(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # as with `| head`: nobody reads on, so there is nobody to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS


def _done(arguments: Sequence[str] | None) -> int:
    try:
        CliApp.run(Homeward, cli_args=list(sys.argv[1:] if arguments is None else arguments))
    except CommandMistake as mistake:
        return _complain(str(mistake), mistake.exit_code)
    except (SettingsMistake, StoreError) as mistake:
        return _complain(str(mistake), 1)
    except ValidationError as invalid:
        slip = invalid.errors(include_url=False)[0]
        option = ".".join(str(one) for one in slip["loc"])
        return _complain(f"{option} cannot be used: {slip['msg']}.", SLIP_OF_THE_PEN)
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _complain(sentence: str, exit_code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
