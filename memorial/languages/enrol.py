"""Adding a language to the site, making it public and retiring it."""

import logging
from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Max
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.permission import Action
from memorial.accounts.refusal import Reason, Refused

from .cldr import describe, direction_of
from .columns import BUDGET_WARNING, fields_in, table_columns, widest
from .lock import in_one_transaction, schema_lock, take_tables
from .models import Language, LanguageChange, LanguageSet
from .readiness import reasons_about, reasons_about_tables, reasons_against

logger = logging.getLogger(__name__)
State = Language.State
Done = LanguageChange.Action


def described(
    tag: str,
    *,
    name_en: str | None = None,
    name_own: str | None = None,
    script: str | None = None,
    direction: str | None = None,
    fallbacks: Iterable[str] = (),
    state: str = State.PREPARING,
    review: str = Language.Review.NONE,
    plurals_like: str = "",
) -> Language:
    """Return a language that is not stored: as CLDR describes it, except for what is given by hand."""
    known = describe(tag)
    if direction is None:
        direction = direction_of(script) if script else known.direction
    return Language(
        tag=tag,
        name_en=name_en or known.name_en,
        name_own=name_own or name_en or known.name_own,
        script=script or known.script,
        direction=direction,
        fallbacks=list(fallbacks),
        state=state,
        review=review,
        plurals_like=plurals_like,
    )


def reasons_not_to_enrol(language: Language, *, by: User | None) -> list[Reason]:
    """Every reason why ``language`` (see ``described``) cannot be added now."""
    return [*reasons_about(by, Action.ADD_LANGUAGE), *reasons_against(language), *reasons_about_tables()]


def enrol(
    tag: str,
    *,
    by: User | None,
    name_en: str | None = None,
    name_own: str | None = None,
    script: str | None = None,
    direction: str | None = None,
    fallbacks: Iterable[str] = (),
    state: str = State.PREPARING,
    review: str = Language.Review.NONE,
    plurals_like: str = "",
    and_then: Callable[[Language], None] | None = None,
) -> Language:
    """Add a language: its row, its columns in every table and a new version of the set, in one transaction.

    ``and_then`` belongs to the same transaction, which may be tried several times. Processes that serve go on meanwhile
    without it, and reload when they see the version. Raises Refused; then, and after any other error, nothing has
    changed and it can be tried again.
    """
    if state not in {State.PREPARING, State.PUBLIC}:
        raise ValueError(f"a language begins as preparing or public, not as {state}")
    language = described(
        tag, name_en=name_en, name_own=name_own, script=script, direction=direction, fallbacks=fallbacks, state=state,
        review=review, plurals_like=plurals_like,
    )  # fmt: skip
    if reasons := reasons_not_to_enrol(language, by=by):
        raise Refused(reasons)

    def work(editor: BaseDatabaseSchemaEditor) -> None:
        take_the_set()
        # Asked again, now that nobody else can change the answer.
        if reasons := reasons_against(language):
            raise Refused(reasons)
        last = Language.objects.aggregate(last=Max("position"))["last"]
        language.position = min((last or 0) + 10, 32767)
        language.save(force_insert=True)
        add_columns(editor, tag)
        next_version()
        LanguageChange.objects.create(language=tag, action=Done.ENROLLED, by=by)
        if and_then is not None:
            and_then(language)

    with schema_lock(connection):
        in_one_transaction(connection, work)
    model, width = widest(Language.objects.count())
    if width > BUDGET_WARNING:
        logger.warning("%s now has %d translated columns; see the system check languages.W001", model, width)
    return language


def publish_language(tag: str, *, by: User | None, note: str = "") -> Language:
    """Show a language to readers. Raises Refused for one that is public already or that is being deleted.

    ``note`` is kept in the log: why it is made public although its board is not complete.
    """
    since = {State.PREPARING, State.RETIRED}
    return _move(tag, to=State.PUBLIC, since=since, action=Done.PUBLISHED, may=Action.LAUNCH_LANGUAGE, by=by, note=note)


def retire_language(tag: str, *, by: User | None, note: str = "") -> Language:
    """Hide a language from readers; nothing is deleted. Raises Refused, always for the site's default language.

    ``note`` says why, for the log.
    """
    if tag == settings.LANGUAGE_CODE:
        raise Refused([default_language(tag)])
    since = {State.PREPARING, State.PUBLIC}
    return _move(tag, to=State.RETIRED, since=since, action=Done.RETIRED, by=by, note=note)


def default_language(tag: str) -> Reason:
    """The reason why the site's default language stays."""
    return Reason("default", _("“%(tag)s” is the site's default language: it stays public.") % {"tag": tag})


def take_the_set() -> None:
    """Write first: SQLite takes its write lock now, PostgreSQL the lock of the row, and what is read after is final."""
    LanguageSet.objects.update(version=F("version"))


def next_version() -> None:
    """Tell every process that what it keeps in memory is out of date."""
    LanguageSet.objects.update(version=F("version") + 1)


def add_columns(editor: BaseDatabaseSchemaEditor, tag: str) -> int:
    """Add each column of a language that a table lacks, and return how many: nullable ones, so that no row is read."""
    fields = list(fields_in(tag))
    tables = dict.fromkeys(model._meta.db_table for model, _field in fields)
    present = {table: table_columns(editor.connection, table) for table in tables}
    wanting = [(model, field) for model, field in fields if field.column not in present[model._meta.db_table]]
    if wanting:
        take_tables(editor, {model._meta.db_table for model, _field in wanting})
    for model, field in wanting:
        editor.add_field(model, field)
    return len(wanting)


def stored_language(tag: str, *, by: User | None, may: Action = Action.CHANGE_LANGUAGE) -> Language:
    """The row for a verb to work on. Raises Refused where ``by`` may not, and for one that is not there or leaves."""
    language = Language.objects.filter(pk=tag).first()
    reasons = reasons_about(by, may, tag)
    if language is None:
        reasons.append(Reason("unknown", _("“%(tag)s” is no language of the site.") % {"tag": tag}))
    elif language.state == State.LEAVING:
        reasons.append(Reason("leaving", _("“%(tag)s” is being deleted.") % {"tag": tag}))
    if reasons or language is None:
        raise Refused(reasons)
    return language


def _move(
    tag: str,
    *,
    to: State,
    since: set[State],
    action: Done,
    by: User | None,
    may: Action = Action.CHANGE_LANGUAGE,
    note: str = "",
) -> Language:
    with transaction.atomic():
        language = stored_language(tag, by=by, may=may)
        # Another process may be faster: only the one that changes the row has done it.
        if not Language.objects.filter(pk=tag, state__in=since).update(state=to):
            message = _("“%(tag)s” is already in this state: %(state)s.")
            raise Refused([Reason("state", message % {"tag": tag, "state": State(to).label})])
        LanguageChange.objects.create(language=tag, action=action, by=by, note=note)
    language.state = to
    return language
