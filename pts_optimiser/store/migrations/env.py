"""Run by Alembic: the steps, inside the transaction of whoever upgrades."""

from alembic import context

from pts_optimiser.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
)
context.run_migrations()
