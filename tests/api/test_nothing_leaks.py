"""What is not public is answered for like what never was."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from memorial.accounts.models import User
from memorial.languages.models import Language
from memorial.publishing.release import publish
from tests.builders import a_statement
from tests.reading.conftest import a_figure, a_text, an_event, only_public, published, published_again

from .conftest import Machine

pytestmark = pytest.mark.django_db
NEVER = "2b2b2b2b"
SOON = timedelta(hours=1)


def about(sid: str, lang: str = "en", number: int = 1) -> list[str]:
    """Every address that names a statement."""
    return [
        f"/api/v1/statements/{sid}/",
        f"/api/v1/statements/{sid}/editions/",
        f"/api/v1/statements/{sid}/editions/?lang={lang}",
        f"/api/v1/editions/{sid}/{lang}/{number}/",
        f"/api/v1/figures/?statement={sid}",
    ]


def answers(machine: Machine, addresses: list[str]) -> list[tuple[int, bytes]]:
    return [(response.status_code, response.content) for response in map(machine.ask, addresses)]


@pytest.fixture
def hidden(publisher: User) -> dict[str, str]:
    """The ids of what readers do not see, by why they do not."""
    draft = a_statement(slug="draft")
    a_text(draft, "az", publisher, title="Zyxdraft")
    a_text(draft, "en", publisher, title="Zyxdraft")
    scheduled = a_statement(slug="later")
    preparing = a_statement(slug="fa", original_language="fa")
    event = an_event("hidden-event")
    for statement, lang, at in ((scheduled, "en", timezone.now() + SOON), (preparing, "fa", None)):
        a_text(statement, statement.original_language, publisher, title="Zyxlater")
        if lang != statement.original_language:
            a_text(statement, lang, publisher, title="Zyxlater")
        a_figure(statement, event, minimum=987654)
        (edition,) = publish(statement, [lang], by=publisher, at=at)
        assert edition.sealed_figures.count() == 1
    only_public("az", "en", "ru", "tr")
    return {"draft": draft.sid, "scheduled": scheduled.sid, "preparing": preparing.sid}


def test_a_hidden_statement_is_answered_for_like_one_that_never_was(machine: Machine, hidden: dict[str, str]) -> None:
    for lang in ("en", "fa"):
        expected = answers(machine, about(NEVER, lang))
        assert [status for status, _content in expected] == [404, 404, 404, 404, 200]
        for why, sid in hidden.items():
            assert answers(machine, about(sid, lang)) == expected, why


def test_no_list_names_what_is_hidden(machine: Machine, hidden: dict[str, str], publisher: User) -> None:
    public = published(publisher, slug="public", languages=["az", "en", "ru"])
    published_again(public, "en", publisher, at=timezone.now() + SOON, title="Zyxnext", body="<p>Zyxnext</p>")
    a_text(public, "az", publisher, title="Zyxrevision")
    lists = ["statements", "figures", "issuers", "occasions", "events", "places", "languages", "log"]
    for path in [*(f"{name}/" for name in lists), *about(public.sid), "statements/?lang=fa", "statements/?lang=xx"]:
        content = machine.ask(path).content.decode()
        for secret in ("Zyx", "987654", '"fa"', *hidden.values()):
            assert secret not in content, f"{path} shows {secret}"
    assert machine.ask("statements/?lang=fa").content == machine.ask("statements/?lang=xx").content
    assert [each["sid"] for each in machine.walk("statements/")] == [public.sid]
    assert machine.ask(f"editions/{public.sid}/en/2/").status_code == 404
    numbers = [edition["number"] for edition in machine.get(f"statements/{public.sid}/")["editions"]]
    assert numbers == [1, 1, 1]


def test_what_was_scheduled_is_there_when_its_moment_comes(machine: Machine, hidden: dict[str, str]) -> None:
    with time_machine.travel(timezone.now() + SOON + SOON, tick=False):
        assert machine.get(f"statements/{hidden['scheduled']}/")["title"]["en"] == "Zyxlater"
        assert machine.walk("log/")[-1]["sid"] == hidden["scheduled"]


def test_a_figure_of_an_earlier_edition_is_no_longer_stated(machine: Machine, statement: Any, publisher: User) -> None:
    assert [each["minimum"] for each in machine.walk("figures/")] == [1150]
    statement.figures.all().delete()
    published_again(statement, "en", publisher)
    published_again(statement, "az", publisher)
    assert machine.walk("figures/") == []


def test_only_public_languages_are_listed(machine: Machine) -> None:
    Language.objects.filter(tag="tr").update(state=Language.State.RETIRED)
    only_public("az", "en")
    assert [each["tag"] for each in machine.walk("languages/")] == ["az", "en"]
