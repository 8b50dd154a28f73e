"""Citing: one value object of what is to be said of an edition, and every format that says it."""
