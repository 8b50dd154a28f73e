"""Phrases as they are stored, read without Django's connections: at the start of a process, and by its watcher."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from memorial.languages.loader import numbers_in, of_json, snapshot

from .source import message_of

TABLE = "languages_phrase"
# A message as gettext knows it, with its forms by plural category.
Forms = Mapping[str, str]
Messages = Mapping[str, Forms]


@dataclass(frozen=True)
class Phrases:
    """What translators have written, by language and message, and the number of the set that it was read with."""

    number: int = 0
    by_language: Mapping[str, Messages] = field(default_factory=lambda: MappingProxyType({}))

    def with_language(self, tag: str, messages: Messages) -> "Phrases":
        """Return the same with other messages in one language."""
        return Phrases(self.number, {**self.by_language, tag: messages})


def read_phrases(database: Mapping[str, Any]) -> Phrases:
    """Return all phrases of a database; none where it has no such table yet. Raises LanguagesUnreachable."""
    with snapshot(database) as tables:
        stored: dict[str, list[tuple[str, str, Any]]] = {}
        for row in tables.rows(TABLE) or ():
            stored.setdefault(row["language"], []).append((row["context"], row["singular"], of_json(row["forms"])))
        by_language = {tag: messages_of(rows) for tag, rows in stored.items()}
        return Phrases(numbers_in(tables).phrases, by_language)


def messages_of(rows: Iterable[tuple[str, str, Forms]]) -> Messages:
    """Return messages from rows of context, singular and forms; those without forms were put back to the shipped."""
    return {message_of(context, singular): forms for context, singular, forms in rows if forms}
