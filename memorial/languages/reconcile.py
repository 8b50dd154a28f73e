"""Bringing the language table and the columns back in line: after migrations, restored dumps, emptied databases."""

from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from .enrol import add_columns, next_version, take_the_set
from .lock import in_one_transaction
from .models import Language, LanguageSet


def stored_tags(using: str = DEFAULT_DB_ALIAS) -> dict[str, str] | None:
    """The state of each stored language by its tag; None before there is a table with languages. Two queries."""
    if Language._meta.db_table not in connections[using].introspection.table_names():
        return None
    with connections[using].cursor() as cursor:
        # Not by the model: before a migration its other columns may not be there yet.
        cursor.execute("SELECT tag, state FROM languages_language")
        return dict(cursor.fetchall()) or None


def store_first_languages(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Store the languages that this process was started with where there is none: in a new or an emptied database."""
    tables = connections[using].introspection.table_names()
    if using != DEFAULT_DB_ALIAS or not {Language._meta.db_table, LanguageSet._meta.db_table} <= set(tables):
        return
    # Asked without naming columns: a site that is taken back to an older migration has not all of them.
    if not LanguageSet.objects.exists():
        LanguageSet.objects.create(pk=1)
    if not Language.objects.exists():
        Language.objects.bulk_create(
            Language(
                tag=row.tag,
                name_en=row.name_en,
                name_own=row.name_own,
                script=row.script,
                direction=row.direction,
                fallbacks=list(row.fallbacks),
                state=row.state,
                position=row.position,
            )
            for row in settings.SITE_LANGUAGE_ROWS
        )


def reconcile() -> int:
    """Add the columns that a stored language lacks, and return how many. Held under the schema lock by its caller."""

    def work(editor: BaseDatabaseSchemaEditor) -> int:
        take_the_set()
        tags = Language.objects.with_columns().values_list("tag", flat=True)
        added = sum(add_columns(editor, tag) for tag in list(tags))
        if added:
            next_version()
        return added

    return in_one_transaction(connection, work)
