"""Withdrawing: texts taken back, in all chosen languages or in none, with a reason that readers are told."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.formats import in_words
from memorial.statements.models import Statement

from .models import Edition, Withdrawal
from .readiness import is_withdrawn
from .signals import editions_withdrawing


def withdraw(
    statement: Statement,
    languages: Iterable[str],
    *,
    by: User,
    reason: str | Mapping[str, str],
    keeps_text: bool = True,
    seen: Mapping[str, int] | None = None,
) -> list[Withdrawal]:
    """Withdraw the statement in each language, at once; return the withdrawals in the order of ``languages``.

    Every edition of a language is withdrawn with its newest, also one that waits for its moment: nobody will see it.
    With ``keeps_text`` they can still be read, under a notice with the ``reason`` (one text, or one a language);
    without it there is the notice alone, and a text that was withdrawn before can still be removed. The next edition
    ends a withdrawal. ``seen`` has the numbers of the newest editions that the publisher looked at: a language in which
    another was published since is refused.

    All languages or none. Raises Refused with every reason of every language.
    """
    tags = list(dict.fromkeys(languages))
    reasons_for_readers = {tag: (reason if isinstance(reason, str) else reason.get(tag, "")).strip() for tag in tags}
    with transaction.atomic():
        # Publications and withdrawals of one statement take turns. (SQLite: the whole database does.)
        Statement.objects.select_for_update(no_key=True).only("pk").get(pk=statement.pk)
        newest = newest_editions(statement)
        against = [] if tags else [Reason("no-language", _("Choose at least one language to withdraw."))]
        for tag in tags:
            against += reasons_against_withdrawing(
                newest.get(tag), tag, by=by, keeps_text=keeps_text, reason=reasons_for_readers[tag],
                seen=seen.get(tag) if seen else None,
            )  # fmt: skip
        if against:
            raise Refused(dict.fromkeys(against))
        now = timezone.now().replace(microsecond=0)
        withdrawals = [
            Withdrawal(
                statement=statement, language=tag, number=newest[tag].number, keeps_text=keeps_text,
                reason=reasons_for_readers[tag], withdrawn_at=now, withdrawn_by=by,
            )
            for tag in tags
        ]  # fmt: skip
        Withdrawal.objects.bulk_create(withdrawals)
        editions = Edition.objects.filter(statement=statement, language__in=tags).only(
            "statement", "language", "number"
        )
        editions_withdrawing.send(Withdrawal, editions=list(editions))
    return withdrawals


def newest_editions(statement: Statement) -> dict[str, Edition]:
    """The newest edition of each language; its ``withdrawn`` is the withdrawal, or None. Two queries at most."""
    newest = Edition.objects.filter(statement=statement).newest().without_words().with_withdrawal()
    return with_their_withdrawals(statement, newest.order_by("language"))


def with_their_withdrawals(statement: Statement, editions: Iterable[Edition]) -> dict[str, Edition]:
    """The same newest editions by language, each ``withdrawn`` by a withdrawal, or None.

    They were asked for ``with_withdrawal``: one query where one of them is withdrawn, else none.
    """
    found = {edition.language: edition for edition in editions}
    withdrawn: dict[tuple[str, int], Withdrawal] = {}
    if any(is_withdrawn(edition) for edition in found.values()):
        rows = Withdrawal.objects.filter(statement=statement).select_related("withdrawn_by")
        for each in rows.order_by("withdrawn_at", "pk"):
            withdrawn[each.language, each.number] = each
    for tag, edition in found.items():
        edition.withdrawn = withdrawn.get((tag, edition.number))  # type: ignore[attr-defined]
    return found


def reasons_against(edition: Edition | None, tag: str, *, by: User, keeps_text: bool = False) -> list[Reason]:
    """Every reason why ``by`` cannot withdraw the newest ``edition`` of a language, the words for readers apart."""
    name = {"language": in_words(tag)}
    if edition is None:
        return [Reason("nothing", _("Nothing has been published in %(language)s.") % name)]
    if not may(by, Action.PUBLISH, tag):
        return [Reason("not-allowed", _("You may not withdraw what is published in %(language)s.") % name)]
    withdrawn: Withdrawal | None = edition.withdrawn  # type: ignore[attr-defined] # by newest_editions()
    if withdrawn is not None and (keeps_text or not withdrawn.keeps_text):
        return [Reason("withdrawn", _("The text in %(language)s is withdrawn already.") % name)]
    return []


def reasons_against_withdrawing(
    edition: Edition | None, tag: str, *, by: User, keeps_text: bool, reason: str, seen: int | None
) -> list[Reason]:
    """Every reason against withdrawing a language with this ``reason`` for readers, having ``seen`` that edition."""
    against = reasons_against(edition, tag, by=by, keeps_text=keeps_text)
    return against + _words_for_readers(tag, reason) + _since_seen(edition, tag, seen)


def _words_for_readers(tag: str, reason: str) -> list[Reason]:
    if reason:
        return []
    message = _("Tell readers why the text in %(language)s is withdrawn.")
    return [Reason("no-reason", message % {"language": in_words(tag)})]


def _since_seen(edition: Edition | None, tag: str, seen: int | None) -> list[Reason]:
    if seen is None or edition is None or seen == edition.number:
        return []
    message = _("Edition %(number)d in %(language)s was published since you looked. Read it, then withdraw.")
    return [Reason("published-since", message % {"language": in_words(tag), "number": edition.number})]
