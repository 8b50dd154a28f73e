from django.core import checks
from django.db import models


@checks.register(checks.Tags.models)
def translated_fields_can_be_added_live(app_configs, **kwargs):
    """A language is added by ADD COLUMN: nothing translated may need more than that."""
    from modeltranslation.fields import TranslationField

    from .schema import translated_models

    errors = []
    for model, bases in translated_models():
        for base in bases:
            field = model._meta.get_field(base)
            where = f"{model._meta.label}.{base}"
            if field.is_relation or isinstance(field, models.BooleanField):
                errors.append(checks.Error(f"{where}: this kind of field cannot be translated.", id="languages.E001"))
            if field.unique or field.has_default() or field.has_db_default():
                errors.append(
                    checks.Error(f"{where}: a translated field has no unique=True and no default.", id="languages.E002")
                )
        names = {f.name for f in model._meta.local_fields if isinstance(f, TranslationField)} | set(bases)
        together = [n for group in model._meta.unique_together for n in group]
        together += [n for c in model._meta.constraints for n in getattr(c, "fields", ())]
        together += [n.lstrip("-") for i in model._meta.indexes for n in i.fields]
        if names & set(together):
            errors.append(
                checks.Error(
                    f"{model._meta.label}: no constraint or index over translated fields.", id="languages.E003"
                )
            )
    return errors
