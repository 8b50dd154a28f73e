"""What modeltranslation would do silently, refused when the site starts."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core import checks
from modeltranslation.fields import TranslationField

HEADS = ("title", "summary")


@checks.register(checks.Tags.models)
def statements_never_mix_languages(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """A statement's head has no fallback: a page never shows one language's title over another's text."""
    statement = apps.get_model("statements", "Statement")
    return [
        checks.Error(
            f"statements.Statement.{base} falls back to another language.",
            hint="Set fallback_languages = {'default': ()} in statements/translation.py.",
            id="statements.E001",
        )
        for base in HEADS
        if any((getattr(statement, base).fallback_languages or {"default": ("any",)}).values())
    ]


@checks.register(checks.Tags.models)
def nothing_is_ordered_by_a_translated_field(
    app_configs: Sequence[Any] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Meta.ordering by a translated field means the language that was active when the queryset was made."""
    found: list[checks.CheckMessage] = []
    for model in apps.get_app_config("statements").get_models():
        fields: list[Any] = [field for field in model._meta.fields if isinstance(field, TranslationField)]
        names = {name for field in fields for name in (field.name, field.translated_field.name)}
        found += [
            checks.Error(
                f"{model._meta.label} is ordered by the translated field {name}.",
                hint="Order by a field without translations; sort names with the language's own collation.",
                id="statements.E002",
            )
            for name in model._meta.ordering or ()
            if isinstance(name, str) and name.lstrip("-") in names
        ]
    return found
