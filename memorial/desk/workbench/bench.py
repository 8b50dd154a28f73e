"""What lies on the workbench: a statement, the text being worked on, and the texts beside it."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from memorial.accounts.models import User
from memorial.accounts.permission import Action, may
from memorial.languages.models import Language
from memorial.statements.models import Statement
from memorial.translations.models import ReviewStep, Revision, Stage, Text
from memorial.translations.ready import source_to_show


@dataclass
class Bench:
    """One text of a statement, who sits before it, and all texts of the statement by language."""

    statement: Statement
    language: str
    by: User
    texts: dict[str, Text]
    wanted_source: str = ""
    wanted_third: str = ""

    @classmethod
    def of(cls, request: HttpRequest, statement: Statement, language: str, by: User) -> "Bench":
        """Lay out what is asked for. Two queries."""
        rows = Text.objects.filter(statement=statement).with_heads().with_stage().with_significance()
        asked = request.POST if request.method == "POST" and "source" in request.POST else request.GET
        return cls(
            statement,
            language,
            by,
            {text.language: text for text in rows},
            wanted_source=asked.get("source", ""),
            wanted_third=asked.get("third", ""),
        )

    @property
    def text(self) -> Text | None:
        """The text being worked on; None where there is none yet."""
        return self.texts.get(self.language)

    @property
    def head(self) -> Revision | None:
        """Its newest revision."""
        return self.text.head if self.text else None

    @property
    def is_original(self) -> bool:
        """Say whether it is the text that the issuer wrote."""
        return bool(self.language == self.statement.original_language)

    @cached_property
    def rule(self) -> Language | None:
        """The language's own row, with its rule of review."""
        return Language.objects.filter(tag=self.language).first()

    @cached_property
    def stage(self) -> Stage:
        """Where the work on the newest revision stands."""
        return self.text.stage if self.text else Stage.MISSING

    @cached_property
    def last_step(self) -> ReviewStep | None:
        """What was last done in the review of this text, of whichever revision."""
        if self.text is None:
            return None
        return ReviewStep.objects.filter(revision__text=self.text).select_related("by").order_by("-pk").first()

    @property
    def others(self) -> list[str]:
        """The languages that may stand beside."""
        return [tag for tag, text in self.texts.items() if tag != self.language and text.head]

    @cached_property
    def source_text(self) -> Text | None:
        """The text beside: the one asked for, else the one this was made from, else the original, else any."""
        base = self.head.based_on.text.language if self.head and self.head.based_on else ""
        others = self.others
        for tag in (self.wanted_source, base, self.statement.original_language, *others):
            if tag in others:
                return self.texts[tag]
        return None

    @cached_property
    def source(self) -> Revision | None:
        """The revision of it that is shown: the newest that is ready for translation, else its head."""
        return source_to_show(self.source_text) if self.source_text else None

    @cached_property
    def third(self) -> Text | None:
        """One more text, to look at."""
        first = self.source_text.language if self.source_text else ""
        known = self.wanted_third in self.others and self.wanted_third != first
        return self.texts[self.wanted_third] if known else None

    @cached_property
    def may_change(self) -> bool:
        """Say whether the person may write in this language."""
        return may(self.by, Action.CHANGE_TEXT, self.language)

    def base(self, asked: str, *, stays: bool) -> Revision | None:
        """What a save is made from: the revision that was shown, or (``stays``) what the text was made from before.

        ``asked`` is its number in the database, as the form sends it. An original is made from nothing.
        """
        if self.is_original or self.source_text is None or (stays and self.head and self.head.based_on):
            return None
        shown = self.revision(asked)
        return shown if shown and shown.text.language != self.language else self.source

    def revision(self, asked: str) -> Revision | None:
        """A revision of any text of this statement, by its number in the database."""
        if not asked.isdecimal() or len(asked) >= 19:  # longer than any number in a database
            return None
        return Revision.objects.filter(pk=int(asked), text__statement=self.statement).select_related("text").first()
