"""Which of some editions have the words that a subscriber wants to hear of."""

from memorial.publishing.models import EditionQuerySet


def with_words(words: str, lang: str, editions: EditionQuerySet) -> list[int]:
    """Return the keys of those among ``editions`` that a search for ``words`` in ``lang`` finds."""
    raise NotImplementedError
