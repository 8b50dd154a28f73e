"""Other spellings of a name: whoever looks for one of them finds them all."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache

from memorial.text.analysis.condition import MOST_VARIANTS, name_keys

from .labels import Key, Labels

#: What is called by names that texts spell in many ways.
KINDS = ("place", "person", "issuer")


class Variants:
    """The names of places, persons and issuers, found from the forms of any of their spellings."""

    def __init__(self, labels: Labels, tags: Sequence[str]) -> None:
        self._labels = labels
        self._tags = tuple(tags)
        self.used: dict[tuple[str, ...], list[str]] = {}

    def __call__(self, words: tuple[str, ...]) -> list[str]:
        """Return the other spellings of a name whose words, in any of their forms, are ``words``."""
        found: dict[str, None] = {}
        for key in self._by_forms.get(tuple(words), ()):
            for name, tag in self._labels.names(key):
                if words not in self._forms(name, tag):
                    found.setdefault(name)
        variants = list(found)[:MOST_VARIANTS]
        if variants:
            self.used[tuple(words)] = variants
        return variants

    @cached_property
    def _by_forms(self) -> dict[tuple[str, ...], list[Key]]:
        found: dict[tuple[str, ...], list[Key]] = defaultdict(list)
        for key in {**self._labels.rows, **self._labels.spellings}:
            if key[0] not in KINDS:
                continue
            for forms in {form for name, tag in self._labels.names(key) for form in self._forms(name, tag)}:
                found[forms].append(key)
        return found

    def _forms(self, name: str, tag: str) -> frozenset[tuple[str, ...]]:
        return _keys(name, (tag,) if tag else self._tags)


@lru_cache(maxsize=50_000)
def _keys(name: str, tags: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """What a name can be asked by. Names are few and asked for again and again."""
    return frozenset(name_keys(name, tags))
