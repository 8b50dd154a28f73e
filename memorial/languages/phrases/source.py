"""The sources: every string of the interface as it stands in the code, read from the shipped ``phrases.pot``."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from babel.messages.pofile import read_po
from django.conf import settings

from .places import Place, place_of

Part = Literal["public", "desk", "django"]
PARTS: tuple[Part, ...] = ("public", "desk", "django")
CATALOGUE = settings.BASE_DIR / "memorial" / "locale" / "phrases.pot"


@dataclass(frozen=True)
class Source:
    """A string of the interface, in English, with its context and, where it counts something, its plural.

    ``part`` says who sees it: readers (``public``), those who work in the desk, or whoever is shown what Django says
    itself. ``references`` are paths in the project; ``comments`` are the developers' notes to translators; ``flags``
    are gettext's, such as ``python-format``.
    """

    key: str
    context: str
    singular: str
    plural: str
    part: Part
    references: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Where it is used, in words of the active language."""
        return tuple(str(name) for name in dict.fromkeys(place.name for place in self._places()))

    @property
    def is_plural(self) -> bool:
        """Whether it counts something, and has a form for each plural category."""
        return bool(self.plural)

    @property
    def message(self) -> str:
        """What gettext looks it up by: the context, EOT and the singular, or the singular alone."""
        return message_of(self.context, self.singular)

    def _places(self) -> list[Place]:
        places = [place_of(reference) for reference in self.references]
        # The desk is everywhere; what a translator wants to know is where readers see it.
        return [place for place in places if place.is_public] or places


def message_of(context: str, singular: str) -> str:
    """Return what gettext looks a string up by."""
    return f"{context}\x04{singular}" if context else singular


def key_of(context: str, singular: str) -> str:
    """Return the SHA-256 (hex) that a phrase is stored and addressed by."""
    return hashlib.sha256(f"{context}\x04{singular}".encode()).hexdigest()


@cache
def sources() -> Mapping[str, Source]:
    """Return every source by its key, those that readers see first. Read once in a process."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    found = []
    for message in messages:
        singular, plural = (message.id, "") if isinstance(message.id, str) else message.id
        references = tuple(path for path, _line in message.locations)
        found.append(
            Source(
                key=key_of(message.context or "", singular),
                context=message.context or "",
                singular=singular,
                plural=plural,
                part=part_of(references),
                references=references,
                comments=tuple(message.auto_comments),
                flags=tuple(sorted(message.flags)),
            )
        )
    found.sort(key=_in_order)
    return MappingProxyType({source.key: source for source in found})


def part_of(references: tuple[str, ...]) -> Part:
    """Say who sees a string that is used in these places."""
    if all(reference.startswith("django/") for reference in references):
        return "django"
    return "public" if any(place_of(reference).is_public for reference in references) else "desk"


def _in_order(source: Source) -> tuple[int, str, str, str]:
    """By part, and in it page by page: what is read together is translated together."""
    seen = [reference for reference in source.references if place_of(reference).is_public] or list(source.references)
    return PARTS.index(source.part), min(seen, default=""), source.singular, source.context
