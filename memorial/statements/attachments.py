"""Keeping a file with a statement."""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.columns import column_name, languages

from .files import LARGEST, MEBIBYTE, Described, describe, kept_name, shown_name
from .models import Attachment, Statement

logger = logging.getLogger(__name__)


def reasons_against(file: "File[Any]") -> list[Reason]:
    """Every reason why ``file`` is not kept with any statement. Reads it."""
    return _reasons(describe(file))


def validate_upload(file: "File[Any]") -> None:
    """The same reasons for a form field's ``validators``."""
    if reasons := reasons_against(file):
        raise ValidationError([ValidationError(str(reason), code=reason.code) for reason in reasons])


def keep(
    statement: Statement, upload: "File[Any]", *, by: User, caption: Mapping[str, str] | None = None, language: str = ""
) -> Attachment:
    """Keep ``upload`` with ``statement``, under the SHA-256 of its bytes; return its row.

    ``caption`` is by language tag; ``language`` is that of the file's own text. The bytes stay in the storage even
    when the row is deleted, since a sealed edition may name them. Raises Refused.
    """
    described = describe(upload)
    reasons = _reasons(described)
    if not may(by, Action.CHANGE_RECORD):
        reasons.insert(0, Reason("not-allowed", _("You may not add files to statements.")))
    for tag in (caption or {}).keys() - set(languages()):
        reasons.append(
            Reason("language-unknown", _("The site has no language “%(tag)s” for a caption.") % {"tag": tag})
        )
    if reasons:
        raise Refused(reasons)
    stored = kept_name(described.sha256, described.content_type)
    _store(stored, upload)
    try:
        with transaction.atomic():
            attachment: Attachment = Attachment.objects.create(
                statement=statement,
                file=stored,
                name=shown_name(upload.name or "", described.content_type),
                size=described.size,
                content_type=described.content_type,
                sha256=described.sha256,
                language=language,
                **{column_name("caption", tag): text for tag, text in (caption or {}).items()},
            )
            return attachment
    except IntegrityError:
        raise Refused(
            [Reason("kept-already", _("This very file is already kept with the statement; change its caption there."))]
        ) from None


def _store(name: str, upload: "File[Any]") -> None:
    """Put the bytes into the storage before any row names them. Raises Refused when that does not take them."""
    storage = Attachment._meta.get_field("file").storage
    try:
        # The same name is the same bytes: nothing is stored twice.
        if not storage.exists(name):
            storage.save(name, upload)
    except OSError as error:  # a full disk, an S3 out of reach
        logger.exception("A file could not be stored.")
        raise Refused(
            [
                Reason(
                    "not-stored",
                    _("The file could not be stored, and nothing was saved. Try again in a few minutes."),
                )
            ]
        ) from error


def _reasons(described: Described) -> list[Reason]:
    if not described.size:
        return [Reason("file-empty", _("The file is empty. Choose another one."))]
    reasons = []
    if described.size > LARGEST:
        limit = {"limit": LARGEST // MEBIBYTE}
        reasons.append(Reason("file-too-large", _("The file is larger than %(limit)d MB. Make it smaller.") % limit))
    if not described.content_type:
        reasons.append(
            Reason("file-type", _("Only PDF documents and PNG, JPEG or WebP images are kept. Convert the file first."))
        )
    return reasons
