"""What readers are told of texts that have been withdrawn."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from memorial.languages.formats import format_datetime
from memorial.publishing.models import Edition, Withdrawal, WithdrawalQuerySet

from . import addresses

# The API's log has them all.
MOST_LISTED = 50


@dataclass(frozen=True)
class TakenBack:
    """A withdrawal for those who follow the archive, and the edition that readers saw last before it.

    Of one that was removed no word is told.
    """

    withdrawal: Withdrawal
    edition: Edition

    @property
    def is_removed(self) -> bool:
        """Whether the text can no longer be read, by this withdrawal or a later one."""
        return bool(self.withdrawal.is_removed)  # type: ignore[attr-defined] # by with_edition()

    @property
    def heading(self) -> str:
        """What happened, with the title where that can be told."""
        if self.is_removed:
            return pgettext("heading", "Withdrawn")
        return _("Withdrawn: %(title)s") % {"title": self.edition.title}

    @property
    def sentences(self) -> list[str]:
        """When, whether the text can still be read, and why."""
        moment = format_datetime(self.withdrawal.withdrawn_at, self.withdrawal.language)
        return [
            _("This text was withdrawn on %(moment)s.") % {"moment": moment},
            _("It can no longer be read here.") if self.is_removed else _("It is kept here for the record."),
            f"{_('Reason given:')} {self.withdrawal.reason}",
        ]

    @property
    def path(self) -> str:
        """The statement's page in the language, which tells the same."""
        return addresses.of_statement(self.edition)

    @property
    def address(self) -> str:
        """Where that is."""
        return addresses.absolute(self.path)


def notice(edition: Edition) -> Withdrawal | None:
    """Return the withdrawal that readers of an edition are told of; None where it is not withdrawn.

    The edition was asked for ``with_withdrawal_key()``, or is not stored yet. No query where it is not withdrawn, else
    one.
    """
    key: int | None = getattr(edition, "withdrawal_key", None)
    return None if key is None else Withdrawal.objects.get(pk=key)


def of_statement(statement: int, lang: str) -> list[Withdrawal]:
    """Return the public withdrawals of a statement's text in a language, the last one first. One query.

    Each knows the ``edition_number`` that readers saw last before it.
    """
    found = Withdrawal.objects.public().filter(statement=statement, language=lang)
    return list(found.with_edition("number").newest_first())


def in_language(lang: str) -> list[TakenBack]:
    """Return the latest public withdrawals in a language. Two queries."""
    latest = Withdrawal.objects.public().filter(language=lang).with_edition().newest_first()
    return taken_back(latest[:MOST_LISTED])


def removals(sid: str, lang: str = "", numbers: Collection[int] = ()) -> WithdrawalQuerySet:
    """Return the public withdrawals that have removed what was asked for, the last one first.

    That is one of the editions ``numbers``, or, without these, all of a statement, in one language or in every one:
    nothing was removed there if something can be read, as after a new edition.
    """
    removed = Withdrawal.objects.public().filter(statement__sid=sid, keeps_text=False)
    readable = Edition.objects.released().filter(statement=OuterRef("statement"))
    if lang:
        removed, readable = removed.filter(language=lang), readable.filter(language=lang)
    removed = removed.about(Q(number__in=numbers)) if numbers else removed.filter(~Exists(readable))
    return removed.newest_first()


def instead_of(address: dict[str, Any], lang: str) -> Withdrawal | None:
    """Return the withdrawal that has removed what an address was of, told in ``lang`` where it can be.

    ``address`` holds the parts of a path under which nothing was found. One query; none where it is of no statement.
    """
    if "sid" not in address:
        return None
    numbers = [address[name] for name in ("number", "before", "after") if name in address]
    found = list(removals(address["sid"], address.get("lang", ""), numbers))
    return next((each for each in found if each.language == lang), found[0] if found else None)


def taken_back(withdrawals: Iterable[Withdrawal]) -> list[TakenBack]:
    """Return withdrawals that were asked for ``with_edition()`` with their editions. One query; none for none."""
    withdrawals = list(withdrawals)
    if not withdrawals:
        return []
    keys: list[Any] = [each.edition_pk for each in withdrawals]  # type: ignore[attr-defined]
    editions = Edition.objects.select_related("statement").defer("summary", "body", "canonical").in_bulk(keys)
    return [TakenBack(each, editions[key]) for each, key in zip(withdrawals, keys, strict=True)]
