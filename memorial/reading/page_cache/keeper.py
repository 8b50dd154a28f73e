"""Finds a kept page for a question, or has it rendered once and keeps it."""

import logging
import threading

from django.conf import settings
from django.db import DatabaseError

from memorial.languages.loader import LanguagesUnreachable, stored_numbers
from memorial.languages.phrases import runtime

from . import changes
from .declared import canonical_query, parameters_of
from .folder import Folder
from .front import Front
from .generation import Generation, Present
from .memory import Memory
from .page import KeptPage, make, press
from .pressing import Press
from .question import Answer, Question, Render

logger = logging.getLogger(__name__)
# A longer body is answered, but not kept.
LONGEST_BODY = 2 * 1024 * 1024
# One answer in so many is looked at: what is met then is asked for often.
SAMPLE = 64
# Paths whose parameters are remembered.
MOST_PATHS = 20_000


class Keeper:
    """The kept pages of one process."""

    def __init__(
        self, generation: Generation, folder: Folder, memory: Memory, *, front: Front | None = None, release: int = 0
    ) -> None:
        self.generation, self.folder, self.memory = generation, folder, memory
        self.front, self.release = front, release
        self._parameters: dict[str, frozenset[str]] = {}
        self._prepared = (0, False)  # for which generation, and whether this process may keep its pages
        self._preparing = threading.Lock()
        self.press = Press(self.keep_pressed)
        self._looks = 0

    def look(self, host: str, path: str, query: str) -> KeptPage | None:
        """Return the page of the present generation if this process has it. It asks nobody and waits for nothing."""
        if query:
            parameters = self._parameters.get(path)
            if parameters is None:
                return None
            canonical = canonical_query(query, parameters)
            if canonical is None:
                return None
            query = canonical
        page = self.memory.get(f"{host}{path}?{query}")
        if page is None or page.generation != self.generation.now():
            return None
        self._looks += 1
        if not self._looks % SAMPLE and not page.is_pressed:
            self.press.note(Question(host, path, query), page)
        return page

    def question(self, host: str, path: str, query: str) -> Question | None:
        """Return what is asked for if its page may be kept, else None."""
        parameters = self._parameters.get(path)
        if parameters is None:
            parameters = parameters_of(path)
            if parameters is None:
                return None
            if len(self._parameters) >= MOST_PATHS:
                self._parameters.clear()
            self._parameters[path] = parameters
        canonical = canonical_query(query, parameters)
        return None if canonical is None else Question(host, path, canonical)

    def fill(self, question: Question, render: Render) -> KeptPage | Answer:
        """Return the page as it is now: from another process of this machine, else rendered, by one at a time.

        An answer that is not a page of readers (an error, a redirection, one with a cookie) is returned and not kept.
        """
        key = question.key
        with self.folder.making(key):
            present = self._begin()
            if present is None:
                return render(question)
            if page := self.folder.get(present.number, key):
                self.memory.put(key, page)
                return page
            logger.debug("generation %d: %s", present.number, key)
            answer = render(question)
            if not _is_for_everybody(answer):
                return answer
            before = self.memory.get(key) or self.folder.get(present.number - 1, key)
            page = make(present.number, answer.headers, answer.body, modified=present.began, before=before)
            self._keep(question, page, before)
            if self.front is not None and page.is_as(before):  # which of them are asked for often, it does not say
                self.press.note(question, page)
            return page

    def _keep(self, question: Question, page: KeptPage, before: KeptPage | None = None) -> None:
        self.memory.put(question.key, page)
        self.folder.put(question.key, page, before)
        if self.front is not None:
            self.front.put(self.release, question, page, before)

    def keep_pressed(self, question: Question, page: KeptPage) -> None:
        """Keep a page smaller, if it is still the one that is kept: pressed by another process, or here."""
        found = self.folder.get(page.generation, question.key)
        pressed = found if found is not None and found.is_pressed else press(page)
        if self.memory.get(question.key) is page:
            self._keep(question, pressed)

    def _begin(self) -> Present | None:
        """Return the generation to render for, read before the rendering; None if what is rendered must not be kept.

        Once a generation, this process sees to it that it speaks in the phrases that are stored. If the languages
        have changed it is about to be replaced, and keeps nothing any more.
        """
        try:
            present = self.generation.present()
            if not present.number:
                self.generation.renew()
                present = self.generation.present()
            if self._prepared[0] != present.number:
                with self._preparing:
                    if self._prepared[0] != present.number:
                        self._prepared = (present.number, _speaks_as_stored())
        except (DatabaseError, LanguagesUnreachable):
            return None
        return present if present.number and self._prepared[1] else None

    def forget_old(self) -> None:
        """Delete what earlier generations and releases have left on disk."""
        present = self.generation.present()
        if present.number:
            self.folder.forget_before(present.number)
            if self.front is not None:
                self.front.forget_before(present)


def _speaks_as_stored() -> bool:
    own: int | None = settings.LANGUAGE_SET_VERSION
    stored, phrases = stored_numbers(settings.DATABASES["default"])
    if phrases != runtime.number():
        runtime.load()
    return own is None or stored == own


def _is_for_everybody(answer: Answer) -> bool:
    if answer.status != 200 or len(answer.body) > LONGEST_BODY:
        return False
    for name, value in answer.headers:
        match name.lower():
            case "set-cookie" | "content-range" | "content-encoding":
                return False
            case "cache-control" if "private" in value or "no-store" in value:
                return False
            case "vary" if value.lower().replace(" ", "") not in ("", "accept-encoding"):
                return False
    return True


def the_keeper(release: int) -> Keeper:
    """Return a keeper of this site's pages, for one process that serves.

    Pages on disk are those of one ``release``: workers that were started with other code share none, and the first of
    a release ends the generation.
    """
    changes.generation.end(release)
    folder = Folder(settings.DATA_DIR / "pages" / str(release))
    return Keeper(changes.generation, folder, Memory(), front=changes.front, release=release)
