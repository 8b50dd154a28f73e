"""What a query asks of a text, as a tree that every engine translates into its own language.

For a word a text matches by any of

- its **stem** in one of the languages asked for (``şəhidlərin`` finds ``Şəhid``, ``sehidi``, ``sahid``);
- its **folded** form, for words whose language is another than the text's (names, quotations);
- its **beginning**, but only where stems cannot help. A beginning is the widest net: from four letters it would make
  ``türk`` find ``Türkiyə``, ``vətən`` find ``vətəndaş``, ``person`` find ``personnel``. What readers want of it are
  long words with endings that the stemmers leave (``Azərbaycan`` finds ``azərbaycanlı``, ``parliament`` finds
  ``parliamentary``), and every word of a language without a stemmer. So: from ``LONG_WORD`` letters, or from
  ``SHORT_BEGINNING`` if one of the languages asked for has no stemmer; for any word if the reader types ``word*``; and
  from ``SHORTEST_BEGINNING`` if the engine, having found nothing, asks again with ``is_widened``.

Quoted words stand side by side in this order, each with any endings; with the exact spelling, exactly as typed but for
capitals. A word of several tokens (``Bakı-Tiflis``, ``2020年``, any run of Han) is a phrase too.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from . import compounds
from .analyser import Token, analyse
from .query import Clause, Query
from .stemming import has_stemmer, language
from .stopwords import is_common
from .words import is_paired

Variants = Callable[[tuple[str, ...]], list[str]]
Field = Literal["title", "names"]

LONG_WORD = 7
SHORT_BEGINNING = 5
SHORTEST_BEGINNING = 4
MOST_VARIANTS = 24
LONGEST_NAME = 5
_FOLDED = ("folded", "folded_a")
_FOUND_BY = ("stem", "stem_a", *_FOLDED)


@dataclass(frozen=True)
class Term:
    """A token whose form in ``channel`` is ``text``, or begins with it; in one field of the record, or in any."""

    channel: str
    text: str
    is_prefix: bool = False
    field: Field | None = None


@dataclass(frozen=True)
class Phrase:
    """Two or more terms at positions that follow each other; only the last may be a beginning."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class And:
    """All of two or more parts."""

    parts: "tuple[Tree, ...]"


@dataclass(frozen=True)
class Or:
    """Any of two or more parts."""

    parts: "tuple[Tree, ...]"


@dataclass(frozen=True)
class Not:
    """What matches ``positive`` and does not match ``negative``."""

    positive: "Tree"
    negative: "Tree"


Tree = Term | Phrase | And | Or | Not


def no_variants(_words: tuple[str, ...]) -> list[str]:
    """Know no other spelling of any name."""
    return []


def name_keys(name: str, tags: Iterable[str]) -> set[tuple[str, ...]]:
    """Return all tuples of words under which :func:`condition` may ask ``variants`` for a name."""
    keys: set[tuple[str, ...]] = set()
    for tag in tags:
        tokens = analyse(name, tag)
        if tokens:
            keys.update(tuple(getattr(token, channel) for token in tokens) for channel in _FOUND_BY)
    return keys


def condition(
    query: Query,
    tags: Sequence[str],
    *,
    is_exact: bool = False,
    variants: Variants = no_variants,
    is_widened: bool = False,
) -> Tree | None:
    """Return what ``query`` asks of texts in the languages ``tags``, or None if it asks for nothing.

    ``variants`` gives other spellings of a name, whose words it gets in the forms of :func:`name_keys`; its answers are
    texts as people write them. ``is_widened``: every word of four letters stands for all that begin so.
    """
    asked = _Asked(tuple(dict.fromkeys(tags)), is_exact, variants, is_widened)
    narrow = replace(asked, has_beginnings=False)  # what must not be there is meant narrowly
    wanted: list[Tree] = []
    unwanted: list[Tree] = []
    for clause in query.clauses:
        if clause.is_plain:
            continue
        tree = (narrow if clause.is_excluded else asked).clause(clause)
        if tree:
            (unwanted if clause.is_excluded else wanted).append(tree)
    wanted = [*asked.plain(query.plain, has_others=bool(wanted)), *wanted]
    if not wanted:
        return None
    positive = all_of(wanted)
    return Not(positive, any_of(unwanted)) if unwanted else positive


