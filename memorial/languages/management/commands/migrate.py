from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Base
from django.db import connections

from memorial.languages import schema
from memorial.languages.autodetector import TranslationAutodetector
from memorial.languages.columns import languages


class Command(Base):
    autodetector = TranslationAutodetector

    def handle(self, *args, **options):
        using = options["database"]
        connections[using].prepare_database()
        with schema.schema_lock(connections[using]):
            # Under the lock: columns of a language that this process does not
            # know would be lost when SQLite rebuilds a table.
            stored = schema.stored_codes(using)
            if stored is not None and stored != set(languages()):
                raise CommandError(
                    "This process works with other languages than the database has "
                    f"({', '.join(sorted(stored ^ set(languages())))}). Run it again, without SITE_LANGUAGES."
                )
            super().handle(*args, **options)
            whole = not (options["plan"] or options["check_unapplied"] or options["app_label"])
            if whole and (added := schema.reconcile(using)):
                self.stdout.write(f"  Added {added} missing translation columns.")
