"""The released editions of one statement in every language, and its neighbours in its series."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import router
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest
from django.utils import timezone

from memorial.languages.prepared import made_of, prepared
from memorial.publishing.models import Edition, EditionQuerySet, SourceEdition
from memorial.statements.models import Statement

from .addresses import Alternate, after_the_language, of_statement, public_languages
from .paging import Place


# What is read of every edition of a statement. A page shows few of them, and only those become objects.
_COLUMNS = (
    "id", "statement_id", "language", "number", "title", "visible_from", "sha256", "change", "note", "origin",
    "completeness",
)  # fmt: skip
_LANGUAGE = _COLUMNS.index("language")


class StatementEditions:
    """What has been released of one statement: a few columns of every edition, by language, newest first."""

    def __init__(self, by_language: Mapping[str, list[Edition]], original_language: str = "") -> None:
        """Take the editions; ``original_language`` is the one sealed with the edition released last."""
        self.by_language, self.original_language = by_language, original_language

    def newest(self, lang: str) -> Edition | None:
        """The edition that readers of ``lang`` see."""
        rows = self.by_language.get(lang)
        return rows[0] if rows else None

    def numbered(self, lang: str, number: int) -> Edition | None:
        """The edition of that number, newest or not."""
        return next((row for row in self.by_language.get(lang, []) if row.number == number), None)

    def alternates(self, request: HttpRequest, lang: str, name: str = "statement", **kwargs: str) -> list[Alternate]:
        """Its page, or another under it, in each public language in their order; no path where there is no edition."""
        any_one = next(iter(self.by_language))
        ending = after_the_language(of_statement(self.by_language[any_one][0], name, **kwargs), any_one)
        return [
            Alternate(
                each.tag,
                f"/{each.tag}{ending}" if each.tag in self.by_language else "",
                is_current=each.tag == lang,
                is_original=each.tag == self.original_language,
            )
            for each in public_languages(request)
        ]


class _Made(Mapping[str, list[Edition]]):
    """The editions of each language, made of their rows when they are asked for."""

    def __init__(self, statement: Statement, rows: Mapping[str, list[tuple[Any, ...]]]) -> None:
        self._statement, self._rows = statement, rows
        self._made: dict[str, list[Edition]] = {}

    def __getitem__(self, lang: str) -> list[Edition]:
        if lang not in self._made:
            self._made[lang] = [self._edition(row) for row in self._rows[lang]]
        return self._made[lang]

    def _edition(self, row: tuple[Any, ...]) -> Edition:
        edition = made_of(Edition, _COLUMNS, row[: len(_COLUMNS)], router.db_for_read(Edition))
        edition.statement = self._statement
        return edition

    def __contains__(self, lang: object) -> bool:
        return lang in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class NotInThisLanguage(Http404):
    """A statement exists, though not in the language of the address."""

    def __init__(self, editions: StatementEditions) -> None:
        super().__init__("not in this language")
        self.editions = editions


class NotBeside(NotInThisLanguage):
    """A statement exists in the language of the page, though not in the one that was asked for beside it."""

    def __init__(self, editions: StatementEditions, wanted: str) -> None:
        super().__init__(editions)
        self.wanted = wanted


def find(sid: str) -> StatementEditions:
    """Return what has been released of a statement, by one query. Raises Http404 if nothing has."""
    found = _released(sid, timezone.now())
    if not found:
        raise Http404("nothing has been released of this statement")
    by_language: dict[str, list[tuple[Any, ...]]] = {}
    for row in found:
        by_language.setdefault(row[_LANGUAGE], []).append(row)
    *_columns, key, sid, slug, original_language = found[0]
    statement = made_of(Statement, ("id", "sid", "slug"), (key, sid, slug), router.db_for_read(Statement))
    return StatementEditions(_Made(statement, by_language), original_language)


@prepared
def _released(sid: str, now: datetime) -> QuerySet[Edition, tuple[Any, ...]]:
    released = Edition.objects.released(now).filter(statement__sid=sid)
    # Read in one row: what it stands in is long.
    last = Edition.objects.filter(pk=Subquery(released.order_by("-visible_from", "-pk").values("pk")[:1]))
    return (
        released.order_by("language", "-number")
        .annotate(original_language=Subquery(last.values(found=KT("facts__statement__original_language"))))
        .values_list(*_COLUMNS, "statement__pk", "statement__sid", "statement__slug", "original_language")
    )


def in_language(sid: str, lang: str) -> tuple[StatementEditions, Edition]:
    """Return what has been released and the newest of ``lang``. Raises NotInThisLanguage, or Http404."""
    editions = find(sid)
    newest = editions.newest(lang)
    if newest is None:
        raise NotInThisLanguage(editions)
    return editions, newest


def in_full(row: Edition) -> Edition:
    """Return an edition with its text and facts, by one query; it knows whether sources carry other wordings."""
    edition = _whole.first(row.pk, timezone.now())
    if edition is None:
        raise Http404("no longer released")
    return edition


@prepared
def _whole(pk: int, now: datetime) -> EditionQuerySet:
    carried = SourceEdition.objects.released(now).filter(statement=OuterRef("statement")).exclude(body="")
    own = [field.name for field in Edition._meta.concrete_fields if field.name != "canonical"]
    # Of the statement only its address: it has columns in every language.
    editions = Edition.objects.released(now).select_related("statement").only(*own, "statement__sid", "statement__slug")
    return editions.annotate(has_other_wordings=Exists(carried)).filter(pk=pk)


def neighbours(edition: Edition) -> tuple[Edition | None, Edition | None]:
    """Return the statements before and after this one in its series: the same issuer on the same occasion.

    Two queries; none for a statement without an occasion.
    """
    if edition.occasion_id is None:
        return None, None
    given = edition.language, edition.issuer_id, edition.occasion_id, edition.earliest, edition.statement_id
    now = timezone.now()
    return _beside.first(*given, now, is_older=True), _beside.first(*given, now, is_older=False)


@prepared
def _beside(  # noqa: PLR0917 values of a question stand in order
    lang: str, issuer: int, occasion: int, day: date, statement: int, now: datetime, *, is_older: bool
) -> EditionQuerySet:
    place = Place(day, statement)
    of_series = Edition.objects.filter(language=lang, issuer=issuer, occasion=occasion).exclude(statement=statement)
    found = of_series.filter(place.older if is_older else place.newer).visible(now).cards()
    return (found.latest_first() if is_older else found.order_by("earliest", "statement_id"))[:1]


def related(edition: Edition) -> list[Edition]:
    """Return the related statements that the edition's facts name, as far as they can be read in its language."""
    sids = [each["sid"] for each in edition.facts.get("related", [])]
    if not sids:
        return []
    rows = Edition.objects.visible().filter(language=edition.language, statement__sid__in=sids).cards()
    return list(rows.order_by("earliest", "statement_id"))
