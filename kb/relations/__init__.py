"""What documents say about each other, and what follows for their being in force."""
