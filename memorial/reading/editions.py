"""The released editions of one statement in every language, and its neighbours in its series."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import router
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest
from django.utils import timezone

from memorial.languages.prepared import made_of, prepared
from memorial.publishing.models import Edition, EditionQuerySet, SourceEdition
from memorial.statements.models import Statement

from .addresses import Alternate, after_the_language, of_statement, public_languages
from .paging import Place

# What is read of the editions of a statement: first what an index has, then what stands in the long rows themselves.
_OF_EVERY = ("id", "statement_id", "language", "number")
_OF_THE_SHOWN = ("title", "visible_from", "change", "note", "origin", "completeness", "sha256")
_COLUMNS = (*_OF_EVERY, *_OF_THE_SHOWN)
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
    """The editions of each language, made of their rows when they are asked for.

    Where only ``lang`` is shown, only the title is there of the original, and of others nothing that is not in an
    index: the rest is deferred.
    """

    def __init__(self, rows: Mapping[str, list[tuple[Any, ...]]], lang: str = "") -> None:
        self._rows, self._lang = rows, lang
        self._made: dict[str, list[Edition]] = {}
        *_columns, key, sid, slug, self.original_language = next(iter(rows.values()))[0]
        self._database = router.db_for_read(Edition)
        self._statement = made_of(Statement, ("id", "sid", "slug"), (key, sid, slug), self._database)

    def __getitem__(self, lang: str) -> list[Edition]:
        if lang not in self._made:
            self._made[lang] = [self._edition(row, self._width(lang)) for row in self._rows[lang]]
        return self._made[lang]

    def _width(self, lang: str) -> int:
        """How many columns were read of the editions of a language."""
        if not self._lang or lang == self._lang:
            return len(_COLUMNS)
        is_cited = lang == self.original_language
        return len(_OF_EVERY) + (1 if is_cited else 0)

    def _edition(self, row: tuple[Any, ...], width: int) -> Edition:
        edition = made_of(Edition, _COLUMNS[:width], row[:width], self._database)
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
    return _found(_released(sid, timezone.now()))


def in_language(sid: str, lang: str) -> tuple[StatementEditions, Edition]:
    """Return what has been released and the newest of ``lang``. Raises NotInThisLanguage, or Http404."""
    editions = find(sid)
    newest = editions.newest(lang)
    if newest is None:
        raise NotInThisLanguage(editions)
    return editions, newest


def for_a_page(sid: str, lang: str) -> tuple[StatementEditions, Edition]:
    """Return the same for a page that shows ``lang`` alone: of other languages little more than that they are there.

    They may be forty; each row of theirs that is not looked at is a page of the database that is not read.
    """
    editions = _found(_released(sid, timezone.now(), lang), lang)
    newest = editions.newest(lang)
    if newest is None:
        raise NotInThisLanguage(find(sid))
    return editions, newest


def _found(rows: list[tuple[Any, ...]], lang: str = "") -> StatementEditions:
    if not rows:
        raise Http404("nothing has been released of this statement")
    by_language: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        by_language.setdefault(row[_LANGUAGE], []).append(row)
    made = _Made(by_language, lang)
    return StatementEditions(made, made.original_language)


@prepared
def _released(sid: str, now: datetime, lang: str = "") -> QuerySet[Edition, tuple[Any, ...]]:
    released = Edition.objects.released(now).filter(statement__sid=sid)
    last = Edition.objects.filter(pk=Subquery(released.order_by("-visible_from", "-pk").values("pk")[:1]))
    original = Subquery(last.values(found=KT("facts__statement__original_language")))
    columns: list[Any] = [*_OF_THE_SHOWN]
    if lang:
        shown = {name: Q(language=lang) for name in _OF_THE_SHOWN}
        shown["title"] |= Q(language=original)
        columns = [Case(When(condition, then=F(name))) for name, condition in shown.items()]
    of_statement = "statement__pk", "statement__sid", "statement__slug"
    return released.order_by("language", "-number").values_list(*_OF_EVERY, *columns, *of_statement, original)


def in_full(row: Edition) -> Edition:
    """Return an edition with its text and facts, by one query.

    It knows whether sources carry other wordings, and by what it was withdrawn.
    """
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
    return editions.annotate(has_other_wordings=Exists(carried)).with_withdrawal_key().filter(pk=pk)


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
