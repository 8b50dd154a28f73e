"""Rows that are sealed: added, never changed, never removed. The database refuses too (``guard``)."""

from memorial.translations.append_only import AppendOnly


class Sealed(AppendOnly):
    """One sealed row."""

    refusal = "An edition is sealed and kept: publish a new one."

    class Meta:
        abstract = True
