"""The hash of files that the secrecy gate refused: all that is kept of them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("rejected", sa.Column("sha256", sa.String(64)))


def downgrade() -> None:
    with op.batch_alter_table("rejected") as rejected:
        rejected.drop_column("sha256")
