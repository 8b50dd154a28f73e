"""The phrases of this process: what translators have saved comes before what Django reads from its catalogues.

The one hook is ``put_in_place``. Django asks ``trans_real.translation(language)`` for the object that says everything
in a language, whenever one is activated; here it gets one of ours. Catalogues are still found, read, merged and kept
by Django's own classes, which ``JavaScriptCatalog`` goes on using.

A request keeps what it was begun with: the object that was activated for it never changes. New phrases are a new
``Interface``, put in place of the old one by a single assignment; no file is written and nothing is restarted.
"""

import gettext
import threading
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import to_language, trans_real

from . import plurals
from .shipped import is_source_language, shipped_plural, shipped_text
from .stored import Forms, Messages, Phrases, messages_of, read_phrases

# In one language; more than the site has messages.
MOST_TEXTS = 10_000
_reading = threading.Lock()


class PhraseTranslation(gettext.NullTranslations):
    """Everything that is said in one language: its phrases, its catalogues, then those of its fallbacks.

    Django's ``gettext``, ``pgettext``, ``ngettext``, ``npgettext``, their lazy forms and the template tags all come
    here; a context is part of the message.
    """

    def __init__(self, tag: str, phrases: Phrases) -> None:
        super().__init__()
        self._tag = tag
        #: What templates have made of all this: it ends with these phrases.
        self.said: dict[Any, str] = {}
        self._texts: dict[str, str] = {}
        self._chain: list[tuple[str, Messages]] = [
            (each, phrases.by_language.get(each, {})) for each in fallback_chain(tag)
        ]

    def __repr__(self) -> str:
        return f"<PhraseTranslation {self._tag}>"

    def language(self) -> str:
        """Return the tag, as Django's own object does."""
        return self._tag

    def to_language(self) -> str:
        """Return the name by which Django knows the active language."""
        return to_language(self._tag)

    def gettext(self, message: str) -> str:
        """Return what is said for a message: the first that is there, along the fallbacks, else the message."""
        text = self._texts.get(message)
        if text is None:
            if len(self._texts) >= MOST_TEXTS:  # somebody has text that is no message of the site translated
                self._texts.clear()
            text = self._texts[message] = self._found(message)
        return text

    def _found(self, message: str) -> str:
        for tag, messages in self._chain:
            if forms := messages.get(message):
                return _form(forms, tag, 1)
            if text := shipped_text(tag, message):
                return text
            if is_source_language(tag):
                break
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: Any) -> str:
        """Return what is said for ``n`` things: the form of the number's plural category in the language found."""
        for tag, messages in self._chain:
            if forms := messages.get(msgid1):
                return _form(forms, tag, n)
            if text := shipped_plural(tag, msgid1, n):
                return text
            if is_source_language(tag):
                break
        return msgid1 if n == 1 else msgid2


class Interface:
    """The interface in every language, with the phrases of one moment."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self._translations: dict[str, PhraseTranslation] = {}

    def translation(self, tag: str) -> PhraseTranslation:
        """Return what says everything in a language; made once."""
        found = self._translations.get(tag)
        if found is None:
            # Two threads may both make one: they are the same.
            found = self._translations[tag] = PhraseTranslation(tag, self.phrases)
        return found


_interface = Interface(Phrases())


def fallback_chain(tag: str) -> list[str]:
    """Return a language, the fallbacks that its row names, and the site's default language."""
    named: Mapping[str, tuple[str, ...]] = settings.MODELTRANSLATION_FALLBACK_LANGUAGES
    return list(dict.fromkeys((tag, *named.get(tag, ()), settings.LANGUAGE_CODE)))


def translation(language: str) -> PhraseTranslation:
    """Return what says everything in a language now. Stands in place of Django's function of this name."""
    return _interface.translation(language)


def put_in_place() -> None:
    """Let Django ask here. Called once, when the apps are ready."""
    trans_real.translation = translation  # type: ignore[assignment] # what Django asks of it is here
    use(_interface.phrases)


def use(phrases: Phrases) -> None:
    """Say these phrases from now on, in this process."""
    global _interface  # noqa: PLW0603 the one place that changes
    _interface = Interface(phrases)
    # Django keeps the one that speaks where no language is active. It must not be None, not even for a moment.
    trans_real._default = _interface.translation(settings.LANGUAGE_CODE)  # type: ignore[attr-defined]


def load() -> None:
    """Read all phrases by a plain connection, and use them. Raises LanguagesUnreachable.

    Nothing is read when SITE_LANGUAGES fixes the languages of the process: there may be no database.
    """
    if settings.LANGUAGE_SET_VERSION is None:
        return
    with _reading:  # what was read last is used last
        use(read_phrases(settings.DATABASES["default"]))


def refresh(tag: str) -> None:
    """Read the phrases of one language by Django's connection, and use them: in the process that has saved one."""
    from memorial.languages.models import Phrase

    with _reading:
        rows = Phrase.objects.filter(language=tag).values_list("context", "singular", "forms")
        use(_interface.phrases.with_language(tag, messages_of(rows)))


def said_here() -> dict[Any, str]:
    """Return what templates have said in the active language; nothing is kept where no language of ours is active."""
    active = getattr(trans_real._active, "value", trans_real._default)  # type: ignore[attr-defined]
    return active.said if isinstance(active, PhraseTranslation) else {}


def number() -> int:
    """Return the number of the set that the phrases of this process were read with."""
    return _interface.phrases.number


def has_phrases() -> bool:
    """Whether this process says anything else than the shipped catalogues."""
    return any(_interface.phrases.by_language.values())


def _form(forms: Forms, tag: str, number: Any) -> str:
    """The form of a number; where the language has got other categories since, the last one that there is."""
    return forms.get(plurals.category(tag, number)) or forms.get("other") or list(forms.values())[-1]
