"""Passages that return from text to text: the same issuer on the same day, year after year."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from .alignment import align

#: Of each text no more paragraphs than this are looked at, and no more passages are waited for to return.
MOST_PARAGRAPHS = 200
_MOST_WAITING = 100

State = Literal["first", "same", "changed", "absent"]


@dataclass(frozen=True)
class Step:
    """How many paragraphs a text has otherwise than the one before it; ``same`` is word for word."""

    same: int
    changed: int
    new: int
    gone: int


@dataclass
class Passage:
    """One passage through all texts: ``places`` has its paragraph in each (from 0), ``states`` what has become of it.

    ``same`` and ``changed`` are against the last text before that has it. It is ``absent`` where it does not stand.
    """

    places: list[int | None]
    states: list[State]
    words: str = ""

    def _stand(self, number: int, place: int, words: str) -> None:
        self.states[number] = "first" if not self.words else "same" if words == self.words else "changed"
        self.places[number] = place
        self.words = words


@dataclass
class Recurring:
    """Every passage in the order in which they first stand, and the steps from each text to the next (None: first)."""

    passages: list[Passage] = field(default_factory=list)
    steps: list[Step | None] = field(default_factory=list)

    @property
    def returning(self) -> list[Passage]:
        """The passages that stand in more than one text."""
        return [each for each in self.passages if sum(place is not None for place in each.places) > 1]


def recurring(texts: Sequence[Sequence[str]]) -> Recurring:
    """Follow each paragraph through ``texts``: each text is aligned with the one before it.

    What has no partner there is held against the passages that stood earlier, so that what returns is known again.
    """
    found = Recurring()
    before: Sequence[str] = ()
    standing: dict[int, Passage] = {}  # of the text before: paragraph -> passage
    for number, whole in enumerate(texts):
        text = whole[:MOST_PARAGRAPHS]
        pairs = align(before, text)
        known: dict[int, Passage] = {
            pair.new: standing[pair.old] for pair in pairs if pair.old is not None and pair.new is not None
        }
        known.update(_returned(found.passages, standing, text, known))
        now: dict[int, Passage] = {}
        for place, words in enumerate(text):
            passage = known.get(place)
            if passage is None:
                passage = Passage([None] * len(texts), ["absent"] * len(texts))
                found.passages.append(passage)
            passage._stand(number, place, words)
            now[place] = passage
        found.steps.append(step([pair.of(before, text) for pair in pairs]) if number else None)
        before, standing = text, now
    return found


def step(sides: Sequence[tuple[str | None, str | None]]) -> Step:
    """Count the pairs of paragraphs by what has become of them."""
    return Step(
        same=sum(old == new for old, new in sides),
        changed=sum(old is not None and new is not None and old != new for old, new in sides),
        new=sum(old is None for old, new in sides),
        gone=sum(new is None for old, new in sides),
    )


def _returned(
    passages: Sequence[Passage], standing: dict[int, Passage], text: Sequence[str], known: dict[int, Passage]
) -> dict[int, Passage]:
    """The passages that stood before, though not in the text just before, by the paragraph that they return in."""
    present = {id(passage) for passage in standing.values()}
    waiting = [passage for passage in passages if id(passage) not in present][-_MOST_WAITING:]
    places = [place for place in range(len(text)) if place not in known]
    if not waiting or not places:
        return {}
    pairs = align([passage.words for passage in waiting], [text[place] for place in places])
    return {places[pair.new]: waiting[pair.old] for pair in pairs if pair.old is not None and pair.new is not None}
