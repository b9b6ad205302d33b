"""Archives as folders: the archive a source lies in, and the archives that were looked into.

What an archive held as one document before is read anew, as documents of its own, by `kb reindex`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("sources", sa.Column("archive", sa.Text))
    op.create_table(
        "archives",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("mtime_ns", sa.BigInteger, nullable=False),
    )
    # Found changed, they are opened again.
    op.execute(
        "UPDATE sources SET mtime_ns = -1 WHERE document_id IN"
        " (SELECT document_id FROM versions WHERE format = 'zip')"
    )


def downgrade() -> None:
    op.drop_table("archives")
    op.drop_column("sources", "archive")
