"""The page “Publish this source”: what will be public, why it cannot be, and every edition so far."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.accounts.refusal import Reason, Refused
from memorial.languages.formats import format_range, language_here
from memorial.languages.labels import Label, direction, label
from memorial.languages.models import Language
from memorial.publishing.models import SourceEdition
from memorial.publishing.source_facts import NO_LANGUAGE, SourceRecord
from memorial.publishing.source_release import publish_source, reasons_against_publishing_source
from memorial.statements.models import Figure, Source

from .publish_page import MomentForm
from .record import RecordAdmin, worker


class SourceReleaseForm(MomentForm):
    """When, and what readers are told about the change."""

    change = None  # type: ignore[assignment] # of a source there are first editions and later ones
    note = forms.CharField(
        label=gettext_lazy("What has changed, for readers"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


@dataclass(frozen=True)
class ShownFigure:
    """A figure as the preview says it."""

    figure: Figure
    number: str
    claimant: Label
    event: Label
    described: Label

    @classmethod
    def of(cls, figure: Figure) -> "ShownFigure":
        """Put a figure into words in the desk's language."""
        number = format_range(figure.minimum, figure.maximum, language_here()) if figure.minimum is not None else ""
        return cls(
            figure, number, label(figure.claimant, "name"), label(figure.event, "name"), label(figure, "described")
        )


def reasons_for(request: HttpRequest, record: SourceRecord) -> list[Reason]:
    """Why whoever asks cannot publish the source now; the buttons are disabled for the same reasons."""
    return reasons_against_publishing_source(record, by=worker(request))


def public_address(editions: list[SourceEdition], ref: str) -> str:
    """Where readers see the source, if they can."""
    tags = list(Language.objects.public().values_list("tag", flat=True))
    if not tags or not any(edition.visible_from <= timezone.now() for edition in editions):
        return ""
    here = language_here()
    return reverse("reading:source", kwargs={"lang": here if here in tags else tags[0], "ref": ref})


def source_publish_page(desk: RecordAdmin, request: HttpRequest, *, pk: int) -> HttpResponse:
    """Show what would be sealed; seal it."""
    source = desk.get_object(request, str(pk))
    if not isinstance(source, Source):
        raise Http404
    if not desk.has_view_permission(request, source):
        raise PermissionDenied
    record = SourceRecord.of(source)
    is_sent = request.method == "POST"
    form = SourceReleaseForm(
        request.POST if is_sent else None, label_suffix="", initial={"seen": record.fingerprint, "when": "now"}
    )
    errors: list[str] = []
    if is_sent and form.is_valid():
        try:
            edition = publish_source(
                source,
                by=worker(request),
                note=form.cleaned_data["note"],
                at=form.cleaned_data["at"],
                seen=form.cleaned_data["seen"] or "unseen",
            )
        except Refused as refused:
            errors = [str(reason) for reason in refused.reasons]
        else:
            said = (
                _("The edition is sealed and appears at its moment.")
                if form.cleaned_data["at"] is not None
                else _("The source is public.")
            )
            messages.success(request, said)
            return HttpResponseRedirect(reverse("admin:statements_source_publish", args=[edition.source_id]))
    context: dict[str, Any] = {
        **desk.admin_site.each_context(request),
        "title": _("Publish this source"),
        "opts": desk.model._meta,
        "source": record.source,
        "record": record,
        "fingerprint": record.fingerprint,
        "wording_lang": "" if record.source.language in NO_LANGUAGE else record.source.language,
        "wording_dir": direction(record.source.language),
        "figures": [ShownFigure.of(figure) for figure in record.figures],
        "note": label(record.source, "note"),
        "reasons": reasons_for(request, record),
        "next_number": record.newest.number + 1 if record.newest else 1,
        "public_address": public_address(record.editions, record.source.ref),
        "form": form,
        "refusals": errors,
    }
    return TemplateResponse(request, "desk/source_publish.html", context, status=409 if errors else 200)
