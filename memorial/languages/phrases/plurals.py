"""The plural categories of a language (CLDR), and how the plural forms of a gettext catalogue map to them."""

import re
from functools import lru_cache
from typing import Any

from babel.plural import PluralRule, to_gettext
from django.conf import settings

from memorial.languages.cldr import locale_of

ORDER = ("zero", "one", "two", "few", "many", "other")
# Numbers that between them reach every category that whole numbers have in any language of CLDR 48.
SAMPLES = (*range(201), 1_000, 10_000, 100_000, 1_000_000, 2_000_000)
_NO_RULE = PluralRule({})


def categories(tag: str) -> tuple[str, ...]:
    """Return the categories that whole numbers reach in a language, in CLDR's order; the last is the common one.

    Russian has one, few and many: its ``other`` is for fractions, which the site does not count. A language that CLDR
    does not know has those of ``plurals_like`` in its row, else ``other`` alone.
    """
    return _categories(rule_of(tag))


def category(tag: str, number: Any) -> str:
    """Return the category of a number; of what is no number, the last one of the language."""
    rule = rule_of(tag)
    try:
        found: str = rule(number)
    except (TypeError, ValueError, ArithmeticError):
        found = "other"
    known = _categories(rule)
    return found if found in known else known[-1]


def examples(tag: str, category: str) -> list[int]:
    """Return the first whole numbers of a category, at most eight."""
    return list(_examples(rule_of(tag), category))[:8]


def single_number(tag: str, category: str) -> int | None:
    """Return the only number of a category, such as 1 of the English ``one``; None where it has several or none."""
    found = _examples(rule_of(tag), category)
    return found[0] if len(found) == 1 else None


def typical(tag: str, category: str) -> int:
    """Return a number for which any sound plural expression gives the form of the category: 1 where it is in it."""
    numbers = examples(tag, category)
    return 1 if 1 in numbers else numbers[0]


def plural_forms(tag: str) -> str:
    """Return the Plural-Forms of a gettext catalogue whose forms are the categories of a language, in their order."""
    rule = rule_of(tag)
    # Without the last one, to which an expression comes when no condition holds.
    names = _categories(rule)[:-1]
    forms: str = to_gettext({name: text for name, text in rule.rules.items() if name in names})
    # Babel leaves the exponent of a compact number (“2M”) in it, which gettext does not know: whole numbers have none.
    return re.sub(r"\b[ce]\b", "0", forms)


def rule_of(tag: str) -> PluralRule:
    """Return the plural rule of a language: CLDR's, else that of the language which its row says it is like."""
    own = _cldr_rule(tag)
    if own.rules:
        return own
    like = next((row.plurals_like for row in settings.SITE_LANGUAGE_ROWS if row.tag == tag), "")
    return _cldr_rule(like) if like else own


@lru_cache(maxsize=256)
def _cldr_rule(tag: str) -> PluralRule:
    locale = locale_of(tag)
    return locale.plural_form if locale is not None else _NO_RULE


@lru_cache(maxsize=256)
def _examples(rule: PluralRule, category: str) -> tuple[int, ...]:
    return tuple(number for number in SAMPLES if rule(number) == category)


@lru_cache(maxsize=256)
def _categories(rule: PluralRule) -> tuple[str, ...]:
    reached = {rule(number) for number in SAMPLES}
    return tuple(name for name in ORDER if name in reached)
