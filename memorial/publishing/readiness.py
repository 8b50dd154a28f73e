"""Why a text cannot be published: every reason, each with what to do about it."""

from django.utils.translation import gettext as _

from memorial.accounts.refusal import Reason
from memorial.languages.columns import languages
from memorial.languages.formats import in_words, language_here
from memorial.languages.models import Language
from memorial.statements.models import Figure, Statement
from memorial.text.blocks import plain
from memorial.text.case import capitalised
from memorial.translations.models import Revision, Stage, Text

from .facts import Facts, Record, facts_of, in_any_language, is_same, keys_in
from .models import Edition

MADE_BY_THE_ARCHIVE = (Text.Origin.ARCHIVE, Text.Origin.MACHINE)


def readiness(statement: Statement, language: str) -> list[Reason]:
    """Every reason why ``statement`` cannot be published in ``language`` now; empty: it can. Eleven queries."""
    return Readiness(statement, [language]).reasons(language)


class Readiness:
    """The same question for several languages of one statement, in a number of queries that does not grow with them."""

    def __init__(self, statement: Statement, tags: list[str], record: Record | None = None) -> None:
        self.record = record or Record.of(statement)
        self.languages = {row.tag: row for row in Language.objects.filter(tag__in=tags)}
        texts = (
            Text.objects.filter(statement=statement, language__in=tags).with_heads().with_stage().with_significance()
        )
        self.texts = {text.language: text for text in texts}
        newest = Edition.objects.filter(statement=statement, language__in=tags).newest()
        self.newest = {edition.language: edition for edition in newest.without_words().with_withdrawal()}

    def reasons(self, tag: str) -> list[Reason]:
        """Every reason against ``tag``, the nearest to the text first."""
        text = self.texts.get(tag)
        head = text.head if text else None
        reasons = self._language(tag)
        if text is None or head is None:
            missing = _("There is no text in %(language)s yet. Write it, or leave this language out.")
            return [*reasons, Reason("no-text", missing % {"language": in_words(tag)}), *self._record()]
        return [*reasons, *self._text(text, head), *self._record(), *self._unchanged(text, head)]

    def facts(self, tag: str) -> Facts | None:
        """What would be sealed around the text now; None where there is no text."""
        text = self.texts.get(tag)
        return facts_of(self.record, text, text.head) if text and text.head else None

    def _language(self, tag: str) -> list[Reason]:
        row = self.languages.get(tag)
        if row is None:
            return [Reason("language-unknown", _("The site has no language “%(tag)s”.") % {"tag": tag})]
        name = {"language": in_words(tag)}
        if row.state == Language.State.RETIRED:
            message = _("%(language)s is retired, and readers would not see the text. Make it public first.")
            return [Reason("language-retired", capitalised(message % name, language_here()))]
        if row.state == Language.State.LEAVING:
            message = _("%(language)s is about to be deleted from the site. Nothing more is published in it.")
            return [Reason("language-leaving", capitalised(message % name, language_here()))]
        return []

    def _text(self, text: Text, head: Revision) -> list[Reason]:
        name = {"language": in_words(text.language)}
        reasons = []
        if not head.title.strip():
            reasons.append(Reason("no-title", _("The text in %(language)s has no title. Enter one.") % name))
        if not plain(head.body).strip():
            reasons.append(Reason("no-body", _("The text in %(language)s is empty. Enter it.") % name))
        row = self.languages.get(text.language)
        if row is not None and row.review != Language.Review.NONE and text.stage != Stage.APPROVED:
            message = _(
                "The text in %(language)s is not approved yet. Send it to review, or let a reviewer approve it."
            )
            reasons.append(Reason("not-approved", message % name))
        is_original = text.language == self.record.statement.original_language
        # Where the site does not have the original's language, there is no text that this one could name.
        may_have_a_base = not is_original and self.record.statement.original_language in languages()
        if may_have_a_base and head.based_on is None and text.origin in MADE_BY_THE_ARCHIVE:
            message = _("Say which text the one in %(language)s was made from, or that the issuer published it so.")
            reasons.append(Reason("no-base", message % name))
        if is_original or text.completeness == Text.Completeness.FULL:
            keys = keys_in(head.body)
            reasons += [
                Reason(
                    "figure-paragraph",
                    _(
                        "The figure “%(figure)s” points to paragraph %(block)s, which the text in %(language)s does "
                        "not have. Correct the figure's paragraph, or empty it."
                    )
                    % {**name, "figure": _figure_in_words(figure), "block": figure.block},
                )
                for figure in self.record.figures
                if figure.block and figure.block not in keys
            ]
        return reasons

    def _record(self) -> list[Reason]:
        """What is missing around the text, the same for every language."""
        statement = self.record.statement
        reasons = []
        if not self.record.sources:
            message = _("No source is given. Every statement says where it was read: add a source.")
            reasons.append(Reason("no-source", message))
        if not statement.dated:
            reasons.append(
                Reason("no-date", _("The date on the document is missing. Enter it as precisely as stated."))
            )
        labelled = [statement.issuer, statement.occasion, *statement.events.all(), *statement.places.all()]
        labelled += [thing for figure in self.record.figures for thing in (figure.claimant, figure.event)]
        reasons += [
            Reason(
                "no-name",
                _("The %(kind)s “%(slug)s” has no name in any language. Enter one.")
                % {"kind": thing._meta.verbose_name, "slug": thing.slug},
            )
            for thing in dict.fromkeys(thing for thing in labelled if thing is not None)
            if not in_any_language(thing, "name", language_here())[0]
        ]
        return reasons

    def _unchanged(self, text: Text, head: Revision) -> list[Reason]:
        newest = self.newest.get(text.language)
        facts = self.facts(text.language)
        if is_withdrawn(newest):
            return []
        if newest is None or newest.revision_id != head.pk or facts is None or not is_same(newest.facts, facts):
            return []
        message = _("Nothing has changed in %(language)s since edition %(number)d.")
        return [Reason("unchanged", message % {"language": in_words(text.language), "number": newest.number})]


def is_withdrawn(edition: Edition | None) -> bool:
    """Say of an edition, asked for ``with_withdrawal``, whether it is there and withdrawn."""
    return edition is not None and bool(edition.is_withdrawn)  # type: ignore[attr-defined]


def _figure_in_words(figure: Figure) -> str:
    return figure.wording or str(figure)
