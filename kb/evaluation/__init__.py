"""How good and how fast search is, measured on sets of judged queries."""
