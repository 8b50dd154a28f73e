"""The card of an edition: drawn with our own fonts, kept once, and never in the way of a publication."""

import hashlib
import logging
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bidi import get_display
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageChops

from memorial.accounts.models import User
from memorial.publishing.models import Edition
from memorial.publishing.release import publish
from memorial.reading.citing.card import kept
from memorial.reading.citing.card.faces import BOLD, FONTS, REGULAR, can_write, prepared
from memorial.reading.citing.card.order import in_visual_order, levels
from memorial.reading.citing.card.picture import HEIGHT, WIDTH, draw
from memorial.reading.citing.card.typesetting import Style, lines, set_line
from memorial.statements.models import Statement
from tests.storages import content, kept_names

from .conftest import a_text, only_public, published, published_again

LATIN = Style(BOLD, 48, "az", "ltr")
PERSIAN = Style(BOLD, 48, "fa", "rtl")


@pytest.fixture(autouse=True)
def storage(empty_storage: Storage) -> Storage:
    """A storage of this test alone."""
    return empty_storage


def an_edition(title: str, lang: str = "en", issuer: str = "Example Ministry", dated: str = "2025-05-20") -> Edition:
    facts = {"issuer": {"name": issuer, "lang": lang}}
    return Edition(title=title, language=lang, dated=dated, facts=facts)


def picture(edition: Edition) -> Image.Image:
    image = Image.open(BytesIO(draw(edition)))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT)) == ("PNG", (1200, 630))
    return image.convert("L")


def inked(image: Image.Image, box: tuple[int, int, int, int]) -> float:
    """The share of a part of the card that is not paper."""
    part = image.crop(box).point(lambda value: 255 if value < 200 else 0)
    return part.histogram()[255] / (part.width * part.height)


MIDDLE = (84, 180, 1116, 500)
FOOT_LEFT, FOOT_RIGHT = (84, 530, 600, 620), (600, 530, 1116, 620)


def card_of(client: Client, edition: Edition) -> Any:
    return client.get(f"/s/{edition.statement.sid}/card/{edition.sha256}.png")


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("20 Yanvar – Ümumxalq Hüzn Günü: şəhidlərin xatirəsi, İğdır", "az"),
        ("Açıklama: İğdır’ın ışığı", "tr"),
        ("Заявление по случаю Дня всенародной скорби", "ru"),
        ("بیانیه به مناسبت روز سوگواری ملی، ۲۰ ژانویهٔ ۲۰۲۵", "fa"),
        ("Հայտարարություն", "hy"), ("განცხადება", "ka"), ("הצהרה", "he"), ("Δήλωση", "el"), ("Tuyên bố về", "vi"),
    ],
)  # fmt: skip
def test_a_title_is_drawn_in_its_own_script(title: str, lang: str) -> None:
    assert can_write(title, BOLD)
    assert 0.005 < inked(picture(an_edition(title, lang)), MIDDLE) < 0.5


def test_no_character_is_ever_a_box() -> None:
    for title, style in (("Şəhidlər ğ İ ı Əə «№» — …", LATIN), ("می‌داریم (Baku) ۱۹۹۰؛ «یاد»", PERSIAN)):
        assert all(glyph.number for glyph in set_line(prepared(title), style).glyphs), "glyph 0 is the box"


def test_words_in_an_unknown_script_are_left_out_and_date_and_name_stay() -> None:
    image = picture(an_edition("声明", "zh", issuer="外交部"))
    assert not can_write("声明", BOLD)
    assert inked(image, MIDDLE) == 0
    assert inked(image, FOOT_LEFT) > 0
    assert inked(image, FOOT_RIGHT) > 0


@pytest.mark.parametrize("name", ["记忆", "Memorial"])
def test_the_archive_is_named_even_where_its_name_cannot_be_written(settings: Any, name: str) -> None:
    settings.SITE_NAME = name
    assert inked(picture(an_edition("Title")), FOOT_RIGHT) > 0


def test_right_to_left_words_begin_at_the_right() -> None:
    right, left = (900, 200, 1116, 500), (84, 200, 300, 500)
    persian, english = picture(an_edition("بیانیه", "fa")), picture(an_edition("Title", "en"))
    assert inked(persian, right) > 0 == inked(persian, left)
    assert inked(english, left) > 0 == inked(english, right)


def test_arabic_letters_are_joined_and_latin_words_among_them_keep_their_order() -> None:
    joined, apart = set_line("بیان", PERSIAN), [set_line(letter, PERSIAN).width for letter in "بیان"]
    assert joined.width < sum(apart)
    mixed = set_line("روز (Baku) بود", PERSIAN)
    latin = [glyph for glyph in mixed.glyphs if "NotoSerif" in glyph.font]
    assert [glyph.x for glyph in latin] == sorted(glyph.x for glyph in latin)
    first_word = set_line("روز", PERSIAN)
    assert min(glyph.x for glyph in latin) > 0, "what is said last stands at the left"
    assert mixed.glyphs[-1].x / 64 > mixed.width - first_word.width, "what is said first stands at the right"


@pytest.mark.parametrize(
    "text", ["abc", "שלום abc 123 עולם", "abc שלום 12-34, def", "a (ב) c", "روز ۱۲ (Baku 1990) بود.", "«א» – b"]
)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_words_stand_in_the_order_of_the_standard(text: str, direction: str) -> None:
    ordered = in_visual_order([(str(at), level, letter) for at, (level, letter) in enumerate(
        zip(levels(text, direction), text, strict=True)
    )])  # fmt: skip
    expected = get_display(text, base_dir="R" if direction == "rtl" else "L")
    assert "".join(letter for _at, _level, letter in ordered) == expected, "by another implementation of it"


