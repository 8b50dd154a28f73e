"""``makemigrations`` without languages in the files.

Translation fields are taken out of both states, Django's own detection runs on what is left, and for each model whose
translations have to follow one ``TranslatedFields`` operation is put at the end.
"""

from typing import Any

from django.apps import apps
from django.db.migrations import Migration
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.operations import RenameField
from django.db.migrations.state import ModelState, ProjectState

from .columns import translated_fields
from .operations import RenameTranslatedField, TranslatedFields, declared_in, translations_in, with_option


class LanguagelessAutodetector(MigrationAutodetector):
    """Django's autodetector, blind to languages."""

    # Django's own attributes, which its stubs leave out.
    renamed_models: dict[tuple[str, str], str]
    renamed_fields: dict[tuple[str, str, str], str]
    new_model_keys: set[tuple[str, str]]
    existing_apps: set[str]
    generated_operations: dict[str, list[Any]]

    def __init__(self, from_state: ProjectState, to_state: ProjectState, questioner: Any = None) -> None:
        self.whole_from = from_state
        self.whole_to = _declaring_what_models_translate(to_state)
        super().__init__(_without_translations(from_state), _without_translations(self.whole_to), questioner)

    def generate_renamed_fields(self) -> None:
        """Rename a translated field in all languages at once, after the one question about it."""
        super().generate_renamed_fields()
        for app_label, operations in self.generated_operations.items():
            for index, operation in enumerate(operations):
                if isinstance(operation, RenameField) and self._was_translated(app_label, operation):
                    renamed = RenameTranslatedField(operation.model_name, operation.old_name, operation.new_name)
                    renamed._auto_deps = operation._auto_deps  # type: ignore[attr-defined]
                    operations[index] = renamed

    def _detect_changes(self, convert_apps: Any = None, graph: Any = None) -> dict[str, list[Migration]]:
        changes: dict[str, list[Migration]] = super()._detect_changes(convert_apps, graph)  # type: ignore[misc]
        for app_label, model_name in sorted(self.new_model_keys):
            if self._follows(app_label, model_name):
                continue
            new = self.whole_to.models[app_label, model_name]
            if app_label not in changes:
                changes[app_label] = [self._empty_migration(app_label)]
            operations: list[Any] = changes[app_label][-1].operations  # type: ignore[assignment]
            operations.append(TranslatedFields(new.name, declared_in(new)))
        return changes

    def _before(self, app_label: str, model_name: str) -> ModelState | None:
        """The state that a model had, also under its old name."""
        name = self.renamed_models.get((app_label, model_name), model_name)
        return self.whole_from.models.get((app_label, name.lower()))

    def _was_translated(self, app_label: str, operation: RenameField) -> bool:
        before = self._before(app_label, operation.model_name_lower)
        return before is not None and operation.old_name in declared_in(before)

    def _follows(self, app_label: str, model_name: str) -> bool:
        """Whether the old translations are already the new ones, once Django's own operations have run."""
        old, new = self._before(app_label, model_name), self.whole_to.models[app_label, model_name]
        if old is None or not declared_in(old):
            return not declared_in(new)
        renames = {
            before: after
            for (app, model, after), before in self.renamed_fields.items()
            if (app, model) == (app_label, model_name)
        }
        pairs = [(name, renames.get(name, name)) for name in declared_in(old)]
        if {after for _, after in pairs} != set(declared_in(new)):
            return False
        return all(
            self.deep_deconstruct(old.fields[before]) == self.deep_deconstruct(new.fields[after])
            for before, after in pairs
        )

    def _empty_migration(self, app_label: str) -> Migration:
        contents = {"operations": [], "dependencies": [], "initial": app_label not in self.existing_apps}
        migration: Migration = type("Migration", (Migration,), contents)("auto_1", app_label)
        return migration


def _declaring_what_models_translate(state: ProjectState) -> ProjectState:
    state = state.clone()
    for model in apps.get_models(include_auto_created=True):
        bases = translated_fields(model)
        key = model._meta.app_label, str(model._meta.model_name)
        if bases and key in state.models:
            with_option(state.models[key], bases)
    return state


def _without_translations(state: ProjectState) -> ProjectState:
    state = state.clone()
    for model_state in state.models.values():
        for name in translations_in(model_state):
            model_state.fields.pop(name, None)
        with_option(model_state, None)
    return state
