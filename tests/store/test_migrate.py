from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect

from pts_optimiser.store import Store, StoreError, upgrade
from pts_optimiser.store.engine import WRITES, connect, read_url
from pts_optimiser.store.migrate import MIGRATIONS
from pts_optimiser.store.migrations import HEAD
from pts_optimiser.store.models import Base
from tests.store.examples import at_once


def connected(url: str) -> Engine:
    return connect(read_url(url)[0], make=True).execution_options(**WRITES)


def tables(connection: Connection) -> dict[str, Any]:
    """All that a database says of its tables, in an order of its own."""
    seen = inspect(connection)
    return {
        name: {
            "columns": {column["name"]: (str(column["type"]), column["nullable"]) for column in seen.get_columns(name)},
            "key": seen.get_pk_constraint(name),
            "foreign": sorted(map(str, seen.get_foreign_keys(name))),
            "unique": sorted(map(str, seen.get_unique_constraints(name))),
            "indexes": sorted(_told(index) for index in seen.get_indexes(name)),
            "checks": sorted(map(str, seen.get_check_constraints(name))),
        }
        for name in seen.get_table_names()
        if name != "alembic_version"
    }


def _told(index: Any) -> str:
    options = {option: str(value) for option, value in index.get("dialect_options", {}).items()}
    return str({**index, "dialect_options": options})


def test_migrations_and_models_agree(empty_url: str) -> None:
    engine = connected(empty_url)
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        modelled = tables(connection)
        Base.metadata.drop_all(connection)
    upgrade(empty_url)
    with engine.begin() as connection:
        assert tables(connection) == modelled
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_migrations_and_models_agree_is_a_test_that_can_fail(url: str) -> None:
    engine = connected(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("DROP INDEX one_reoptimise_a_day")
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
        connection.rollback()
    engine.dispose()
    assert [difference[0] for difference in found] == ["add_index"]


def test_upgrading_again_changes_nothing(store: Store, url: str) -> None:
    upgrade(url)
    with store.read() as session:
        assert inspect(session.connection()).has_table("rosters")


def test_several_that_upgrade_at_once_make_the_tables_once(empty_url: str) -> None:
    assert at_once(4, lambda _who: upgrade(empty_url)) == [None] * 4
    Store(empty_url).close()


def test_a_store_that_was_never_upgraded_is_not_opened(empty_url: str) -> None:
    database = read_url(empty_url)[0]
    if database.get_backend_name() == "sqlite":
        Path(str(database.database)).touch()
    with pytest.raises(StoreError, match="upgrade"):
        Store(empty_url)


def test_a_store_of_another_version_is_not_opened(url: str) -> None:
    engine = connected(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    try:
        with pytest.raises(StoreError, match="9999"):
            Store(url)
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{HEAD}'")
        engine.dispose()


def test_head_is_the_last_step() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_a_failed_upgrade_leaves_nothing(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database, _ = read_url(empty_url)
    engine = create_engine(database)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE audit_head (id integer)")
    with pytest.raises(Exception, match="already exists"):
        upgrade(empty_url)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["audit_head"]
    engine.dispose()
