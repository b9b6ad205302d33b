"""What a file calls its pages; it comes when the file is read again (`kb reindex --reread`)."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("pages", sa.Column("label", sa.Text))


def downgrade() -> None:
    with op.batch_alter_table("pages") as pages:
        pages.drop_column("label")
