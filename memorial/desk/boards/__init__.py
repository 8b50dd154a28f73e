"""Seeing the whole: what waits for me, and the grid of statements and languages."""
