"""Figures that reports and plans state: how many of what, in which period."""
