"""Saving what one row of the record is called in one language: that language's columns and no other's."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.columns import column_name, languages
from memorial.languages.formats import in_words
from memorial.text.characters import is_blank, nfc, with_single_spaces, without_invisible

from .labels import EventName, Labelled

# A label has a name and a description; of a name in use, what is translated is who uses it.
Named = Labelled | EventName
Words = tuple[str, str]


class NameConflict(Refused):
    """Somebody changed these columns since they were shown. ``theirs``: the name and the description as stored now."""

    def __init__(self, theirs: Words, language: str) -> None:
        self.theirs = theirs
        message = _("Somebody has changed this in %(language)s since you opened it. Nothing was overwritten.")
        super().__init__([Reason("saved-since", message % {"language": in_words(language)})])


def name_bases(model: type[models.Model]) -> tuple[str, ...]:
    """The translated fields in which a model keeps what its rows are called: of one line, and of many lines."""
    return ("used_by",) if issubclass(model, EventName) else ("name", "description")


def words_in(row: Named, tag: str) -> Words:
    """The name and the description of a row in one language, without fallback; "" where it has none."""
    name, description = (*(getattr(row, column_name(base, tag)) or "" for base in name_bases(type(row))), "")[:2]
    return name, description


def reasons_against_name(
    row: Named, tag: str, *, name: str, description: str = "", seen: Words, by: User
) -> list[Reason]:
    """Every reason why the row cannot be called so in this language, whoever else changed it meanwhile.

    ``seen`` is what the form was opened with. Two queries where the name is emptied.
    """
    values = {"language": in_words(tag)}
    if tag not in languages():
        return [Reason("language-unknown", _("The site has no language “%(tag)s”.") % {"tag": tag})]
    reasons = []
    if not may(by, Action.CHANGE_LABEL, tag):
        reasons.append(Reason("not-allowed", _("You may not change names in %(language)s.") % values))
    bases = name_bases(type(row))
    limit = type(row)._meta.get_field(bases[0]).max_length or 0  # type: ignore[union-attr]
    length = len(_one_line(name))
    if length > limit:
        counted = {**values, "limit": limit, "length": length}
        message = _("The name in %(language)s has %(length)d characters; shorten it to %(limit)d.") % counted
        reasons.append(Reason("name-too-long", message))
    if _lines(description) and len(bases) == 1:
        reasons.append(Reason("no-description", _("This row has no description.")))
    if not length and seen[0] and (nameless := _nameless(row, tag)):
        reasons.append(nameless)
    return reasons


def save_name(label: Named, tag: str, *, name: str, description: str = "", seen: Words, by: User) -> Named:
    """Write what ``label`` is called, and its description, in the language ``tag``; return it with both.

    ``seen`` is the name and the description that the form was opened with. Only what differs from it is written, so
    that two people may change the name and the description of one row at once. Raises Refused with every reason, and
    NameConflict where somebody changed what is to be written since it was seen.
    """
    reasons = reasons_against_name(label, tag, name=name, description=description, seen=seen, by=by)
    if reasons:
        raise Refused(reasons)
    typed, before = (_one_line(name), _lines(description)), (_one_line(seen[0]), _lines(seen[1]))
    columns = [column_name(base, tag) for base in name_bases(type(label))]
    changed = {column: new for column, new, old in zip(columns, typed, before, strict=False) if new != old}
    if not changed:
        return label
    with transaction.atomic():
        # Under a lock, so that a name and a description that are changed together are written together or not at all.
        row = _stored(label, tag)
        now = words_in(row, tag)
        kept = (_one_line(now[0]), _lines(now[1]))
        for column, new, old, stored in zip(columns, typed, before, kept, strict=False):
            if column in changed and stored not in (old, new):
                raise NameConflict(now, tag)
        type(label)._base_manager.filter(pk=label.pk).update(**changed)
    for column, value in changed.items():
        setattr(label, column, value)
    return label


def _stored(label: Named, tag: str) -> Named:
    """The row as it is now, locked; only the columns that are to be written."""
    columns = [column_name(base, tag) for base in name_bases(type(label))]
    rows = models.QuerySet.only(type(label)._base_manager.select_for_update(no_key=True), *columns)
    row: Named | None = rows.filter(pk=label.pk).first()
    if row is None:
        raise Refused([Reason("gone", _("This has been deleted meanwhile."))])
    return row


def _nameless(row: Named, tag: str) -> Reason | None:
    """Why the name may not be emptied: the rule of labels, and that of names in use: one language at least."""
    stored = type(row)._base_manager.filter(pk=row.pk).first()
    if stored is None or not words_in(stored, tag)[0]:
        return None
    setattr(stored, column_name(name_bases(type(row))[0], tag), "")
    if isinstance(stored, Labelled):
        try:
            stored.require_name()
        except ValidationError as error:
            return Reason("nameless", " ".join(error.messages))
    elif not any(words_in(stored, other)[0] for other in languages()):
        return Reason("nameless", _("Say in one language at least who uses this name."))
    return None


def _one_line(text: str) -> str:
    return "" if is_blank(text) else with_single_spaces(without_invisible(nfc(text))).strip()


def _lines(text: str) -> str:
    if is_blank(text):
        return ""
    lines = without_invisible(nfc(text).replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")
