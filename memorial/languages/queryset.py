"""Querysets that load one language and its fallbacks instead of all languages."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from modeltranslation.fields import TranslationField
from modeltranslation.utils import get_language, resolution_order


def other_columns(
    model: type[models.Model],
    code: str | None = None,
    *,
    keep: Iterable[str] = (),
    without: Iterable[str] = (),
    prefix: str = "",
) -> list[str]:
    """Names of the columns that a page in ``code`` does not need.

    These are the translations outside its fallback chain, those of the fields in ``without``, and the base columns,
    whose stored value nobody reads (modeltranslation's descriptor answers from the loaded columns).
    """
    code = code or get_language()
    names: list[str] = []
    chains: dict[str, set[str]] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, TranslationField):
            base = field.translated_field.name
            if base not in chains:
                own = getattr(getattr(model, base), "fallback_languages", None)
                chains[base] = set(resolution_order(code, own)) | set(keep)
                names.append(prefix + base)
            if base in without or field.language not in chains[base]:
                names.append(prefix + field.name)
    return names


class TranslatedQuerySet(models.QuerySet[Any]):
    """A queryset of a model with translated labels."""

    def in_language(
        self,
        code: str | None = None,
        *,
        keep: Iterable[str] = (),
        without: Iterable[str] = (),
        related: Iterable[str] = (),
    ) -> Self:
        """Defer what this language does not need, also across the ``related`` joins.

        ``keep`` names further languages to load; ``without`` base fields not to load at all. Objects loaded so are
        for reading: saving one would fetch every deferred column first.
        """
        names = other_columns(self.model, code, keep=keep, without=without)
        for path in related:
            model: Any = self.model
            for part in path.split("__"):
                model = model._meta.get_field(part).related_model
            names += other_columns(model, code, keep=keep, without=without, prefix=path + "__")
        clone = self.select_related(*related) if related else self
        # QuerySet.defer itself: modeltranslation's would expand a base name to the columns of all languages.
        return models.QuerySet.defer(clone, *names)


TranslatedManager = models.Manager.from_queryset(TranslatedQuerySet, "TranslatedManager")
