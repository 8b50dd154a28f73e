"""Stores the languages that this process was started with, as the first rows."""

from typing import Any

from django.conf import settings
from django.db import migrations


def store(apps: Any, schema_editor: Any) -> None:
    Language = apps.get_model("languages", "Language")
    for row in settings.SITE_LANGUAGE_ROWS:
        Language.objects.create(
            tag=row.tag,
            name_en=row.name_en,
            name_own=row.name_own,
            script=row.script,
            direction=row.direction,
            fallbacks=list(row.fallbacks),
            state=row.state,
            position=row.position,
        )
    apps.get_model("languages", "LanguageSet").objects.create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("languages", "0001_initial")]
    operations = [migrations.RunPython(store, migrations.RunPython.noop)]
