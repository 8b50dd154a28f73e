"""An archive with many statements in every language, each text in another state; stored in a few statements of SQL."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from memorial.accounts.models import User
from memorial.languages.columns import column_name, languages
from memorial.publishing.facts import Record
from memorial.publishing.models import Edition
from memorial.publishing.seal import seal
from memorial.statements.models import Event, Issuer, Occasion, Place, Source, Statement
from memorial.translations.models import ReadyMark, ReviewStep, Revision, Significance, Text
from tests.builders import named
from tests.reading.many import copy_of

# What becomes of the texts, one after the other; every seventh language of a statement has none.
WAYS = ("published", "draft", "in-review", "approved", "scheduled", "changed", "missing")
FIRST_DAY = date(2000, 5, 20)
BODY = '<p data-key="p1">First paragraph of an example.</p><p data-key="p2">Second one, about something else.</p>'
BATCH = 2000


@dataclass
class _Line:
    """One text to be: its way, and how many revisions it has."""

    statement: Statement
    number: int
    tag: str
    way: str
    is_outdated: bool = False

    @property
    def is_original(self) -> bool:
        return self.tag == self.statement.original_language

    @property
    def revisions(self) -> int:
        """The original was changed once where translations may lag behind; a changed text once more."""
        return 2 if self.way == "changed" or (self.is_original and _significance(self.number)) else 1


def _significance(number: int) -> int | None:
    """What the second revision of a statement's original means for translations; None: it has only one."""
    return 1 + number // 4 % 3 if number % 4 == 0 else None


def an_archive(
    statements: int = 200, labels: int = 40, *, tags: Sequence[str] = (), by: User, reviewer: User | None = None
) -> list[Statement]:
    """Store ``labels`` labels and ``statements`` statements, with texts in all of ``tags`` but one in seven.

    The first tag is that of the originals. Texts in review were sent by ``by``; ``reviewer`` approved the others.
    """
    tags = tuple(tags or languages())
    issuers, occasions = _labels(labels, tags)
    made = Statement.objects.bulk_create(
        [_statement(number, issuers, occasions, tags, by) for number in range(statements)], batch_size=BATCH
    )
    Source.objects.bulk_create(
        [
            Source(
                statement=row, publisher="Example Gazette", language=tags[0], published=row.dated,
                what=Source.What.RELAY_FULL, url="https://gazette.example/1",
            )
            for row in made
        ],
        batch_size=BATCH,
    )  # fmt: skip
    lines = [
        _Line(row, number, tag, _way(number, place), is_outdated=bool(place) and _lags(number, place))
        for number, row in enumerate(made)
        for place, tag in enumerate(tags)
        if _way(number, place) != "missing"
    ]
    _store(lines, by=by, reviewer=reviewer or by)
    return made


def _way(number: int, place: int) -> str:
    """The original is published, and sometimes still a draft; translations are in every way."""
    if place == 0:
        return "draft" if number % 10 == 9 else "published"
    return WAYS[(number + 3 * place) % len(WAYS)]


def _lags(number: int, place: int) -> bool:
    return _significance(number) is not None and (number + place) % 3 == 0


