"""Adding and removing the columns of a language on a live database."""

import contextlib
import fcntl
import json
import os
import random
import time

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F
from modeltranslation.fields import TranslationField
from modeltranslation.utils import build_lang

from .autodetector import declared
from .columns import column_name, translation_of
from .operations import table_columns

LOCK_KEY = 0x6C616E67  # "lang"


class SchemaBusy(RuntimeError):
    pass


class NotReady(RuntimeError):
    pass


def translated_models():
    """Every concrete model with translation columns, history models included."""
    found = []
    for (app_label, name), bases in declared(apps).items():
        model = apps.get_model(app_label, name)
        if model._meta.managed and not model._meta.proxy:
            found.append((model, bases))
    # In the order in which requests lock them: a model before its history.
    return sorted(found, key=lambda item: (hasattr(item[0], "instance_type"), item[0]._meta.db_table))


def column_conflicts(code):
    """Model attributes that a column for `code` would hide, and languages with
    the same column suffix ("id" and "ind" both give title_ind)."""
    from .models import Language

    suffix = build_lang(code)
    others = Language.objects.exclude(pk=code).values_list("pk", flat=True)
    conflicts = [f"the language {other}" for other in others if build_lang(other) == suffix]
    for model, bases in translated_models():
        own = {
            column_name(f.translated_field.name, f.language)
            for f in model._meta.local_fields
            if isinstance(f, TranslationField)
        }
        taken = {n for f in model._meta.get_fields() for n in (f.name, getattr(f, "attname", f.name))}
        for base in bases:
            name = column_name(base, code)
            if (name in taken and name not in own) or (hasattr(model, name) and name not in taken):
                conflicts.append(f"{model._meta.label}.{name}")
    return conflicts


