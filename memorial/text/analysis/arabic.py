"""A light stemmer of Arabic: the article and what is written to a word before and after it.

After Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval" (2007; light10), with more care
for what may be part of the word (``وزير`` has no ``و-``, ``بيان`` no ``ب-``), and with the clitics ``ب- ل- ك-`` also
without the article, the endings of persons, and the plurals made inside a word that statements have most.
"""

import re

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
لوحه کنیسه کنایس کنیست کلیه کلیات کارثه کوارث کرسی کفاح کیان لحظه لحظات لوا لازم لباس بنیه بلاغ بلاغات بحریه
برقیه برقیات بادره بارود بنوک بندقیه بیروت برلین باریس بروکسل بولندا بلغاریا بلجیکا باکستان بنغلادیش لندن
لوکسمبورغ لاهای کازاخستان کندا کرواتیا کوبا کابول کرکوک کردی کردستان بشر بشری بشریه بعید بعیده برهان بقیه بدیل
بدیله بسیط بروتوکول کتله کتایب کتیبه لقاح لهجه بحث بحوث بدل بدون بعض بعد بین لدی لذلک لکن کذلک کما لما بینما
بطاقه بطاقات بوابه بیه بنود بنک کهربا کیلومتر کامل کامله کافی کافه کریم کریمه لحم لجوء لجو
"""
_OWN = frozenset(_WITH_OWN_FIRST_LETTER.split())
_ENDINGS = (
    ("هما", 3), ("تان", 3), ("تین", 3), ("ات", 3), ("ان", 3), ("ون", 3), ("ین", 3), ("ها", 3), ("هم", 3), ("هن", 3), ("کم", 3), ("نا", 3),
    ("یه", 3), ("ته", 3), ("تی", 4), ("ه", 3), ("ی", 3), ("ا", 4), ("ت", 4),
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
سفیر سفرا
زعیم زعما
خبیر خبرا
شریک شرکا
عمیل عملا
امیر امرا
فقیر فقرا
حلیف حلفا
خلیفه خلفا
عضو اعضا
عدو اعدا
صدیق اصدقا
نبی انبیا
نایب نواب
قاید قاده
طالب طلاب طلبه
عامل عمال
تاجر تجار
کاتب کتاب
حاکم حکام
ساکن سکان
قبر قبور
وفد وفود
وعد وعود
عقد عقود
عهد عهود
قرن قرون
نص نصوص
ظرف ظروف
درس دروس
نجم نجوم
بند بنود
جسر جسور
سجن سجون
صف صفوف
حد حدود
جرح جروح جراح
قلب قلوب
وجه وجوه
ضیف ضیوف
جهد جهود
دمع دموع
جذر جذور
شخص اشخاص
ولد اولاد
بنت بنات
باب ابواب
عام اعوام
شهر شهور اشهر
علم اعلام
عمل اعمال
هدف اهداف
سبب اسباب
لغم الغام
ضرر اضرار
خبر اخبار
قول اقوال
مال اموال
فرد افراد
طرف اطراف
وضع اوضاع
حال احوال
جد اجداد
حفید احفاد
قسم اقسام
میت اموات
سلاح اسلحه
عمل اعمال
خطا اخطا
دین ادیان
نوع انواع
جیل اجیال
عید اعیاد
لون الوان
فکره افکار
اخ اخوه اخوان
اب ابا
ام امهات
لجنه لجان
قمه قمم
امه امم
حفره حفر
غرفه غرف
خطه خطط
فرصه فرص
قصه قصص
مهمه مهام
قضیه قضایا
هدیه هدایا
زاویه زوایا
وصیه وصایا
جبل جبال
بحر بحار
جار جیران
بیان بیانات
طریق طرق
مرسوم مراسیم
مشروع مشاریع
تاریخ تواریخ
اقلیم اقالیم
اسبوع اسابیع
ملیون ملایین
رسول رسل
مریض مرضی
حجر احجار حجاره
شجره اشجار
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
# رهاین of رهینه, شوارع of شارع, مساجد of مسجد: five letters, of which the long vowel in the middle makes the plural.
_PLURAL_INSIDE = re.compile(r"(?:(\w[^\Wاو])ا(ی[^\Wای])|([^\Wامت])و(ا[^\Wای][^\Wا])|(م[^\Wا])ا([^\Wای][^\Wای]))")
# They look like the last of these, and are the doers of something.
_PARTICIPLES = frozenset(
    "مقاتل مواطن مساعد مراسل محافظ مهاجر مراقب مشارک مناضل محارب مجاهد مدافع معارض معاصر مقاوم محامی مباشر مناسب"
    " مسافر مساهم مسلم متابع مخالف مبادر محاصر معاهد معالج معامل معادل مقابل مواجه مواصل موافق مساند".split()
)
_GOD = frozenset(["الله", "لله", "والله", "بالله", "ولله", "فالله"])


def stem(form: str) -> str:
    """Return the stem of a folded word."""
    if form in _GOD:
        return "الله"
    form = form.replace("وو", "یو")  # شؤون and شئون
    word = _without_clitics(form)
    while True:
        word = _singular(word)
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
        or any(
            form.endswith(ending) and (_is_whole(form[: -len(ending)]) or _is_whole(form[: -len(ending)] + "ه"))
            for ending, _ in _ENDINGS
        )
    )


def _is_whole(word: str) -> bool:
    return word in _OWN or word in _IRREGULAR


def _singular(word: str) -> str:
    """Return the stem of the singular of the plurals ``فعائل``, ``فواعل`` and ``مفاعل``, which hardly any other word is like."""
    if word in _PARTICIPLES:
        return word
    if plural := _PLURAL_INSIDE.fullmatch(word):
        return "".join(part for part in plural.groups() if part)
    return word


def _without_ending(word: str) -> str:
    for ending, fewest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= fewest:
            return word[: -len(ending)]
    return word