def _labels(count: int, tags: Sequence[str]) -> tuple[list[Issuer], list[Occasion]]:
    """A quarter of each kind of label."""
    quarter = max(1, count // 4)
    names: list[dict[str, Any]] = [
        {"slug": f"many-{number}", **named(f"Example {number}", *tags)} for number in range(quarter)
    ]
    issuers = Issuer.objects.bulk_create(Issuer(kind=Issuer.Kind.MINISTRY, **name) for name in names)
    Place.objects.bulk_create(Place(**name) for name in names)
    Event.objects.bulk_create(
        Event(dated="1990-01-20", earliest=date(1990, 1, 20), latest=date(1990, 1, 20), **name) for name in names
    )
    occasions = Occasion.objects.bulk_create(
        Occasion(month=1 + number % 12, day=10 + number % 15, first_year=1990, **name)
        for number, name in enumerate(names)
    )
    return issuers, occasions


def _statement(
    number: int, issuers: list[Issuer], occasions: list[Occasion], tags: Sequence[str], by: User
) -> Statement:
    day = FIRST_DAY + timedelta(days=37 * number % 9000)
    titles = {
        column_name("title", tag): f"Example {number} ({tag})"
        for place, tag in enumerate(tags)
        if _way(number, place) != "missing"
    }
    return Statement(
        slug=f"example-{number}", issuer=issuers[number % len(issuers)], occasion=occasions[number % len(occasions)],
        dated=str(day), earliest=day, latest=day, original_language=tags[0], last_block=2, created_by=by, **titles,
    )  # fmt: skip


def _store(lines: list[_Line], *, by: User, reviewer: User) -> None:
    now = timezone.now()
    texts = Text.objects.bulk_create(
        [
            Text(
                statement=line.statement, language=line.tag,
                origin=Text.Origin.ISSUED if line.is_original else Text.Origin.ARCHIVE,
            )
            for line in lines
        ],
        batch_size=BATCH,
    )  # fmt: skip
    pairs = list(zip(lines, texts, strict=True))
    # Originals first: translations name the revision that they were made from.
    originals = _revisions([pair for pair in pairs if pair[0].is_original], {}, by, now)
    bases = {(row.text.statement_id, row.number): row for row in originals}
    translations = _revisions([pair for pair in pairs if not pair[0].is_original], bases, by, now)
    revisions: dict[tuple[int, int], Revision] = {
        (row.text_id, row.number): row for row in itertools.chain(originals, translations)
    }
    newest = Revision.objects.filter(text=OuterRef("pk")).order_by("-number").values("pk")[:1]
    Text.objects.filter(head=None).update(head=Subquery(newest))
    ReadyMark.objects.bulk_create(
        [
            ReadyMark(
                revision=row, by=by,
                significance=_significance(line.number) if number == 2 else Significance.WORDING,
            )
            for line, text in pairs
            if line.is_original
            for number in range(1, line.revisions + 1)
            for row in [revisions[text.pk, number]]
        ],
        batch_size=BATCH,
    )  # fmt: skip
    heads = {text.pk: revisions[text.pk, line.revisions] for line, text in pairs}
    actions = {"in-review": ["submitted"], "approved": ["submitted", "approved"]}
    ReviewStep.objects.bulk_create(
        [
            ReviewStep(
                revision=heads[text.pk], action=action, at=now - timedelta(days=line.number % 30, hours=1),
                by=reviewer if action == "approved" else by,
            )
            for line, text in pairs
            for action in actions.get(line.way, [])
        ],
        batch_size=BATCH,
    )  # fmt: skip
    _seal(pairs, revisions, by=by, now=now)


def _revisions(
    pairs: list[tuple[_Line, Text]], bases: dict[tuple[int, int], Revision], by: User, now: datetime
) -> list[Revision]:
    return Revision.objects.bulk_create(
        [
            Revision(
                text=text, number=number, title=f"Example {line.number} ({line.tag})", body=BODY, saved_by=by,
                saved_at=now - timedelta(days=line.number % 200, hours=3 - number),
                based_on=None if line.is_original else _base(line, bases),
            )
            for line, text in pairs
            for number in range(1, line.revisions + 1)
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _base(line: _Line, bases: dict[tuple[int, int], Revision]) -> Revision:
    newest = bases.get((line.statement.pk, 2))
    return newest if newest and not line.is_outdated else bases[line.statement.pk, 1]


def _seal(
    pairs: list[tuple[_Line, Text]], revisions: dict[tuple[int, int], Revision], *, by: User, now: datetime
) -> None:
    """Seal one text, and store editions like it: the first revision of what was published, and of what is to appear."""
    sealed = [pair for pair in pairs if pair[0].way in ("published", "scheduled", "changed")]
    if not sealed:
        return
    line, text = sealed[0]
    pattern = seal(
        Record.of(line.statement), text, revisions[text.pk, 1], number=1, change=Edition.Change.FIRST, note="",
        visible_from=now - timedelta(days=1), sealed_at=now, by=by,
    )  # fmt: skip
    Edition.objects.bulk_create(
        [
            copy_of(
                pattern, statement=line.statement, language=line.tag, title=f"Example {line.number} ({line.tag})",
                issuer_id=line.statement.issuer_id, occasion_id=line.statement.occasion_id,
                dated=line.statement.dated, earliest=line.statement.earliest, latest=line.statement.latest,
                revision=revisions[text.pk, 1 if line.way == "changed" else line.revisions],
                visible_from=now + timedelta(days=30) if line.way == "scheduled" else pattern.visible_from,
                facts={
                    **pattern.facts,
                    "statement": {
                        **pattern.facts["statement"], "sid": line.statement.sid, "slug": line.statement.slug,
                    },
                },
            )
            for line, text in sealed
        ],
        batch_size=BATCH,
    )  # fmt: skip
