"""The statement's form: the record, the original's text, what belongs to it, and the doors to the other languages."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Refused
from memorial.languages.columns import column_name, languages
from memorial.languages.formats import format_stated, language_here, language_name
from memorial.languages.labels import direction
from memorial.statements.models import Attachment, Statement
from memorial.translations.save import Conflict

from . import language_panel, text_form
from .publish_page import publish_page
from .record import worker
from .sources import AttachmentInline, FigureInline, SourceInline
from .tags import TagFields
from .titles import shown_title
from .translated import TranslatedAdmin, TranslatedForm
from .withdraw_page import withdraw_page
from .workbench.urls import PAGES, WHEN_LOGGED_OUT

RECORD_FIELDS = (
    ("issuer", "kind"),
    ("dated", "issued"),
    ("occasion", "slug"),
    ("person", "person_role"),
    ("events", "places"),
    "related",
)


class StatementForm(text_form.TextFields, TranslatedForm):
    """The record and the original's text, saved together or not at all."""

    refused: Refused | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statement = self.instance if self.instance.pk else None
        if "text_title" in self.fields:
            language = statement.original_language if statement else ""
            text_form.show(self, language, text_form.text_of(statement, language), is_original=True)

    def clean(self) -> Any:
        """Repeat why the verb said no, when this form comes back for that reason."""
        cleaned = super().clean()
        if self.refused is not None:
            for reason in self.refused.reasons:
                self.add_error(None, forms.ValidationError(str(reason), code=reason.code))
        return cleaned


class OriginalLanguage(admin.SimpleListFilter):
    """Statements by the language that they were issued in."""

    title = gettext_lazy("original language")
    parameter_name = "original"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The languages that originals are in, by their names."""
        tags = Statement.objects.order_by().values_list("original_language", flat=True).distinct()
        return [(tag, language_name(tag, language_here())) for tag in tags]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those in the language chosen."""
        return queryset.filter(original_language=self.value()) if self.value() else queryset


