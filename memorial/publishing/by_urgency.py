"""Statements in the order of the work, found by indexes: what is most urgent first, page by page."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from memorial.statements.models import Statement
from memorial.translations.models import Significance


def by_urgency(behind: Sequence[tuple[int, int]], is_missing: Q) -> list[Q]:
    """Return the steps of urgency: which statements are ``behind``, and how far, is known; others are looked for."""
    worst: dict[int, int] = {}
    for key, significance in behind:
        worst[key] = max(significance, worst.get(key, 0))
    urgent, meaning, wording = (
        [key for key, found in worst.items() if found == each]
        for each in (Significance.URGENT, Significance.MEANING, Significance.WORDING)
    )
    before = ~Q(pk__in=[*urgent, *meaning]) if urgent or meaning else Q()
    rest = ~Q(pk__in=list(worst)) if worst else Q()
    return [
        *(Q(pk__in=keys) for keys in (urgent, meaning) if keys),
        is_missing & before,
        *([~is_missing & Q(pk__in=wording)] if wording else []),
        ~is_missing & rest,
    ]


class InSteps:
    """A list for a paginator: steps one after the other, in each the newest statements first.

    Sorting by the urgency itself would mean to look at every text of the archive for every page: each step is looked
    for from the newest one on, as far as a page asks. ``count`` says how many there are in all.
    """

    def __init__(self, rows: "QuerySet[Statement]", steps: Sequence[Q], count: Callable[[], int]) -> None:
        self.rows, self.steps, self.count = rows, steps, count

    def __getitem__(self, asked: slice) -> list[Any]:
        """Return the rows from ``start`` to ``stop``. One query for each step that is reached, two if it is passed."""
        start, wanted = asked.start or 0, asked.stop - (asked.start or 0)
        found: list[Any] = []
        for condition in self.steps:
            step = self.rows.filter(condition).order_by("-earliest", "-pk")
            rows = list(step[start : start + wanted])
            found += rows
            wanted -= len(rows)
            if not wanted:
                break
            start = 0 if rows or not start else start - step.order_by().count()
        return found
