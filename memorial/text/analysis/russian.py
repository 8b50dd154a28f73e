"""A light stemmer of Russian: the endings of nouns and adjectives, and those of verbs that nothing else has.

Snowball's stemmer takes the ends of names and nouns for those of verbs (``Алиев`` to ``ал``, ``Алиева`` to ``алиев``,
``ветеран`` to ``ветера``): in an archive, where names matter and verbs hardly, that costs more than it finds. The same
idea as the light stemmers of Dolamic and Savoy (Indexing and stemming approaches for the Czech language, 2009; UniNE).
"""

_OF_NOUNS = """
иями ями ами ях ах иях ям ам иям ией иею ием ьями ьях ьям ьев ьи ья ье ью ьем ьей ьею ыми ими ого его ому ему ый ий ой
ая яя ое ее ые ие ых их ым им ую юю ою ею ей ом ем ов ев ии ия ию иев а я о е и ы у ю ь й
"""
_OF_VERBS = "ает яет ают яют уют ует уем аем яем ать ять ить еть уть ил ила или ило"
# (ending, fewest letters that stay), longest first.
_ENDINGS = sorted(
    [*((ending, 3) for ending in _OF_NOUNS.split()), *((ending, 4) for ending in _OF_VERBS.split())],
    key=lambda ending: -len(ending[0]),
)
# Before these endings of nouns a stem may end like a noun with one: погром-а, страх-у, Ильхам-ом.
_AFTER_WHOLE = frozenset(["а", "и", "у", "е", "ы", "ом", "ам", "ами", "ах", "ов", "ой"])
_AFTER_SURNAME = frozenset(["а", "у", "е", "ы", "ым", "ыми", "ых"])
# (end of a stem, how long it must be, its end before an ending)
_BEFORE_ENDINGS = [
    ("оец", 4, "ойц"),
    ("ец", 4, "ц"),
    ("ок", 5, "к"),
    ("шек", 5, "шк"),
    ("жек", 5, "жк"),
    ("чек", 5, "чк"),
    ("ост", 7, ""),
    ("анин", 6, "ан"),
    ("янин", 6, "ян"),
    ("нн", 4, "н"),
]
# Stems with a vowel that goes before an ending (``посол``, ``посл-ы``) or comes where none is (``окн-о``, ``окон``).
_FLEETING = """
посол:посл орел:орл угол:угл узел:узл котел:котл козел:козл пепел:пепл ветер:ветр огон:огн камен:камн корен:корн
парен:парн замысел:замысл вымысел:вымысл промысел:промысл умысел:умысл церков:церкв любов:любв окон:окн стекол:стекл
кресел:кресл полотен:полотн пятен:пятн ребер:ребр ядер:ядр тюрем:тюрьм песен:песн башен:башн сосен:сосн весен:весн
кукол:кукл игол:игл кухон:кухн спален:спальн капел:капл сабел:сабл ремесел:ремесл бревен:бревн зерен:зерн бедер:бедр
ведер:ведр масел:масл сотен:сотн басен:басн
"""
_BEFORE_FLEETING = dict(pair.split(":") for pair in _FLEETING.split())
# Words whose forms have no common beginning that a rule could find: all of them come to the first.
_FORMS_OF_ONE = """
день дня дню днем дне дни дней дням днями днях
ребенок ребенка ребенку ребенком ребенке дети детей детям детьми детях
человек человека человеку человеком человеке люди людей людям людьми людях
год года году годом годе годы годов годам годами годах лет
после
судья судьи судье судью судьей судьею судей судьям судьями судьях
прием приема приему приемом приеме приемы приемов приемам приемами приемах
третий третья третье третьи третьего третьему третьим третьем третьей третью третьих третьими
божий божья божье божьи божьего божьему божьим божьем божьей божью божьих божьими
строй строя строю строем строе строи строев строям строями строях
баку
мать матери матерью матерей матерям матерями матерях
дочь дочери дочерью дочерей дочерям дочерями дочерях
сын сына сыну сыном сыне сыновья сыновей сыновьям сыновьями сыновьях
брат брата брату братом брате братья братьев братьям братьями братьях
друг друга другу другом друге друзья друзей друзьям друзьями друзьях
герой героя герою героем герое герои героев героям героями героях
бой боя бою боем бое бои боев боям боями боях
край края краю краем крае краев краям краями краях
музей музея музею музеем музее музеи музеев музеям музеями музеях
юбилей юбилея юбилею юбилеем юбилее юбилеи юбилеев юбилеям юбилеями юбилеях
случай случая случаю случаем случае случаи случаев случаям случаями случаях
аллея аллеи аллее аллею аллеей аллей аллеям аллеями аллеях
идея идеи идее идею идеей идей идеям идеями идеях
имя имени именем имена имен именам именами именах
время времени временем времена времен временам временами временах
знамя знамени знаменем знамена знамен знаменам знаменами знаменах
земля земли земле землю землей земель землям землями землях
письмо письма письму письмом письме писем письмам письмами письмах
число числа числу числом числе чисел числам числами числах
сердце сердца сердцу сердцем сердец сердцам сердцами сердцах
сестра сестры сестре сестру сестрой сестер сестрам сестрами сестрах
деревня деревни деревне деревню деревней деревень деревням деревнями деревнях
судьба судьбы судьбе судьбу судьбой судеб судьбам судьбами судьбах
цветок цветка цветку цветком цветы цветов цветам цветами цветах
семья семьи семье семью семьей семей семьям семьями семьях
погибший погиб погибла погибло погибли погибнуть погибнет погибнут погибшего погибшему погибшим погибшем
погибший погибшая погибшую погибшей погибшие погибших погибшими
"""


def _irregular() -> dict[str, str]:
    known: dict[str, str] = {}
    for first, *others in map(str.split, _FORMS_OF_ONE.strip().splitlines()):
        known.update(dict.fromkeys([first, *others], first))
    return known


_IRREGULAR = _irregular()


def stem(form: str) -> str:
    """Return the stem of a folded word."""
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    if form in _BEFORE_FLEETING:
        return _BEFORE_FLEETING[form]
    word = form[:-2] if len(form) > 6 and form.endswith(("ся", "сь")) else form
    for ending, fewest in _ENDINGS:
        left = word[: -len(ending)]
        if word.endswith(ending) and len(left) >= fewest:
            if ending in _AFTER_WHOLE and len(left) >= 5 and left.endswith(("ам", "ах", "ом", "ем")):
                return _as_before_ending(left[:-2])
            return _as_before_ending(_without_surname(left) if ending in _AFTER_SURNAME else left)
    return _as_before_ending(word)


def _without_surname(rest: str) -> str:
    """Return what is left of Алиев-а, as the same is left of Алиев, which may be a plural (народ-ов)."""
    return rest[:-2] if rest.endswith(("ов", "ев")) and len(rest) > 4 else rest


def _as_before_ending(rest: str) -> str:
    """Return a stem as it is before an ending: беженец, беженц-ы; потомок, потомк-и; гражданин, граждан-е."""
    if rest in _BEFORE_FLEETING:
        return _BEFORE_FLEETING[rest]
    for ending, shortest, instead in _BEFORE_ENDINGS:
        if rest.endswith(ending) and len(rest) >= shortest:
            return rest[: -len(ending)] + instead
    return rest
