"""The words that stand in the index: what begins like a typed word, and what a mistyped one may have meant."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from memorial.reading.models import SearchWord

from .document import LONGEST_FORM, Document
from .schema import backend

TABLE = SearchWord._meta.db_table

#: Shorter words are neither begun nor mistyped.
SHORTEST = 4
#: Beyond this many words with one beginning, the database looks the beginning up itself.
MOST_WITH_ONE_BEGINNING = 150
MOST_CANDIDATES = 4_000


@dataclass(frozen=True)
class Beginning:
    """The beginning of a form in a channel."""

    channel: str
    form: str


def remember(documents: Iterable[Document]) -> None:
    """Store the words of documents that are not stored yet, in one order, so that two writers never wait in a ring."""
    readable: dict[tuple[str, str], str] = {}
    for document in documents:
        for (channel, form), text in document.readable.items():
            if len(form) >= SHORTEST:
                readable.setdefault((channel, form), text[:LONGEST_FORM])
    SearchWord.objects.bulk_create(
        (SearchWord(channel=channel, form=form, readable=text) for (channel, form), text in sorted(readable.items())),
        ignore_conflicts=True,
        batch_size=300,
    )


def forget() -> None:
    """Forget every word."""
    SearchWord.objects.all().delete()


def with_beginnings(beginnings: Iterable[Beginning]) -> dict[Beginning, list[str] | None]:
    """Return the forms with each beginning, in order; None where there are too many. One query."""
    wanted = list(dict.fromkeys(beginnings))
    if not wanted:
        return {}
    begins, values = backend(connection).BEGINS, backend(connection).beginning
    one = f"SELECT * FROM (SELECT %s AS asked, form FROM {TABLE} WHERE channel = %s AND {begins} LIMIT %s) AS found"  # noqa: S608 constants
    params: list[Any] = []
    for number, each in enumerate(wanted):
        params += [number, each.channel, *values(each.form), MOST_WITH_ONE_BEGINNING + 1]
    found: dict[int, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(wanted)), params)
        for asked, form in cursor.fetchall():
            found[asked].append(form)
    forms = {each: found[number] for number, each in enumerate(wanted)}
    return {each: sorted(some) if len(some) <= MOST_WITH_ONE_BEGINNING else None for each, some in forms.items()}


def candidates(word: str) -> dict[str, str]:
    """Return words that a mistyped one may have meant: its first letter, nearly its length; form to spelling.

    One query. Whether anything visible has such a word is to be asked yet.
    """
    if len(word) < SHORTEST:
        return {}
    there = backend(connection)
    sql = f"SELECT form, readable FROM {TABLE} WHERE {there.BEGINS} AND length(form) BETWEEN %s AND %s LIMIT %s"  # noqa: S608 constants
    with connection.cursor() as cursor:
        cursor.execute(sql, [*there.beginning(word[0]), len(word) - 2, len(word) + 2, MOST_CANDIDATES])
        return {form: text for form, text in cursor.fetchall() if form.isalpha() and form != word}
