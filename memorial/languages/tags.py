"""The column that holds a language's tag."""

import enum
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

BCP47 = RegexValidator(
    r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$", _("Enter a language tag (BCP 47) in lower case, such as “fa” or “pt-br”.")
)


class WhenDeleted(enum.Enum):
    """What becomes of a row that holds a language's tag, when the language is deleted from the site.

    Rows that a language owns go with all that cascades from them; among themselves they point by RESTRICT, not PROTECT.
    """

    MENTION = "the row stays: it only mentions the language"
    OWN = "the row belongs to the language: it is exported and deleted"
    SEALED = "the row is kept for ever, and the language with it: retire it instead"


class LanguageTagField(models.CharField):  # type: ignore[type-arg]
    """A column that holds a BCP 47 tag; no choices, so migrations do not depend on the site's languages.

    ``when_deleted`` is a rule of ours and not of the database: migrations do not see it.
    """

    def __init__(self, *args: Any, when_deleted: WhenDeleted = WhenDeleted.MENTION, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        self.when_deleted = when_deleted
        super().__init__(*args, **kwargs)
