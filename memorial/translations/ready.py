"""Marking a revision as ready for translation: from then on, translations of an older one are outdated."""

from django.db import transaction
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused

from .models import ReadyMark, Revision, Significance, Text
from .save import in_words


def reasons_against_marking(revision: Revision, *, significance: int, by: User) -> list[Reason]:
    """Every reason why this revision cannot be marked as ready for translation. One query."""
    name = {"language": in_words(revision.text.language)}
    reasons = []
    if not may(by, Action.MARK_READY, revision.text.language):
        message = _("You may not mark texts in %(language)s as ready for translation.")
        reasons.append(Reason("not-allowed", message % name))
    if significance not in Significance.values:
        reasons.append(Reason("significance", _("Choose from the list what the change means for translations.")))
    newest = ReadyMark.objects.filter(revision__text=revision.text_id, revision__number__gte=revision.number).first()
    if newest is not None:
        message = _("This revision in %(language)s, or a newer one, is marked as ready already.")
        reasons.append(Reason("marked", message % name))
    return reasons


def mark_ready(revision: Revision, *, significance: int, note: str = "", by: User) -> ReadyMark:
    """Mark ``revision`` as ready for translation; translations of older ones are outdated by ``significance``.

    ``note`` tells translators what has changed. Raises Refused.
    """
    with transaction.atomic():
        Text.objects.select_for_update(no_key=True).only("pk").get(pk=revision.text_id)
        if reasons := reasons_against_marking(revision, significance=significance, by=by):
            raise Refused(reasons)
        return ReadyMark.objects.create(revision=revision, significance=significance, note=note.strip(), by=by)