def test_the_dot_of_an_i_is_kept_where_the_language_has_two() -> None:
    english, turkish = (len(set_line("fi", Style(BOLD, 48, lang, "ltr")).glyphs) for lang in ("en", "tr"))
    assert (english, turkish) == (1, 2), "no ligature swallows the dot"


def test_a_joiner_is_kept_and_a_control_is_not() -> None:
    assert prepared("می\u200cداریم \u202ex\u2069\n y") == "می\u200cداریم x y"


@pytest.mark.parametrize("title", ["word " * 120, "W" * 300, "و" * 300, "a\u0301" * 150])
def test_a_long_title_ends_with_an_ellipsis_in_its_lines(title: str) -> None:
    style = PERSIAN if title.startswith("و") else LATIN
    found, is_whole = lines(title, style, 1000, 4)
    assert (len(found), is_whole) == (4, False)
    assert all(line.width <= 1000 for line in found)
    (ellipsis,) = {glyph.number for glyph in set_line("…", style).glyphs}
    assert ellipsis in {glyph.number for glyph in found[-1].glyphs}
    assert ellipsis not in {glyph.number for glyph in found[0].glyphs}
    assert inked(picture(an_edition(title)), (0, 505, 1200, 515)) == 0, "the title does not reach the foot"


def test_a_short_title_is_one_line_and_an_empty_one_none() -> None:
    assert [len(lines(text, LATIN, 1000, 4)[0]) for text in ("Title", "", "  ")] == [1, 0, 0]


def test_lines_of_one_text_are_about_as_long() -> None:
    found, is_whole = lines("слово " * 9, LATIN, 1032, 3)
    assert (len(found), is_whole) == (2, True)
    assert max(line.width for line in found) < 1.35 * min(line.width for line in found)


def test_the_fonts_are_small_and_come_with_their_licence() -> None:
    files = sorted(FONTS.glob("*.ttf"))
    assert sum(path.stat().st_size for path in files) < 600_000
    assert "SIL OPEN FONT LICENSE" in Path(FONTS, "OFL.txt").read_text()
    assert can_write("0123456789 ۰۱۲۳۴۵۶۷۸۹", REGULAR)


# -- Kept and given ----------------------------------------------------------------------------------------------------


def test_a_card_is_drawn_at_publication_and_given_with_its_address_for_ever(
    client: Client, publisher: User, storage: Storage, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        statement = published(publisher)
    assert len(kept_names(storage, "cards/1")) == 2
    for edition in statement.editions.all():
        response = card_of(client, edition)
        assert response["Content-Type"] == "image/png"
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert not response.cookies
        assert Image.open(BytesIO(response.content)).size == (1200, 630)
        again = client.get(response.request["PATH_INFO"], headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304


def test_a_whole_archive_is_entered_without_waiting_for_cards(statement: Statement, storage: Storage) -> None:
    kept.keep_cards([statement.editions.get(language="en")] * (kept.MOST_AT_ONCE + 1))
    assert not kept_names(storage)
    kept.keep_cards([statement.editions.get(language="en")])
    assert len(kept_names(storage)) == 1


def test_a_card_that_is_missing_is_drawn_when_it_is_asked_for(
    client: Client, statement: Statement, storage: Storage
) -> None:
    edition = statement.editions.get(language="en")
    first = card_of(client, edition).content
    name = f"cards/1/{edition.sha256[:2]}/{edition.sha256}.png"
    assert hashlib.sha256(content(storage, name)).digest() == hashlib.sha256(first).digest()
    storage.delete(name)
    storage.save(name, ContentFile(b"as it was kept"))
    assert card_of(client, edition).content == b"as it was kept"


def test_a_card_shows_the_edition_and_not_the_record(client: Client, statement: Statement, publisher: User) -> None:
    first = statement.editions.get(language="en")
    second = published_again(statement, "en", publisher, title="Another title")
    pictures = [Image.open(BytesIO(card_of(client, each).content)).convert("L") for each in (first, second)]
    assert ImageChops.difference(*pictures).getbbox() is not None


def test_no_card_shows_what_is_not_public(client: Client, statement: Statement, publisher: User) -> None:
    later = published_again(statement, "en", publisher, at=timezone.now() + timedelta(hours=1), title="Later")
    assert card_of(client, later).status_code == 404
    a_text(statement, "fa", publisher)
    (persian,) = publish(statement, ["fa"], by=publisher)
    assert card_of(client, persian).status_code == 200
    only_public("az", "en")
    assert card_of(client, persian).status_code == 404
    other = published(publisher, slug="other").editions.get(language="en")
    assert client.get(f"/s/{statement.sid}/card/{other.sha256}.png").status_code == 404
    assert client.get(f"/s/{statement.sid}/card/{'0' * 64}.png").status_code == 404


def test_a_card_that_fails_leaves_the_publication_alone_and_is_logged(
    publisher: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def broken(edition: Edition) -> bytes:
        raise OSError("the font cannot be read")

    monkeypatch.setattr("memorial.reading.citing.card.picture.draw", broken)
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        statement = published(publisher)
    assert statement.editions.count() == 2
    assert "could not be drawn" in caplog.text


def test_a_full_disk_keeps_no_card_from_its_reader(
    client: Client, statement: Statement, monkeypatch: pytest.MonkeyPatch, storage: Storage
) -> None:
    def full(*args: object, **kwargs: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "save", full)
    assert card_of(client, statement.editions.get(language="en")).status_code == 200
