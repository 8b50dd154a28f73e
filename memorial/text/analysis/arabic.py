"""A light stemmer of Arabic: the article and what is written to a word before and after it.

After Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval" (2007; light10), with more care
for what may be part of the word (``وزير`` has no ``و-``, ``بيان`` no ``ب-``), and with the clitics ``ب- ل- ك-`` also
without the article, the endings of persons, and the plurals made inside a word that statements have most.
"""

# As folding leaves them: ه for ة, ی for ي and ى, ا without hamza.
_WITH_ARTICLE = ("وبال", "فبال", "وکال", "بال", "کال", "فال", "وال", "ولل", "فلل", "لل", "ال")
# Words that begin with a letter that may be a clitic.
_WITH_OWN_FIRST_LETTER = """
وزیر وزیره وزاره وزارات وزارتی وطن وطنی وطنیه وقت وفاه وفات وثیقه وثایق وحده وحدات ولایه ولایات ولی ولد واجب
واجبات والد والده وکاله وکالات وکیل وسایل وسیله وقف وقفه وفد وفود وضع وصف وعد وسط واقع واقعه واحد واحده وجود وجه
وصول وعی وبا ویل ورده ورود وقایع وفی ولاده وسام وهم ورق ورقه وداع وفا باکو برلمان برلمانی برلمانیه لبنان لبنانی
بغداد بلدیه بلدان بریطانیا لیبیا لاجی لاجیون لاجیین لاجیه لجان لجنه لغات کتاب کتابه کتب کاتب کثیر کثیره کثیرون
کبیر کبیره کبار کلمه کلمات کوریا کرامه بیان بلاد بلد بلده بلدات بنات بنت بنا بنایه باحث باحثون باحثین باحثه
برنامج برامج بعثه بعثات بدایه بطوله بطولات بطل ابطال بقا براه بری برییه ابریا لیل لیله لیلا لقا لقاات لسان لاعب
لوحه
"""
_OWN = frozenset(_WITH_OWN_FIRST_LETTER.split())
_ENDINGS = (
    ("هما", 3), ("ات", 3), ("ان", 3), ("ون", 3), ("ین", 3), ("ها", 3), ("هم", 3), ("هن", 3), ("کم", 3), ("نا", 3),
    ("یه", 3), ("ته", 4), ("تی", 4), ("ه", 3), ("ی", 3), ("ا", 4), ("ت", 4),
)  # fmt: skip
# Plurals made inside the word, and words that the endings above would take for another.
_FORMS_OF_ONE = """
شهید شهدا شهیده شهداو شهدای
ضحیه ضحایا
مدینه مدن
مدنی مدنیه مدنیون مدنیین مدنیا
جریمه جرایم
حدث احداث
شعب شعوب
دوله دول
قتیل قتلی قتلا
جریح جرحی جرحا
طفل اطفال طفله
رجل رجال
امراه نسا
جندی جنود
اسیر اسری اسرا
مجزره مجازر
اسم اسما اسامی
وزیر وزرا
رییس روسا
سنه سنوات سنین
یوم ایام
حق حقوق
قانون قوانین
قرار قرارات
وثیقه وثایق
ماساه ماسی
رساله رسایل
بیت بیوت
عایله عوایل
اسره اسر
منطقه مناطق
حرب حروب
ارض اراضی
قریه قری
بلد بلدان بلاد
مبنی مبان مبانی
روح ارواح
دم دما
جیش جیوش
قوه قوات قوی
رمز رموز
بطل ابطال
اب ابا
ابن ابنا
صوره صور
کتاب کتب
تقریر تقاریر
مجلس مجالس
حزب احزاب
زهره زهور ازهار
ذکری
ذکر
علم
عالم
سلام
اسلام
"""


def _without_article(form: str) -> str:
    for article in _WITH_ARTICLE:
        if form.startswith(article) and len(form) - len(article) >= 2:
            return form[len(article) :]
    return form


def _irregular() -> dict[str, str]:
    return {form: words[0] for words in map(str.split, _FORMS_OF_ONE.strip().splitlines()) for form in words}


_IRREGULAR = _irregular()


def stem(form: str) -> str:
    """Return the stem of a folded word."""
    word = _without_clitics(form)
    while True:
        if word in _IRREGULAR:
            return _bare(_IRREGULAR[word])
        shorter = _without_ending(word)
        if shorter == word:
            return word
        word = shorter


def _bare(word: str) -> str:
    """Return the first of the forms of one as its own endings leave it: دوله and دولی have one stem."""
    shorter = _without_ending(word)
    return word if shorter in _IRREGULAR and _IRREGULAR[shorter] != word else shorter


def _without_clitics(form: str) -> str:
    word = _without_article(form)
    if word != form or _is_own(form):
        return word
    rest = form[1:]
    if form[:1] in ("و", "ف") and len(rest) >= 3:
        if form[0] == "و" or _is_own(rest) or rest in _IRREGULAR:
            return _without_clitics(rest) if len(rest) > 3 else rest
        return form
    if form[:1] in ("ب", "ل", "ک") and (len(rest) >= 4 or rest in _IRREGULAR):
        return rest
    return form


def _is_own(form: str) -> bool:
    """Say whether the first letter of a word is its own."""
    return (
        form in _OWN
        or form in _IRREGULAR
        or any(form.endswith(ending) and form[: -len(ending)] in _OWN for ending, _ in _ENDINGS)
    )


def _without_ending(word: str) -> str:
    for ending, fewest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= fewest:
            return word[: -len(ending)]
    return word
