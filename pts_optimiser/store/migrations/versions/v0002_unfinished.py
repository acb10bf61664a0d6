"""An index of the plans that have not ended: workers look at them many times a second."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

UNFINISHED = sa.text("status IN ('accepted', 'validated', 'queued', 'solving')")


def upgrade() -> None:
    op.create_index("unfinished_plans", "plans", ["created_at"], sqlite_where=UNFINISHED, postgresql_where=UNFINISHED)
