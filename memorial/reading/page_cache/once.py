"""What many pages show alike and what changes only with the site: found once in a generation by each process."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection

from . import changes

Given = ParamSpec("Given")
Found = TypeVar("Found")
# Of one function, in one generation. Beyond it, which only a machine that tries things out reaches, all are forgotten.
MOST_FOUND = 500


def once_a_generation(find: Callable[Given, Found]) -> Callable[Given, Found]:
    """Let a function be asked once for the same values in a generation: it depends on them and on the site alone.

    The values are hashable, and what is found is for reading: all threads share it. Inside a transaction, from a
    replica, and while nobody knows the generation, the function is asked each time.
    """
    # An answer in a tuple of its own: it may be None.
    kept: tuple[int, dict[Hashable, tuple[Found]]] = (0, {})

    @wraps(find)
    def found(*values: Given.args, **named: Given.kwargs) -> Found:
        nonlocal kept
        number = _number()
        if not number:
            return find(*values, **named)
        began, known = kept
        if began != number:
            known = {}
            kept = (number, known)
        # Two threads may look for the same: they find the same. One that is slow adds to its own generation.
        asked = (values, *named.items())
        answer = known.get(asked)
        if answer is None:
            answer = (find(*values, **named),)
            if len(known) >= MOST_FOUND:
                known.clear()
            known[asked] = answer
        return answer[0]

    return found


def _number() -> int:
    """Return the number of the generation that is read from here and now; 0 where there is none."""
    # A replica stands in the place of the database, under its own name. It may not have come as far as the generation.
    if settings.DEBUG or connection.in_atomic_block or connection.alias != DEFAULT_DB_ALIAS:
        return 0
    try:
        return changes.generation.now() or changes.generation.renew()
    except (DatabaseError, OSError):
        return 0
