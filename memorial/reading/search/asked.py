"""What was tried, told to whoever found nothing, or wonders why something was found."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import connection

from memorial.text.analysis import CHANNELS, analyse
from memorial.text.analysis.condition import Or, Term
from memorial.text.analysis.query import Query
from memorial.text.analysis.spelling import nearest

from . import window, words
from .document import safe
from .results import Asked, TriedWord
from .schema import backend
from .variants import Variants
from .window import Conditions

#: For how many words of a query the nearest ones are looked up, and how many of these are shown.
MOST_WORDS = 3
MOST_NEAREST = 3
MOST_COMPARED = 8


def asked(query: Query, languages: Sequence[str], variants: Variants) -> Asked:
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
                names.update(dict.fromkeys(variants.used.get(tuple(written), ())))
        found.append(TriedWord(clause.text, tuple(form for form in forms if form), tuple(names)))
    return Asked(tuple(languages), tuple(found))


def with_nearest(tried: Asked, conditions: Conditions) -> Asked:
    """Add the nearest words that stand in anything visible. One query a word, and one for all."""
    near: dict[str, dict[str, str]] = {}
    for word in tried.words[:MOST_WORDS]:
        form = safe(word.forms[0]) if word.forms else ""
        candidates = words.candidates(form)
        near[word.text] = {each: candidates[each] for each in nearest(form, candidates, MOST_COMPARED)}
    forms = list(dict.fromkeys(form for some in near.values() for form in some))
    there = backend(connection)
    expressions = [there.expression(Or((Term("folded", form), Term("folded_a", form))), []) for form in forms]
    visible = {forms[place] for place in window.any_of(expressions, conditions)}
    return replace(
        tried,
        words=tuple(replace(word, nearest=tuple(_shown(near.get(word.text, {}), visible))) for word in tried.words),
    )


def _shown(near: dict[str, str], visible: set[str]) -> list[str]:
    return list(dict.fromkeys(text for form, text in near.items() if form in visible))[:MOST_NEAREST]
