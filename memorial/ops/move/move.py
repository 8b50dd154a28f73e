"""The verb: everything into the target, compared, complete for readers, or nothing."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from memorial.accounts.refusal import Reason, Refused
from memorial.languages.columns import languages
from memorial.languages.models import Language
from memorial.languages.reconcile import stored_tags
from memorial.ops.health import reasons_not_ready
from memorial.publishing import guard
from memorial.publishing.verify import broken_seals
from memorial.reading.search import index
from memorial.reading.search.standing import of_index

from .compare import differences, digests_of
from .fill import fill
from .tables import Digest, differing_columns
from .target import ALIAS, make_tables, reasons_against_target

SOURCE = DEFAULT_DB_ALIAS
NAMED = 20
# What is being done, to which table, how far.
Hear = Callable[[str, str, int], None]


@dataclass(frozen=True)
class Compared:
    """What both databases hold."""

    tables: int
    rows: int
    sha256: str


def move(hear: Hear) -> Compared:
    """Move everything from the site's own database to the target, while the caller holds the source.

    All rows arrive in one transaction, are compared there with those of the source, are given their index for search,
    and every sealed hash is worked out again; then it is committed. Raises Refused; the target then has empty tables
    at most, and a move can be begun anew.
    """
    if reasons := [*reasons_against_source(), *reasons_against_target(connections[SOURCE])]:
        raise Refused(reasons)
    make_tables()
    try:
        with transaction.atomic(using=ALIAS):
            digests = fill(SOURCE, ALIAS, lambda table, rows: hear("Moved", table, rows))
            _find_differences(digests, hear)
            with _instead_of_the_source():
                ContentType.objects.clear_cache()
                index.rebuild(lambda done, total: hear("Indexed", "editions", done))
            _find_what_is_wrong(hear)
    except DatabaseError as error:
        raise Refused([Reason("database", f"A database refused: {error}")]) from error
    return _compared(digests)


def compare(hear: Hear) -> Compared:
    """Compare the site's own database with a target to which it was moved, while the caller holds the source.

    Raises Refused, naming what differs.
    """
    if reasons := reasons_against_source():
        raise Refused(reasons)
    if differing := differing_columns(ALIAS):
        raise Refused([Reason("columns", f"The target has other columns: {', '.join(differing[:9])}.")])
    with transaction.atomic(using=ALIAS):
        digests = digests_of(SOURCE, lambda table, rows: hear("Read", table, rows))
        _find_differences(digests, hear)
        _find_what_is_wrong(hear)
    return _compared(digests)


def reasons_against_source() -> list[Reason]:
    """Every reason why the site's own database cannot be moved by this process now."""
    if reasons_not_ready():
        return [Reason("migrations", "The source has not all its tables yet: run “manage.py migrate” first.")]
    stored = stored_tags() or {}
    leaving = sorted(tag for tag, state in stored.items() if state == Language.State.LEAVING)
    reasons = [
        Reason("leaving", f"A language is being deleted. Finish first: manage.py delete_language {tag} --export FILE")
        for tag in leaving
    ]
    if other := (set(stored) - set(leaving)) ^ set(languages()):
        message = f"This process works with other languages than the source has ({', '.join(sorted(other))})."
        reasons.append(Reason("languages", f"{message} Run it again, without SITE_LANGUAGES."))
    if not reasons and (differing := differing_columns(SOURCE)):
        message = f"The source has other columns than this version of the program: {', '.join(differing[:9])}."
        reasons.append(Reason("columns", f"{message} Run “manage.py migrate” first."))
    return reasons


def _find_differences(digests: Mapping[str, Digest], hear: Hear) -> None:
    if found := differences(SOURCE, ALIAS, digests, lambda table, rows: hear("Compared", table, rows)):
        raise Refused(found)


def _find_what_is_wrong(hear: Hear) -> None:
    """Refuse a target that holds the same rows and is not a site yet."""
    hear("Verified", "hashes", 0)
    reasons = [
        Reason("hash", f"{edition}: its hash is not that of its text and facts.")
        for edition in islice(broken_seals(ALIAS), NAMED)
    ]
    if absent := guard.missing(connections[ALIAS]):
        reasons.append(Reason("guard", f"The target does not guard sealed editions: {', '.join(absent)} missing."))
    if of_index(connections[ALIAS]).is_incomplete:
        reasons.append(Reason("search", "The target's index for search is not complete."))
    if reasons:
        raise Refused(reasons)


def _compared(digests: Mapping[str, Digest]) -> Compared:
    """One digest over those of all tables, in the order of their names."""
    together = "".join(f"{table} {digest.rows} {digest.value}\n" for table, digest in sorted(digests.items()))
    rows = sum(digest.rows for digest in digests.values())
    return Compared(len(digests), rows, hashlib.sha256(together.encode()).hexdigest())


@contextmanager
def _instead_of_the_source() -> Iterator[None]:
    """Let whatever asks for the site's database get the target: indexing knows of one database only."""
    source = connections[SOURCE]
    connections[SOURCE] = connections[ALIAS]
    try:
        yield
    finally:
        connections[SOURCE] = source
