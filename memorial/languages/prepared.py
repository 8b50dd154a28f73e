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
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable

Row = TypeVar("Row")
Made = TypeVar("Made", bound=Model)
Given = ParamSpec("Given")
# Later than any day of the archive; a number that fits into the smallest column, or Django would find nothing there.
#: A form takes some 20 kB. Where readers can ask for ever more, all are made anew now and then.
MOST_FORMS = 500
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d")
# A queryset is built and written by one thread at a time: what is being written changes meanwhile.
_writing = Lock()
_LAST_DAY, _A_NUMBER = date(9000, 1, 1), 31_000


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
            found = self._made(key, values, form)
        return found.rows(values)

    def _made(self, key: Hashable, values: Sequence[Any], form: dict[str, Any]) -> "_Form":
        stand_ins = [_stand_in(value, number) for number, value in enumerate(values)]
        with _writing:
            if key not in self._forms:
                if len(self._forms) >= MOST_FORMS:
                    self._forms.clear()
                self._forms[key] = _Form(self._build(*stand_ins, **form), stand_ins)
            return self._forms[key]

    def first(self, *values: Given.args, **form: Given.kwargs) -> Row | None:
        """Return the first of the rows, for a question that finds few. One query."""
        return next(iter(self(*values, **form)), None)


def prepared(build: Callable[Given, QuerySet[Any, Row]]) -> Question[Given, Row]:
    """Make a question of a function that returns a queryset."""
    return Question(build)


class _Form:
    """A queryset with stand-ins for values, and how it is asked in each database."""

    def __init__(self, queryset: QuerySet[Any, Any], stand_ins: Sequence[Any]) -> None:
        self.queryset, self.stand_ins = queryset, stand_ins
        self._written: dict[str, _Written | None] = {}

    def rows(self, values: Sequence[Any]) -> list[Any]:
        alias = router.db_for_read(self.queryset.model)
        connection = connections[alias]
        if alias not in self._written:
            with _writing:
                if alias not in self._written:
                    self._written[alias] = _written(self.queryset, self.stand_ins, connection)
        written = self._written[alias]
        return written.rows(values, connection) if written else []


@dataclass(frozen=True)
class _Written:
    """SQL and its parameters; at which of these each value stands, as what type; and what rows are made of.

    ``converters`` are those of columns that the database does not give as Python has them.
    """

    sql: str
    parameters: tuple[Any, ...]
    places: Sequence[tuple[int, int, type]]
    converters: Sequence[tuple[int, tuple[Sequence[Callable[..., Any]], Any]]]
    make: Callable[[Sequence[Any]], Any]

    def rows(self, values: Sequence[Any], connection: BaseDatabaseWrapper) -> list[Any]:
        parameters = list(self.parameters)
        adapted = [_adapted(value, connection) for value in values]
        for place, number, kind in self.places:
            value = adapted[number]
            # A driver may have numbers of its own for each width of a column.
            parameters[place] = value if type(value) is kind else kind(value)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            found = cursor.fetchall()
        return [self.make(self._converted(row, connection)) for row in found]

    def _converted(self, row: Sequence[Any], connection: BaseDatabaseWrapper) -> Sequence[Any]:
        converted = list(row)
        for place, (steps, expression) in self.converters:
            for step in steps:
                converted[place] = step(converted[place], expression, connection)
        return converted


def _written(
    queryset: QuerySet[Any, Any], stand_ins: Sequence[Any], connection: BaseDatabaseWrapper
) -> _Written | None:
    """Write the SQL; None where nothing can be found. Raises TypeError where a value does not stand in it as it is."""
    compiler: Any = queryset.query.get_compiler(connection.alias)
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
    converters = compiler.get_converters([column for column, *_rest in compiler.select])
    return _Written(sql, tuple(parameters), places, list(converters.items()), _maker(queryset, compiler))


def _maker(queryset: QuerySet[Any, Any], compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """Return what makes of a row what the queryset makes of it."""
    kind = queryset._iterable_class
    if kind is ModelIterable:
        annotations = tuple((compiler.annotation_col_map or {}).items())
        return _Objects(compiler.klass_info, compiler.select, compiler.using, annotations)
    if kind is ValuesListIterable:
        return tuple
    if kind is FlatValuesListIterable:
        return itemgetter(0)
    raise TypeError(f"{kind.__name__} is not what a question answers with.")


def made_of(model: type[Made], names: Sequence[str], values: Sequence[Any], alias: str) -> Made:
    """Return an object of the columns that were read of a row (others are deferred): for reading, without signals.

    What Django does for each is linear in the columns of the table, those of every language among them, whether they
    were asked for or not.
    """
    made = model.__new__(model)
    state = made._state = ModelState()
    state.adding, state.db = False, alias
    vars(made).update(zip(names, values, strict=True))
    return made


class _Objects:
    """Makes objects of rows, with those they refer to (``select_related``)."""

    def __init__(self, info: Any, select: Sequence[Any], alias: str, annotations: Sequence[tuple[str, int]] = ()):
        self.model, self.alias, self.annotations = info["model"], alias, annotations
        self.start, self.end = info["select_fields"][0], info["select_fields"][-1] + 1
        self.names = [column.target.attname for column, *_rest in select[self.start : self.end]]
        self.key = self.start + self.names.index(self.model._meta.pk.attname)
        self.related = [
            (_Objects(each, select, alias), each["local_setter"], each["remote_setter"])
            for each in info.get("related_klass_infos", ())
        ]

    def __call__(self, row: Sequence[Any]) -> Any:
        if row[self.key] is None:
            return None
        made = made_of(self.model, self.names, row[self.start : self.end], self.alias)
        for name, place in self.annotations:
            setattr(made, name, row[place])
        for make, set_here, set_there in self.related:
            other = make(row)
            set_here(made, other)
            if other is not None:
                set_there(other, made)
        return made


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
        return _A_NUMBER + number
    raise TypeError(f"{type(value).__name__} is no value that a question takes.")
