"""Terms that documents define, and abbreviations, as one glossary."""
