"""Compounds that some write as one word and others with a hyphen or a joiner: ``cease-fire``, ``ceasefire``."""

import re

from . import turkic

_PARTED = re.compile("(?<=\\w)[-\u2010\u2011\u200c](?=[^\\W\\d])")
# English prefixes that are written to a word with or without a hyphen.
_PREFIX = re.compile(
    "(anti|co|counter|ex|extra|inter|mid|multi|non|over|post|pre|pro|re|self|semi|sub|trans|ultra|under|vice)([a-z]{3,})"
)
_ABBREVIATION = re.compile("([^\\W\\d_a-zəıöüğşç]{2,})[-\u2010\u2011]([^\\W\\d_]{1,8})")


def joined(written: str) -> str | None:
    """Return a word without the hyphens or joiners in it, or None if it has none."""
    shorter = _PARTED.sub("", written)
    return shorter if shorter != written else None


def parted(folded: str) -> str | None:
    """Return a folded English word with a hyphen after its prefix, or None if it begins with none."""
    found = _PREFIX.fullmatch(folded)
    return f"{found[1]}-{found[2]}" if found else None


def without_ending(written: str) -> str | None:
    """Return an abbreviation without the ending that Azerbaijani writes after a hyphen (``BMT-nin``), or None."""
    found = _ABBREVIATION.fullmatch(written)
    return found[1] if found and turkic.is_ending(found[2]) else None
