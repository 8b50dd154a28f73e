"""What a query found in a text: the places to be marked, and a piece of the text around them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from .analyser import CHANNELS, Token, analyse
from .condition import And, Not, Phrase, Term, Tree, Variants, condition, no_variants
from .query import Query
from .words import is_paired

LONGEST_TEXT = 200_000


class BlockLike(Protocol):
    """A paragraph of a text, with the key that its address ends in."""

    @property
    def key(self) -> str: ...
    @property
    def text(self) -> str: ...


Piece = tuple[str, bool]


@dataclass(frozen=True)
class Snippet:
    """A piece of the block ``key``, cut at the borders of words; ``pieces``: (text, is marked)."""

    key: str
    pieces: list[Piece]
    is_cut_before: bool = False
    is_cut_after: bool = False

    @property
    def has_marks(self) -> bool:
        """Whether anything that was asked for is in it."""
        return any(is_marked for _, is_marked in self.pieces)


@dataclass(frozen=True)
class _Place:
    start: int
    end: int
    what: int  # which of the things asked for it is


class Marker:
    """Finds in texts what a query asks for; made once a query, used for every text that it found."""

    def __init__(
        self,
        query: Query,
        tags: Sequence[str],
        is_exact: bool = False,
        variants: Variants = no_variants,
        is_widened: bool = False,
    ) -> None:
        tree = condition(query, tags, is_exact=is_exact, variants=variants, is_widened=is_widened)
        self._words: dict[tuple[str, str], int] = {}
        self._beginnings: dict[str, list[tuple[str, int]]] = {}
        self._phrases: list[tuple[Phrase, int]] = []
        for number, part in enumerate(_needed(tree)):
            for leaf in _leaves(part):
                self._learn(leaf, number)

    def mark(self, text: str, tag: str) -> list[Piece]:
        """Return the whole of ``text`` in pieces, in order: (piece, is it what was asked for)."""
        return _pieces(text, 0, len(text), self._places(text, tag))

    def snippet(self, blocks: Iterable[BlockLike], tag: str, length: int = 240) -> Snippet:
        """Return about ``length`` characters around the places where most of what was asked for is found.

        Of the blocks the first with most of it; if there is none, the beginning of the first block.
        """
        best: tuple[int, BlockLike, list[_Place]] | None = None
        for block in blocks:
            places = self._places(block.text, tag)
            found = len({place.what for place in places})
            if best is None or found > best[0]:
                best = (found, block, places)
        if best is None:
            return Snippet("", [])
        _, block, places = best
        start, end = _window(block.text, places, length)
        return Snippet(block.key, _pieces(block.text, start, end, places), start > 0, end < len(block.text))

    def _learn(self, leaf: Term | Phrase, number: int) -> None:
        if isinstance(leaf, Phrase):
            self._phrases.append((leaf, number))
        elif leaf.is_prefix:
            self._beginnings.setdefault(leaf.channel, []).append((leaf.text, number))
        else:
            self._words.setdefault((leaf.channel, leaf.text), number)

    def _places(self, text: str, tag: str) -> list[_Place]:
        """Return the places in order of their beginning; they may touch and overlap."""
        tokens = analyse(text[:LONGEST_TEXT], tag)
        places = [place for number in range(len(tokens)) if (place := self._place(tokens, number))]
        for phrase, what in self._phrases:
            places.extend(_of_phrase(phrase, tokens, what))
        return sorted(places, key=lambda place: (place.start, -place.end))

    def _place(self, tokens: list[Token], number: int) -> _Place | None:
        token = tokens[number]
        for channel in CHANNELS:
            form = getattr(token, channel)
            what = self._words.get((channel, form))
            if what is not None:
                return _Place(token.start, token.end, what)
            for beginning, what in self._beginnings.get(channel, ()):
                if form.startswith(beginning):
                    return _Place(token.start, _end(tokens, number, beginning), what)
        return None


def _needed(tree: Tree | None) -> tuple[Tree, ...]:
    """Return what must all be found: each of them is one thing that was asked for."""
    if tree is None:
        return ()
    if isinstance(tree, Not):
        return _needed(tree.positive)
    return tree.parts if isinstance(tree, And) else (tree,)


def _leaves(tree: Tree) -> Iterator[Term | Phrase]:
    if isinstance(tree, Term | Phrase):
        yield tree
    elif isinstance(tree, Not):
        yield from _leaves(tree.positive)
    else:
        for part in tree.parts:
            yield from _leaves(part)


def _of_phrase(phrase: Phrase, tokens: list[Token], what: int) -> Iterator[_Place]:
    first, last, size = phrase.terms[0], phrase.terms[-1], len(phrase.terms)
    for position in range(len(tokens) - size + 1):
        if getattr(tokens[position], first.channel) == first.text:
            run = tokens[position : position + size]
            if all(_is(token, term) for token, term in zip(run, phrase.terms, strict=True)):
                end = _end(tokens, position + size - 1, last.text) if last.is_prefix else run[-1].end
                yield _Place(run[0].start, end, what)


def _end(tokens: list[Token], number: int, beginning: str) -> int:
    """Return where the token that begins with ``beginning`` ends: if that is one character of a pair, in its middle."""
    token = tokens[number]
    if len(beginning) < len(token.folded) and is_paired(beginning) and number + 1 < len(tokens):
        return min(token.end, tokens[number + 1].start)
    return token.end


def _is(token: Token, term: Term) -> bool:
    form: str = getattr(token, term.channel)
    return form.startswith(term.text) if term.is_prefix else form == term.text


def _pieces(text: str, start: int, end: int, places: list[_Place]) -> list[Piece]:
    """Return ``text[start:end]`` in pieces; places that touch or overlap are one."""
    pieces: list[Piece] = []
    done = start
    for place in places:
        begins, ends = max(place.start, done), min(place.end, end)
        if ends <= begins:
            continue
        if begins > done:
            pieces.append((text[done:begins], False))
        if pieces and pieces[-1][1]:
            begins_at = pieces.pop()[0]
            pieces.append((begins_at + text[begins:ends], True))
        else:
            pieces.append((text[begins:ends], True))
        done = ends
    if done < end:
        pieces.append((text[done:end], False))
    return pieces


def _window(text: str, places: list[_Place], length: int) -> tuple[int, int]:
    """Return where a piece of at most about ``length`` characters with most of what was asked for begins and ends."""
    if len(text) <= length:
        return 0, len(text)
    lead = length // 4
    start, most = 0, -1
    for number, place in enumerate(places):
        inside = set()
        for other in places[number:]:
            if other.end - place.start > length - lead:
                break
            inside.add(other.what)
        if len(inside) > most:
            start, most = max(0, place.start - lead), len(inside)
    start = min(start, len(text) - length)
    return _word_begins(text, start), _word_ends(text, start + length)


def _word_begins(text: str, at: int) -> int:
    """Return the nearest beginning of a word at or after ``at``, or ``at`` where no space is near."""
    if at <= 0 or text[at - 1].isspace():
        return max(at, 0)
    space = next((place for place in range(at, min(at + 40, len(text))) if text[place].isspace()), None)
    return at if space is None else space + 1


def _word_ends(text: str, at: int) -> int:
    """Return the nearest end of a word at or before ``at``, or ``at`` where no space is near."""
    if at >= len(text) or text[at].isspace():
        return min(at, len(text))
    space = next((place for place in range(at, max(at - 40, 0), -1) if text[place].isspace()), None)
    return at if space is None else space
