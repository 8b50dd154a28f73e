"""makemigrations without languages in the files.

Translation columns are taken out of both states, Django's own detection runs
on what is left, and one TranslatedFields operation for each model whose
translations have to follow is added at the end.
"""

from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.operations import RenameField
from modeltranslation.fields import TranslationField

from .operations import (
    OPTION,
    RenameTranslatedField,
    TranslatedFields,
    translated_fields,
    translation_columns,
)


def declared(apps):
    """{(app_label, model): (base fields,)} as the running models declare them."""
    result = {}
    for model in apps.get_models(include_auto_created=True):
        bases = []
        for field in model._meta.local_fields:
            if isinstance(field, TranslationField):
                base = field.translated_field.name
                if base not in bases:
                    bases.append(base)
        if bases:
            result[model._meta.app_label, model._meta.model_name] = tuple(bases)
    return result


def _stripped(state):
    state = state.clone()
    for model_state in state.models.values():
        for name in translation_columns(model_state):
            model_state.fields.pop(name, None)
        model_state.options = {k: v for k, v in model_state.options.items() if k != OPTION}
    return state


class TranslationAutodetector(MigrationAutodetector):
    def __init__(self, from_state, to_state, questioner=None):
        from django.apps import apps

        to_state = to_state.clone()
        for key, bases in declared(apps).items():
            if key in to_state.models:
                model_state = to_state.models[key]
                model_state.options = {**model_state.options, OPTION: bases}
        self.full_from, self.full_to = from_state, to_state
        super().__init__(_stripped(from_state), _stripped(to_state), questioner)

    def generate_renamed_fields(self):
        super().generate_renamed_fields()
        for app_label, operations in self.generated_operations.items():
            for i, op in enumerate(operations):
                if not isinstance(op, RenameField):
                    continue
                old = self.renamed_models.get((app_label, op.model_name_lower), op.model_name_lower)
                state = self.full_from.models.get((app_label, old))
                if state and op.old_name in translated_fields(state):
                    new = RenameTranslatedField(op.model_name, op.old_name, op.new_name)
                    new._auto_deps = op._auto_deps
                    operations[i] = new

    def _detect_changes(self, convert_apps=None, graph=None):
        migrations = super()._detect_changes(convert_apps, graph)
        for app_label, model_name in sorted(self.full_to.models):
            key = app_label, model_name
            if key not in self.new_model_keys:
                continue
            if self._in_line(app_label, model_name):
                continue
            new_state = self.full_to.models[key]
            op = TranslatedFields(new_state.name, translated_fields(new_state))
            if app_label not in migrations:
                migrations[app_label] = [self._empty_migration(app_label)]
            migrations[app_label][-1].operations.append(op)
        return migrations

    def _in_line(self, app_label, model_name):
        """Do the old translations, after Django's own operations, equal the new ones?"""
        old_name = self.renamed_models.get((app_label, model_name), model_name)
        old = self.full_from.models.get((app_label, old_name.lower()))
        new = self.full_to.models[app_label, model_name]
        if not translated_fields(new) and (old is None or not translated_fields(old)):
            return True
        if old is None:
            return False
        renames = {
            old_field: new_field
            for (app, model, new_field), old_field in self.renamed_fields.items()
            if (app, model) == (app_label, model_name)
        }
        old_bases = [renames.get(b, b) for b in translated_fields(old)]
        if sorted(old_bases) != sorted(translated_fields(new)):
            return False
        for old_base, base in zip(translated_fields(old), old_bases):
            a = self.deep_deconstruct(old.fields[old_base])
            b = self.deep_deconstruct(new.fields[base])
            if a != b:
                return False
        return True

    def _empty_migration(self, app_label):
        from django.db.migrations.migration import Migration

        instance = type("Migration", (Migration,), {"operations": [], "dependencies": []})("auto_1", app_label)
        instance.initial = app_label not in self.existing_apps
        return instance
