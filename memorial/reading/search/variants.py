"""Other spellings of a name: whoever looks for one of them finds them all."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from memorial.text.analysis.condition import MOST_VARIANTS, name_keys

from .labels import Key, Labels

#: What is called by names that texts spell in many ways.
KINDS = ("place", "person", "issuer")


class Variants:
    """The names of places, persons and issuers, found from the forms of any of their spellings.

    ``tags`` are the languages that are searched, ``public`` all that readers have: a name in another one is not said.
    """

    def __init__(self, labels: Labels, tags: Sequence[str], public: Sequence[str]) -> None:
        self._labels = labels
        self._tags = tuple(tags)
        self._public = frozenset(public)
        self._used: dict[tuple[str, ...], dict[str, Key]] = {}

    def __call__(self, words: tuple[str, ...]) -> list[str]:
        """Return the other spellings of a name whose words, in any of their forms, are ``words``."""
        found: dict[str, Key] = {}
        for key in self._by_forms.get(tuple(words), ()):
            for name, tag in self._names(key):
                if words not in self._forms(name, tag):
                    found.setdefault(name, key)
        variants = dict(list(found.items())[:MOST_VARIANTS])
        if variants:
            self._used[tuple(words)] = variants
        return list(variants)

    def used(self, words: tuple[str, ...], *, is_found: bool) -> list[str]:
        """Return the other spellings that were looked for, to be shown to a reader.

        Issuers and places have pages of their own. Persons have none: who is named in a draft alone is not shown, so
        that their spellings are said only where something was found.
        """
        return [name for name, key in self._used.get(words, {}).items() if is_found or key[0] != "person"]

    @cached_property
    def _by_forms(self) -> dict[tuple[str, ...], list[Key]]:
        found: dict[tuple[str, ...], list[Key]] = defaultdict(list)
        for key in {**self._labels.rows, **self._labels.spellings}:
            if key[0] not in KINDS:
                continue
            for forms in {form for name, tag in self._names(key) for form in self._forms(name, tag)}:
                found[forms].append(key)
        return found

    def _names(self, key: Key) -> Iterator[tuple[str, str]]:
        return ((name, tag) for name, tag in self._labels.names(key) if not tag or tag in self._public)

    def _forms(self, name: str, tag: str) -> frozenset[tuple[str, ...]]:
        return _keys(name, (tag,) if tag else self._tags)


@lru_cache(maxsize=50_000)
def _keys(name: str, tags: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """What a name can be asked by. Names are few and asked for again and again."""
    return frozenset(name_keys(name, tags))
