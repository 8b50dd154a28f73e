"""English: Snowball's stemmer, and the words that it takes for one another or does not know to be one."""

import re
from functools import cache
from typing import Any

# The British -ise is the American -ize; other words that end so change alike wherever they stand.
_ISE = re.compile(r"(?<=\w{3}[a-z])is(?=(?:e[sdr]?|ers|ing|ations?)$)")
_OUR = re.compile(r"(?<=[a-z]{3})our(?=(?:s|ed|ing|able|abl[ey]|hoods?|ly)?$)")
_RE = re.compile(r"(?<=[a-z]{2}[tb])re(?=s?$)")  # theatre, kilometres, calibre
_DGEMENT = re.compile(r"(?<=dg)ement(?=s?$)")
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
theatre theatres theater theaters
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
mouse mice
tooth teeth
goose geese
half halves
shelf shelves
wolf wolves
knife knives
thief thieves
loaf loaves
calf calves
hoof hooves
scarf scarves
self selves
ox oxen
louse lice
analysis analyses
basis bases
thesis theses
hypothesis hypotheses
oasis oases
parenthesis parentheses
diagnosis diagnoses
synthesis syntheses
axis axes
phenomenon phenomena
criterion criteria
memorandum memoranda memorandums
addendum addenda
referendum referenda referendums
stratum strata
appendix appendices
index indexes indices
nucleus nuclei
stimulus stimuli
arise arises arose arisen arising
awake awakes awoke awoken awaking
bear bears bore borne bearing
beat beats beaten beating
become becomes became becoming
bend bends bent bending
bind binds bound binding
bite bites bit bitten biting
bleed bleeds bled bleeding
blow blows blew blown blowing
bring brings brought bringing
burn burns burnt burned burning
buy buys bought buying
catch catches caught catching
choose chooses chose chosen choosing
cling clings clung clinging
come comes came coming
creep creeps crept creeping
deal deals dealt dealing
dig digs dug digging
draw draws drew drawn drawing
dream dreams dreamt dreamed dreaming
drink drinks drank drunk drinking
drive drives drove driven driving
eat eats ate eaten eating
feed feeds fed feeding
feel feels felt feeling
find finds finding
flee flees fled fleeing
fly flies flew flown flying
forbid forbids forbade forbidden forbidding
forget forgets forgot forgotten forgetting
forgive forgives forgave forgiven forgiving
freeze freezes froze frozen freezing
grow grows grew grown growing
hang hangs hung hanged hanging
hear hears heard hearing
hide hides hid hidden hiding
keep keeps kept keeping
kneel kneels knelt kneeled kneeling
lay lays laid laying
lead leads led leading
learn learns learnt learned learning
leave leaves left leaving
lend lends lent lending
light lights lit lighted lighting
make makes made making
meet meets met meeting meetings
mislead misleads misled misleading
mistake mistakes mistook mistaken
overcome overcomes overcame overcoming
overthrow overthrows overthrew overthrown overthrowing
ride rides rode ridden riding
ring rings rang rung ringing
rise rises rose risen rising
run runs ran running
see sees saw seen seeing
seek seeks sought seeking
sell sells sold selling
shake shakes shook shaken shaking
shed sheds shedding
shine shines shone shining
show shows showed shown showing
shrink shrinks shrank shrunk shrinking
sing sings sang sung singing
sink sinks sank sunk sinking
sit sits sat sitting
sleep sleeps slept sleeping
slide slides slid sliding
spend spends spent spending
spring springs sprang sprung springing
steal steals stole stolen stealing
stick sticks stuck sticking
strike strikes struck stricken striking
strive strives strove striven striving
swear swears swore sworn swearing
sweep sweeps swept sweeping
swim swims swam swum swimming
swing swings swung swinging
teach teaches taught teaching
tear tears tore torn tearing
think thinks thought thoughts thinking
throw throws threw thrown throwing
undergo undergoes underwent undergone undergoing
understand understands understood understanding
undertake undertakes undertook undertaken undertaking
uphold upholds upheld upholding
wake wakes woke woken waking
wear wears wore worn wearing
weave weaves wove woven weaving
weep weeps wept weeping
win wins won winning
withdraw withdraws withdrew withdrawn withdrawing withdrawal withdrawals
withhold withholds withheld withholding
withstand withstands withstood withstanding
marine marines
sacrifice sacrifices sacrificed sacrificing
free frees freed freeing
mariner mariners
"""
_IRREGULAR = {form: words[0] for words in map(str.split, _FORMS_OF_ONE.strip().splitlines()) for form in words}


def stem(form: str) -> str:
    """Return the stem of a folded word."""
    spelled = _RE.sub("er", form)
    if len(form) > 5:
        spelled = _DGEMENT.sub("ment", _OUR.sub("or", _ISE.sub("iz", spelled)))
    if spelled not in _IRREGULAR and len(spelled) > 5 and spelled.endswith("men"):
        spelled = f"{spelled[:-2]}an"  # policemen
    return _IRREGULAR.get(spelled) or str(_snowball().stemWord(spelled))


@cache
def _snowball() -> Any:
    # Taken in when a word is first looked at: with the library come the rules of thirty languages.
    import snowballstemmer

    return snowballstemmer.stemmer("english")
