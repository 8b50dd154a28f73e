"""What changed from one edition to the next, in words, for a message."""

from memorial.publishing.models import Edition

MOST_CHANGES = 12
MOST_CHARACTERS = 600


def words_changed(edition: Edition) -> list[str]:
    """Return a line for each change since the edition before, shortened; none for a first edition. One query."""
    raise NotImplementedError
