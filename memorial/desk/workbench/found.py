"""What the pages of a statement's texts begin with: the statement, and where its texts are."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from memorial.statements.models import Statement

if TYPE_CHECKING:
    from memorial.desk.statements import StatementAdmin


def statement_or_404(desk: "StatementAdmin", request: HttpRequest, pk: int) -> Statement:
    """The statement, for those who may see it."""
    statement = desk.get_object(request, str(pk))
    if not isinstance(statement, Statement):
        raise Http404
    if not desk.has_view_permission(request, statement):
        raise PermissionDenied
    return statement


def text_address(statement: Statement, language: str) -> str:
    """Where a text is edited: the original's in the statement's own form."""
    if language == statement.original_language:
        return reverse("admin:statements_statement_change", args=[statement.pk])
    return reverse("admin:statements_statement_text", args=[statement.pk, language])
