"""The words of the index on SQLite: a table of FTS5 with a column for each channel and field.

The table keeps no copy of what it indexes (``content=''``), so nothing can be taken out of it: an entry that is gone
leaves words to which no entry belongs, and they are never found. That is why words that are written again get another
``sequence``, by which their row is called.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from memorial.text.analysis.condition import And, Not, Or, Phrase, Term, Tree

from .document import CHANNELS, FIELDS, NOTHING, Document, safe, stands_in

TABLE = "reading_search_words"
#: What stands between two passages: no form has it.
GAP = "\uf8ff"
COLUMNS = [channel + field for channel in CHANNELS.values() for field in FIELDS.values()]

# Every byte beyond ASCII belongs to a token for this tokenizer, and forms have no other ASCII than letters and digits.
CREATE = f"CREATE VIRTUAL TABLE {TABLE} USING fts5({', '.join(COLUMNS)}, k, content='', tokenize='ascii')"
FROM = f"{TABLE} w CROSS JOIN reading_searchentry e ON e.sequence = w.rowid"
MATCHES = f"w.{TABLE} MATCH %s"
SEQUENCE = "w.rowid"
BEGINS = "form >= %s AND form < %s"


def exists(connection: BaseDatabaseWrapper) -> bool:
    """Whether there is a place for words. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = %s", [TABLE])
        return cursor.fetchone() is not None


def create(connection: BaseDatabaseWrapper) -> None:
    """Make the place for words, empty."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(CREATE)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove the place for words, and them with it."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def taken(connection: BaseDatabaseWrapper, sequences: Sequence[int]) -> set[int]:
    """Return which of the sequences have words already, of an entry or of one that is gone."""
    found: set[int] = set()
    with connection.cursor() as cursor:
        for start in range(0, len(sequences), 5_000):
            some = list(sequences[start : start + 5_000])
            cursor.execute(f"SELECT id FROM {TABLE}_docsize WHERE id IN ({', '.join(['%s'] * len(some))})", some)  # noqa: S608 constants
            found.update(row[0] for row in cursor.fetchall())
    return found


def write(connection: BaseDatabaseWrapper, documents: Iterable[tuple[int, Document]]) -> None:
    """Write the words of entries, each under its sequence, which no words have yet."""
    marks = ", ".join(["%s"] * (len(COLUMNS) + 2))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} (rowid, {', '.join(COLUMNS)}, k) VALUES ({marks})",  # noqa: S608 constants
            [_row(sequence, document) for sequence, document in sorted(documents, key=lambda each: each[0])],
        )


def refresh(connection: BaseDatabaseWrapper) -> None:
    """Do what is due after very much was written: nothing here, FTS5 merges its parts as it goes."""


def beginning(form: str) -> tuple[str, str]:
    """The values of ``BEGINS``."""
    return form, form + "\U0010ffff"


def expression(tree: Tree | None, keys: Sequence[Sequence[str]]) -> str:
    """Return a query of FTS5 for a condition and, of each list of keys, one; "" where nothing is asked."""
    parts = [_written(tree)] if tree else []
    parts += [f"k : ({' OR '.join(_quoted(key) for key in each or (NOTHING,))})" for each in keys]
    return " AND ".join(f"({part})" for part in parts)


def _row(sequence: int, document: Document) -> list[str | int]:
    lists = document.words
    columns = [
        " ".join(form or GAP for form in lists[column[0]][column[1]]) if column[0] in lists else ""
        for column in COLUMNS
    ]
    return [sequence, *columns, " ".join(document.keys)]


def _written(tree: Tree) -> str:
    match tree:
        case Term():
            return f"{_columns(tree)} : {_quoted(_form(tree))}{' *' if tree.is_prefix else ''}"
        case Phrase(terms=terms):
            forms = _quoted(" ".join(_form(term) for term in terms))
            return f"{_columns(terms[0])} : {forms}{' *' if terms[-1].is_prefix else ''}"
        case And(parts=parts):
            return " AND ".join(f"({_written(part)})" for part in parts)
        case Or(parts=parts):
            return " OR ".join(f"({_written(part)})" for part in parts)
        case Not(positive=positive, negative=negative):
            return f"({_written(positive)}) NOT ({_written(negative)})"
    raise TypeError(tree)


def _columns(term: Term) -> str:
    return f"{{{' '.join(stands_in(term))}}}"


def _form(term: Term) -> str:
    return safe(term.text) or NOTHING


def _quoted(text: str) -> str:
    """A string of FTS5. Forms have no quotation mark: doubling it is for the day when they would."""
    return '"' + text.replace('"', '""') + '"'
