from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import audit, ledger
from storage.audit import Line, Problem
from storage.store import Connection, Store
from tests.storage.examples import SOURCE, STAGE, UA
from tests.stores import NOW


@pytest.fixture
async def written(store: Store) -> Store:
    """Five lines: two revisions, an act with content, two revisions of which one withdraws."""

    def write(conn: Connection) -> None:
        ledger.record(conn, [UA, STAGE], by="mod-1", at=NOW)
        audit.append(
            conn, at=NOW, by="mod-1", act="appoint", subject="mod-2", content={"role": "owner"}
        )
        ledger.record(conn, [SOURCE], by="mod-2", at=NOW)
        ledger.withdraw(conn, "S1", by="mod-1", at=NOW, reason="duplicate")

    await store.write(write)
    return store


async def _verify(store: Store) -> Problem | None:
    return await store.read(audit.verify)


async def _tamper(store: Store, *statements: str) -> None:
    """Changes rows as somebody with the file would: past the triggers that guard them."""

    def change(conn: Connection) -> None:
        if conn.dialect.name == "postgresql":
            conn.execute(text("SET session_replication_role = replica"))
        else:
            names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for name in conn.scalars(text(names)).all():
                conn.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            conn.execute(text(statement))
        if conn.dialect.name == "postgresql":
            conn.execute(text("SET session_replication_role = DEFAULT"))

    await store.write(change)


async def test_an_empty_log_is_in_order(store: Store) -> None:
    assert await _verify(store) is None


async def test_a_log_that_nobody_touched_is_in_order(written: Store) -> None:
    assert await _verify(written) is None


async def test_lines_come_newest_first_and_in_pages(written: Store) -> None:
    first = await written.read(lambda conn: audit.entries(conn, limit=2))
    rest = await written.read(lambda conn: audit.entries(conn, limit=9, before=first[-1].id))

    assert [line.id for line in (*first, *rest)] == [5, 4, 3, 2, 1]
    assert rest[0] == Line(3, NOW, "mod-1", "appoint", "mod-2", '{"role":"owner"}')
    assert first[0].subject == "S1.2"


@pytest.mark.parametrize(
    "change",
    [
        "done_at = '2025-06-10 12:00:00.000001+00:00'",
        "\"by\" = 'mod-9'",
        "act = 'revoke'",
        "subject = 'mod-3'",
        'content = \'{"role":"editor"}\'',
        "salt = NULL",
        "content = NULL",
        "digest = link",
        "link = digest",
        "id = 9",
    ],
)
async def test_a_line_changed_in_any_column_is_found(
    written: Store, database: str, change: str
) -> None:
    if database == "sqlite":
        change = change.replace("+00:00", "")
    await _tamper(written, f"UPDATE audit SET {change} WHERE id = 3")

    problem = await _verify(written)

    assert problem is not None
    assert problem.line == 3


async def test_every_changed_salt_is_found(written: Store) -> None:
    await _tamper(written, "UPDATE audit SET salt = digest WHERE id = 3")

    assert await _verify(written) == Problem(
        3, "The content of line 3 of the audit log was changed."
    )


@pytest.mark.parametrize("line", range(1, 6))
async def test_a_missing_line_is_found(written: Store, line: int) -> None:
    await _tamper(written, f"DELETE FROM audit WHERE id = {line}")

    problem = await _verify(written)

    assert problem is not None
    assert problem.line == line


async def test_a_line_put_in_is_found(written: Store) -> None:
    await _tamper(
        written,
        'INSERT INTO audit (id, done_at, "by", act, subject, digest, link) '
        'SELECT 6, done_at, "by", act, subject, digest, link FROM audit WHERE id = 5',
    )

    assert await _verify(written) == Problem(6, "Line 6 of the audit log was changed.")


async def test_lines_in_another_order_are_found(written: Store) -> None:
    await _tamper(
        written,
        "UPDATE audit SET id = 99 WHERE id = 4",
        "UPDATE audit SET id = 4 WHERE id = 5",
        "UPDATE audit SET id = 5 WHERE id = 99",
    )

    problem = await _verify(written)

    assert problem is not None
    assert problem.line == 4


