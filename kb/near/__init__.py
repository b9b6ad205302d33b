"""Which documents are the same paper in other bytes. Pure; kb.catalog.near keeps what it needs."""
