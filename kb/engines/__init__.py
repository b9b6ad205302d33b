"""Search engines behind one port. An index is a cache: it can always be rebuilt from the catalog."""