@contextlib.contextmanager
def schema_lock(connection, wait=30.0):
    """One schema change at a time: add_language, drop_language and migrate."""
    deadline = time.monotonic() + wait
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            while True:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_KEY])
                if cursor.fetchone()[0]:
                    break
                if time.monotonic() > deadline:
                    raise SchemaBusy("another process is changing the schema")
                time.sleep(0.1)
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_KEY])
        return
    name = str(connection.settings_dict["NAME"])
    if ":memory:" in name or "mode=memory" in name:
        yield
        return
    fd = os.open(name + ".schema-lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while True:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise SchemaBusy("another process is changing the schema") from None
                time.sleep(0.1)
        yield
    finally:
        os.close(fd)


def stored_version(using=DEFAULT_DB_ALIAS):
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT version FROM languages_languageset")
        row = cursor.fetchone()
    return row[0] if row else None


def stored_codes(using=DEFAULT_DB_ALIAS):
    """Codes of the languages that have columns; None before the table exists."""
    connection = connections[using]
    if "languages_language" not in connection.introspection.table_names():
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT tag FROM languages_language WHERE state <> 'leaving'")
        return {code for (code,) in cursor.fetchall()} or None


def _check_ready(connection):
    if connection.in_atomic_block:
        raise NotReady("call this outside of transaction.atomic()")
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        raise NotReady("run migrate first: %d migrations are not applied" % len(plan))


def _attempts(connection, work, tries=12):
    """Do not queue behind a long transaction: give up fast, let others through, retry.

    The wait for a table lock stays under PostgreSQL's deadlock_timeout (1 s), so
    that in a deadlock with a request it is always this transaction that yields.
    """
    for attempt in range(tries):
        try:
            with connection.schema_editor(atomic=True) as editor:
                if connection.vendor == "postgresql":
                    editor.execute("SET LOCAL lock_timeout = '400ms'")
                return work(editor)
        except OperationalError as error:
            text = str(error)
            if "lock timeout" not in text and "deadlock" not in text and "locked" not in text:
                raise
            if attempt == tries - 1:
                raise SchemaBusy("the tables were busy; nothing was changed") from error
            time.sleep(random.uniform(0.1, 0.3) * min(attempt + 1, 10))


def _fields(connection, code, present):
    """(model, field) for each translation column of `code` that the tables have or lack.

    The fields are bound by hand: the models of this process need not know the language.
    """
    for model, bases in translated_models():
        columns = table_columns(connection, model._meta.db_table)
        for base in bases:
            field = translation_of(model._meta.get_field(base), code)
            field.set_attributes_from_name(column_name(base, code))
            field.model = model
            if (field.column in columns) == present:
                yield model, field


def _add_columns(editor, code, fail_after=None):
    added = 0
    for model, field in _fields(editor.connection, code, present=False):
        editor.add_field(model, field)
        added += 1
        if fail_after is not None and added >= fail_after:
            raise RuntimeError("injected failure")
    return added


def reconcile(using=DEFAULT_DB_ALIAS):
    """Every language in the table gets the columns it lacks (restored dumps, loaded rows)."""
    from .models import Language, LanguageSet

    def work(editor):
        LanguageSet.objects.using(using).update(version=F("version"))
        rows = Language.objects.using(using).exclude(state=Language.State.LEAVING)
        added = sum(_add_columns(editor, code) for code in rows.values_list("pk", flat=True))
        if added:
            LanguageSet.objects.using(using).update(version=F("version") + 1)
        return added

    return _attempts(connections[using], work)


def add_language(
    code,
    *,
    name_en,
    name_local,
    rtl=False,
    position=100,
    fallbacks=(),
    using=DEFAULT_DB_ALIAS,
    fail_after=None,
):
    """Returns (created, number of columns added).  All or nothing; safe to repeat."""
    from .models import Language, LanguageSet

    connection = connections[using]
    _check_ready(connection)
    lang = Language(
        code=code,
        name_en=name_en,
        name_local=name_local,
        rtl=rtl,
        position=position,
        fallbacks=list(fallbacks),
    )
    lang.clean_fields()
    lang.clean()

    def work(editor):
        # First statement: a write, so SQLite takes its write lock right away
        # and PostgreSQL a row lock; the check below then sees the final truth.
        LanguageSet.objects.using(using).update(version=F("version"))
        known = Language.objects.using(using).filter(pk=code).first()
        if known and known.state == Language.State.LEAVING:
            raise NotReady(f"{code} is being removed: finish that first")
        if not known:
            lang.save(using=using, force_insert=True)
        added = _add_columns(editor, code, fail_after)
        if added or not known:
            LanguageSet.objects.using(using).update(version=F("version") + 1)
        return not known, added

    with schema_lock(connection):
        return _attempts(connection, work)


def export_language(code, stream, using=DEFAULT_DB_ALIAS):
    """One JSON line for each non-empty text: enough to load the language again."""
    count = 0
    connection = connections[using]
    quote = connection.ops.quote_name
    for model, bases in translated_models():
        table, pk = model._meta.db_table, model._meta.pk.column
        for base in bases:
            column = column_name(base, code)
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT {quote(pk)}, {quote(column)} FROM {quote(table)} "
                    f"WHERE {quote(column)} IS NOT NULL AND {quote(column)} <> ''"
                )
                while rows := cursor.fetchmany(500):
                    for key, text in rows:
                        record = {"model": model._meta.label_lower, "pk": str(key), "field": base, "text": text}
                        stream.write(json.dumps(record, ensure_ascii=False) + "\n")
                        count += 1
    return count


def stop_using_language(code, using=DEFAULT_DB_ALIAS):
    """First half of a removal: processes reload without the language's columns."""
    from .models import Language, LanguageSet

    if code == settings.MODELTRANSLATION_DEFAULT_LANGUAGE:
        raise NotReady("the default language cannot be removed")
    with transaction.atomic(using=using):
        LanguageSet.objects.using(using).update(version=F("version") + 1)
        Language.objects.using(using).filter(pk=code).update(state=Language.State.LEAVING)


def drop_language(code, using=DEFAULT_DB_ALIAS):
    """Second half: run by a process that no longer has the language in its models."""
    from .columns import languages
    from .models import Language, LanguageSet

    if code in languages():
        raise NotReady("this process still has the language in its models")
    connection = connections[using]
    _check_ready(connection)

    def work(editor):
        LanguageSet.objects.using(using).update(version=F("version"))
        lang = Language.objects.using(using).get(pk=code)
        if lang.state != Language.State.LEAVING:
            raise NotReady("stop using the language first")
        dropped = 0
        for model, field in _fields(connection, code, present=True):
            editor.remove_field(model, field)
            dropped += 1
        lang.delete(using=using)
        LanguageSet.objects.using(using).update(version=F("version") + 1)
        return dropped

    with schema_lock(connection):
        return _attempts(connection, work)
