"""Programs of other people that read what we cannot: one module each, none of them required."""
