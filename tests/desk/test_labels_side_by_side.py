"""Labels are edited in two languages side by side, and only where one may."""

from collections.abc import Callable

from django.test import Client

from memorial.accounts.models import User
from memorial.languages.columns import languages
from memorial.statements.models import Event, EventName, Issuer
from tests.builders import an_issuer

from .conftest import form_data

Enter = Callable[[User], Client]


def address(issuer: Issuer, left: str = "az", right: str = "fa") -> str:
    return f"/admin/statements/issuer/{issuer.pk}/change/?left={left}&right={right}"


def shown_columns(client: Client, where: str) -> list[str]:
    form = client.get(where).context["adminform"].form
    return [name for name in form.fields if name.startswith("name_")]


def test_a_form_has_two_languages_however_many_there_are(editor: User, enter: Enter) -> None:
    client, issuer = enter(editor), an_issuer()
    assert len(languages()) > 2
    assert shown_columns(client, address(issuer)) == ["name_az", "name_fa"]
    assert shown_columns(client, address(issuer, "ru", "tr")) == ["name_ru", "name_tr"]


def test_the_same_or_an_unknown_language_gives_two_known_ones(editor: User, enter: Enter) -> None:
    client, issuer = enter(editor), an_issuer()
    for pair in (("fa", "fa"), ("xx", "fa"), ("fa", ""), ("", "")):
        columns = shown_columns(client, address(issuer, *pair))
        assert len(set(columns)) == 2


def test_an_editor_changes_both_sides(editor: User, enter: Enter) -> None:
    client, issuer = enter(editor), an_issuer()
    data = form_data(client, address(issuer)) | {"name_az": "Nazirlik", "name_fa": "وزارت"}
    assert client.post(address(issuer), data).status_code == 302
    issuer.refresh_from_db()
    assert (issuer.name_az, issuer.name_fa) == ("Nazirlik", "وزارت")


def test_saving_keeps_the_pair_when_the_form_stays_open(editor: User, enter: Enter) -> None:
    client, issuer = enter(editor), an_issuer()
    answer = client.post(
        address(issuer, "ru", "tr"), form_data(client, address(issuer, "ru", "tr")) | {"_continue": "1"}
    )
    assert answer.url.endswith("?left=ru&right=tr")


def test_a_translator_changes_the_own_language_and_reads_the_other(persian_translator: User, enter: Enter) -> None:
    client, issuer = enter(persian_translator), an_issuer()
    assert shown_columns(client, address(issuer)) == ["name_fa"]
    assert 'lang="az" dir="ltr">Example Ministry (az)' in client.get(address(issuer)).content.decode()
    data = form_data(client, address(issuer)) | {"name_fa": "وزارت"}
    assert client.post(address(issuer), data).status_code == 302
    issuer.refresh_from_db()
    assert issuer.name_fa == "وزارت"


def test_a_translator_starts_with_the_own_language(persian_translator: User, enter: Enter) -> None:
    assert shown_columns(enter(persian_translator), f"/admin/statements/issuer/{an_issuer().pk}/change/") == ["name_fa"]


def test_a_tampered_post_changes_no_other_language_and_nothing_of_the_record(
    persian_translator: User, enter: Enter
) -> None:
    client, issuer = enter(persian_translator), an_issuer()
    forged = {"name_az": "forged", "initial-name_az": "", "name_en": "forged", "name": "forged", "slug": "forged",
              "kind": "court", "country": "XX", "website": "https://forged.example"}  # fmt: skip
    answer = client.post(address(issuer), form_data(client, address(issuer)) | forged | {"name_fa": "وزارت"})
    assert answer.status_code == 302
    before, issuer = issuer, Issuer.objects.get(pk=issuer.pk)
    assert issuer.name_fa == "وزارت"
    for column in ("name_az", "name_en", "slug", "kind", "country", "website"):
        assert getattr(issuer, column) == getattr(before, column), column


def test_a_translator_may_not_save_two_foreign_languages(persian_translator: User, enter: Enter) -> None:
    client, issuer = enter(persian_translator), an_issuer()
    assert client.post(address(issuer, "az", "en"), {"name_az": "forged"}).status_code == 403


def test_a_colleagues_later_edit_survives_an_old_form(editor: User, persian_translator: User, enter: Enter) -> None:
    client, issuer = enter(editor), an_issuer()
    opened = form_data(client, address(issuer))
    Issuer.objects.filter(pk=issuer.pk).update(name_fa="newer", country="AZ")
    assert client.post(address(issuer), opened | {"name_az": "changed"}).status_code == 302
    issuer = Issuer.objects.get(pk=issuer.pk)
    assert (issuer.name_az, issuer.name_fa, issuer.country) == ("changed", "newer", "AZ")


def test_a_label_is_called_something(editor: User, enter: Enter) -> None:
    no_spellings = {"spellings-TOTAL_FORMS": 0, "spellings-INITIAL_FORMS": 0}
    nameless = {"slug": "nameless", "kind": "court", **no_spellings}
    answer = enter(editor).post("/admin/statements/issuer/add/", nameless)
    assert answer.status_code == 200
    assert not Issuer.objects.filter(slug="nameless").exists()
    named = {"slug": "named", "kind": "court", "name_en": "The Court", **no_spellings}
    assert enter(editor).post("/admin/statements/issuer/add/?left=az&right=en", named).status_code == 302


def test_a_new_label_is_named_in_the_language_that_all_fall_back_to(editor: User, enter: Enter) -> None:
    client, where = enter(editor), "/admin/statements/issuer/add/"
    editor.interface_language = "ru"
    editor.save()
    assert shown_columns(client, where) == ["name_ru", "name_en"]
    assert shown_columns(client, f"{where}?left=az&right=fa") == ["name_en", "name_fa"]
    editor.interface_language = "en"
    editor.save()
    assert shown_columns(client, where) == ["name_en", "name_az"]
    answer = client.post(f"{where}?left=az&right=fa", {"slug": "nameless", "kind": "court", "name_fa": "دادگاه"})
    assert answer.status_code == 200
    assert "Enter the name in English too." in answer.content.decode()
    assert not Issuer.objects.filter(slug="nameless").exists()


def test_a_translator_is_not_stopped_by_a_name_that_somebody_else_owes(persian_translator: User, enter: Enter) -> None:
    client, issuer = enter(persian_translator), an_issuer(name_en="")
    data = form_data(client, address(issuer)) | {"name_fa": "وزارت"}
    assert client.post(address(issuer), data).status_code == 302


def test_the_rows_inside_a_label_follow_the_same_two_languages(persian_translator: User, enter: Enter) -> None:
    event = Event.objects.create(slug="example", dated="1990-05", name_en="The example")
    name = EventName.objects.create(event=event, name="Example", language="en", used_by_en="the press")
    where = f"/admin/statements/event/{event.pk}/change/?left=en&right=fa"
    client = enter(persian_translator)
    data = form_data(client, where) | {
        "names-0-used_by_fa": "مطبوعات",
        "names-0-used_by_en": "forged",
        "names-0-name": "forged",
    }
    assert client.post(where, data).status_code == 302
    name = EventName.objects.get(pk=name.pk)
    assert (name.used_by_fa, name.used_by_en, name.name) == ("مطبوعات", "the press", "Example")


def test_labels_are_found_in_every_language(editor: User, enter: Enter) -> None:
    issuer = an_issuer(name_fa="وزارت نمونه")
    an_issuer("other-body", name_fa="دیگر")
    page = enter(editor).get("/admin/statements/issuer/", {"q": "نمونه"})
    assert list(page.context["cl"].result_list) == [issuer]
