"""Demonstration data: a plainly fictional archive of any size, the same for the same seed.

Words: *words* are the phrases in four languages; to *imagine* is to draw statements from them by a seed, without a
database; to *make* is to store what was imagined as true records with true, sealed editions.

Always true: every name and every text says that it is an example, and no real statement stands in the same database.
"""
