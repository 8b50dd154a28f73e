"""What a feed or a list of changes is about: everything, or an issuer, an occasion, an event."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404

from memorial.languages.labels import Label
from memorial.publishing.models import Edition
from memorial.reading.names import name_of
from memorial.reading.paths import path_to
from memorial.statements.labels import LABELS


@dataclass(frozen=True)
class Subject:
    """One subject in one language. ``kind`` is empty for the whole archive, and ``label`` is then None."""

    lang: str
    kind: str = ""
    slug: str = ""
    label: Label | None = None

    @classmethod
    def of(cls, lang: str, kind: str = "", slug: str = "") -> "Subject":
        """Find it by one query. Raises Http404 for a label that there is not."""
        if not kind:
            return cls(lang)
        row = get_object_or_404(LABELS[kind].objects.in_language(lang, without=["description"]), slug=slug)
        return cls(lang, kind, slug, name_of(row, lang))

    def condition(self) -> Q:
        """Return the condition on editions."""
        if self.kind == "event":
            return Q(Exists(Edition.events.through.objects.filter(edition=OuterRef("pk"), event__slug=self.slug)))
        return Q(**{f"{self.kind}__slug": self.slug}) if self.kind else Q()

    def path(self, name: str = "") -> str:
        """Return the path of its page, or of another address of it, such as ``feed``."""
        if not self.kind:
            return path_to(name or "home", lang=self.lang)
        return path_to(f"{self.kind}_{name}" if name else self.kind, lang=self.lang, slug=self.slug)

    @property
    def identity(self) -> str:
        """What stands for it in ids that never change."""
        return f"{self.kind}/{self.slug}" if self.kind else "archive"
