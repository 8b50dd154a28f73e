"""Migration operations that work for whatever languages the site has.

A migration written with them names base fields only. Which languages there are is asked when the migration *state* is
built, so that the state always equals the models of the running process: the autodetector sees no difference, and a
table that SQLite has to rebuild keeps the columns of every language.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.migrations.operations import RenameField
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ModelState, ProjectState

from .columns import AnyField, column_name, languages, table_columns, translation_of

# An option of a model's state that Django copies along and, for its leading underscore, leaves out of Meta.
OPTION = "_translated_fields"


def declared_in(model_state: ModelState) -> tuple[str, ...]:
    """Names of the base fields that a model of a migration state translates."""
    return tuple(model_state.options.get(OPTION, ()))


def translations_in(model_state: ModelState) -> list[str]:
    """Names of the translation fields of a model of a migration state, in all languages of this process."""
    return [column_name(base, code) for base in declared_in(model_state) for code in languages()]


def with_option(model_state: ModelState, fields: tuple[str, ...] | None) -> None:
    """Declare ``fields`` as the translated ones; None declares nothing. The old options may be shared: copied."""
    options = {key: value for key, value in model_state.options.items() if key != OPTION}
    model_state.options = options if fields is None else {**options, OPTION: fields}


class OfOneModel(Operation):
    """What the two operations have in common: they change the translations of one model, both ways."""

    reversible = True
    atomic = True
    category = OperationCategory.ALTERATION
    model_name: str

    @property
    def model_name_lower(self) -> str:
        """Django's way to compare names of models."""
        return self.model_name.lower()

    def references_model(self, name: str, app_label: str) -> bool:
        """Whether the operation is about the model ``name``."""
        return name.lower() == self.model_name_lower


class TranslatedFields(OfOneModel):
    """Declare all translated fields of a model, and bring its columns in line with the base fields.

    It stands after the operations on the base fields. The same code runs forwards and backwards: it compares two
    states, and adds, alters and removes columns.
    """

    def __init__(self, model_name: str, fields: list[str] | tuple[str, ...]) -> None:
        self.model_name = model_name
        self.fields = list(fields)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Write the operation into a migration: base names only."""
        return self.__class__.__qualname__, [self.model_name, self.fields], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Replace the translation fields of the model's state."""
        model_state = state.models[app_label, self.model_name_lower]
        for name in translations_in(model_state):
            model_state.fields.pop(name, None)
        for base in self.fields:
            base_field = model_state.fields[base]
            for code in languages():
                model_state.fields[column_name(base, code)] = translation_of(base_field, code)
        with_option(model_state, tuple(self.fields))
        state.reload_model(app_label, self.model_name_lower, delay=True)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Add the columns that are missing, then alter and remove."""
        new_model = to_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, new_model):
            return
        old_model = from_state.apps.get_model(app_label, self.model_name)
        key = app_label, self.model_name_lower
        old = _fields(old_model, from_state.models[key])
        new = _fields(new_model, to_state.models[key])
        present = table_columns(schema_editor.connection, new_model._meta.db_table)

        for field in new.values():
            if field.column not in present:
                schema_editor.add_field(new_model, field)
        removed = [field for name, field in old.items() if name not in new and field.column in present]
        altered = [
            (old[name], field)
            for name, field in new.items()
            if name in old and schema_editor._field_should_be_altered(old[name], field)
        ]
        if schema_editor.connection.vendor == "sqlite":
            if removed or altered:
                # One rebuild of the table, from the new state, instead of one for each language.
                schema_editor._remake_table(new_model)
            return
        for old_field, new_field in altered:
            schema_editor.alter_field(old_model, old_field, new_field)
        for field in removed:
            schema_editor.remove_field(old_model, field)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Go from the later state to the earlier one."""
        self.database_forwards(app_label, schema_editor, from_state, to_state)

    def reduce(self, operation: Operation, app_label: str) -> bool | list[Operation]:
        """Let a later declaration of the same model take the place of this one."""
        if isinstance(operation, TranslatedFields) and operation.model_name_lower == self.model_name_lower:
            return [operation]
        return not operation.references_model(self.model_name, app_label)

    def describe(self) -> str:
        """Say what is done, for the output of migrate."""
        return f"Translate {', '.join(self.fields) or 'nothing'} of {self.model_name} in every language"

    @property
    def migration_name_fragment(self) -> str:
        """Part of the name of a migration that nobody has named."""
        return f"{self.model_name_lower}_translations"


class RenameTranslatedField(OfOneModel):
    """Rename a translated field and its column in every language."""

    def __init__(self, model_name: str, old_name: str, new_name: str) -> None:
        self.model_name = model_name
        self.old_name = old_name
        self.new_name = new_name

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Write the operation into a migration: base names only."""
        return self.__class__.__qualname__, [self.model_name, self.old_name, self.new_name], {}

    def _steps(self) -> Iterator[RenameField]:
        yield RenameField(self.model_name, self.old_name, self.new_name)
        for code in languages():
            yield RenameField(self.model_name, column_name(self.old_name, code), column_name(self.new_name, code))

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Rename in the state, in the declaration too."""
        for step in self._steps():
            step.state_forwards(app_label, state)
        model_state = state.models[app_label, self.model_name_lower]
        names = declared_in(model_state)
        with_option(model_state, tuple(self.new_name if name == self.old_name else name for name in names))

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Rename column after column, each with a state of its own in between."""
        state = from_state
        for step in self._steps():
            next_state = state.clone()
            step.state_forwards(app_label, next_state)
            step.database_forwards(app_label, schema_editor, state, next_state)
            state = next_state

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Rename back."""
        back = RenameTranslatedField(self.model_name, self.new_name, self.old_name)
        back.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say what is done, for the output of migrate."""
        return f"Rename {self.old_name} of {self.model_name} to {self.new_name} in every language"

    @property
    def migration_name_fragment(self) -> str:
        """Part of the name of a migration that nobody has named."""
        return f"rename_{self.old_name.lower()}_{self.new_name.lower()}"


def _fields(model: type[models.Model], model_state: ModelState) -> dict[str, AnyField]:
    return {name: model._meta.get_field(name) for name in translations_in(model_state)}  # type: ignore[misc]
