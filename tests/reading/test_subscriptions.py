"""Messages by mail: asked for twice, told once, ended with one click."""

from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from memorial.accounts.models import User
from memorial.publishing.withdrawal import withdraw
from memorial.reading.models import Subscription
from memorial.reading.subscriptions import ask, message, tell
from tests.builders import an_issuer

from .conftest import an_event, only_public, published, published_again

ADDRESS = "reader@example.org"


@pytest.fixture(autouse=True)
def _mail_is_on(settings: Any) -> None:
    settings.MAIL_IS_ON = True
    settings.DEFAULT_FROM_EMAIL = "archive@example.org"


def wish(client: Client, lang: str = "en", **given: str) -> Any:
    form = {"email": ADDRESS, "language": lang, "frequency": "immediate", **given}
    return client.post(f"/{lang}/follow/", form)


def subscribed(query: str = "", **fields: Any) -> Subscription:
    """A subscription that was confirmed a day ago."""
    then = timezone.now() - timedelta(days=1)
    defaults = {"email": ADDRESS, "language": "en", "asked_at": then, "confirmed_at": then, "told_until": then}
    return Subscription.objects.create(query=query, **{**defaults, **fields})


def later(**delta: float) -> datetime:
    return timezone.now() + timedelta(**delta)


def test_a_wish_is_confirmed_by_a_button_behind_the_link_of_one_message(client: Client) -> None:
    an_issuer()
    response = wish(client, issuer="example-ministry")
    assert (response.status_code, response["Location"]) == (303, "/en/follow/sent/")
    assert not response.cookies
    (question,) = mail.outbox
    row = Subscription.objects.get()
    assert question.to == [ADDRESS]
    assert "Example Ministry (en)" in question.body
    path = f"/en/follow/{row.token}/"
    assert f"http://memorial.test{path}" in question.body
    page = client.get(path)
    assert page["Referrer-Policy"] == "no-referrer"
    assert Subscription.objects.get().confirmed_at is None, "a program that follows links confirms nothing"
    assert "Thank you" in client.post(path, {"do": "confirm"}).content.decode()
    assert Subscription.objects.get().confirmed_at is not None


def test_an_unanswered_wish_expires_and_its_address_is_deleted(client: Client) -> None:
    wish(client)
    token = Subscription.objects.get().token
    with time_machine.travel(later(hours=49), tick=False):
        assert ask.confirm(token) is None
        assert ask.forget_unconfirmed() == 1
    assert not Subscription.objects.exists()
    assert client.get(f"/en/follow/{token}/").status_code == 404


