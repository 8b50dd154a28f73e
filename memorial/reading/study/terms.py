"""The words that a reader follows through a series: counted in each text, and nothing more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from memorial.text.characters import with_single_spaces, without_invisible
from memorial.text.terms import occurrences, stems

from .series import Year

MOST_TERMS = 5
LONGEST_TERM = 60


@dataclass(frozen=True)
class Followed:
    """One term, as the reader wrote it, and how often each text has it."""

    term: str
    counts: Sequence[int]


def asked(values: Iterable[str], lang: str) -> list[str]:
    """Return the terms that were asked for, each once: at most five, of sixty characters at most."""
    found: dict[str, None] = {}
    for value in list(values)[: 4 * MOST_TERMS]:
        term = with_single_spaces(without_invisible(value[: 4 * LONGEST_TERM])).strip()[:LONGEST_TERM].strip()
        if stems(term, lang):
            found.setdefault(term)
    return list(found)[:MOST_TERMS]


def followed(terms: Sequence[str], years: Sequence[Year], lang: str) -> list[Followed]:
    """Count each term in each text of the language; no query."""
    if not terms:
        return []
    texts = [[stems(block.text, lang) for block in year.blocks] for year in years]
    return [
        Followed(term, [sum(occurrences(block, wanted) for block in text) for text in texts])
        for term in terms
        if (wanted := stems(term, lang))
    ]
