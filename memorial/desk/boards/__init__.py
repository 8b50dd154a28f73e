"""Seeing the whole: the first page, with what waits for me, and the grid of statements and languages."""
