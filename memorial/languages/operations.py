"""Migration operations that work for whatever languages the site has.

A migration written with them names base fields only.  Which languages exist is
asked when the migration *state* is built, so the state always equals the
models of the running process: the autodetector sees no difference, and a table
that SQLite has to rebuild keeps its translation columns.
"""

from django.db.migrations.operations import AddField, AlterField, RemoveField, RenameField
from django.db.migrations.operations.base import Operation, OperationCategory

from .columns import column_name, languages, translation_of

# A model-state option that Django ignores (leading underscore) but copies along.
OPTION = "_translated_fields"


def translated_fields(model_state):
    return tuple(model_state.options.get(OPTION, ()))


def translation_columns(model_state):
    return {column_name(base, code): (base, code) for base in translated_fields(model_state) for code in languages()}


def _key(field):
    _, path, args, kwargs = field.deconstruct()
    return path, repr(args), repr(sorted(kwargs.items(), key=lambda item: item[0]))


class TranslatedFields(Operation):
    """Declare all translated fields of a model and bring their columns in line.

    Written after the operations that touch the base fields.  Runs forwards and
    backwards with the same code: compare two states, add, alter, remove.
    """

    reversible = True
    atomic = True
    category = OperationCategory.ALTERATION

    def __init__(self, model_name, fields):
        self.model_name = model_name
        self.fields = list(fields)

    @property
    def model_name_lower(self):
        return self.model_name.lower()

    def deconstruct(self):
        return self.__class__.__qualname__, [self.model_name, self.fields], {}

    # -- state ---------------------------------------------------------------
    def state_forwards(self, app_label, state):
        key = app_label, self.model_name_lower
        model_state = state.models[key]
        for name in translation_columns(model_state):
            model_state.fields.pop(name, None)
        for base in self.fields:
            base_field = model_state.fields[base]
            if base_field.is_relation:
                raise ValueError(f"{self.model_name}.{base}: relations are not translated")
            for code in languages():
                model_state.fields[column_name(base, code)] = translation_of(base_field, code)
        model_state.options = {**model_state.options, OPTION: tuple(self.fields)}
        state.reload_model(*key, delay=True)

    # -- database ------------------------------------------------------------
    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        key = app_label, self.model_name_lower
        old_state, new_state = from_state.models[key], to_state.models[key]
        old = {name: old_state.fields[name] for name in translation_columns(old_state)}
        new = {name: new_state.fields[name] for name in translation_columns(new_state)}
        present = table_columns(schema_editor.connection, model._meta.db_table)

        def column(name, field):
            return field.db_column or name

        removed = [n for n in old if n not in new and column(n, old[n]) in present]
        added = [n for n in new if n not in old and column(n, new[n]) not in present]
        altered = [n for n in new if n in old and _key(old[n]) != _key(new[n])]

        old_model = from_state.apps.get_model(app_label, self.model_name)
        sqlite = schema_editor.connection.vendor == "sqlite"
        if altered and sqlite and not added and not removed:
            # One rebuild of the table for all languages instead of one for each.
            pairs = [(old_model._meta.get_field(n), model._meta.get_field(n)) for n in altered]
            pairs = [p for p in pairs if schema_editor._field_should_be_altered(*p)]
            if pairs:
                schema_editor._remake_table(old_model, alter_fields=pairs)
            return
        if added and not altered and not removed:
            fields = [model._meta.get_field(n) for n in added]
            if all(_plain(field, schema_editor) for field in fields):
                for field in fields:
                    schema_editor.add_field(old_model, field)
                return
        # The general way: one step and one intermediate state at a time.
        steps = [RemoveField(self.model_name, n) for n in removed]
        steps += [AlterField(self.model_name, n, new[n]) for n in altered]
        steps += [AddField(self.model_name, n, new[n]) for n in added]
        state = from_state
        for step in steps:
            next_state = state.clone()
            step.state_forwards(app_label, next_state)
            step.database_forwards(app_label, schema_editor, state, next_state)
            state = next_state

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self.database_forwards(app_label, schema_editor, from_state, to_state)

    # -- bookkeeping -----------------------------------------------------------
    def references_model(self, name, app_label):
        return name.lower() == self.model_name_lower

    def reduce(self, operation, app_label):
        if isinstance(operation, TranslatedFields):
            if operation.model_name_lower == self.model_name_lower:
                return [operation]
        if not operation.references_model(self.model_name, app_label):
            return True
        return False

    def describe(self):
        return f"Translate {', '.join(self.fields)} of {self.model_name} in every language"

    @property
    def migration_name_fragment(self):
        return f"{self.model_name_lower}_translations"


class RenameTranslatedField(Operation):
    """Rename a translated field and its column in every language."""

    reversible = True
    atomic = True
    category = OperationCategory.ALTERATION

    def __init__(self, model_name, old_name, new_name):
        self.model_name = model_name
        self.old_name = old_name
        self.new_name = new_name

    @property
    def model_name_lower(self):
        return self.model_name.lower()

    def deconstruct(self):
        args = [self.model_name, self.old_name, self.new_name]
        return self.__class__.__qualname__, args, {}

    def _steps(self):
        yield RenameField(self.model_name, self.old_name, self.new_name)
        for code in languages():
            yield RenameField(self.model_name, column_name(self.old_name, code), column_name(self.new_name, code))

    def state_forwards(self, app_label, state):
        for step in self._steps():
            step.state_forwards(app_label, state)
        model_state = state.models[app_label, self.model_name_lower]
        fields = translated_fields(model_state)
        renamed = tuple(self.new_name if name == self.old_name else name for name in fields)
        model_state.options = {**model_state.options, OPTION: renamed}

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        state = from_state
        for step in self._steps():
            next_state = state.clone()
            step.state_forwards(app_label, next_state)
            step.database_forwards(app_label, schema_editor, state, next_state)
            state = next_state

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        back = RenameTranslatedField(self.model_name, self.new_name, self.old_name)
        back.database_forwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name, app_label):
        return name.lower() == self.model_name_lower

    def describe(self):
        return f"Rename {self.old_name} of {self.model_name} to {self.new_name} in every language"

    @property
    def migration_name_fragment(self):
        return f"rename_{self.old_name.lower()}_{self.new_name.lower()}"


def _plain(field, schema_editor):
    """Can be added by ALTER TABLE ... ADD COLUMN on any database, without a rewrite."""
    return field.null and not field.unique and not field.primary_key and schema_editor.effective_default(field) is None


def table_columns(connection, table):
    with connection.cursor() as cursor:
        return {c.name for c in connection.introspection.get_table_description(cursor, table)}
