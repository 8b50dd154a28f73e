"""The words of the index on PostgreSQL: a tsvector beside each entry, made by us, without a text search configuration.

A lexeme is the letters of channel and field and the form (``fasehid``); keys begin with ``kk`` and have no position.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from memorial.text.analysis.condition import And, Not, Or, Phrase, Term, Tree

from .document import NOTHING, Document, safe, stands_in

TABLE, COLUMN, INDEX = "reading_searchentry", "words", "reading_search_words"
FROM = f"{TABLE} e"
MATCHES = f"e.{COLUMN} @@ %s::tsquery"
SEQUENCE = "e.sequence"
BEGINS = "form LIKE %s"


def exists(connection: BaseDatabaseWrapper) -> bool:
    """Whether there is a place for words, and its index. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [INDEX])
        return bool(cursor.fetchone()[0])


def create(connection: BaseDatabaseWrapper) -> None:
    """Make the place for words, empty. The entries, whose words they were, go too."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE TABLE {TABLE}")
        cursor.execute(f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS {COLUMN}")
        cursor.execute(f"ALTER TABLE {TABLE} ADD COLUMN {COLUMN} tsvector")
        # What sorts, filters and counts hits is read without the words, which are long: they are kept apart.
        cursor.execute(f"ALTER TABLE {TABLE} SET (toast_tuple_target = 256)")
        # Without a list of what is yet to be put in order: every search would read it, and the planner fears it.
        cursor.execute(f"CREATE INDEX {INDEX} ON {TABLE} USING gin ({COLUMN}) WITH (fastupdate = off)")


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove the place for words, and them with it."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS {COLUMN}")


def taken(connection: BaseDatabaseWrapper, sequences: Sequence[int]) -> set[int]:
    """Return which of the sequences have words that no entry owns: none, since words go with their entry."""
    return set()


def write(connection: BaseDatabaseWrapper, documents: Iterable[tuple[int, Document]]) -> None:
    """Write the words of entries, each under its sequence."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {TABLE} SET {COLUMN} = %s::tsvector WHERE sequence = %s",  # noqa: S608 constants
            [(vector(document), sequence) for sequence, document in sorted(documents, key=lambda each: each[0])],
        )


def refresh(connection: BaseDatabaseWrapper) -> None:
    """Do what is due after very much was written: let the planner count what there is."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {TABLE}, reading_searchword")


def beginning(form: str) -> tuple[str]:
    """The values of ``BEGINS``. A form has none of the signs of LIKE."""
    return (form + "%",)


def expression(tree: Tree | None, keys: Sequence[Sequence[str]]) -> str:
    """Return a tsquery for a condition and, of each list of keys, one; "" where nothing is asked."""
    parts = [_written(tree)] if tree else []
    parts += [" | ".join(_quoted("kk" + key) for key in each or (NOTHING,)) for each in keys]
    return " & ".join(f"({part})" for part in parts)


def vector(document: Document) -> str:
    """The literal of a tsvector."""
    positions: dict[str, list[int]] = defaultdict(list)
    for channel, lists in document.words.items():
        for field, forms in lists.items():
            for position, form in enumerate(forms, start=1):
                if form:
                    positions[channel + field + form].append(position)
    words = [f"{_quoted(lexeme)}:{','.join(map(str, places))}" for lexeme, places in positions.items()]
    return " ".join([*words, *(_quoted("kk" + key) for key in document.keys)])


def _written(tree: Tree) -> str:
    match tree:
        case Term():
            return " | ".join(_lexeme(where, tree) for where in stands_in(tree))
        case Phrase(terms=terms):
            phrases = [" <-> ".join(_lexeme(where, term) for term in terms) for where in stands_in(terms[0])]
            return " | ".join(f"({phrase})" for phrase in phrases)
        case And(parts=parts):
            return " & ".join(f"({_written(part)})" for part in parts)
        case Or(parts=parts):
            return " | ".join(f"({_written(part)})" for part in parts)
        case Not(positive=positive, negative=negative):
            return f"({_written(positive)}) & !({_written(negative)})"
    raise TypeError(tree)


def _lexeme(where: str, term: Term) -> str:
    form = safe(term.text)
    return _quoted(where + (form or NOTHING)) + (":*" if term.is_prefix and form else "")


def _quoted(text: str) -> str:
    """A quoted lexeme. Forms have neither quotation marks nor backslashes: doubling them is for the day they would."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
