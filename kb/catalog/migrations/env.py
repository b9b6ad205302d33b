"""Alembic's entry: run the migrations on the connection that kb.catalog.migrate hands over."""

from alembic import context

from kb.catalog.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,  # SQLite too, see kb.catalog.database
)
with context.begin_transaction():
    context.run_migrations()
