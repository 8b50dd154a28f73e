"""A light stemmer of Arabic."""


def stem(form: str) -> str:
    """Return the stem of a folded word."""
    return form
