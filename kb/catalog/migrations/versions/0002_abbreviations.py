"""Abbreviations mined from the documents, and the numbers readers tell a changed catalog by.

The rows of documents stored before come with the next `kb reindex`: their `mining` is NULL.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("documents", sa.Column("mining", sa.Integer))
    op.create_table(
        "abbreviations",
        sa.Column(
            "document_id",
            sa.String(32),
            sa.ForeignKey("documents.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("abbreviation", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("expansion", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
    )
    op.create_index("abbreviations_by_key", "abbreviations", ["key"])
    states = op.create_table(
        "states",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.bulk_insert(states, [{"name": "abbreviations", "number": 0}])


def downgrade() -> None:
    op.drop_table("states")
    op.drop_table("abbreviations")
    with op.batch_alter_table("documents") as documents:
        documents.drop_column("mining")