def test_the_page_never_says_whether_an_address_is_known(client: Client) -> None:
    subscribed()
    known, unknown = wish(client), wish(client, email="another@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [each.to for each in mail.outbox] == [["another@example.org"]]


def test_nobody_is_asked_twice_within_half_an_hour_nor_often_about_many_things(client: Client) -> None:
    for _time in range(3):
        wish(client)
    assert len(mail.outbox) == 1
    with time_machine.travel(later(minutes=31), tick=False):
        wish(client)
    assert len(mail.outbox) == 2
    with time_machine.travel(later(hours=2), tick=False):
        for number in range(8):
            an_issuer(f"ministry-{number}")
            wish(client, issuer=f"ministry-{number}")
    assert len(mail.outbox) == 2 + ask.ASKED_OF_ONE - 1, "the wishes that wait count too"


def test_wishes_that_wait_are_no_way_to_write_to_somebody_again_and_again(client: Client) -> None:
    for number in range(8):
        wish(client, q=f"word {number}")
    assert len(mail.outbox) == ask.ASKED_OF_ONE
    for minutes in (31, 45, 59):
        with time_machine.travel(later(minutes=minutes), tick=False):
            for number in range(8):
                wish(client, q=f"word {number}")
    assert len(mail.outbox) == ask.ASKED_OF_ONE


def test_nobody_sends_words_of_their_own_to_somebody_else(client: Client) -> None:
    an_issuer()
    words = "Zyxwords https://elsewhere.example/"
    assert wish(client, issuer="example-ministry", q=words).status_code == 303
    (question,) = mail.outbox
    assert "Zyxwords" not in question.body + question.subject
    assert "elsewhere" not in question.body
    assert "Example Ministry (en)" in question.body
    page = client.get(f"/en/follow/{Subscription.objects.get().token}/").content.decode()
    assert "Zyxwords" in page, "who opens the page reads what was entered"


@pytest.mark.usefixtures("each_cache")
def test_one_client_uses_up_only_its_part_of_what_all_may_ask() -> None:
    def ask_from(address: str, number: int) -> int:
        status: int = wish(Client(REMOTE_ADDR=address), email=f"reader{number}@example.org").status_code
        return status

    answers = [ask_from("192.0.2.7", number) for number in range(ask.ASKED_BY_ONE.most + 2)]
    assert answers == [303] * ask.ASKED_BY_ONE.most + [400] * 2
    assert len(mail.outbox) == ask.ASKED_BY_ONE.most < ask.ASKED_IN_AN_HOUR
    assert ask_from("192.0.2.8", 1000) == 303
    assert wish(Client(REMOTE_ADDR="192.0.2.8"), email="no address").status_code == 400, "and is not counted"


def test_all_forms_together_send_a_bounded_number_of_questions(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "ASKED_IN_AN_HOUR", 2)
    answers = [wish(client, email=f"reader{number}@example.org") for number in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 400]
    assert "try again later" in answers[-1].content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"email": "nobody"}, "Enter an e-mail address"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "Enter an e-mail address"),
        ({"frequency": "hourly"}, "Choose how often"),
        ({"language": "xx"}, "Choose a language"),
        ({"issuer": "nobody"}, "is not here"),
        ({"q": "w" * 300}, "is not here"),
    ],
)
def test_what_cannot_be_asked_for_is_said_and_what_was_typed_stays(
    client: Client, given: dict[str, str], said: str
) -> None:
    response = wish(client, **given)
    content = response.content.decode()
    assert response.status_code == 400
    assert said in content
    assert not mail.outbox
    assert not Subscription.objects.exists()
    if "email" not in given:
        assert f'value="{ADDRESS}"' in content


def test_the_form_names_the_feeds_of_what_is_followed(client: Client) -> None:
    an_issuer()
    assert '"/en/feed.atom"' in client.get("/en/follow/").content.decode()
    content = client.get("/en/follow/?issuer=example-ministry").content.decode()
    assert '"/en/issuers/example-ministry/feed.atom"' in content
    assert "Example Ministry (en)" in content
    assert client.get("/en/follow/?issuer=nobody").status_code == 404


