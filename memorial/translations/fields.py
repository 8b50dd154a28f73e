"""The column for rich text: cleaned on every write path."""

from typing import Any

from django.db import models

from memorial.text.clean import clean


class RichTextField(models.TextField):  # type: ignore[type-arg] # no argument is taken at run time
    """HTML that has passed the one allow-list in ``text.clean``, whichever way it came in."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Clean for forms, so that validation sees what will be stored."""
        return super().clean(clean(value or ""), model_instance)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Clean for everything else: imports, commands, ``save()``."""
        value = clean(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Clean for ``update()`` and ``bulk_create()`` too: cleaning twice changes nothing."""
        return super().get_db_prep_save(clean(value) if isinstance(value, str) else value, connection)
