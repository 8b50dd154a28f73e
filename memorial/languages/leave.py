"""Deleting a language, in two steps: taking it out of use, then exporting its texts and dropping its columns."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from memorial.accounts.models import Grant, User
from memorial.accounts.refusal import Reason, Refused

from .columns import AnyField, fields_in, languages, table_columns, translated_models
from .enrol import default_language, next_version, take_the_set
from .export import export_language
from .lock import in_one_transaction, schema_lock
from .models import Language, LanguageChange, LanguageTagField, WhenDeleted
from .readiness import reasons_about, reasons_about_tables

State = Language.State


def rows_of(tag: str, rule: WhenDeleted) -> Iterator[models.QuerySet[models.Model]]:
    """For each tag column with this rule, the rows that hold the tag."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, LanguageTagField) and field.when_deleted is rule:
                yield model._base_manager.filter(**{field.name: tag})


def reasons_not_to_leave(tag: str, *, by: User | None) -> list[Reason]:
    """Every reason why a language cannot be deleted, in either step."""
    reasons = reasons_about(by)
    if tag == settings.LANGUAGE_CODE:
        reasons.append(default_language(tag))
    if not Language.objects.filter(pk=tag).exists():
        reasons.append(Reason("unknown", _("“%(tag)s” is no language of the site.") % {"tag": tag}))
    for rows in rows_of(tag, WhenDeleted.SEALED):
        if count := rows.count():
            message = ngettext(
                "%(count)d row of “%(model)s” in this language is kept for ever: retire the language instead.",
                "%(count)d rows of “%(model)s” in this language are kept for ever: retire the language instead.",
                count,
            )
            values = {"count": count, "model": rows.model._meta.verbose_name}
            reasons.append(Reason("sealed", message % values))
    return reasons


def stop_using_language(tag: str, *, by: User | None) -> Language:
    """Take a language out of use, the first step: processes reload without it. Its columns and texts stay."""
    with transaction.atomic():
        take_the_set()
        if reasons := reasons_not_to_leave(tag, by=by):
            raise Refused(reasons)
        if not Language.objects.filter(pk=tag).exclude(state=State.LEAVING).update(state=State.LEAVING):
            raise Refused([Reason("leaving", _("“%(tag)s” is out of use already.") % {"tag": tag})])
        next_version()
        LanguageChange.objects.create(language=tag, action=LanguageChange.Action.STOPPED, by=by)
    return Language.objects.get(pk=tag)


def seconds_to_settle(tag: str) -> float:
    """How long to wait until every process has let go of a language: an older one reads its columns by name."""
    stopped = LanguageChange.objects.filter(language=tag, action=LanguageChange.Action.STOPPED).first()
    if stopped is None:
        return 0.0
    settled = stopped.at + timedelta(seconds=5 * settings.LANGUAGE_CHECK_SECONDS)
    return max(0.0, (settled - timezone.now()).total_seconds())


def reasons_not_to_delete(tag: str, *, by: User | None) -> list[Reason]:
    """Every reason why the second step cannot be taken now."""
    reasons = reasons_not_to_leave(tag, by=by)
    language = Language.objects.filter(pk=tag).first()
    if language is not None and language.state != State.LEAVING:
        reasons.append(Reason("in-use", _("Take “%(tag)s” out of use first.") % {"tag": tag}))
    elif language is not None and tag in languages():
        message = _("This process still works with “%(tag)s”: start it again, without SITE_LANGUAGES.")
        reasons.append(Reason("stale", message % {"tag": tag}))
    elif seconds_to_settle(tag):
        reasons.append(Reason("settling", _("Servers may still be reading “%(tag)s”: wait a moment.") % {"tag": tag}))
    return [*reasons, *reasons_about_tables()]


def delete_language(tag: str, *, export: Path, by: User | None) -> int:
    """Write every text of a language to ``export``, then drop its columns and rows: the second step.

    One transaction; the file is whole before anything goes. On SQLite the write lock is held while each table is
    rebuilt once. Returns the number of lines written. Raises Refused, and FileExistsError for a file that is there.
    """
    if reasons := reasons_not_to_delete(tag, by=by):
        raise Refused(reasons)
    if export.exists():
        raise FileExistsError(export)
    past = MigrationExecutor(connection).loader.project_state().apps

    def work(editor: BaseDatabaseSchemaEditor) -> int:
        take_the_set()
        if reasons := reasons_not_to_leave(tag, by=by):
            raise Refused(reasons)
        _keep_others_from_writing(editor)
        language = Language.objects.get(pk=tag, state=State.LEAVING)
        owned = list(rows_of(tag, WhenDeleted.OWN))
        lines = export_language(language, owned, export)
        try:
            for rows in owned:
                rows.delete()
        except (ProtectedError, RestrictedError) as error:
            message = _("Texts in other languages were made from texts in “%(tag)s”: retire the language instead.")
            raise Refused([Reason("rests-on-it", message % {"tag": tag})]) from error
        Grant.objects.filter(language=tag).delete()
        language.delete()
        next_version()
        LanguageChange.objects.create(language=tag, action=LanguageChange.Action.DELETED, by=by)
        drop_columns(editor, tag, past)
        return lines

    try:
        with schema_lock(connection):
            return in_one_transaction(connection, work)
    except BaseException:
        export.unlink(missing_ok=True)  # nothing was deleted: the texts are where they were
        raise


def drop_columns(editor: BaseDatabaseSchemaEditor, tag: str, past: StateApps) -> None:
    """Drop the columns of a language that this process does not know.

    SQLite writes a table anew for every column that is dropped. One rebuild from the state of the migrations
    (``past``), which lacks the language, drops them together, unless the table has other columns that it lacks.
    """
    fields: dict[type[models.Model], list[AnyField]] = {}
    for model, field in fields_in(tag):
        fields.setdefault(model, []).append(field)
    for model, columns in fields.items():
        present = table_columns(editor.connection, model._meta.db_table)
        old = past.get_model(model._meta.app_label, str(model._meta.model_name))
        known = {field.column for field in old._meta.local_concrete_fields}
        going = [field for field in columns if field.column in present]
        if editor.connection.vendor == "sqlite" and going and present - known == {field.column for field in going}:
            editor._remake_table(old)  # type: ignore[attr-defined]
        else:
            for field in going:
                editor.remove_field(model, field)


def _keep_others_from_writing(editor: BaseDatabaseSchemaEditor) -> None:
    """No text may appear between the export and the end. (On SQLite the first write has locked all tables.)"""
    if editor.connection.vendor == "postgresql":
        for model, _bases in translated_models():
            editor.execute(f"LOCK TABLE {editor.quote_name(model._meta.db_table)} IN SHARE ROW EXCLUSIVE MODE")
