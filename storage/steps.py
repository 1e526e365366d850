"""The steps from one version of the tables to the next, taken by Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection


def take(connection: Connection, folder: Path, before: str | None) -> None:
    """Takes all steps after a version, first things first, each in one transaction."""
    scripts = ScriptDirectory(str(folder))
    newest_first = list(scripts.iterate_revisions("head", before or "base"))
    for step in newest_first[::-1]:
        _take(connection, scripts, step)


def _take(connection: Connection, scripts: ScriptDirectory, step: Script) -> None:
    with connection.begin():
        context = MigrationContext.configure(connection)
        if context.get_current_revision() != step.down_revision:
            return  # another process took this step in the meantime
        with Operations.context(context):
            step.module.upgrade()
        context.stamp(scripts, step.revision)
