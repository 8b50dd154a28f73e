"""Two languages side by side: which, chosen by whom, and may they be changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from memorial.accounts.permission import Action, may
from memorial.languages.columns import languages
from memorial.languages.formats import language_here, own_name
from memorial.languages.labels import direction


@dataclass(frozen=True)
class Side:
    """One language of the bar."""

    tag: str
    name: str
    dir: str
    is_editable: bool


@dataclass(frozen=True)
class LanguagePair:
    """The two languages a form shows; the same one twice is never chosen unless there is only one."""

    left: Side
    right: Side

    @property
    def sides(self) -> list[Side]:
        """One or two."""
        return [self.left] if self.left.tag == self.right.tag else [self.left, self.right]

    @property
    def choices(self) -> list[Side]:
        """Every language that may stand on a side, for the two menus of the bar."""
        return [Side(tag, own_name(tag), direction(tag), False) for tag in languages()]


def language_pair(request: HttpRequest, *, prefer: Iterable[str] = (), needed: str = "") -> LanguagePair:
    """The pair asked for by ``?left=&right=``; else what ``prefer`` names first, and what the user translates into.

    ``needed`` is always one of the two.
    """
    tags = languages()
    editable = {tag for tag in tags if may(request.user, Action.CHANGE_LABEL, tag)}
    left = request.GET.get("left", "")
    right = request.GET.get("right", "")
    # Somebody who may change a few languages only is here for one of them.
    wanted = [tag for tag in tags if tag in editable] if editable != set(tags) else []
    if right not in tags:
        right = next((tag for tag in wanted if tag != left), "")
    if left not in tags:
        left = next((tag for tag in [*prefer, language_here(), *tags] if tag in tags and tag != right), tags[0])
    if right not in tags:
        right = next((tag for tag in [needed, *tags] if tag in tags and tag != left), left)
    if needed in tags and needed not in (left, right):
        left = needed
    if left == right:
        left = next((tag for tag in tags if tag != right), left)
    return LanguagePair(*(Side(tag, own_name(tag), direction(tag), tag in editable) for tag in (left, right)))
