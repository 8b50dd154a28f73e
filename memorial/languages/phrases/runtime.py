"""The phrases of this process, over Django's translations."""


def refresh(tag: str) -> None:
    """Read the phrases of a language anew."""
