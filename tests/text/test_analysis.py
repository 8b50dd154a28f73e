"""The words of a text: where they are, and the forms in which readers ask for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorial.text.analysis import CHANNELS, MOST_WORDS, Token, analyse
from memorial.text.folding import folded, folded_with_a
from tests.text.strategies import AWKWARD, WORDS

TAGS = ["az", "tr", "ru", "en", "fa", "ar", "zh", "de", "ku", "az-Cyrl", "", "x-nonsense"]
PIECES = [
    *WORDS, *AWKWARD, " ", "'", "’", "-", "\u0640", "中国", "ガ", "ﾊﾟ", "한국", "\u1112\u1161\u11ab", "ﷺ", "½", "²",
    "ŞƏHİDLƏR",
    "٣", "\u0307", "\u0306", "и", "лары", "ların", "dığı", "ها", "\u200cها", "می ", "والشهداء", "\u0e33", "\U000e0100",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=80)


def forms(text: str, tag: str, channel: str = "folded") -> list[str]:
    return [getattr(token, channel) for token in analyse(text, tag)]


def one(text: str, tag: str) -> Token:
    (token,) = analyse(text, tag)
    return token


def places(text: str, tag: str) -> list[str]:
    return [text[token.start : token.end] for token in analyse(text, tag)]


@given(texts, st.sampled_from(TAGS))
def test_tokens_lie_in_the_text_in_order_and_all_their_forms_say_something(text: str, tag: str) -> None:
    tokens = analyse(text, tag)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        for channel in CHANNELS:
            form = getattr(token, channel)
            assert form
            assert not any(char.isspace() for char in form)
    starts = [token.start for token in tokens]
    assert starts == sorted(set(starts))
    assert analyse(text, tag) == tokens


@given(texts)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded_with_a(folded_with_a(text)) == folded_with_a(text)


@given(texts, st.sampled_from(TAGS))
def test_a_word_is_found_by_what_its_place_holds(text: str, tag: str) -> None:
    for token in analyse(text, tag):
        alone = analyse(text[token.start : token.end], tag)
        assert token.folded in [other.folded for other in alone]


def test_offsets_are_of_the_original_where_folding_changes_lengths() -> None:
    text = "ﬁlə ﷺ İİ Bakı’da, «Şəhid» x²"
    assert places(text, "az") == ["ﬁlə", "ﷺ", "İİ", "Bakı’da", "Şəhid", "x"]
    assert forms(text, "az")[0] == "file"


@pytest.mark.parametrize(
    ("tag", "written", "typed"),
    [
        ("az", "Şəhid", "sehid"), ("az", "İSTANBUL", "istanbul"), ("az", "ISTANBUL", "istanbul"),
        ("az", "BAKI", "baki"),
        ("az", "Bakı'da", "baki"), ("tr", "TBMM’nin", "tbmm"), ("en", "Baku's", "baku"), ("fr", "l'État", "etat"),
        ("ru", "Тяжёлый", "тяжелый"), ("ru", "День", "день"), ("fa", "كتاب", "کتاب"), ("ar", "كِتَابٌ", "کتاب"),
        ("ar", "المأسـاة", "الماساه"), ("ar", "شهداء", "شهدا"), ("fa", "۱۹۹۰", "1990"), ("ar", "١٩٩٠", "1990"),
        ("zh", "ＢＡＫＵ", "baku"), ("az", "1990-cı", "1990"), ("ru", "1990-го", "1990"),
        ("fa", "کتاب‌ها", "کتابها"),
        ("fa", "کتاب ها", "کتابها"), ("fa", "می کنند", "میکنند"), ("en", "co\u00adoperate", "cooperate"),
        ("ja", "ﾊﾟ", "パ"), ("ko", "\u1112\u1161\u11ab", "한"), ("az-Cyrl", "Шәһид", "шеһид"),
        ("de", "Straße", "strasse"),
    ],
)  # fmt: skip
def test_a_word_is_folded_to_what_people_type(tag: str, written: str, typed: str) -> None:
    assert one(written, tag).folded == typed


def test_short_i_keeps_its_breve_and_schwa_is_folded_both_ways() -> None:
    assert one("йод", "ru").folded == "йод"
    token = one("Şəhidlərin", "az")
    assert (token.folded, token.folded_a) == ("sehidlerin", "sahidlarin")
    assert token.stem_a == one("sahid", "az").stem


def test_exact_forms_keep_marks_and_follow_the_capitals_of_the_language() -> None:
    assert one("BAKI", "az").exact == "bakı"
    assert one("BAKI", "en").exact == "baki"
    assert one("Şəhid", "az").exact != one("Sehid", "az").exact
    assert one("е\u0308", "ru").exact == "ё"


def test_han_is_written_in_pairs_and_every_character_begins_one_token() -> None:
    assert forms("中国人。国", "zh") == ["中国", "国人", "人", "国"]
    assert places("在2020年", "zh") == ["在", "2020", "年"]
    assert forms("ガラス", "ja") == ["ガラ", "ラス", "ス"]


def test_persian_compounds_are_two_words_and_particles_none() -> None:
    assert forms("آتش‌بس", "fa") == ["اتش", "بس"]
    assert places("خانه‌هایشان نمی‌گویند", "fa") == ["خانه‌هایشان", "نمی‌گویند"]
    assert forms("کتاب‌ها", "ar") == ["کتابها"]


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("az", "şəhid şəhidi şəhidlərimizin şəhidlərdən Şəhiddir sehidler"),
        ("az", "torpaq torpağı torpağımız torpaqlarda TORPAQDAN"),
        ("az", "ürək ürəyi ürəkdən ürəyimizdəki urekler"),
        ("az", "müstəqillik müstəqilliyi müstəqilliyinə müstəqilliyimizin"),
        ("az", "il ili ildə ilin illərdəki"),
        ("az", "oğul oğlu oğlunun oğulları"),
        ("az", "anmaq anırıq anıldı anılması anılır"),
        ("az", "öldürmək öldürülən öldürülmüşdür öldürdülər öldürülməsi"),
        ("az", "Xankəndi Xankəndidə Xankəndinin"),
        ("az", "Zəngəzur Zəngəzura Zəngəzurdan Zəngəzurun"),
        ("tr", "şehit şehidi şehitlerimizin şehitler sehitlerden"),
        ("tr", "toprak toprağı toprağımız topraklarda"),
        ("tr", "şehir şehrin şehri şehirlerde"),
        ("tr", "kınamak kınıyoruz kınadı kınandı kınayan"),
        ("tr", "Srebrenitsa Srebrenitsa'da Srebrenitsa'nın Srebrenitsalar"),
        ("tr", "bağımsızlık bağımsızlığı bağımsızlığımızın bağımsızlıktan"),
        ("ru", "жертва жертвы жертв жертвами"),
        ("ru", "Алиев Алиева Алиевым"),
        ("ru", "Сумгаит Сумгаита Сумгаите"),
        ("ru", "беженец беженцы беженцам"),
        ("ru", "день дня днём дней днях"),
        ("en", "mourn mourning mourned"),
        ("en", "commemorate commemoration commemorated"),
        ("en", "honour honors honoured"),
        ("en", "child children children's"),
        ("fa", "شهید شهیدان شهدا شهدای شهید‌ها شهیدها"),
        ("fa", "آواره آوارگان"),
        ("fa", "می‌کند می‌کنند میکنیم نمی‌کنند"),
        ("ar", "شهيد الشهيد شهداء والشهداء للشهداء شهدائنا"),
        ("ar", "حكومة الحكومة والحكومة للحكومة حكومتنا"),
        ("ar", "بيان البيان بيانات وبيان"),
        ("de", "Erklärung Erklärungen"),
    ],
)
def test_forms_of_a_word_have_one_stem(tag: str, words: str) -> None:
    assert len({one(word, tag).stem for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("az", "qan qanun qanad qanlı"), ("az", "vətən vətəndaş"), ("az", "Türk Türkiyə türkmən"), ("az", "il ilə ilk"),
        ("az", "Gəncə gənc"), ("az", "Bakı baxış baş başqa"), ("az", "nazir nazirlik"), ("az", "ad ada adam"),
        ("az", "su sual"), ("az", "gün günah günəş"), ("az", "yer yerevan"), ("az", "yas yasaq"), ("az", "şəhid şəhər"),
        ("tr", "kan kanun kanal"), ("tr", "bakan bakanlık Bakü"), ("tr", "vatan vatandaş"), ("tr", "yıl yıldız yılan"),
        ("tr", "gün güneş güney"), ("tr", "kar kara karar"), ("tr", "baş başka başkan"), ("tr", "ana anayasa anıt"),
        ("ru", "мир мировой"), ("ru", "час часть"), ("ru", "память памятник"), ("ru", "ветеран ветер"),
        ("en", "nation national"), ("en", "import important"), ("en", "police policy"), ("en", "state statement"),
        ("en", "university universe"), ("en", "human humanity"), ("en", "general generation"),
        ("fa", "کار کارگر"), ("fa", "شهر شهرک شهروند"), ("fa", "میدان دان"), ("fa", "ملت ملی"),
        ("ar", "سلام إسلام"), ("ar", "علم عالم"), ("ar", "وزير وزارة"), ("ar", "مدني مدينة"), ("ar", "ذكر ذكرى"),
    ],
)  # fmt: skip
def test_other_words_have_other_stems(tag: str, words: str) -> None:
    stems = [one(word, tag).stem for word in words.split()]
    assert len(set(stems)) == len(stems)


@pytest.mark.parametrize("tag", ["az-Cyrl", "ku", "ps", "lez", "", "xx"])
def test_a_language_without_a_stemmer_is_folded_only(tag: str) -> None:
    token = one("Şəhidlərin", tag)
    assert token.stem == token.folded


def test_a_script_that_is_not_the_stemmers_is_folded_only() -> None:
    assert one("statements", "en-Cyrl").stem == "statements"
    assert one("statements", "en-GB").stem == one("statement", "en_US").stem


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000, "\u0301" * 100_000, "a" + "\u0301" * 100_000, "a'" * 50_000, "'" * 100_000, "[(" * 50_000,
        "中" * 33_000, "می\u200c" * 20_000, "ların" * 20_000, "\x00" * 100_000, "\ud800" * 30_000, "1-" * 50_000,
        "a " * 50_000,
    ],
)  # fmt: skip
def test_hostile_texts_are_bounded(text: str) -> None:
    for tag in ("az", "fa"):
        tokens = analyse(text, tag)
        assert len(tokens) <= MOST_WORDS
        assert all(len(getattr(token, channel)) <= 64 for token in tokens for channel in CHANNELS)
