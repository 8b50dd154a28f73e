"""What changed from one edition to the next, in words, for a message."""

from memorial.publishing.models import Edition
from memorial.reading.study.changes import changes_in_words

MOST_CHANGES = 12
MOST_CHARACTERS = 600


def words_changed(edition: Edition) -> list[str]:
    """Return a line for each change since the edition before, cut to a readable length; none for a first edition."""
    if edition.number == 1:
        return []
    before = Edition.objects.released().filter(
        statement=edition.statement_id, language=edition.language, number=edition.number - 1
    )
    return [
        line if len(line) <= MOST_CHARACTERS else f"{line[:MOST_CHARACTERS]} …"
        for old in before
        for line in (change.sentence for change in changes_in_words(old, edition)[:MOST_CHANGES])
    ]
