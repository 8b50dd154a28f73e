"""A light stemmer of Azerbaijani and Turkish, on the folded form."""


def is_ending(text: str) -> bool:
    """Say whether ``text`` can be the endings of a noun."""
    return len(text) <= 6


def azerbaijani(form: str) -> str:
    """Return the stem of a folded word."""
    return form


def turkish(form: str) -> str:
    """Return the stem of a folded word."""
    return form
