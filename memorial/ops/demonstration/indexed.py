"""What the index for search holds of imagined statements: the words of each sentence are found once and put together.

What comes out is what ``reading.search.document`` makes of the same editions, which a test compares.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from sys import intern

from memorial.reading.search.document import CHANNELS, FIELDS, MOST_POSITIONS, READABLE, SAME_AS, Document, Words, safe
from memorial.reading.search.sqlite import COLUMNS, GAP
from memorial.text.analysis import analyse
from memorial.text.analysis.stemming import language

from .imagine import ImaginedStatement

Forms = tuple[str, ...]  # of each channel, its forms with spaces between
_LETTERS = tuple(CHANNELS.values())
_NOTHING: Forms = ("",) * len(_LETTERS)
_BETWEEN: Forms = (GAP,) * len(_LETTERS)
_EMPTY = [""] * len(FIELDS)
# Of each channel, the place of the one that it may repeat.
_SAME = [_LETTERS.index(SAME_AS[letter]) if letter in SAME_AS else None for letter in _LETTERS]
_PLACES = [str(place) for place in range(1, MOST_POSITIONS + 1)]
_slug = attrgetter("slug")


class Indexed:
    """The words of sentences, as they come up. ``readable`` has the spelling of each form, by channel and form."""

    def __init__(self) -> None:
        self.readable: dict[tuple[str, str], str] = {}
        # By language and text.
        self._words: dict[str, dict[str, Forms]] = defaultdict(dict)
        self._sentences: dict[str, dict[str, Forms]] = defaultdict(dict)
        self._passages: dict[str, dict[str, Forms]] = defaultdict(dict)

    def columns(self, imagined: ImaginedStatement, tag: str, edition: int) -> list[str]:
        """Return the words of an edition by the columns of ``sqlite.COLUMNS``."""
        text = imagined.texts[tag]
        title = self._passage(text.title, tag)
        places = sorted(imagined.places, key=_slug)
        labels = (imagined.issuer, imagined.occasion, imagined.event, *places, imagined.claimant)
        names = [self._passage(name, tag) for name in dict.fromkeys([label.name[tag] for label in labels])]
        anywhere = [title, *names, self._passage(text.summary, tag)]
        for _element, sentences in text.forms[edition - 1]:
            if len(sentences) == 1:
                anywhere.append(self._passage(sentences[0], tag))
            else:
                anywhere += [self._of_sentence(sentence, tag) for sentence in sentences]
                anywhere.append(_BETWEEN)
        every, named = list(zip(*anywhere, strict=True)), list(zip(*names, strict=True))
        found: list[str] = []
        for place, same in enumerate(_SAME):
            if same is not None and every[place] == every[same]:
                found += _EMPTY
            else:
                found += (" ".join(every[place]), title[place], " ".join(named[place]))
        return found

    def _passage(self, text: str, tag: str) -> Forms:
        """The words of a sentence, and what keeps them apart from the next passage."""
        known = self._passages[tag].get(text)
        if known is None:
            known = self._passages[tag][text] = _joined((self._of_sentence(text, tag), _BETWEEN))
        return known

    def _of_sentence(self, text: str, tag: str) -> Forms:
        known = self._sentences[tag].get(text)
        if known is None:
            # What stands between two spaces is analysed alike everywhere, but for Persian, which joins such words.
            words = (text,) if language(tag) == "fa" else text.split(" ")
            found = _joined([forms for word in words if (forms := self._of_word(word, tag)) is not _NOTHING])
            known = self._sentences[tag][text] = found
        return known

    def _of_word(self, text: str, tag: str) -> Forms:
        known = self._words[tag].get(text)
        if known is None:
            known = self._words[tag][text] = self._analysed(text, tag)
        return known

    def _analysed(self, text: str, tag: str) -> Forms:
        tokens = analyse(text, tag)
        found = []
        for name, channel in CHANNELS.items():
            forms = [safe(getattr(token, name)) for token in tokens]
            if channel in READABLE:
                for form, token in zip(forms, tokens, strict=True):
                    self.readable.setdefault((channel, form), text[token.start : token.end])
            found.append(" ".join(form or GAP for form in forms))
        return tuple(found) if tokens else _NOTHING


def _joined(parts: Iterable[Forms]) -> Forms:
    """Put the words of some passages one after the other, in each channel. Each of them has words.

    Channels that have the same words are the same string: they are compared very often.
    """
    return tuple(map(intern, map(" ".join, zip(*parts, strict=True))))


def vector(columns: Sequence[str], keys: Sequence[str]) -> str:
    """Return columns and keys as PostgreSQL's index takes them."""
    words: list[str] = []
    for column, written in zip(COLUMNS, columns, strict=True):
        if written:
            places: dict[str, str] = {}
            for place, form in zip(_PLACES, written.split(" "), strict=False):
                places[form] = f"{places[form]},{place}" if form in places else place
            places.pop(GAP, None)
            words += [f"'{column}{form}':{every}" for form, every in places.items()]
    words += [f"'kk{key}'" for key in keys]
    return " ".join(words)


def document(columns: Sequence[str], keys: tuple[str, ...]) -> Document:
    """Return columns as a document."""
    words: Words = {channel: {field: [] for field in FIELDS.values()} for channel in _LETTERS}
    for column, written in zip(COLUMNS, columns, strict=True):
        if written:
            words[column[0]][column[1]] = ["" if form == GAP else form for form in written.split(" ")]
    kept = {channel: lists for channel, lists in words.items() if lists["a"]}
    return Document(kept, keys, {})
