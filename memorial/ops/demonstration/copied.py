"""What PostgreSQL is given by COPY: the rows of a part as text, the words of the index among them.

Everything is stored in one transaction, without indexes and foreign keys, which are made at its end: a load that is cut
short leaves nothing, and readers of these tables wait until it is done.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from django.db.backends.base.base import BaseDatabaseWrapper

from . import indexes
from .indexed import Indexed
from .parts import EDITION, TABLES, Row, rows_of
from .plan import Plan

PROCESSES = 2
AHEAD = 4  # parts that are drawn before they can be stored

#: What stands where there is no value: no text has it.
NULL = "\x01"
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


@dataclass(frozen=True)
class Copied:
    """One part: the text of each table, how many editions it has, and the forms that were new in it."""

    texts: dict[str, str]
    editions: int
    forms: dict[tuple[str, str], str]


class Copying:
    """Makes the text of one part after the other."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.indexed = Indexed()

    def part(self, number: int) -> Copied:
        """Make one part."""
        rows = rows_of(self.plan, number, self.indexed)
        texts = {table: as_text(made) for table, made in rows.items()}
        forms, self.indexed.readable = self.indexed.readable, {}
        return Copied(texts, len(rows[EDITION]), forms)


def as_text(rows: Sequence[Row]) -> str:
    """Return rows in the text format of COPY."""
    return "".join([_line(row) for row in rows])


def _line(row: Row) -> str:
    values = [NULL if value is None else value if type(value) is str else str(value) for value in row]
    line = "\t".join(values)
    if "\n" in line or "\\" in line or "\r" in line or line.count("\t") >= len(values):
        line = "\t".join([value.translate(_ESCAPES) for value in values])
    return line + "\n"


def made(plan: Plan, parts: Sequence[int], *, is_many: bool) -> Iterator[Copied]:
    """Yield the parts in order; other processes make them where there are many."""
    if not is_many:
        yield from map(Copying(plan).part, parts)
        return
    with ProcessPoolExecutor(PROCESSES, get_context("fork"), _begin, (plan,)) as pool:
        under_way = deque(pool.submit(_part, part) for part in parts[:AHEAD])
        for part in range(len(parts)):
            done = under_way.popleft().result()
            if part + AHEAD < len(parts):
                under_way.append(pool.submit(_part, parts[part + AHEAD]))
            yield done


_copying: list[Copying] = []  # of a process that makes parts


def _begin(plan: Plan) -> None:
    _copying[:] = [Copying(plan)]


def _part(number: int) -> Copied:
    return _copying[0].part(number)


def copy(connection: BaseDatabaseWrapper, columns: Mapping[str, Sequence[str]], texts: Mapping[str, str]) -> None:
    """Store the text of some tables, in the transaction that is open."""
    with connection.cursor() as cursor:
        for table, names in columns.items():
            if table in texts:
                listed = ", ".join(f'"{name}"' for name in names)
                with cursor.copy(f"COPY {table} ({listed}) FROM STDIN WITH (NULL '{NULL}')") as into:
                    into.write(texts[table])


@contextmanager
def without_indexes(connection: BaseDatabaseWrapper, progress: Callable[[int, int], None]) -> Iterator[None]:
    """Take off what is copied its indexes and foreign keys, and make them again: in the transaction that is open."""
    with indexes.without(connection, indexes.of_postgresql(connection, TABLES), progress):
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