def test_a_form_of_another_site_and_a_robot_send_nothing(client: Client) -> None:
    form = {"email": ADDRESS, "language": "en", "frequency": "immediate"}
    assert client.post("/en/follow/", form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 404
    assert wish(client, website="https://spam.example").status_code == 303
    assert not mail.outbox


def test_a_site_without_a_mail_server_offers_feeds_only(client: Client, settings: Any) -> None:
    settings.MAIL_IS_ON = False
    content = client.get("/en/follow/").content.decode()
    assert "/en/feed.atom" in content
    assert 'name="email"' not in content
    assert wish(client).status_code == 400


def test_a_mail_server_that_refuses_leaves_no_address_behind(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: object, *args: object) -> None:
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    response = wish(client)
    assert response.status_code == 400
    assert "could not be sent" in response.content.decode()
    assert not Subscription.objects.exists()


def test_a_publication_is_told_once_with_a_way_to_leave_by_one_click(client: Client, publisher: User) -> None:
    row = subscribed()
    statement = published(publisher)
    assert tell.tell(later(minutes=2)).sent == 1
    assert tell.tell(later(minutes=3)).sent == 0
    (news,) = mail.outbox
    assert news.subject == "Title in en"
    assert "Example Ministry (en)" in news.body
    assert f"http://memorial.test/en/statements/{statement.sid}/" in news.body
    assert news.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = news.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://memorial.test")
    # As a mail program does it: no page before, no cookie, no token of a form (RFC 8058).
    mail_program = Client(enforce_csrf_checks=True)
    assert mail_program.get(address).status_code == 405
    assert Subscription.objects.filter(pk=row.pk).exists()
    assert mail_program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert mail_program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.exists()


def test_a_correction_is_told_with_its_note_and_the_words_that_changed(publisher: User) -> None:
    statement = published(publisher, languages=("az", "en"))
    subscribed(told_until=later(minutes=1), confirmed_at=timezone.now())
    with time_machine.travel(later(minutes=5), tick=False):
        body = "<p>First paragraph of an example.</p><p>Second one, about something different.</p>"
        published_again(statement, "en", publisher, body=body)
    assert tell.tell(later(minutes=9)).sent == 1
    (news,) = mail.outbox
    assert "A word was corrected." in news.body
    assert "else" in news.body
    assert "different" in news.body


def test_only_what_was_wished_is_told(publisher: User) -> None:
    subscribed("issuer=another-ministry")
    subscribed("", language="az", email="az@example.org")
    subscribed("issuer=example-ministry", email="en@example.org")
    published(publisher)
    published(publisher, languages=("az",), slug="second")
    tell.tell(later(minutes=2))
    assert {each.to[0]: each.subject for each in mail.outbox} == {
        "az@example.org": "Memorial: 2 publications",
        "en@example.org": "Title in en",
    } or {each.to[0] for each in mail.outbox} == {"az@example.org", "en@example.org"}


def test_words_are_found_as_the_search_finds_them(publisher: User) -> None:
    subscribed("q=paragraphs")
    subscribed("q=nowhere", email="other@example.org")
    published(publisher)
    tell.tell(later(minutes=2))
    assert [each.to for each in mail.outbox] == [[ADDRESS]]


def test_nothing_is_told_before_its_moment_nor_in_a_language_that_is_not_public(publisher: User) -> None:
    subscribed()
    subscribed(language="az", email="az@example.org")
    published(publisher, at=later(hours=2))
    assert tell.tell(later(hours=1)).sent == 0
    only_public("en")
    assert tell.tell(later(hours=3)).sent == 1
    assert [each.to for each in mail.outbox] == [[ADDRESS]]


def test_a_text_that_was_withdrawn_before_the_message_is_no_news(publisher: User) -> None:
    subscribed(frequency="weekly")
    subscribed("q=paragraphs", frequency="weekly", email="words@example.org")
    statement = published(publisher, text={"title": "Zyxtitle", "summary": "Zyxsummary"})
    withdraw(statement, ["en"], by=publisher, reason="A court has ordered it.", keeps_text=False)
    published(publisher, slug="second")
    assert tell.tell(later(days=7)).sent == 2
    assert [each.subject for each in mail.outbox] == ["Title in en", "Title in en"]
    assert "Zyx" not in "".join(each.body for each in mail.outbox)


def test_a_withdrawal_is_told_once_with_its_date_and_reason(publisher: User) -> None:
    statement = published(publisher, issuer=an_issuer(), events=[an_event()])
    now = timezone.now()
    subscribed(told_until=now)
    subscribed("event=example-event", told_until=now, email="event@example.org")
    subscribed("issuer=another-ministry", told_until=now, email="another@example.org")
    subscribed(told_until=now, language="az", email="az@example.org")
    with time_machine.travel(later(minutes=5), tick=False):
        withdraw(statement, ["en"], by=publisher, reason="It was published by mistake.")
        day = timezone.now()
    assert tell.tell(later(minutes=5.5)).sent == 0, "not yet surely written"
    assert tell.tell(later(minutes=7)).sent == 2
    assert tell.tell(later(minutes=8)).sent == 0
    assert [(each.to, each.subject) for each in mail.outbox] == [
        ([ADDRESS], "Withdrawn: Title in en"), (["event@example.org"], "Withdrawn: Title in en"),
    ]  # fmt: skip
    lines = mail.outbox[0].body.split("\n")
    assert lines[0] == "Withdrawn: Title in en"
    assert f"This text was withdrawn on {day.day} {day:%B %Y}" in lines[2]
    assert lines[3:7] == [
        "It is kept here for the record.", "Reason given: It was published by mistake.", "",
        f"http://memorial.test/en/statements/{statement.sid}/{statement.slug}/",
    ]  # fmt: skip


def test_withdrawals_come_after_the_news_in_one_message(publisher: User) -> None:
    removed, kept = published(publisher), published(publisher, slug="kept")
    subscribed(told_until=timezone.now())
    with time_machine.travel(later(minutes=5), tick=False):
        withdraw(removed, ["en"], by=publisher, reason="A court has ordered it.", keeps_text=False)
        withdraw(kept, ["en"], by=publisher, reason="It was published by mistake.")
        published_again(kept, "en", publisher, title="Again")
        published(publisher, slug="third", text={"title": "Third"})
    assert tell.tell(later(minutes=9)).sent == 1
    (news,) = mail.outbox
    assert news.subject == "Memorial: 2 publications"
    places = [news.body.index(words) for words in ("Again\n", "Third\n", "Withdrawn\n", "A court", "Withdrawn: Title")]
    assert places == sorted(places)
    assert news.body.count("* * *") == 3
    assert "It can no longer be read here." in news.body


def test_of_several_withdrawals_and_no_news_there_is_one_message(publisher: User) -> None:
    rows = [published(publisher, slug=f"s-{number}") for number in range(2)]
    subscribed(told_until=timezone.now())
    with time_machine.travel(later(minutes=5), tick=False):
        for row in rows:
            withdraw(row, ["en"], by=publisher, reason="It was published by mistake.")
    assert tell.tell(later(minutes=9)).sent == 1
    assert mail.outbox[0].subject == "Memorial: texts have been withdrawn"


def test_nobody_is_told_of_what_was_called_off_nor_in_a_language_that_is_not_public(publisher: User) -> None:
    subscribed()
    subscribed(language="az", email="az@example.org")
    scheduled = published(publisher, at=later(hours=2))
    withdraw(scheduled, ["az", "en"], by=publisher, reason="A reason.")
    shown = published(publisher, slug="shown", languages=("az",))
    withdraw(shown, ["az"], by=publisher, reason="A reason.")
    only_public("en")
    assert tell.tell(later(hours=3)).sent == 0


def test_once_a_week_is_once_a_week(publisher: User) -> None:
    row = subscribed(frequency="weekly")
    published(publisher)
    assert tell.tell(later(days=2)).sent == 0
    published(publisher, slug="second")
    assert tell.tell(later(days=6.1)).sent == 1
    assert mail.outbox[0].subject == "Memorial: 2 publications"
    row.refresh_from_db()
    assert tell.tell(later(days=7)).sent == 0


def test_a_message_that_is_not_accepted_is_sent_the_next_time(publisher: User, monkeypatch: pytest.MonkeyPatch) -> None:
    subscribed()
    published(publisher)
    with monkeypatch.context() as patch:
        patch.setattr(message.EmailMessage, "send", _refuse)
        assert tell.tell(later(minutes=2)).failed == 1
    assert tell.tell(later(minutes=3)).sent == 1


def _refuse(*args: object, **kwargs: object) -> None:
    raise SMTPServerDisconnected


def test_of_two_processes_one_tells(publisher: User, monkeypatch: pytest.MonkeyPatch) -> None:
    row = subscribed()
    published(publisher)
    find = tell._editions

    def meanwhile(subscription: Subscription, until: datetime) -> object:
        found = find(subscription, until)
        Subscription.objects.filter(pk=row.pk).update(told_until=until)  # the other process was quicker
        return found

    monkeypatch.setattr(tell, "_editions", meanwhile)
    assert tell.tell(later(minutes=2)).sent == 0


def test_readers_change_how_often_and_leave_with_everything(client: Client) -> None:
    row = subscribed()
    other = subscribed("issuer=x", email=ADDRESS.upper())
    path = f"/en/follow/{row.token}/"
    assert "Saved." in client.post(path, {"do": "change", "frequency": "weekly"}).content.decode()
    row.refresh_from_db()
    assert row.frequency == "weekly"
    assert client.post(path, {"do": "change", "frequency": "never"}).status_code == 200
    assert "your address is deleted" in client.post(path, {"do": "leave-all"}).content.decode()
    assert not Subscription.objects.filter(pk__in=[row.pk, other.pk]).exists()
    assert client.get(path).status_code == 404
    assert client.get("/en/follow/nonsense/").status_code == 404


def test_tick_does_what_is_due_and_says_so(publisher: User, capsys: pytest.CaptureFixture[str]) -> None:
    subscribed()
    published(publisher)
    with time_machine.travel(later(minutes=2), tick=False):
        call_command("tick")
        call_command("tick")
    assert capsys.readouterr().out == "1 messages sent, 0 not accepted; 0 unconfirmed addresses deleted.\n"
    assert len(mail.outbox) == 1
