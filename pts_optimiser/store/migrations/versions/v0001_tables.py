"""All tables, and what keeps the immutable ones so."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KINDS: dict[str, Any] = {
    "big": sa.BigInteger(),
    "bytes": sa.LargeBinary(),
    "day": sa.Date(),
    "double": sa.Double(),
    "json": sa.JSON(),
    "moment": sa.DateTime(timezone=True),
    "text": sa.Text(),
    "truth": sa.Boolean(),
    "whole": sa.Integer(),
}

ADDED_ONLY = ("audit", "events", "publications", "roster_files", "roster_texts", "rosters")
"""Rows of these are never changed; those of the audit never deleted either."""


def upgrade() -> None:
    _bookings()
    _plans()
    _rosters()
    _happening()
    _trust()
    op.execute("INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '')")
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgres()
    else:
        _guard_sqlite()


def columns(told: str) -> list[sa.Column[Any]]:
    """Columns from their names and kinds; a question mark is for one that may be empty."""
    pairs = [column.split() for column in told.split(", ")]
    return [
        sa.Column(name, KINDS[kind.rstrip("?")], nullable=kind.endswith("?"), autoincrement=False)
        for name, kind in pairs
    ]


def of_day(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["service_date"], ["service_days.service_date"], name=f"fk_{table}_service_days", ondelete="CASCADE"
    )


def of_roster(table: str) -> sa.ForeignKeyConstraint:
    key = ("service_date", "version")
    return sa.ForeignKeyConstraint(
        key, [f"rosters.{column}" for column in key], name=f"fk_{table}_rosters", ondelete="CASCADE"
    )


def _bookings() -> None:
    op.create_table(
        "policies",
        *columns("sha256 text, toml text, created_at moment"),
        sa.PrimaryKeyConstraint("sha256", name="pk_policies"),
    )
    op.create_table(
        "service_days",
        *columns(
            "service_date day, revision whole, policy_sha256 text, inputs json, last_version whole, "
            "last_event whole, created_at moment, updated_at moment"
        ),
        sa.ForeignKeyConstraint(["policy_sha256"], ["policies.sha256"], name="fk_service_days_policies"),
        sa.PrimaryKeyConstraint("service_date", name="pk_service_days"),
    )
    op.create_table(
        "journeys",
        *columns(
            "service_date day, journey_id text, position whole, attendance_id text, patient_ref text, "
            "contract text, category text, direction text, pickup_place text, pickup_lat double, "
            "pickup_lon double, pickup_kind text, pickup_postcode text, dropoff_place text, "
            "dropoff_lat double, dropoff_lon double, dropoff_kind text, dropoff_postcode text, "
            "appointment_at moment?, ready_at moment?, mobility text, escorts whole, travel_alone truth, "
            "cohort text, skills json, booked_at moment?"
        ),
        of_day("journeys"),
        sa.PrimaryKeyConstraint("service_date", "journey_id", name="pk_journeys"),
    )
    op.create_index("ix_journeys_service_date_contract", "journeys", ["service_date", "contract"])
    op.create_table(
        "duties",
        *columns(
            "service_date day, duty_id text, position whole, vehicle_id text, vehicle_type text, base text, "
            "base_lat double, base_lon double, start_at moment, end_at moment, crew whole, skills json, "
            "contracts json, break_s whole?, break_earliest moment?, break_latest moment?, energy text, "
            "range_km double?"
        ),
        of_day("duties"),
        sa.PrimaryKeyConstraint("service_date", "duty_id", name="pk_duties"),
    )


def _plans() -> None:
    op.create_table(
        "documents",
        *columns("sha256 text, size big, packed bytes"),
        sa.PrimaryKeyConstraint("sha256", name="pk_documents"),
    )
    op.create_table(
        "files",
        *columns("sha256 text, size big, created_at moment"),
        sa.PrimaryKeyConstraint("sha256", name="pk_files"),
    )
    op.create_table(
        "plans",
        *columns(
            "plan_id text, kind text, service_date day?, status text, fence whole, revision whole, "
            "order json, best_so_far json?, best_sha256 text?, error json?, stop_requested truth, "
            "created_at moment, created_by text, started_at moment?, finished_at moment?, updated_at moment"
        ),
        sa.CheckConstraint("kind IN ('plan', 'reoptimise', 'study', 'export')", name=op.f("ck_plans_kind")),
        sa.CheckConstraint(
            "status IN ('accepted', 'validated', 'invalid', 'queued', 'solving', 'complete', 'stopped', 'failed')",
            name=op.f("ck_plans_status"),
        ),
        sa.ForeignKeyConstraint(["best_sha256"], ["documents.sha256"], name="fk_plans_documents"),
        of_day("plans"),
        sa.PrimaryKeyConstraint("plan_id", name="pk_plans"),
    )
    op.create_index("ix_plans_best_sha256", "plans", ["best_sha256"])
    op.create_index("ix_plans_created_at", "plans", ["created_at"])
    op.create_index("ix_plans_service_date_created_at", "plans", ["service_date", "created_at"])
    op.create_index(
        "one_reoptimise_a_day",
        "plans",
        ["service_date"],
        unique=True,
        sqlite_where=sa.text("kind = 'reoptimise' AND status IN ('accepted', 'validated', 'queued', 'solving')"),
        postgresql_where=sa.text("kind = 'reoptimise' AND status IN ('accepted', 'validated', 'queued', 'solving')"),
    )


def _rosters() -> None:
    op.create_table(
        "rosters",
        *columns(
            "service_date day, version whole, sha256 text, plan_id text?, based_on whole?, inputs json, "
            "engine json, engine_name text, seed big?, served whole, unserved whole, kpis json, "
            "created_at moment, created_by text"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name="fk_rosters_plans"),
        of_day("rosters"),
        sa.ForeignKeyConstraint(["sha256"], ["documents.sha256"], name="fk_rosters_documents"),
        sa.PrimaryKeyConstraint("service_date", "version", name="pk_rosters"),
        sa.UniqueConstraint("plan_id", name="uq_rosters_plan_id"),
    )
    op.create_index("ix_rosters_sha256", "rosters", ["sha256"])
    op.create_table(
        "roster_texts",
        *columns("service_date day, version whole, name text, sha256 text"),
        of_roster("roster_texts"),
        sa.ForeignKeyConstraint(["sha256"], ["documents.sha256"], name="fk_roster_texts_documents"),
        sa.PrimaryKeyConstraint("service_date", "version", "name", name="pk_roster_texts"),
    )
    op.create_index("ix_roster_texts_sha256", "roster_texts", ["sha256"])
    op.create_table(
        "roster_files",
        *columns("service_date day, version whole, name text, sha256 text"),
        of_roster("roster_files"),
        sa.ForeignKeyConstraint(["sha256"], ["files.sha256"], name="fk_roster_files_files"),
        sa.PrimaryKeyConstraint("service_date", "version", "name", name="pk_roster_files"),
    )
    op.create_index("ix_roster_files_sha256", "roster_files", ["sha256"])
    op.create_table(
        "publications",
        *columns("service_date day, number whole, version whole, etag text, published_at moment, published_by text"),
        of_roster("publications"),
        sa.PrimaryKeyConstraint("service_date", "number", name="pk_publications"),
        sa.UniqueConstraint("etag", name="uq_publications_etag"),
    )
    op.create_index("ix_publications_service_date_version", "publications", ["service_date", "version"])


def _happening() -> None:
    op.create_table(
        "events",
        *columns(
            "service_date day, position whole, event_id text, source text, sequence big, "
            "occurred_at moment, received_at moment, type text, fields json"
        ),
        of_day("events"),
        sa.PrimaryKeyConstraint("service_date", "position", name="pk_events"),
        sa.UniqueConstraint("service_date", "event_id", name="uq_events_service_date_event_id"),
        sa.UniqueConstraint("service_date", "source", "sequence", name="uq_events_service_date_source_sequence"),
    )
    op.create_index("ix_events_service_date_type_position", "events", ["service_date", "type", "position"])
    op.create_table(
        "locks",
        *columns(
            "lock_id text, service_date day, journey_id text, duty_id text?, reason text, locked_at moment, "
            "locked_by text, released_at moment?, released_by text?"
        ),
        of_day("locks"),
        sa.PrimaryKeyConstraint("lock_id", name="pk_locks"),
    )
    op.create_index("ix_locks_service_date", "locks", ["service_date"])
    op.create_index(
        "one_lock_a_journey",
        "locks",
        ["service_date", "journey_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "proposals",
        *columns(
            "proposal_id text, service_date day, version whole, base_etag text, diff json, status text, "
            "created_at moment, decided_at moment?, decided_by text?"
        ),
        sa.CheckConstraint("status IN ('open', 'accepted', 'rejected')", name=op.f("ck_proposals_status")),
        of_roster("proposals"),
        sa.PrimaryKeyConstraint("proposal_id", name="pk_proposals"),
        sa.UniqueConstraint("service_date", "version", name="uq_proposals_service_date_version"),
    )


def _trust() -> None:
    op.create_table(
        "audit",
        *columns("seq big, at moment, who text, what text, subject text, before json?, after json?, hash text"),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_table(
        "audit_head",
        *columns("id whole, seq big, hash text"),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_one")),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.create_table(
        "api_keys",
        *columns(
            "key_id text, name text, secret_sha256 text, role text, contracts json?, created_at moment, "
            "created_by text, expires_at moment, last_used_at moment?, revoked_at moment?"
        ),
        sa.CheckConstraint(
            "role IN ('viewer', 'planner', 'controller', 'analyst', 'admin')", name=op.f("ck_api_keys_role")
        ),
        sa.PrimaryKeyConstraint("key_id", name="pk_api_keys"),
    )
    op.create_table(
        "answers",
        *columns(
            "owner text, key text, fingerprint text, status whole?, headers json?, body bytes?, "
            "lease_until moment, expires_at moment"
        ),
        sa.PrimaryKeyConstraint("owner", "key", name="pk_answers"),
    )
    op.create_index("ix_answers_expires_at", "answers", ["expires_at"])


def _guard_sqlite() -> None:
    for table in ADDED_ONLY:
        _forbid(f"{table}_unchanged", f"UPDATE ON {table}", f"{table} is added to only")
    _forbid("audit_kept", "DELETE ON audit", "audit is added to only")
    _forbid("audit_head_kept", "DELETE ON audit_head", "audit has one head")
    _forbid("audit_head_rises", "UPDATE ON audit_head WHEN NEW.seq <> OLD.seq + 1", "audit has no gaps")


def _forbid(name: str, what: str, told: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {what} BEGIN SELECT RAISE(ABORT, '{told}'); END")


def _guard_postgres() -> None:
    op.execute(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '% is added to only', TG_TABLE_NAME USING ERRCODE = 'check_violation'; END $$"
    )
    for table in ADDED_ONLY:
        op.execute(f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table} EXECUTE FUNCTION refuse()")
    for table in ("audit", "audit_head"):
        op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE OR TRUNCATE ON {table} EXECUTE FUNCTION refuse()")
    op.execute(
        "CREATE TRIGGER audit_head_rises BEFORE UPDATE ON audit_head FOR EACH ROW"
        " WHEN (NEW.seq <> OLD.seq + 1) EXECUTE FUNCTION refuse()"
    )
