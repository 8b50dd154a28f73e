"""What programs are told of withdrawals where they ask for a statement or an edition."""

from collections.abc import Collection

from memorial.publishing.models import Edition, Withdrawal
from memorial.reading.withdrawn import removals

from .naming import Data


class Removed(Exception):
    """Nothing of what was asked for can be read any more; ``withdrawals`` say when and why, the last one first."""

    def __init__(self, withdrawals: list[Data]) -> None:
        self.withdrawals = withdrawals
        super().__init__(withdrawals)


def tell_withdrawn(rows: Collection[Edition]) -> None:
    """Say of each edition by what it is ``withdrawn``, or None; each was asked for ``with_withdrawal_key()``.

    One query where any is withdrawn, else none.
    """
    keys = {row.pk: row.withdrawal_key for row in rows if row.withdrawal_key}  # type: ignore[attr-defined]
    found = Withdrawal.objects.with_edition("number").in_bulk(set(keys.values())) if keys else {}
    for row in rows:
        row.withdrawn = _written(found[keys[row.pk]]) if row.pk in keys else None  # type: ignore[attr-defined]


def removal(sid: str, lang: str = "", number: int = 0) -> Removed | None:
    """Return what there is to be told where nothing of a statement, or of one edition, can be read; None for nothing.

    One query.
    """
    rows = removals(sid, lang, [number] if number else []).with_edition("number")
    told = [{"language": row.language, **_written(row)} for row in rows]
    return Removed(told) if told else None


def _written(row: Withdrawal) -> Data:
    number = row.edition_number  # type: ignore[attr-defined] # by with_edition()
    return {"at": row.withdrawn_at, "reason": row.reason, "number": number}
