"""Whatever string a reader's page asks for is one that the launch of a language counts, and can be said otherwise."""

from collections.abc import Iterator
from urllib.parse import urldefrag

import pytest
from django.test import Client

from memorial.languages.phrases import runtime
from memorial.languages.phrases.source import message_of, sources
from memorial.languages.phrases.stored import Phrases
from tests.crawl import Answer

pytestmark = pytest.mark.django_db
SITE = "http://memorial.test"
ENOUGH = 150


def pages(client: Client) -> Iterator[Answer]:
    """Pages in Azerbaijani that are linked from the home page, and one that is not there."""
    waiting, seen = ["/az/nowhere/", "/az/"], set()
    while waiting and len(seen) < ENOUGH:
        path = waiting.pop()
        seen.add(path)
        response = client.get(path)
        content = b"".join(response) if response.streaming else response.content
        answer = Answer(path, response.status_code, dict(response.headers), content, "")
        yield answer
        for link in answer.links if answer.is_page else ():
            without = urldefrag(link.removeprefix(SITE))[0]
            if without.startswith("/az/") and without not in {*seen, *waiting}:
                waiting.append(without)


def test_every_string_on_the_pages_of_readers_is_a_public_phrase(
    sample_archive: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[str] = set()
    say, count = runtime.PhraseTranslation.gettext, runtime.PhraseTranslation.ngettext

    def listening(self: runtime.PhraseTranslation, message: str) -> str:
        asked.add(message)
        return say(self, message)

    def listening_for_numbers(self: runtime.PhraseTranslation, msgid1: str, msgid2: str, n: int) -> str:
        asked.add(msgid1)
        return count(self, msgid1, msgid2, n)

    monkeypatch.setattr(runtime.PhraseTranslation, "gettext", listening)
    monkeypatch.setattr(runtime.PhraseTranslation, "ngettext", listening_for_numbers)
    kinds = [answer.status for answer in pages(Client(headers={"host": "memorial.test"}))]
    assert kinds.count(200) > 50
    known = {source.message: source for source in sources().values()}
    ours = [known[message] for message in asked if message in known]
    assert len([source for source in ours if source.part == "public"]) > 80
    assert sorted(source.singular for source in ours if source.part == "desk") == []


def test_a_phrase_is_on_every_page_of_its_language_and_on_no_other(sample_archive: None) -> None:
    message = message_of("", "Statements")
    client = Client(headers={"host": "memorial.test"})
    assert "Bəyanatlar" in client.get("/az/").content.decode()
    runtime.use(Phrases(1, {"az": {message: {"other": "Deyilənlər"}}}))
    said = client.get("/az/").content.decode()
    assert "Deyilənlər" in said
    assert "Bəyanatlar" not in said
    assert "Deyilənlər" not in client.get("/ru/").content.decode()
