"""Sessions of people, so that they can be seen and ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    texts = [sa.Column(name, sa.Text(), nullable=False) for name in ("session_id", "who", "shown_name", "browser")]
    moments = [
        sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("begun_at", "last_used_at", "until")
    ]
    op.create_table(
        "sign_ins",
        *texts,
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("contracts", sa.JSON(), nullable=True),
        *moments,
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("session_id", name="pk_sign_ins"),
    )
    op.create_index("ix_sign_ins_who", "sign_ins", ["who"])
    op.create_index("ix_sign_ins_until", "sign_ins", ["until"])
