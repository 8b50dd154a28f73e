"""What the pages of a statement's texts begin with: the statement, and where its texts are."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from memorial.accounts.permission import Action, may
from memorial.desk.record import RecordAdmin
from memorial.languages.columns import languages
from memorial.statements.models import Statement
from memorial.translations.models import Text


def statement_or_404(desk: RecordAdmin, request: HttpRequest, pk: int) -> Statement:
    """The statement, for those who may see it."""
    statement = desk.get_object(request, str(pk))
    if not isinstance(statement, Statement):
        raise Http404
    if not desk.has_view_permission(request, statement):
        raise PermissionDenied
    return statement


def viewed_or_404(desk: RecordAdmin, request: HttpRequest, pk: int, language: str) -> tuple[Statement, Text]:
    """The statement and its text in ``language`` with its head, for those who may see both.

    Raises Http404 where the site has no such language or nothing is saved in it, PermissionDenied for others.
    """
    statement = statement_or_404(desk, request, pk)
    if language not in languages():
        raise Http404
    if not may(request.user, Action.VIEW_TEXT, language):
        raise PermissionDenied
    text = Text.objects.filter(statement=statement, language=language, head__isnull=False).with_heads().first()
    if text is None:
        raise Http404("no text is saved in this language")
    text.statement = statement
    return statement, text


def text_address(statement: Statement, language: str) -> str:
    """Where a text is edited: the original's in the statement's own form."""
    if language == statement.original_language:
        return reverse("admin:statements_statement_change", args=[statement.pk])
    return reverse("admin:statements_statement_text", args=[statement.pk, language])
