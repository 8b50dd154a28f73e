"""System checks: what a translated field may be, so that a language can be added to a site that serves."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import models
from modeltranslation.fields import TranslationField

from .columns import BUDGET_WARNING, languages, translated_models


@checks.register(checks.Tags.models)
def translated_fields_can_be_added_live(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Ask of every translated field that a plain ``ADD COLUMN`` is all that another language needs."""
    found: list[checks.CheckMessage] = []
    for model, bases in translated_models():
        for base in bases:
            found += _about_field(model, base)
        found += _about_model(model, bases)
    return found


def _about_field(model: type[models.Model], base: str) -> Iterator[checks.CheckMessage]:
    field: Any = model._meta.get_field(base)
    where = f"{model._meta.label}.{base}"
    if field.is_relation or isinstance(field, models.BooleanField):
        yield checks.Error(
            f"{where}: this kind of field cannot be translated.",
            hint="Translate texts only.",
            obj=model,
            id="languages.E001",
        )
    if field.unique or field.has_default() or field.has_db_default():
        yield checks.Error(
            f"{where}: a translated field has neither unique=True nor a default.",
            hint="SQLite would rebuild the table for each language; and the base column mixes languages.",
            obj=model,
            id="languages.E002",
        )


def _about_model(model: type[models.Model], bases: tuple[str, ...]) -> Iterator[checks.CheckMessage]:
    translated = {field.name for field in model._meta.local_fields if isinstance(field, TranslationField)} | set(bases)
    named = {name for group in model._meta.unique_together for name in group}
    named |= {name.lstrip("-") for index in model._meta.indexes for name in index.fields}
    named |= {name for constraint in model._meta.constraints for name in getattr(constraint, "fields", ())}
    named |= {base for base in bases if getattr(model._meta.get_field(base), "db_index", False)}
    if names := sorted(translated & named):
        yield checks.Error(
            f"{model._meta.label}: a constraint or an index names translated fields: {', '.join(names)}.",
            hint="Put them on fields that are the same in all languages.",
            obj=model,
            id="languages.E003",
        )
    if len(bases) * len(languages()) > BUDGET_WARNING:
        yield checks.Warning(
            f"{model._meta.label}: {len(bases)} translated fields in {len(languages())} languages.",
            hint="Move some of its fields to a table of their own before more languages are added.",
            obj=model,
            id="languages.W001",
        )
