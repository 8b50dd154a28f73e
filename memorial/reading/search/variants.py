"""Other spellings of a name: whoever looks for one of them finds them all."""

from collections import defaultdict
from functools import cached_property

from .labels import Key, Labels, tokens_of

#: What is called by names that texts spell in many ways.
KINDS = ("place", "person", "issuer")
MOST_VARIANTS = 24
MOST_WORDS = 8


class Variants:
    """The names of places, persons and issuers, found from the forms of any of their spellings."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self.used: dict[tuple[str, ...], list[str]] = {}

    def __call__(self, words: tuple[str, ...]) -> list[str]:
        """Return the other spellings of a name whose words, in any of their forms, are ``words``."""
        found: dict[str, None] = {}
        for key in self._by_forms.get(tuple(words), ()):
            for name, tag in self._labels.names(key):
                if words not in _forms(name, tag):
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
            for forms in {form for name, tag in self._labels.names(key) for form in _forms(name, tag)}:
                found[forms].append(key)
        return found


def _forms(name: str, tag: str) -> set[tuple[str, ...]]:
    """The forms that the words of a name can be asked by."""
    tokens = tokens_of(name, tag)
    if not tokens or len(tokens) > MOST_WORDS:
        return set()
    return {tuple(getattr(token, channel) for token in tokens) for channel in ("folded", "folded_a", "stem", "stem_a")}
