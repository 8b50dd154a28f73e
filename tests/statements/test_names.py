"""Saving a name in one language."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from memorial.accounts.models import User
from memorial.accounts.refusal import Refused
from memorial.statements.models import Event, EventName, Issuer
from memorial.statements.names import NameConflict, save_name, words_in
from tests.builders import an_issuer

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def test_a_name_is_written_in_its_own_language_alone(persian_translator: User) -> None:
    issuer = an_issuer(name_fa="", description_az="Təsvir")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        save_name(issuer, "fa", name="  وزارت\u200cخانه  نمونه ", description="", seen=("", ""), by=persian_translator)
    written = [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]
    assert len(written) == 1
    assert "name_fa" in written[0]
    assert not any(other in written[0] for other in ("name_az", "name_en", "description", "slug"))
    assert Issuer.objects.get().name_fa == "وزارت\u200cخانه نمونه"


def test_a_name_and_a_description_are_changed_by_two_people_at_once(persian_translator: User, editor: User) -> None:
    issuer = an_issuer(description_fa="شرح")
    seen = words_in(issuer, "fa")
    save_name(Issuer.objects.get(), "fa", name="وزارت", description="شرح", seen=seen, by=persian_translator)
    save_name(Issuer.objects.get(), "fa", name=seen[0], description="سطر ۱\r\nسطر ۲\n", seen=seen, by=editor)
    assert words_in(Issuer.objects.get(), "fa") == ("وزارت", "سطر ۱\nسطر ۲")


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(persian_translator: User, editor: User) -> None:
    issuer = an_issuer(description_fa="شرح")
    seen = words_in(issuer, "fa")
    save_name(Issuer.objects.get(), "fa", name="وزارت", description="شرح", seen=seen, by=editor)
    with pytest.raises(NameConflict) as refused:
        save_name(issuer, "fa", name="دیوان", description="دیگر", seen=seen, by=persian_translator)
    assert codes(refused) == ["saved-since"]
    assert refused.value.theirs == ("وزارت", "شرح")
    assert words_in(Issuer.objects.get(), "fa") == ("وزارت", "شرح")


def test_two_people_who_type_the_same_agree(persian_translator: User, editor: User) -> None:
    issuer = an_issuer()
    seen = words_in(issuer, "fa")
    save_name(Issuer.objects.get(), "fa", name="وزارت", seen=seen, by=editor)
    assert save_name(issuer, "fa", name="وزارت", seen=seen, by=persian_translator).name_fa == "وزارت"


def test_every_reason_is_given_at_once(persian_translator: User) -> None:
    event = Event.objects.create(slug="example", dated="1990-05", name_en="The example")
    used = EventName.objects.create(event=event, name="Example", language="en", used_by_en="the press")
    with pytest.raises(Refused) as refused:
        save_name(used, "ru", name="a" * 251, description="b", seen=("", ""), by=persian_translator)
    assert codes(refused) == ["not-allowed", "name-too-long", "no-description"]
    with pytest.raises(Refused) as refused:
        save_name(used, "xx", name="a", seen=("", ""), by=persian_translator)
    assert codes(refused) == ["language-unknown"]
    used.refresh_from_db()
    assert used.used_by_ru is None


def test_the_name_that_all_languages_fall_back_to_is_not_emptied(editor: User) -> None:
    issuer = an_issuer()
    with pytest.raises(Refused, match="name in English too"):
        save_name(issuer, "en", name=" \u200b", seen=words_in(issuer, "en"), by=editor)
    save_name(issuer, "fa", name="", seen=words_in(issuer, "fa"), by=editor)
    assert words_in(Issuer.objects.get(), "fa") == ("", "")
    assert words_in(Issuer.objects.get(), "en") == ("Example Ministry (en)", "")


def test_a_row_keeps_a_name_in_one_language_at_least(editor: User) -> None:
    issuer = an_issuer(name_en="", name_az="")
    with pytest.raises(Refused, match="one language at least"):
        save_name(issuer, "fa", name="", seen=words_in(issuer, "fa"), by=editor)
    event = Event.objects.create(slug="example", dated="1990-05", name_en="The example")
    used = EventName.objects.create(event=event, name="Example", language="en", used_by_fa="مطبوعات")
    with pytest.raises(Refused, match="who uses this name"):
        save_name(used, "fa", name="", seen=("مطبوعات", ""), by=editor)
    save_name(used, "ru", name="пресса", seen=("", ""), by=editor)
    save_name(used, "fa", name="", seen=("مطبوعات", ""), by=editor)
    assert words_in(EventName.objects.get(), "fa") == ("", "")


def test_a_name_given_by_a_colleague_does_not_stop_a_description(editor: User) -> None:
    issuer = an_issuer(name_en="")
    Issuer.objects.update(name_en="The Ministry")
    save_name(issuer, "en", name="", description="It was abolished.", seen=("", ""), by=editor)
    assert words_in(Issuer.objects.get(), "en") == ("The Ministry", "It was abolished.")


def test_a_row_that_was_deleted_meanwhile_is_said_to_be(editor: User) -> None:
    issuer = an_issuer()
    Issuer.objects.all().delete()
    with pytest.raises(Refused) as refused:
        save_name(issuer, "fa", name="وزارت", seen=words_in(issuer, "fa"), by=editor)
    assert codes(refused) == ["gone"]