@pytest.mark.parametrize(
    "change",
    [
        "body = '{}'",
        "salt = decode('00', 'hex')",
        "state = 'published'",
        "reason = 'recorded'",
        "\"by\" = 'mod-9'",
        "recorded_at = '2025-06-10 13:00:00.000000+00:00'",
        "rev = 9",
    ],
)
async def test_a_revision_changed_in_any_column_is_found(
    written: Store, database: str, change: str
) -> None:
    if database == "sqlite":
        change = change.replace("+00:00", "").replace("decode('00', 'hex')", "x'00'")
    await _tamper(written, f"UPDATE revisions SET {change} WHERE record_id = 2 AND rev = 2")

    problem = await _verify(written)

    assert problem is not None
    assert "S1" in problem.sentence


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE records SET key = 'S2' WHERE key = 'S1'",
        "UPDATE records SET kind = 'term' WHERE key = 'S1'",
        "UPDATE records SET rev = 1 WHERE key = 'S1'",
        "DELETE FROM revisions WHERE record_id = 2 AND rev = 2",
    ],
)
async def test_a_record_that_was_changed_or_set_back_is_found(written: Store, change: str) -> None:
    await _tamper(written, change)

    assert await _verify(written) is not None


async def test_a_revision_that_vanished_without_a_gap_is_found(written: Store) -> None:
    await _tamper(
        written,
        "DELETE FROM revisions WHERE record_id = 2 AND rev = 2",
        "UPDATE records SET rev = 1 WHERE id = 2",
    )

    assert await _verify(written) == Problem(5, "Revision S1.2 of line 5 is missing.")


async def test_a_revision_without_a_line_is_found(written: Store) -> None:
    await _tamper(
        written,
        'INSERT INTO revisions (record_id, rev, state, ledger_revision, reason, "by", recorded_at) '
        'SELECT record_id, 3, state, 9, reason, "by", recorded_at FROM revisions '
        "WHERE record_id = 2 AND rev = 2",
    )

    problem = await _verify(written)

    assert problem is not None
    assert problem.sentence == "Revision S1.3 has no line in the audit log."


async def test_redaction_leaves_the_log_in_order(written: Store) -> None:
    def redact(conn: Connection) -> None:
        conn.execute(text("UPDATE audit SET content = NULL, salt = NULL WHERE id = 3"))
        conn.execute(text("UPDATE revisions SET body = NULL, salt = NULL WHERE record_id = 2"))

    await written.write(redact)

    assert await _verify(written) is None
    assert "S1" not in (await written.ledger()).stages


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit WHERE id = 1",
        "DELETE FROM revisions WHERE rev = 1",
        "DELETE FROM records WHERE key = 'S1'",
        "UPDATE audit SET act = 'x' WHERE id = 3",
        "UPDATE audit SET content = '{}' WHERE id = 3",
        "UPDATE audit SET salt = NULL, content = '{}' WHERE id = 3",
        "UPDATE revisions SET body = '{}' WHERE rev = 1",
        "UPDATE revisions SET body = NULL, salt = NULL, reason = 'x' WHERE rev = 1",
    ],
)
async def test_the_database_itself_refuses_to_rewrite_history(
    written: Store, statement: str
) -> None:
    with pytest.raises(DBAPIError, match="nothing is deleted or rewritten"):
        await written.write(lambda conn: conn.execute(text(statement)))

    assert await _verify(written) is None


async def test_equal_content_has_different_digests(store: Store) -> None:
    def append(conn: Connection) -> set[bytes]:
        for hours in range(3):
            at = NOW + timedelta(hours=hours)
            audit.append(conn, at=at, by="mod-1", act="stop", subject="1", content={})
        return set(conn.scalars(text("SELECT digest FROM audit")))

    assert len(await store.write(append)) == 3
