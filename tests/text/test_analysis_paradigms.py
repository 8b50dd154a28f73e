"""Azerbaijani and Turkish nouns have one stem in all their forms, also those the stemmer has never seen."""

from collections.abc import Iterator

import pytest

from memorial.text.analysis import analyse

VOWELS = "aıoueəiöü"
HIGH = dict(zip("aıoueəiöü", "ııuuiiiüü", strict=True))
NOUNS = {
    "az": """
        şəhid torpaq ürək vətən insan qadın məktub dövlət ölkə hadisə şuşa bakı gəncə lənkəran müstəqillik gün ev
        xalq qan qanun kitab məclis mərasim türkiyə rusiya prezident nazir dəniz kömək uşaq meydan düşmən qətnamə
        məhkəmə sərhəd çadır alov qərənfil yürüş blokada fəlakət kədər etiraz izdiham jurnalist müxbir professor
        tələbə həkim konstitusiya razılaşma danışıqlar lövhə stadion simfoniya bayraqdar mükafat mingəçevir bərdə
        laçın beyləqan şamaxı zaqatala moskva varşava belqrad cenevrə məmmədov hüseynov rəsulzadə kəmalə samir nigar
        ənvər
    """,
    "tr": """
        şehit toprak yürek vatan insan kadın mektup devlet ülke olay ankara iğdır karabağ bağımsızlık gün ev halk
        kan kanun kitap meclis tören türkiye rusya bakan bakanlık deniz çocuk meydan düşman mahkeme sınır temsilci
        büyükelçi ağaç çadır alev karanfil yürüyüş zırhlı saldırı kuşatma keder devrim kalabalık gazeteci yazar
        öğrenci köylü savcı seçim sözleşme gözlemci sayfa heykel levha cadde nişan madalya çanakkale trabzon
        diyarbakır malatya moskova varşova cenevre demirel resulzade srebrenitsa
    """,
}
TYPED = str.maketrans("əışçğöü", "eiscgou")


def last_vowel(word: str) -> str:
    return next(letter for letter in reversed(word) if letter in VOWELS)


def softened(word: str, tag: str) -> str:
    """The word as it is before an ending that begins with a vowel."""
    if sum(letter in VOWELS for letter in word) < 2:
        return word
    changes = {"q": "ğ", "k": "y"} if tag == "az" else {"k": "ğ", "p": "b", "ç": "c"}
    return word[:-1] + changes.get(word[-1], word[-1])


def cases(word: str, tag: str, *, is_possessed: bool = False) -> Iterator[str]:
    high = HIGH[last_vowel(word)]
    low = "a" if last_vowel(word) in "aıou" else {"az": "ə", "tr": "e"}[tag]
    dental = "t" if tag == "tr" and word[-1] in "pçtkfhsş" else "d"
    joint = "n" if is_possessed else ""
    yield word
    if word[-1] in VOWELS:
        yield from (word + ("n" if is_possessed or tag == "az" else "y") + high, f"{word}n{high}n")
        yield word + ("n" if is_possessed else "y") + low
    else:
        yield from (softened(word, tag) + high, f"{softened(word, tag)}{high}n", softened(word, tag) + low)
    yield from (f"{word}{joint}{dental}{low}", f"{word}{joint}{dental}{low}n")


def forms(word: str, tag: str) -> Iterator[str]:
    """All cases of the word, of its plural, and of both as his, ours and yours."""
    for each in (word, f"{word}l{'a' if last_vowel(word) in 'aıou' else {'az': 'ə', 'tr': 'e'}[tag]}r"):
        high, soft = HIGH[last_vowel(each)], softened(each, tag)
        yield from cases(each, tag)
        ends_in_vowel = each[-1] in VOWELS
        yield from cases(f"{each}s{high}" if ends_in_vowel else soft + high, tag, is_possessed=True)
        yield from cases(f"{each}m{high}z" if ends_in_vowel else f"{soft}{high}m{high}z", tag)
        yield from cases(f"{each}n{high}z" if ends_in_vowel else f"{soft}{high}n{high}z", tag)


def stem(word: str, tag: str) -> str:
    (token,) = analyse(word, tag)
    return token.stem


@pytest.mark.parametrize("tag", NOUNS)
def test_all_forms_of_a_noun_have_its_stem(tag: str) -> None:
    # Some forms are those of another word, too: gənc-ə, to a young man, and Gəncə, a town.
    pairs = [(word, form) for word in NOUNS[tag].split() for form in dict.fromkeys(forms(word, tag))]
    apart = [(word, form) for word, form in pairs if stem(word, tag) != stem(form, tag)]
    assert len(pairs) > 2_000
    assert len(apart) <= len(pairs) * 0.005, apart


@pytest.mark.parametrize("tag", NOUNS)
def test_forms_typed_without_marks_have_the_same_stem(tag: str) -> None:
    written = [form for word in NOUNS[tag].split() for form in dict.fromkeys(forms(word, tag))][::4]
    apart = [form for form in written if stem(form, tag) != stem(form.translate(TYPED), tag)]
    assert len(apart) <= len(written) * 0.005, apart


@pytest.mark.parametrize("tag", NOUNS)
def test_different_nouns_keep_different_stems(tag: str) -> None:
    nouns = NOUNS[tag].split()
    assert len({stem(word, tag) for word in nouns}) == len(nouns)
