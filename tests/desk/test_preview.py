"""A text of any state in the readers' layout: for those who may see it, and for nobody else's memory."""

import re
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from lxml import html as markup

from memorial.accounts.models import User
from memorial.languages.models import Language
from memorial.publishing.models import Edition
from memorial.publishing.release import publish
from memorial.statements.attachments import keep
from memorial.statements.models import Statement
from memorial.translations.models import PrivateDraft, Revision, Text
from memorial.translations.save import save_text
from tests.builders import a_user, an_occasion

Enter = Callable[[User], Client]


def address(statement: Statement, language: str = "az", rest: str = "") -> str:
    return f"/admin/statements/statement/{statement.pk}/text/{language}/preview/{rest}"


def targets(page: str) -> list[str]:
    """Where the links of a page lead, but for those of the banner and those on the page itself."""
    tree = markup.fromstring(page)
    banner = set(tree.xpath("//aside[contains(@class, 'preview-banner')]//a"))
    return [a.get("href") for a in tree.iter("a") if a not in banner and a.get("href") and a.get("href")[0] != "#"]


@pytest.fixture(autouse=True)
def site_languages(db: None) -> None:
    """Azerbaijani and English are public; Persian is being prepared."""
    for tag, direction, state in (("az", "ltr", "public"), ("en", "ltr", "public"), ("fa", "rtl", "preparing")):
        row = {"name_en": tag, "name_own": tag, "direction": direction, "state": state}
        Language.objects.update_or_create(tag=tag, defaults=row)


@pytest.fixture
def persian(statement: Statement, persian_translator: User) -> Revision:
    """A translation into a language that readers do not see yet."""
    return save_text(
        statement, "fa", title="بیانیه", summary="", body="<p>متن</p>", seen=None, by=persian_translator,
        based_on=Text.objects.get(language="az").head,
    )  # fmt: skip


def test_a_draft_is_shown_in_the_public_layout_and_kept_by_nobody(
    editor: User, enter: Enter, statement: Statement
) -> None:
    answer = enter(editor).get(address(statement))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in page
    assert "/static/reading/site.css" in page
    assert "The first paragraph." in page
    assert 'rel="canonical"' not in page
    assert 'rel="alternate"' not in page
    assert "<script" not in page
    assert not Edition.objects.exists()


def test_the_page_speaks_the_language_of_the_text_and_the_banner_that_of_the_desk(
    persian: Revision, statement: Statement, enter: Enter
) -> None:
    reader = a_user("reviewer", "editor")
    reader.interface_language = "en"
    reader.save()
    answer = enter(reader).get(address(statement, "fa"))
    page = answer.content.decode()
    assert '<html lang="fa" dir="rtl">' in page
    assert answer["Content-Language"] == "fa"
    banner = page[page.index("<aside") : page.index("</aside>")]
    assert 'lang="en" dir="ltr"' in banner
    assert "not public" in banner
    assert "Readers do not see this language yet." in banner
    assert f"/admin/statements/statement/{statement.pk}/text/fa/" in banner


def test_no_link_leads_where_readers_find_nothing(
    persian: Revision, statement: Statement, enter: Enter, editor: User
) -> None:
    statement.occasion = an_occasion()
    statement.save()
    keep(statement, ContentFile(b"%PDF-1.4\nx", name="draft.pdf"), by=editor)
    reader = Client()
    for language in ("fa", "az"):
        page = enter(editor).get(address(statement, language)).content.decode()
        assert "draft.pdf" in page
        inside = [target for target in targets(page) if target.startswith(("/", "http://memorial.test"))]
        for target in inside:
            assert reader.get(target.removeprefix("http://memorial.test")).status_code == 200, target
        assert bool(inside) == (language == "az")
        assert "https://gazette.example/1" in targets(page)


