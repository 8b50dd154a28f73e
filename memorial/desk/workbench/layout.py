"""The columns beside the text being worked on: their paragraphs by key, what is untranslated, and their length."""

import re
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from memorial.languages.formats import language_here, language_name, own_name
from memorial.languages.labels import direction
from memorial.text.blocks import blocks, words
from memorial.translations.models import Revision, Text
from memorial.translations.ready import source_to_show

from .bench import Bench

# A stored text is written by clean(): the key is the first attribute of a block, and "<" in a text is escaped.
_BLOCK = re.compile(r'<(p|h2|h3|li) data-key="(p\d+)"([^>]*)>')


@dataclass(frozen=True)
class Column:
    """One text that is looked at: ``side`` is ``source`` or ``third``; ``newer`` is saved but not ready."""

    side: str
    text: Text
    revision: Revision
    newer: Revision | None
    body: SafeString
    untranslated: tuple[str, ...]
    own: str
    name: str
    dir: str
    words: int

    @property
    def language(self) -> str:
        """The tag of its language."""
        return str(self.text.language)


def columns(bench: Bench) -> list[Column]:
    """The source and, where one is wanted, a third text beside."""
    made = []
    for side, text in (("source", bench.source_text), ("third", bench.third)):
        revision = None
        if text is not None:
            revision = bench.source if side == "source" else source_to_show(text)
        if text is not None and revision is not None:
            made.append(_column(side, text, revision, bench))
    return made


def _column(side: str, text: Text, revision: Revision, bench: Bench) -> Column:
    missing = untranslated(revision, bench.head) if side == "source" else ()
    return Column(
        side=side,
        text=text,
        revision=revision,
        newer=text.head if text.head_id != revision.pk else None,
        body=_marked(revision.body, side, missing),
        untranslated=missing,
        own=own_name(text.language),
        name=language_name(text.language, language_here(), in_sentence=True),
        dir=direction(text.language),
        words=word_count(revision),
    )


def word_count(revision: Revision | None) -> int:
    """The words of a text with its title and summary."""
    if revision is None:
        return 0
    return words(f"<p>{escape(revision.title)}</p><p>{escape(revision.summary)}</p>") + words(revision.body)


def untranslated(source: Revision, head: Revision | None) -> tuple[str, ...]:
    """The keys of the source's blocks that have no partner in the translation, or one with the same words."""
    here = {block.key: block.text.strip() for block in blocks(head.body)} if head else {}
    return tuple(
        block.key
        for block in blocks(source.body)
        if block.text.strip()
        and (block.key not in here or (here[block.key] == block.text.strip() and _has_letters(block.text)))
    )


def _has_letters(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _marked(body: str, side: str, missing: tuple[str, ...]) -> SafeString:
    """The body with an id for each block, and in the source a mark on what is not translated yet."""
    here = language_here()
    mark = format_html(
        '<span class="block-mark" lang="{}" dir="{}">{}</span>', here, direction(here), _("not translated yet")
    )
    hidden = mark.replace("<span ", "<span hidden ", 1)

    def opened(found: re.Match[str]) -> str:
        tag, key, rest = found.groups()
        note = "" if side != "source" else mark if key in missing else hidden
        return f'<{tag} id="{side}-{key}" data-key="{key}"{rest}>{note}'

    return mark_safe(_BLOCK.sub(opened, body))  # noqa: S308 cleaned when stored
