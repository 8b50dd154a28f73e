"""Which statements a language must have before it is made public: chosen one by one, or by their occasion."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.statements.models import Occasion, Statement

from .models import Edition, MustHave


def required_statements() -> "models.QuerySet[Statement]":
    """Every statement that a language must have, each once, the latest first."""
    chosen = models.Q(pk__in=MustHave.objects.filter(statement__isnull=False).values("statement"))
    of_occasions = models.Q(occasion__in=MustHave.objects.filter(occasion__isnull=False).values("occasion"))
    required: models.QuerySet[Statement] = Statement.objects.filter(chosen | of_occasions).order_by("-earliest", "-pk")
    return required


def with_edition_in(tag: str) -> "models.QuerySet[Edition]":
    """For ``filter(Exists(...))`` over statements: those that have an edition sealed in a language, public or not."""
    return Edition.objects.filter(statement=models.OuterRef("pk"), language=tag).not_withdrawn()


def editions_in(tag: str, statements: Iterable[Statement]) -> dict[int, int]:
    """The number of the newest edition in a language, by statement: none where there is none. One query."""
    sealed = Edition.objects.filter(statement__in=list(statements), language=tag).not_withdrawn().order_by("number")
    return dict(sealed.values_list("statement", "number"))


def reasons_not_to_choose(*, by: User) -> list[Reason]:
    """Why somebody may not say which statements a language must have."""
    if may(by, Action.CHANGE_RECORD):
        return []
    return [Reason("not-allowed", _("Editors choose the statements that a language must have."))]


def require(target: Statement | Occasion, *, by: User) -> MustHave:
    """Ask of every new language to have a statement, or all on an occasion. Harmless when repeated. Raises Refused."""
    if reasons := reasons_not_to_choose(by=by):
        raise Refused(reasons)
    chosen, _is_new = MustHave.objects.get_or_create(**_named(target), defaults={"chosen_by": by})
    return chosen


def release_requirement(target: Statement | Occasion, *, by: User) -> None:
    """Ask no longer for what ``require`` asked for. Harmless when repeated. Raises Refused."""
    if reasons := reasons_not_to_choose(by=by):
        raise Refused(reasons)
    MustHave.objects.filter(**_named(target)).delete()


def _named(target: Statement | Occasion) -> dict[str, Statement | Occasion]:
    return {"statement" if isinstance(target, Statement) else "occasion": target}
