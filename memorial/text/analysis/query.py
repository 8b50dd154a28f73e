"""What a reader typed into the search box, taken apart: words, quoted phrases, and what must not be there."""

import re
from dataclasses import dataclass

LONGEST_QUERY = 200
MOST_CLAUSES = 12
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
# A minus sign, if it stands at the beginning of a word; then a quotation with any marks, closed or not, or a word.
_QUOTES = '"“”„«»＂「」『』'
_CLAUSE = re.compile(
    f"(?P<minus>[-\u2212\u2010-\u2013]*)(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<word>[^\\s{_QUOTES}]+))"
)


@dataclass(frozen=True)
class Clause:
    """One word or quoted phrase; ``is_beginning``: the reader typed ``*`` after it, for all words that begin so."""

    text: str
    is_phrase: bool = False
    is_excluded: bool = False
    is_beginning: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is a word to be looked for in any of its forms."""
        return not (self.is_phrase or self.is_excluded or self.is_beginning)


@dataclass(frozen=True)
class Query:
    """The clauses of a query, in the order in which they were typed."""

    clauses: tuple[Clause, ...] = ()

    @property
    def plain(self) -> str:
        """The single words that are looked for, as one text: in some languages a word is written as two."""
        return " ".join(clause.text for clause in self.clauses if clause.is_plain)


def parse(text: str) -> Query:
    """Return the clauses of what was typed: at most ``MOST_CLAUSES`` of its first ``LONGEST_QUERY`` characters.

    ``"two words"`` is a phrase in any quotation marks, ``-word`` or ``-"two words"`` excludes, ``word*`` stands for
    every word that begins so. Never raises.
    """
    clauses: list[Clause] = []
    for match in _CLAUSE.finditer(_CONTROL.sub(" ", text[:LONGEST_QUERY])):
        clause = _clause(match)
        if clause and clause not in clauses:
            clauses.append(clause)
        if len(clauses) == MOST_CLAUSES:
            break
    return Query(tuple(clauses))


def _clause(match: re.Match[str]) -> Clause | None:
    is_phrase = match["phrase"] is not None
    written = (match["phrase"] if is_phrase else match["word"]).strip()
    bare = written.rstrip("*")
    if not any(char.isalnum() for char in bare):
        return None
    return Clause(
        text=bare,
        is_phrase=is_phrase,
        is_excluded=bool(match["minus"]),
        is_beginning=not is_phrase and bare != written,
    )
