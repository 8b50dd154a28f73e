"""What readers are told of texts that have been withdrawn."""

from typing import Any

from memorial.publishing.models import Edition, Withdrawal

# The API's log has them all.
MOST_LISTED = 50


def notice(edition: Edition) -> Withdrawal | None:
    """Return the withdrawal that readers of an edition are told of; None where it is not withdrawn.

    The edition was asked for ``with_withdrawal_key()``, or is not stored yet. No query where it is not withdrawn, else
    one.
    """
    key: int | None = getattr(edition, "withdrawal_key", None)
    return None if key is None else Withdrawal.objects.get(pk=key)


def of_statement(statement: int, lang: str) -> list[Withdrawal]:
    """Return the public withdrawals of a statement's text in a language, the last one first. One query."""
    return list(Withdrawal.objects.public().filter(statement=statement, language=lang).newest_first())


def in_language(lang: str) -> list[tuple[Withdrawal, Edition | None]]:
    """Return the latest public withdrawals in a language, each with the edition that it withdrew: None where removed.

    Two queries.
    """
    latest = list(Withdrawal.objects.public().filter(language=lang).newest_first()[:MOST_LISTED])
    of_them = Edition.objects.released().filter(language=lang, statement__in=[each.statement_id for each in latest])
    rows = of_them.cards()
    editions = {(row.statement_id, row.number): row for row in rows}
    return [(each, editions.get((each.statement_id, each.number))) for each in latest]


def instead_of(address: dict[str, Any], lang: str) -> Withdrawal | None:
    """Return the withdrawal that has removed what an address was of, told in ``lang`` where it can be.

    ``address`` holds the parts of a path under which nothing was found. One query; none where it is of no statement.
    """
    if "sid" not in address:
        return None
    removed = Withdrawal.objects.public().filter(statement__sid=address["sid"], keeps_text=False).newest_first()
    if "lang" in address:
        removed = removed.filter(language=address["lang"])
    if "number" in address:
        removed = removed.filter(number__gte=address["number"])
    found = list(removed)
    return next((each for each in found if each.language == lang), found[0] if found else None)
