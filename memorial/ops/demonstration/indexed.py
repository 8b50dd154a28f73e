"""What the index for search holds of imagined statements: the words of each sentence are found once and put together.

What comes out is what ``reading.search.document`` makes of the same editions, which a test compares.
"""

from collections.abc import Sequence

from memorial.reading.search.document import CHANNELS, FIELDS, READABLE, SAME_AS, Document, Words, safe
from memorial.reading.search.sqlite import COLUMNS, GAP
from memorial.text.analysis import analyse

from .imagine import ImaginedStatement

Forms = tuple[str, ...]  # of each channel, its forms with spaces between
_LETTERS = tuple(CHANNELS.values())
_NOTHING: Forms = ("",) * len(_LETTERS)
_BETWEEN: Forms = (GAP,) * len(_LETTERS)


class Indexed:
    """The words of sentences, as they come up. ``readable`` has the spelling of each form, by channel and form."""

    def __init__(self) -> None:
        self.readable: dict[tuple[str, str], str] = {}
        self._forms: dict[tuple[str, str], Forms] = {}
        self._short: dict[tuple[str, str], list[Forms]] = {}

    def columns(self, imagined: ImaginedStatement, tag: str, edition: int) -> list[str]:
        """Return the words of an edition by the columns of ``sqlite.COLUMNS``."""
        text = imagined.texts[tag]
        title = self._passage(tag, (text.title,))
        places = sorted(imagined.places, key=lambda place: place.slug)
        labels = (imagined.issuer, imagined.occasion, imagined.event, *places, imagined.claimant)
        names: list[Forms] = []
        for name in dict.fromkeys([label.name[tag] for label in labels]):
            names += self._passage(tag, (name,))
        anywhere = [*title, *names, *self._passage(tag, (text.summary,))]
        for _element, sentences in text.forms[edition - 1]:
            anywhere += self._passage(tag, sentences)
        found: dict[str, str] = {}
        for field, passages in (("a", anywhere), ("t", title), ("n", names)):
            written = map(" ".join, zip(*passages, strict=True))
            found.update(zip((channel + field for channel in _LETTERS), written, strict=False))
        for channel, other in SAME_AS.items():
            if found.get(channel + "a") == found.get(other + "a"):
                found.update(dict.fromkeys((channel + field for field in FIELDS.values()), ""))
        return [found.get(column, "") for column in COLUMNS]

    def _passage(self, tag: str, sentences: Sequence[str]) -> list[Forms]:
        """The words of what stands together, and what keeps them apart from the next passage."""
        if len(sentences) == 1 and (known := self._short.get((tag, sentences[0]))) is not None:
            return known
        found = [forms for sentence in sentences if (forms := self._of_sentence(sentence, tag)) is not _NOTHING]
        if found:
            found.append(_BETWEEN)
        if len(sentences) == 1:
            self._short[tag, sentences[0]] = found
        return found

    def _of_sentence(self, text: str, tag: str) -> Forms:
        known = self._forms.get((text, tag))
        if known is None:
            known = self._forms[text, tag] = self._analysed(text, tag)
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


def document(columns: Sequence[str], keys: tuple[str, ...]) -> Document:
    """Return columns as a document."""
    words: Words = {channel: {field: [] for field in FIELDS.values()} for channel in _LETTERS}
    for column, written in zip(COLUMNS, columns, strict=True):
        if written:
            words[column[0]][column[1]] = ["" if form == GAP else form for form in written.split(" ")]
    kept = {channel: lists for channel, lists in words.items() if lists["a"]}
    return Document(kept, keys, {})
