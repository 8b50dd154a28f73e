"""Questions to the database that are put into SQL once in a process, and then only asked.

Django builds a query anew each time: for the narrow queries of public pages that takes longer than the database takes
to answer. A question is a function that returns a queryset:

    @prepared
    def of_day(language: str, day: date, *, is_newest_first: bool) -> QuerySet[Edition]:
        ...

What is given by position are values, each of which stands in the SQL as it is; what is given by name decides what the
SQL is like, and is hashable. The function is called once for each such form, with values that stand for those to come:
it must not look at them.
"""

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from copy import copy
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

Row = TypeVar("Row")
Given = ParamSpec("Given")
# Later and more than any value of the archive.
#: A form takes some 20 kB. Where readers can ask for ever more, all are made anew now and then.
MOST_FORMS = 500
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d")
_LAST_DAY, _MANY = date(9000, 1, 1), 2_000_000_000


class Question(Generic[Given, Row]):
    """A function that returns a queryset, as what is asked of it: a list of its rows."""

    def __init__(self, build: Callable[Given, QuerySet[Any, Row]]) -> None:
        self._build = build
        self._forms: dict[Hashable, _Form] = {}
        self.__doc__ = build.__doc__

    def __call__(self, *values: Given.args, **form: Given.kwargs) -> list[Row]:
        """Return the rows. One query; none where the question has no answer by its form."""
        key = (*map(type, values), *form.items())
        found = self._forms.get(key)
        if found is None:
            # Two threads may both make one: they are the same.
            stand_ins = [_stand_in(value, number) for number, value in enumerate(values)]
            if len(self._forms) >= MOST_FORMS:
                self._forms.clear()
            queryset = self._build(*stand_ins, **form)  # type: ignore[arg-type] # of the types of the values
            found = self._forms[key] = _Form(queryset, stand_ins)
        return list(found.rows(values))

    def first(self, *values: Given.args, **form: Given.kwargs) -> Row | None:
        """Return the first of the rows, for a question that finds few. One query."""
        return next(iter(self(*values, **form)), None)


def prepared(build: Callable[Given, QuerySet[Any, Row]]) -> Question[Given, Row]:
    """Make a question of a function that returns a queryset."""
    return Question(build)


class _Form:
    """A queryset with stand-ins for values, and its SQL in each database that it was asked of."""

    def __init__(self, queryset: QuerySet[Any, Any], stand_ins: Sequence[Any]) -> None:
        self.queryset, self.stand_ins = queryset, stand_ins
        self._written: dict[str, _Written | None] = {}

    def rows(self, values: Sequence[Any]) -> Iterator[Any]:
        alias = router.db_for_read(self.queryset.model)
        connection = connections[alias]
        if alias not in self._written:
            self._written[alias] = _written(self.queryset, self.stand_ins, connection)
        written = self._written[alias]
        if written is None:
            return iter(())
        compiler = copy(written.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda: (written.sql, written.with_values(values, connection))
        rows: Iterator[Any] = iter(self.queryset._iterable_class(_Asked(self.queryset, compiler, alias)))  # type: ignore[attr-defined]
        return rows


class _Asked:
    """What Django makes rows from: a queryset whose compiler has its SQL at hand."""

    def __init__(self, queryset: QuerySet[Any, Any], compiler: Any, alias: str) -> None:
        self._queryset, self._compiler = queryset, compiler
        self.db, self.query = alias, self

    def get_compiler(self, using: str = "", **_given: object) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._queryset, name, self)
        return getattr(self._queryset.query, name) if found is self else found


class _Written:
    """The SQL, its parameters, and at which places of these each value stands, as what type."""

    def __init__(self, compiler: Any, sql: str, parameters: Sequence[Any], places: Sequence[tuple[int, int, type]]):
        self.compiler, self.sql, self.parameters, self.places = compiler, sql, parameters, places

    def with_values(self, values: Sequence[Any], connection: BaseDatabaseWrapper) -> tuple[Any, ...]:
        found = list(self.parameters)
        adapted = [_adapted(value, connection) for value in values]
        for place, number, kind in self.places:
            value = adapted[number]
            # A driver may have numbers of its own for each width of a column.
            found[place] = value if type(value) is kind else kind(value)
        return tuple(found)


def _written(
    queryset: QuerySet[Any, Any], stand_ins: Sequence[Any], connection: BaseDatabaseWrapper
) -> _Written | None:
    """Write the SQL; None where nothing can be found. Raises TypeError where a value does not stand in it as it is."""
    compiler = queryset.query.get_compiler(connection.alias)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    adapted = [_adapted(value, connection) for value in stand_ins]
    places = [
        (place, number, type(parameter))
        for place, parameter in enumerate(parameters)
        for number, value in enumerate(adapted)
        if isinstance(parameter, type(value)) and parameter == value
    ]
    unseen = set(range(len(stand_ins))) - {number for _place, number, _kind in places}
    if unseen or sum(str(value) in str(parameter) for parameter in parameters for value in adapted) != len(places):
        raise TypeError("Not every value stands in the question as it is.")
    filled = {place for place, _number, _kind in places}
    if any(_MOMENT.match(str(each)) for place, each in enumerate(parameters) if place not in filled):
        raise TypeError("The question would keep the moment at which it was first asked: give it as a value.")
    return _Written(compiler, sql, parameters, places)


def _adapted(value: Any, connection: BaseDatabaseWrapper) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _stand_in(value: object, number: int) -> Any:
    """A value of the same type that no question and no archive holds."""
    if isinstance(value, str):
        return f"\ue000{number}\ue000"
    if isinstance(value, datetime):
        return datetime(_LAST_DAY.year + 1, 1, 1, tzinfo=UTC) + timedelta(hours=number)
    if isinstance(value, date):
        return _LAST_DAY + timedelta(days=number)
    if isinstance(value, int) and not isinstance(value, bool):
        return _MANY + number
    raise TypeError(f"{type(value).__name__} is no value that a question takes.")
