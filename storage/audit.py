"""The audit log: who did what, when; append-only, and provable after redaction.

Each line holds a digest of its content, salted so that nobody can guess erased content from it,
and a link: a digest over the line and the link before it. Changing, removing or reordering a line
breaks every link after it. Redaction erases content and salt and breaks none.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from storage.codec import canonical
from storage.counters import at_least, count_up, current
from storage.tables import audit, records, revisions

REVISION = "record"
"""The act of a line that stands for one revision of a record; its content is kept there."""

OPERATOR = "operator"
"""Who does something by the command line, in the log."""
COUNTER = "audit"
_SALT_BYTES = 16
_FIRST_LINK = bytes(32)
_LINK_OF = select(audit.c.link).where(audit.c.id == bindparam("line"))


@dataclass(frozen=True)
class Line:
    """One act. `content` is None where it is kept elsewhere or was redacted."""

    id: int
    at: datetime
    by: str
    act: str
    subject: str
    content: str | None


@dataclass(frozen=True)
class Told:
    """A revision that was made in another store."""

    at: datetime
    by: str
    key: str
    rev: int
    content: Mapping[str, object]


@dataclass(frozen=True)
class Problem:
    """The first thing found that does not fit; `line` is None when no line can be named."""

    line: int | None
    sentence: str


def append(
    connection: Connection,
    *,
    at: datetime,
    by: str,
    act: str,
    subject: str,
    content: Mapping[str, object],
) -> None:
    """Writes down an act with its content."""
    salt = secrets.token_bytes(_SALT_BYTES)
    text = canonical(content)
    _append(
        connection,
        at=at,
        by=by,
        act=act,
        subject=subject,
        digest=_digest(salt, text),
        content=text,
        salt=salt,
    )


def append_revision(
    connection: Connection,
    *,
    at: datetime,
    by: str,
    key: str,
    rev: int,
    content: Mapping[str, object],
) -> bytes:
    """Writes down a revision by its digest alone; gives back the salt to keep with it."""
    salt = secrets.token_bytes(_SALT_BYTES)
    digest = _digest(salt, canonical(content))
    _append(connection, at=at, by=by, act=REVISION, subject=_subject(key, rev), digest=digest)
    return salt


def append_told(connection: Connection, told: Iterable[Told]) -> tuple[bytes, ...]:
    """Writes down many revisions at once, as `append_revision` does one by one."""
    last = current(connection, COUNTER)
    link = connection.scalar(_LINK_OF, {"line": last}) or _FIRST_LINK
    lines, salts = [], []
    for number, one in enumerate(told, start=last + 1):
        salts.append(secrets.token_bytes(_SALT_BYTES))
        digest = _digest(salts[-1], canonical(one.content))
        line = {"id": number, "done_at": one.at, "by": one.by, "act": REVISION}
        line |= {"subject": _subject(one.key, one.rev), "digest": digest}
        link = _link(link, line)
        lines.append({**line, "link": link})
    connection.execute(insert(audit), lines)
    at_least(connection, COUNTER, last + len(lines))
    return tuple(salts)


def entries(connection: Connection, limit: int = 20, before: int | None = None) -> tuple[Line, ...]:
    """The latest lines, newest first; `before` continues after a line."""
    columns = (audit.c.id, audit.c.done_at, audit.c.by, audit.c.act, audit.c.subject)
    query = select(*columns, audit.c.content).order_by(audit.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(audit.c.id < before)
    return tuple(Line(*row) for row in connection.execute(query))


def verify(connection: Connection) -> Problem | None:
    """Checks the chain, what is kept against its digests, and every revision against its line."""
    return next(chain(_in_chain(connection), _in_revisions(connection)), None)


def revision_content(
    *,
    key: str,
    kind: str,
    rev: int,
    state: str,
    reason: str,
    body: str | None,
    correction: str | None,
) -> dict[str, object]:
    """What the digest of a revision covers; who and when are in its line."""
    content: dict[str, object] = {
        "key": key,
        "kind": kind,
        "rev": rev,
        "state": state,
        "reason": reason,
        "body": body,
    }
    return content | ({"correction": correction} if correction else {})


def erase_content(connection: Connection, ids: Sequence[int]) -> None:
    """Redacts what these lines hold. That they were written stays provable."""
    erased = update(audit).where(audit.c.id.in_(ids)).values(content=None, salt=None)
    connection.execute(erased)


def _append(
    connection: Connection,
    *,
    at: datetime,
    by: str,
    act: str,
    subject: str,
    digest: bytes,
    content: str | None = None,
    salt: bytes | None = None,
) -> None:
    number = count_up(connection, COUNTER)
    before = connection.scalar(_LINK_OF, {"line": number - 1})
    line = {"id": number, "done_at": at, "by": by, "act": act, "subject": subject}
    line["digest"] = digest
    link = _link(before or _FIRST_LINK, line)
    connection.execute(insert(audit), line | {"content": content, "salt": salt, "link": link})


def _digest(salt: bytes, content: str) -> bytes:
    return hashlib.sha256(salt + content.encode()).digest()


def _link(before: bytes, line: Mapping[str, Any]) -> bytes:
    moment = line["done_at"].astimezone(UTC).isoformat()
    linked = [line["id"], moment, line["by"], line["act"], line["subject"], line["digest"].hex()]
    return hashlib.sha256(canonical([before.hex(), *linked]).encode()).digest()


def _subject(key: str, rev: int) -> str:
    return f"{key}.{rev}"


def _in_chain(connection: Connection) -> Iterator[Problem]:
    before, number = _FIRST_LINK, 0
    for number, row in enumerate(connection.execute(select(audit).order_by(audit.c.id)), start=1):
        if row.id != number:
            yield Problem(number, f"Line {number} of the audit log is missing.")
            return
        if row.link != _link(before, row._asdict()):
            yield Problem(number, f"Line {number} of the audit log was changed.")
        elif (row.content is None) != (row.salt is None):
            yield Problem(number, f"The content of line {number} of the audit log was half erased.")
        elif row.content is not None and _digest(row.salt, row.content) != row.digest:
            yield Problem(number, f"The content of line {number} of the audit log was changed.")
        before = row.link
    if number != current(connection, COUNTER):
        yield Problem(number + 1, f"The audit log ends before line {number + 1}.")


def _in_revisions(connection: Connection) -> Iterator[Problem]:
    lines = {
        row.subject: row for row in connection.execute(select(audit).where(audit.c.act == REVISION))
    }
    query = select(revisions, records.c.key, records.c.kind, records.c.rev.label("newest"))
    query = query.outerjoin(records, records.c.id == revisions.c.record_id)
    newest: dict[str, int] = {}
    for row in connection.execute(query.order_by(revisions.c.record_id, revisions.c.rev)):
        subject = _subject(row.key, row.rev)
        line = lines.pop(subject, None)
        if line is None:
            yield Problem(None, f"Revision {subject} has no line in the audit log.")
        elif not _fits(row, line):
            yield Problem(line.id, f"Revision {subject} is not what line {line.id} stands for.")
        newest[row.key] = row.rev
    for subject, line in lines.items():
        yield Problem(line.id, f"Revision {subject} of line {line.id} is missing.")
    for row in connection.execute(select(records.c.key, records.c.rev)):
        if newest.get(row.key) != row.rev:
            yield Problem(None, f"Record {row.key} does not stand at its newest revision.")


def _fits(revision: Row[Any], line: Row[Any]) -> bool:
    """Whether a revision is what was written down; of a redacted one only who and when is left."""
    if (revision.by, revision.recorded_at) != (line.by, line.done_at):
        return False
    if revision.salt is None:
        return revision.body is None
    content = revision_content(
        key=revision.key,
        kind=revision.kind,
        rev=revision.rev,
        state=revision.state,
        reason=revision.reason,
        body=revision.body,
        correction=revision.correction,
    )
    return _digest(revision.salt, canonical(content)) == bytes(line.digest)