@admin.register(Statement)
class StatementAdmin(TagFields, TranslatedAdmin):
    """Statements."""

    form = StatementForm
    change_form_template = "desk/statement_form.html"
    list_display = ("shown_title", "issuer", "kind", "stated", "original")
    list_display_links = ("shown_title",)
    list_filter = ("kind", OriginalLanguage, "occasion")
    list_select_related = ("issuer", "occasion")
    search_fields = ("sid", "slug")
    ordering = ("-earliest", "-pk")
    record_fields = (*RECORD_FIELDS, "original_language")
    autocomplete_fields = ("issuer", "occasion", "events", "places", "related")
    inlines = (SourceInline, FigureInline, AttachmentInline)

    @admin.display(description=gettext_lazy("title"))
    def shown_title(self, statement: Statement) -> str:
        """The title in the desk's language, else in the original's, else in any."""
        title = shown_title(statement)
        return format_html('<bdi lang="{}" dir="{}">{}</bdi>', title.lang, title.dir, title.text)

    @admin.display(description=gettext_lazy("date"), ordering="earliest")
    def stated(self, statement: Statement) -> str:
        """The date as precise as it is stated."""
        return format_stated(statement.dated, language_here())

    @admin.display(description=gettext_lazy("original language"), ordering="original_language")
    def original(self, statement: Statement) -> str:
        """The original's language."""
        return language_name(statement.original_language, language_here())

    # -- what is in the form --------------------------------------------------------------------------------------
    def may_change_original(self, request: HttpRequest, obj: Statement | None) -> bool:
        """Say whether the text of the original may be changed here."""
        if obj is None:
            return self.may_change_record(request)
        return may(request.user, Action.CHANGE_TEXT, obj.original_language)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let whoever may change it, in whole or in part, save it."""
        return super().has_change_permission(request, obj) or (
            obj is not None and self.may_change_original(request, obj)
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One by one, on the statement's own page: what readers have seen is kept."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.editions.exists())

    def get_actions(self, request: HttpRequest) -> Any:
        """Offer no deletion of many at once."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Leave out of the form what the user may not change."""
        names = super().get_readonly_fields(request, obj)
        if not self.may_change_original(request, obj):
            names += ["original_text", *text_form.TEXT_FIELDS]  # out of the form, whatever is sent
        if obj is not None and obj.texts.exists():
            names.append("original")
        return names

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The form's sections."""
        text: tuple[Any, ...] = ("original_text",)
        if self.may_change_original(request, obj):
            text = (
                "text_title", "text_summary", "text_body",
                ("text_origin", "text_completeness"), "text_credit", "text_seen",
            )  # fmt: skip
        # The original's language is settled with its first text.
        language = "original" if obj is not None and obj.texts.exists() else "original_language"
        return [
            (_("The record"), {"fields": RECORD_FIELDS}),
            (_("The original’s text"), {"fields": (language, *text), "classes": ["the-text"]}),
        ]

    @admin.display(description=gettext_lazy("text"))
    def original_text(self, statement: Statement) -> str:
        """The original as it is now, for those who may not change it here."""
        text = text_form.text_of(statement, statement.original_language)
        if text is None or text.head is None:
            return _("No text is saved yet.")
        tag = statement.original_language
        return format_html(
            '<div class="shown-text" lang="{}" dir="{}"><h3>{}</h3>{}</div>',
            tag, direction(tag), text.head.title, mark_safe(text.head.body),  # noqa: S308 cleaned when stored
        )  # fmt: skip

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Search in every language."""
        return [*self.search_fields, *(column_name("title", tag) for tag in languages())]

    # -- the pages ------------------------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        """Add our own pages."""

        def page(view: Any, when_logged_out: Any = None) -> Any:
            def shown(request: HttpRequest, **parts: Any) -> HttpResponse:
                answer: HttpResponse = view(self, request, **parts)
                return answer

            behind_the_door = self.admin_site.admin_view(shown)
            if when_logged_out is None:
                return behind_the_door

            def at_the_door(request: HttpRequest, **parts: Any) -> HttpResponseBase:
                is_sent = request.method == "POST" or request.headers.get("Accept") == "application/json"
                if is_sent and not request.user.is_authenticated:
                    answer: HttpResponse = when_logged_out(self, request, **parts)
                    return answer
                return behind_the_door(request, **parts)

            return at_the_door

        name = "statements_statement"
        return [
            *(
                path(f"<int:pk>/{route}", page(view, WHEN_LOGGED_OUT.get(called)), name=f"{name}_{called}")
                for route, view, called in PAGES
            ),
            path("<int:pk>/publish/", page(publish_page), name=f"{name}_publish"),
            path("<int:pk>/withdraw/", page(withdraw_page), name=f"{name}_withdraw"),
            *super().get_urls(),
        ]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show or save the form. When the verb refuses, nothing is written and everything typed comes back."""
        statement = self.get_object(request, object_id) if object_id else None
        if statement is not None:
            request.original_language = statement.original_language  # type: ignore[attr-defined]
        context = dict(extra_context or {})
        if statement is not None:
            context |= language_panel.panel(request, statement)
            context["shown_title"] = shown_title(statement)
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, context)
        except Refused as refused:
            context |= self._after_refusal(request, refused)
            return super().changeform_view(request, object_id, form_url, context)

    def _after_refusal(self, request: HttpRequest, refused: Refused) -> dict[str, Any]:
        request.refused = refused  # type: ignore[attr-defined]
        if not isinstance(refused, Conflict):
            return {}
        # What the colleague saved is shown now, so the next save is made in the knowledge of it.
        typed = request.POST.copy()
        typed["text_seen"] = str(refused.theirs.pk) if refused.theirs else ""
        request.POST = typed  # type: ignore[assignment]
        return {"theirs": refused.theirs, "theirs_dir": direction(request.original_language)}  # type: ignore[attr-defined]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Hand the form what the verb said."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refused = getattr(request, "refused", None)
        return form

    def save_model(self, request: HttpRequest, obj: Statement, form: Any, change: bool) -> None:
        """Insert a new row; of an old one write what changed."""
        if not change:
            obj.created_by = worker(request)
        super().save_model(request, obj, form, change)
        if "text_title" in form.cleaned_data:
            text_form.save(form.cleaned_data, obj, obj.original_language, by=worker(request))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Tell the files who brings them."""
        if formset.model is Attachment:
            formset.by = worker(request)
        super().save_formset(request, form, formset, change)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Say in words why what readers have seen stays."""
        statement = self.get_object(request, object_id)
        if statement is not None and super().has_delete_permission(request) and statement.editions.exists():
            messages.error(
                request, _("This statement has been published. What readers have seen is kept and cannot be deleted.")
            )
            return HttpResponseRedirect(reverse("admin:statements_statement_change", args=[object_id]))
        return super().delete_view(request, object_id, extra_context)
