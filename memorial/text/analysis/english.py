"""English: Snowball's stemmer, and the words that it takes for one another or does not know to be one."""

import re

import snowballstemmer

_SNOWBALL = snowballstemmer.stemmer("english")
# The British -ise is the American -ize; other words that end so change alike wherever they stand.
_ISE = re.compile(r"(?<=\w{3}[a-z])is(?=(?:e[sdr]?|ers|ing|ations?)$)")
_OUR = re.compile(r"(?<=[a-z]{3})our(?=(?:s|ed|ing|able|abl[ey]|hoods?|ly)?$)")
# Each line: words of one meaning, which Snowball gives the stem of others or different stems.
_FORMS_OF_ONE = """
national nationals nationally
nationality nationalities
nationalist nationalists nationalism nationalistic
international internationally
important importance importantly
humanity
several
memorial memorials
author authors
authority authorities
majority majorities
minority minorities
organ organs
unit units
unite united unites uniting
union unions
civilization civilizations
relative relatives
executive executives
experiment experiments experimental
customer customers
objective objectives
witness witnesses witnessed witnessing
secretary secretaries
witty wit wits
child children
man men
woman women
person persons
people peoples
life lives
wife wives
foot feet
crisis crises
army armies
centre centres center centers
defence defense
offence offense offences offenses
theatre theater
programme programmes program programs
begin begins began begun beginning beginnings
fall falls fell fallen falling
fight fights fought fighting
give gives gave given giving
hold holds held holding
know knows knew known knowing
lose loses lost losing
speak speaks spoke spoken speaking
write writes wrote written writing
take takes took taken taking
break breaks broke broken breaking
build builds built building buildings
send sends sent sending
tell tells told telling
say says said saying
stand stands stood standing
shoot shoots shot shooting shootings
pay pays paid paying
bury buries buried burying burial burials
die dies died dying
occupation occupations occupy occupies occupied occupying occupier occupiers
deportation deportations deport deported deports
"""
_IRREGULAR = {form: words[0] for words in map(str.split, _FORMS_OF_ONE.strip().splitlines()) for form in words}


def stem(form: str) -> str:
    """Return the stem of a folded word."""
    spelled = _OUR.sub("or", _ISE.sub("iz", form)) if len(form) > 5 else form
    return _IRREGULAR.get(spelled) or str(_SNOWBALL.stemWord(spelled))
