"""All linguistics of the system, shared by the index and the query side."""
