"""What was tried, told to whoever found nothing, or wonders why something was found."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import connection

from memorial.text.analysis import CHANNELS, analyse
from memorial.text.analysis.condition import Or, Term, Tree
from memorial.text.analysis.query import Query
from memorial.text.analysis.spelling import nearest

from . import window
from .document import safe
from .results import Asked, TriedWord
from .schema import backend
from .variants import Variants
from .window import Conditions
from .words import SHORTEST, candidates

#: For how many words of a query the nearest ones are looked up, and how many of these are shown.
MOST_WORDS = 3
MOST_NEAREST = 3
MOST_COMPARED = 8


def asked(query: Query, languages: Sequence[str], variants: Variants, *, is_found: bool) -> Asked:
    """Return the words of a query with the forms and the other spellings that were looked for. No query."""
    found = []
    for clause in query.clauses:
        forms: dict[str, None] = {}
        names: dict[str, None] = {}
        for tag in languages:
            tokens = analyse(clause.text, tag)
            for channel in CHANNELS[1:]:
                written = [getattr(token, channel) for token in tokens]
                forms.setdefault(" ".join(written))
                names.update(dict.fromkeys(variants.used(tuple(written), is_found=is_found)))
        found.append(TriedWord(clause.text, tuple(form for form in forms if form), tuple(names)))
    return Asked(tuple(languages), tuple(found))


def with_nearest(tried: Asked, conditions: Conditions) -> Asked:
    """Add the nearest words, and beginnings, that stand in anything visible. One query a word, and one for all."""
    looked_for = [safe(word.forms[0]) for word in tried.words[:MOST_WORDS] if word.forms]
    spellings = {form: candidates(form) for form in looked_for}
    close = {form: nearest(form, some, MOST_COMPARED) for form, some in spellings.items()}
    expressions = [(form, False) for some in close.values() for form in some]
    expressions += [(form, True) for form in looked_for if len(form) >= SHORTEST and " " not in form]
    there = backend(connection)
    visible = window.any_of([there.expression(_anywhere(*each), []) for each in expressions], conditions)
    stands = {expressions[place] for place in visible}
    words = []
    for word in tried.words:
        form = safe(word.forms[0]) if word.forms else ""
        texts = dict.fromkeys(spellings[form][each] for each in close.get(form, ()) if (each, False) in stands)
        wider = f"{word.text}*" if (form, True) in stands else ""
        words.append(replace(word, nearest=tuple(texts)[:MOST_NEAREST], wider=wider))
    return replace(tried, words=tuple(words))


def _anywhere(form: str, is_beginning: bool) -> Tree:
    return Or((Term("folded", form, is_beginning), Term("folded_a", form, is_beginning)))
