"""Since when a language has been public, or no longer is: what a harvester has to be told of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from memorial.languages.models import Language, LanguageChange

_Done = LanguageChange.Action


@dataclass(frozen=True)
class Publicity:
    """The languages that readers see, and those that they once saw.

    ``public`` has, for each public language, when it was made so; None where it always was. ``retired`` has, for each
    language that was public once, when it was hidden.
    """

    public: Mapping[str, datetime | None]
    retired: Mapping[str, datetime]

    @classmethod
    def now(cls) -> "Publicity":
        """Read it. Two queries."""
        changes = LanguageChange.objects.filter(action__in=[_Done.ENROLLED, _Done.PUBLISHED, _Done.RETIRED])
        moments: dict[tuple[str, str], datetime] = {
            (tag, action): at
            for tag, action, at in changes.order_by("at", "pk").values_list("language", "action", "at")
        }
        public: dict[str, datetime | None] = {}
        retired: dict[str, datetime] = {}
        for tag, state in Language.objects.values_list("tag", "state"):
            published, hidden = moments.get((tag, _Done.PUBLISHED)), moments.get((tag, _Done.RETIRED))
            if state == Language.State.PUBLIC:
                public[tag] = published
            # A language of the first day was public without anybody's doing; one that was added was not.
            elif state == Language.State.RETIRED and hidden and (published or (tag, _Done.ENROLLED) not in moments):
                retired[tag] = hidden
        return cls(public, retired)

    @property
    def launched(self) -> dict[str, datetime]:
        """The public languages that became so while the site was running."""
        return {tag: since for tag, since in self.public.items() if since}

    def seen(self, now: datetime) -> Q:
        """The condition on editions that readers see now, or saw before their language was retired."""
        condition = Q(language__in=self.public, visible_from__lte=now)
        for tag, until in self.retired.items():
            condition |= Q(language=tag, visible_from__lte=until)
        return condition

    def moment(self, language: str, at: datetime) -> datetime:
        """When readers first saw what came at a moment: an edition, a withdrawal; of a retired language, its end."""
        if language in self.retired:
            return self.retired[language]
        since = self.public.get(language)
        return max(at, since) if since else at

    def since(self, moment: datetime) -> Q:
        """The condition on seen editions that appeared, or were hidden with their language, at ``moment`` or later."""
        turned = [tag for tag, at in (*self.launched.items(), *self.retired.items()) if at >= moment]
        return Q(language__in=turned) | Q(language__in=self.public, visible_from__gte=moment)
