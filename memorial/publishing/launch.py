"""The launch board: what a language has, and still needs, before readers see it; and the verb that shows it to them."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Exists
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.amend import confirmation
from memorial.languages.columns import column_name, languages
from memorial.languages.enrol import publish_language
from memorial.languages.formats import format_number, language_here
from memorial.languages.models import Language
from memorial.languages.phrases.standing import counts
from memorial.statements.labels import LABELS

from .in_use import is_on_public_pages
from .must_have import required_statements, with_edition_in


@dataclass(frozen=True)
class BoardLine:
    """One thing that a language needs: how much of it is done, in words and numbers.

    ``address_name`` is the page ``admin:...`` where the work is done, and takes the tag where ``takes_tag``.
    """

    code: str
    label: str
    done: int
    total: int
    detail: str
    missing: str
    address_name: str
    takes_tag: bool = True

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing; also where nothing is asked for."""
        return self.done >= self.total


@dataclass(frozen=True)
class LaunchBoard:
    """What a language needs before it is made public."""

    language: Language
    lines: list[BoardLine]

    @classmethod
    def of(cls, tag: str) -> "LaunchBoard":
        """The board of a language that this process knows, in some fifteen queries whatever the archive holds."""
        language = Language.objects.get(pk=tag)
        return cls(language, [_phrases(tag), _labels(tag), _statements(tag), _formats(language)])

    @property
    def is_complete(self) -> bool:
        """Whether the language can be made public."""
        return all(line.is_complete for line in self.lines)


def reasons_not_to_launch(tag: str, *, by: User, board: LaunchBoard | None = None, reason: str = "") -> list[Reason]:
    """Every reason why ``by`` cannot make a language public now.

    What the board lacks does not count where ``reason`` says why, for those who may describe languages. ``board`` is
    given where the caller has asked for it already.
    """
    language = board.language if board else Language.objects.filter(pk=tag).first()
    if language is None:
        return [Reason("unknown", _("“%(tag)s” is no language of the site.") % {"tag": tag})]
    reasons = []
    if not may(by, Action.LAUNCH_LANGUAGE, tag):
        message = _("A language is made public by its lead, or by whoever manages languages.")
        reasons.append(Reason("not-allowed", message))
    if language.state == Language.State.PUBLIC:
        reasons.append(Reason("state", _("Readers see this language already.")))
    if language.state == Language.State.LEAVING:
        reasons.append(Reason("leaving", _("“%(tag)s” is being deleted.") % {"tag": tag}))
    if tag not in languages():
        return [*reasons, Reason("reloading", _("The servers are still reloading. Try again in a moment."))]
    if reason.strip() and may_override(by):
        return reasons
    board = board or LaunchBoard.of(tag)
    return reasons + [Reason(line.code, line.missing) for line in board.lines if not line.is_complete]


def may_override(by: User) -> bool:
    """Say whether somebody may make a language public although its board is not complete, giving a reason."""
    return may(by, Action.CHANGE_LANGUAGE)


def is_overridable(reasons: list[Reason], board: LaunchBoard, *, by: User) -> bool:
    """Say whether a reason given by ``by`` would do: nothing stands in the way but what the board lacks."""
    lacks = {line.code for line in board.lines if not line.is_complete}
    return bool(reasons) and {reason.code for reason in reasons} <= lacks and may_override(by)


def launch(tag: str, *, by: User, reason: str = "") -> Language:
    """Show a language to readers. Where its board is not complete, ``reason`` says why, and is kept in the log.

    Raises Refused.
    """
    if reasons := reasons_not_to_launch(tag, by=by, reason=reason):
        raise Refused(reasons)
    return publish_language(tag, by=by, note=reason.strip())


def _phrases(tag: str) -> BoardLine:
    count = counts(tag)
    return BoardLine(
        "phrases",
        _("Phrases of the public pages"),
        count.done,
        count.total,
        _("Buttons, headings and messages that readers see."),
        _missing_phrases(count.total - count.done),
        "phrases",
    )


def _in_digits(number: int) -> str:
    """A number as the language of the page writes it."""
    return format_number(number, language_here())


def _missing_phrases(number: int) -> str:
    return ngettext(
        "%(count)s phrase of the public pages is not translated.",
        "%(count)s phrases of the public pages are not translated.",
        number,
    ) % {"count": _in_digits(number)}


def _labels(tag: str) -> BoardLine:
    """The names of what readers meet must be there; those of everything else are counted beside them."""
    column = column_name("name", tag)
    unnamed = models.Q(**{f"{column}__isnull": True}) | models.Q(**{column: ""})
    done = total = named = everything = 0
    for model in LABELS.values():
        both = {"all": models.Count("pk"), "done": models.Count("pk", filter=~unnamed)}
        known = model.objects.order_by().aggregate(**both)
        used = model.objects.order_by().filter(is_on_public_pages(model)).aggregate(**both)
        done, total = done + used["done"], total + used["all"]
        named, everything = named + known["done"], everything + known["all"]
    missing = total - done
    return BoardLine(
        "labels",
        _("Names of issuers, places, occasions and events"),
        done,
        total,
        _("Counted are those that stand on public pages. Of all in the archive, %(named)s of %(all)s have a name.")
        % {"named": _in_digits(named), "all": _in_digits(everything)},
        ngettext(
            "%(count)s name that stands on public pages is missing.",
            "%(count)s names that stand on public pages are missing.",
            missing,
        )
        % {"count": _in_digits(missing)},
        "names",
    )


def _statements(tag: str) -> BoardLine:
    required = required_statements()
    total = required.count()
    done = required.filter(Exists(with_edition_in(tag))).count()
    missing = total - done
    if total:
        detail = _("Chosen by editors. Ready means that an edition in this language is sealed.")
    else:
        detail = _("No statement is chosen: the language may begin without one.")
    return BoardLine(
        "statements",
        _("Statements that must be ready"),
        done,
        total,
        detail,
        ngettext(
            "%(count)s statement that must be ready has no edition in this language.",
            "%(count)s statements that must be ready have no edition in this language.",
            missing,
        )
        % {"count": _in_digits(missing)},
        "must_have",
        takes_tag=False,
    )


def _formats(language: Language) -> BoardLine:
    confirmed = confirmation(language)
    if confirmed and confirmed.by:
        detail = _("Confirmed by %(person)s.") % {"person": confirmed.by.get_full_name() or confirmed.by.get_username()}
    elif confirmed:
        detail = _("Confirmed.")
    else:
        detail = _("Somebody who reads the language looks at dates, numbers, names and direction, and confirms them.")
    return BoardLine(
        "formats",
        _("Formats and direction"),
        int(confirmed is not None),
        1,
        detail,
        _("Nobody has confirmed the formats and the direction yet."),
        "language_formats",
    )
