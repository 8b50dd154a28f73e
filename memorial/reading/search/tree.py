"""What is done to a condition before a database is asked: beginnings written out, fields narrowed down."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeGuard

from memorial.text.analysis.condition import And, Field, Not, Or, Phrase, Term, Tree

from .document import CHANNELS, READABLE, channels_of, safe
from .words import SHORTEST, Beginning, with_beginnings


def mapped(tree: Tree, change: Callable[[Term | Phrase], Tree], *, into_excluded: bool = True) -> Tree:
    """Return the tree with every term and phrase changed; those that exclude only where ``into_excluded``."""
    match tree:
        case And(parts=parts) | Or(parts=parts):
            return replace(tree, parts=tuple(mapped(part, change, into_excluded=into_excluded) for part in parts))
        case Not(positive=positive, negative=negative):
            return Not(
                mapped(positive, change, into_excluded=into_excluded),
                mapped(negative, change) if into_excluded else negative,
            )
    return change(tree)


def leaves(tree: Tree) -> Iterator[Term | Phrase]:
    """Yield every term and phrase."""
    match tree:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from leaves(part)
        case Not(positive=positive, negative=negative):
            yield from leaves(positive)
            yield from leaves(negative)
        case _:
            yield tree


def in_field(tree: Tree, *fields: Field) -> Tree:
    """Return the tree for one field, or for any of several; what it excludes is excluded wherever it stands."""

    def narrowed(leaf: Term | Phrase) -> Tree:
        if isinstance(leaf, Term):
            found: tuple[Tree, ...] = tuple(replace(leaf, field=name) for name in fields)
        else:
            found = tuple(Phrase(tuple(replace(term, field=name) for term in leaf.terms)) for name in fields)
        return found[0] if len(found) == 1 else Or(found)

    return mapped(tree, narrowed, into_excluded=False)


def written_out(tree: Tree) -> Tree:
    """Return the tree with the words that begin as asked in place of each beginning, unless they are very many.

    A database walks through single words from the newest entry on; for a beginning it would first gather everything.
    One query, none for a tree without beginnings.
    """
    asked = {leaf: _beginnings(leaf) for leaf in leaves(tree) if _can_be_written_out(leaf)}
    if not asked:
        return tree
    found = with_beginnings(each for some in asked.values() for each in some)

    def replaced(leaf: Term | Phrase) -> Tree:
        return _words(leaf, asked[leaf], found) if isinstance(leaf, Term) and leaf in asked else leaf

    return mapped(tree, replaced)


def _can_be_written_out(leaf: Term | Phrase) -> TypeGuard[Term]:
    is_beginning = isinstance(leaf, Term) and leaf.is_prefix and CHANNELS[leaf.channel] in READABLE
    return is_beginning and len(safe(leaf.text)) >= SHORTEST  # type: ignore[union-attr] # a beginning is a Term


def _beginnings(leaf: Term) -> list[Beginning]:
    form = safe(leaf.text)
    return [Beginning(channel, form) for channel in channels_of(leaf)]


def _words(leaf: Term, asked: list[Beginning], found: Mapping[Beginning, list[str] | None]) -> Tree:
    forms: dict[str, None] = {}
    for beginning in asked:
        some = found[beginning]
        if some is None:
            return leaf
        forms.update(dict.fromkeys(some))
    exact = replace(leaf, is_prefix=False)
    return Or(tuple(replace(exact, text=form) for form in forms)) if forms else exact
