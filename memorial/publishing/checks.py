"""What an operator can get wrong: a database that was copied without its triggers."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections

from . import guard


@checks.register(checks.Tags.database)
def sealed_rows_are_guarded(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Every trigger of ``guard`` is in place. Asked by ``check --database default``."""
    return [
        checks.Warning(
            f"The database “{alias}” does not guard sealed editions: {', '.join(names)} missing.",
            hint="Run “manage.py migrate”, which puts the triggers in place.",
            id="publishing.W001",
        )
        for alias in databases or ()
        if (names := guard.missing(connections[alias]))
    ]