def test_what_is_public_already_is_linked(publisher: User, statement: Statement, enter: Enter) -> None:
    keep(statement, ContentFile(b"%PDF-1.4\nx", name="public.pdf"), by=publisher)
    first = publish(statement, ["az"], by=publisher)[0]
    save_text(statement, "az", title="İkinci", summary="", body="<p>Another.</p>", seen=first.revision, by=publisher)
    client = enter(publisher)
    page = client.get(address(statement)).content.decode()
    assert "Another." in page
    assert any("public.pdf" in target for target in targets(page))
    assert "SHA-256 of this edition" not in page
    english = save_text(statement, "en", title="Statement", summary="", body="<p>x</p>", seen=None, by=publisher)
    page = client.get(address(statement, english.text.language)).content.decode()
    assert f"/az/statements/{statement.sid}/{statement.slug}/" in targets(page)


def test_any_revision_of_the_text_can_be_seen(editor: User, enter: Enter, statement: Statement) -> None:
    first = Text.objects.get(language="az").head
    save_text(statement, "az", title="Yeni", summary="", body="<p>Newer.</p>", seen=first, by=editor)
    client = enter(editor)
    assert "Newer." in client.get(address(statement)).content.decode()
    old = client.get(address(statement, rest="?revision=1")).content.decode()
    assert "The first paragraph." in old
    assert "Newer." not in old
    for wrong in ("3", "0", "-1", "x", "", "9" * 30, "²"):
        assert client.get(address(statement, rest=f"?revision={wrong}")).status_code == 404, wrong


def test_a_private_draft_is_shown_to_its_owner_alone(
    persian_translator: User, enter: Enter, statement: Statement
) -> None:
    PrivateDraft.objects.create(
        statement=statement, language="fa", by=persian_translator, title="", body="<p>Secret<script>x()</script></p>",
        facts={"origin": "nonsense", "credit": "A. Example"},
    )  # fmt: skip
    answer = enter(persian_translator).get(address(statement, "fa", "?draft=1"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Secret" in page
    assert "A. Example" in page
    assert "<script" not in page
    for other in (a_user("lead", "lead", language="fa"), a_user("root", "administrator")):
        answer = enter(other).get(address(statement, "fa", "?draft=1"))
        assert answer.status_code == 404
        assert "Secret" not in answer.content.decode()
    assert not Text.objects.filter(language="fa").exists()
    assert PrivateDraft.objects.count() == 1


def test_without_a_private_draft_the_saved_text_is_shown(editor: User, enter: Enter, statement: Statement) -> None:
    answer = enter(editor).get(address(statement, rest="?draft=1"))
    assert (answer.status_code, answer["Location"]) == (302, address(statement))


def test_what_is_missing_is_said(editor: User, enter: Enter, statement: Statement) -> None:
    editor.interface_language = "en"
    editor.save()
    statement.sources.all().delete()
    statement.occasion = an_occasion()
    statement.save()
    type(statement).objects.filter(pk=statement.pk).update(dated="")
    PrivateDraft.objects.create(statement=statement, language="az", by=editor, title="", body="<p>x</p>")
    client = enter(editor)
    page = client.get(address(statement)).content.decode()
    assert "No source is given." in page
    assert "The date on the document is missing." in page
    page = client.get(address(statement, rest="?draft=1")).content.decode()
    assert "Enter the title in Azerbaijani." in page
    assert re.search(r"<h1>\s*\S", page)


def test_a_language_without_a_text_or_without_a_place_on_the_site_is_not_found(
    editor: User, enter: Enter, statement: Statement
) -> None:
    client = enter(editor)
    assert client.get(address(statement, "en")).status_code == 404
    assert client.get(address(statement, "xx")).status_code == 404
    assert client.get("/admin/statements/statement/999999/text/az/preview/").status_code == 404


def test_nobody_without_a_role_sees_a_preview(enter: Enter, statement: Statement) -> None:
    for client in (Client(), enter(a_user("nobody"))):
        answer = client.get(address(statement))
        assert answer.status_code == 302
        assert "login" in answer["Location"]
    for reader in (
        a_user("contributor", "contributor", language="fa"),
        a_user("translator", "translator", language="tr"),
    ):
        assert enter(reader).get(address(statement)).status_code == 200


def test_the_preview_takes_few_queries(
    editor: User, enter: Enter, statement: Statement, persian: Revision, django_assert_max_num_queries: Callable
) -> None:
    client = enter(editor)
    with django_assert_max_num_queries(32):
        client.get(address(statement, "fa"))
