"""What near-duplicates are found by.

The rows of documents stored before come with the next `kb reindex`: they have none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "signatures",
        sa.Column(
            "document_id",
            sa.String(32),
            sa.ForeignKey("documents.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("rules", sa.Integer, nullable=False),
        sa.Column("bins", sa.LargeBinary, nullable=False),
        sa.Column("numbers", sa.LargeBinary, nullable=False),
        sa.Column("issued_on", sa.Date),
        sa.Column("covers_from", sa.Date),
        sa.Column("covers_to", sa.Date),
        sa.Column("draft", sa.Integer),
        sa.Column("titled", sa.Boolean, nullable=False),
    )
    op.create_table(
        "bands",
        sa.Column(
            "document_id",
            sa.String(32),
            sa.ForeignKey("documents.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("key", sa.BigInteger, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("bands_by_key", "bands", ["key"])


def downgrade() -> None:
    op.drop_table("bands")
    op.drop_table("signatures")
