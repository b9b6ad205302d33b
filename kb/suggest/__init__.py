"""Suggestions while typing: symbols, phrases, topics, units, kinds and titles."""
