"""How far the interface is translated: for each source what a language says, and how many are done."""

from collections.abc import Iterator
from dataclasses import dataclass

from memorial.languages.models import Phrase
from memorial.text.folding import folded

from .plurals import categories
from .shipped import shipped
from .source import Part, Source, sources


@dataclass(frozen=True)
class PhraseState:
    """One source in one language.

    ``phrase`` is the stored row, also one that was put back to the shipped form. ``forms`` are what the site says, by
    plural category; {} where it has nothing in this language.
    """

    source: Source
    phrase: Phrase | None
    forms: dict[str, str]
    categories: tuple[str, ...]

    @property
    def is_shipped(self) -> bool:
        """Whether the site says what the shipped catalogue says."""
        return bool(self.forms) and not (self.phrase and self.phrase.forms)

    @property
    def is_missing(self) -> bool:
        """Whether a form is wanting, so that readers may see another language."""
        return not all(self.forms.get(name) for name in self.categories)

    @property
    def version(self) -> int:
        """What a form says that it was opened with: 0 where nobody has saved anything."""
        return self.phrase.version if self.phrase else 0


@dataclass(frozen=True)
class Counts:
    """How many strings of the readers' pages there are, and how many a language has."""

    done: int
    total: int

    @property
    def is_complete(self) -> bool:
        """Whether none is missing."""
        return self.done == self.total


def categories_for(tag: str, source: Source) -> tuple[str, ...]:
    """Return the plural categories that a phrase for ``source`` has; ``other`` alone where it counts nothing."""
    return categories(tag) if source.is_plural else ("other",)


def phrase_state(tag: str, source: Source, phrase: Phrase | None) -> PhraseState:
    """Return what a language says for a source, given its stored row. No query."""
    forms = dict(phrase.forms) if phrase and phrase.forms else shipped(tag, source)
    return PhraseState(source, phrase, forms, categories_for(tag, source))


def phrase_states(
    tag: str, *, part: Part | None = None, query: str = "", only_missing: bool = False
) -> list[PhraseState]:
    """Return every source with what a language says for it, those of the readers' pages first. One query.

    ``query`` is looked for in source, context, forms and places, without regard to case and diacritics.
    """
    rows = Phrase.objects.filter(language=tag).select_related("saved_by")
    stored = {phrase.key: phrase for phrase in rows}
    wanted = [source for source in sources().values() if part is None or source.part == part]
    states: Iterator[PhraseState] = (phrase_state(tag, source, stored.get(source.key)) for source in wanted)
    if only_missing:
        states = (state for state in states if state.is_missing)
    words = folded(query).split()
    return [state for state in states if not words or _has(state, words)]


def counts(tag: str) -> Counts:
    """Return how many strings of the readers' pages a language has, and how many there are. One query."""
    states = phrase_states(tag, part="public")
    return Counts(done=sum(not state.is_missing for state in states), total=len(states))


def _has(state: PhraseState, words: list[str]) -> bool:
    source = state.source
    texts = (source.singular, source.plural, source.context, *state.forms.values(), *source.places)
    return all(word in folded("\n".join(texts)) for word in words)