def all_of(parts: Iterable[Tree]) -> Tree:
    """Return the condition that all ``parts`` (at least one) hold."""
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else And(distinct)


def any_of(parts: Iterable[Tree]) -> Tree:
    """Return the condition that any of ``parts`` (at least one) holds, none of them twice."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))]
    distinct = tuple(dict.fromkeys(flat))
    return distinct[0] if len(distinct) == 1 else Or(distinct)


@dataclass(frozen=True)
class _Asked:
    tags: tuple[str, ...]
    is_exact: bool
    variants: Variants
    is_widened: bool
    has_beginnings: bool = True

    def clause(self, clause: Clause) -> Tree | None:
        """Return the condition for what was quoted, excluded or begun: a name, if it is one, in any spelling."""
        if clause.is_beginning:
            return self.together(clause.text, is_beginning=True)
        if clause.is_excluded and not clause.is_phrase:
            parts = self.plain(clause.text)
            return all_of(parts) if parts else None
        tree = self.together(clause.text)
        if tree is None or self.is_exact:
            return tree
        return any_of([tree, *self._spellings(name_keys(clause.text, self.tags))])

    def together(self, text: str, *, is_beginning: bool = False) -> Tree | None:
        """Return the condition for words that stand side by side, in any of the languages."""
        trees = [tree for tag in self.tags for tree in self._side_by_side(analyse(text, tag), is_beginning)]
        return any_of(trees) if trees else None

    def plain(self, text: str, *, has_others: bool = False) -> list[Tree]:
        """Return the conditions that must all hold for words typed one after another.

        Words that say nothing are left out, unless nothing else is asked for. Languages that see the same words in the
        text may each give one of them: ``Bakı tragedy`` finds both.
        """
        readings: dict[tuple[tuple[int, int], ...], dict[str, list[list[Token]]]] = {}
        for tag in self.tags:
            units = _units(text, analyse(text, tag))
            if units:
                spans = tuple((unit[0].start, unit[-1].end) for unit in units)
                readings.setdefault(spans, {})[tag] = units
        trees = [tree for units in readings.values() if (tree := self._reading(text, units, has_others))]
        return [any_of(trees)] if len(trees) > 1 else list(_parts(trees))

    def _reading(self, text: str, units_of: dict[str, list[list[Token]]], has_others: bool) -> Tree | None:
        """Return the condition for units of tokens that several languages see at the same places."""
        readings = list(units_of.values())
        needed = [number for number in range(len(readings[0])) if not self._says_nothing(units_of, number)]
        if not needed and not has_others:
            needed = list(range(len(readings[0])))
        parts: list[Tree] = []
        while needed:
            size, others = self._variants_from(needed, readings)
            typed = [
                any_of(
                    [
                        *self._of_unit(units[number] for units in readings),
                        *self._otherwise_written(text, {tag: units[number] for tag, units in units_of.items()}),
                    ]
                )
                for number in needed[:size]
            ]
            parts.append(any_of([all_of(typed), *others]))
            needed = needed[size:]
        return all_of(parts) if parts else None

    def _says_nothing(self, units_of: dict[str, list[list[Token]]], number: int) -> bool:
        return not self.is_exact and any(is_common(units[number][0].folded, tag) for tag, units in units_of.items())

    def _of_unit(self, units: Iterable[list[Token]]) -> list[Tree]:
        return [tree for unit in units for tree in self._side_by_side(unit, is_beginning=False)]

    def _otherwise_written(self, text: str, unit_of: dict[str, list[Token]]) -> list[Tree]:
        """Return the conditions for a compound with its hyphen if it was typed without, and the reverse."""
        if self.is_exact:
            return []
        found: list[Tree] = []
        for tag, unit in unit_of.items():
            written = text[unit[0].start : unit[-1].end]
            others = [compounds.joined(written)]
            if len(unit) == 1 and language(tag) == "en":
                others.append(compounds.parted(unit[0].folded))
            if len(unit) > 1 and language(tag) == "az":
                others.append(compounds.without_ending(written))
            for other in filter(None, others):
                found += self._side_by_side(analyse(other, tag), is_beginning=False)
        return found

    def _variants_from(self, needed: list[int], readings: list[list[list[Token]]]) -> tuple[int, list[Tree]]:
        """Return how many of the next words are a name (else 1), and the conditions for its other spellings."""
        if self.is_exact:
            return 1, []
        for size in range(min(LONGEST_NAME, len(needed)), 0, -1):
            keys = {
                tuple(getattr(token, channel) for number in needed[:size] for token in units[number])
                for units in readings
                for channel in _FOUND_BY
            }
            if found := self._spellings(keys):
                return size, found
        return 1, []

    def _spellings(self, keys: set[tuple[str, ...]]) -> list[Tree]:
        """Return the conditions for the other spellings of the names that any of ``keys`` stands for."""
        names = list(dict.fromkeys(name for key in sorted(keys) for name in self.variants(key)))
        narrow = replace(self, has_beginnings=False)
        return [tree for name in names[:MOST_VARIANTS] if (tree := narrow.together(name))]

    def _side_by_side(self, tokens: list[Token], is_beginning: bool) -> list[Tree]:
        """Return the conditions, any of which is enough, for tokens of one language that follow each other."""
        run = _without_last_of_run(tokens)
        if not run:
            return []
        ends_open = is_beginning or (run[-1] is tokens[-1] and is_paired(run[-1].folded))
        channels: tuple[str, ...] = _FOUND_BY
        if self.is_exact:
            channels = ("exact",)
        elif all(is_paired(token.folded) for token in run):
            channels = ("folded",)  # has no other forms
        elif ends_open:
            channels = _FOLDED
        if len(run) > 1:
            return [_phrase(run, channel, ends_open) for channel in channels]
        if ends_open:
            return [Term(channel, getattr(run[0], channel), is_prefix=True) for channel in channels]
        return [self._term(run[0], channel) for channel in channels]

    def _term(self, token: Token, channel: str) -> Term:
        form = getattr(token, channel)
        return Term(channel, form, channel in _FOLDED and self._stands_for_its_beginning(form))

    def _stands_for_its_beginning(self, form: str) -> bool:
        if form.isdigit() or not self.has_beginnings:
            return False
        if self.is_widened:
            return len(form) >= SHORTEST_BEGINNING
        return len(form) >= (LONG_WORD if all(map(has_stemmer, self.tags)) else SHORT_BEGINNING)


def _phrase(tokens: list[Token], channel: str, ends_open: bool) -> Phrase:
    forms = [Term(channel, getattr(token, channel)) for token in tokens]
    return Phrase((*forms[:-1], Term(channel, forms[-1].text, ends_open)))


def _parts(trees: list[Tree]) -> tuple[Tree, ...]:
    return tuple(part for tree in trees for part in (tree.parts if isinstance(tree, And) else (tree,)))


def _units(text: str, tokens: list[Token]) -> list[list[Token]]:
    """Return the tokens of each word between spaces: ``Bakı-Tiflis`` is one unit of two."""
    units: list[list[Token]] = []
    for token in tokens:
        if units and not any(char.isspace() for char in text[units[-1][-1].end : token.start]):
            units[-1].append(token)
        else:
            units.append([token])
    return units


def _without_last_of_run(tokens: list[Token]) -> list[Token]:
    """Return tokens without the last character of a run, which the pair before it holds already."""
    if len(tokens) > 1 and tokens[-1].start < tokens[-2].end:
        return tokens[:-1]
    return tokens
