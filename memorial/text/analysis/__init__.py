"""What a text is looked up by: its words, each in the forms in which readers type it, with its place in the text.

Words: a *token* is one word (of Han, kana and hangul: two neighbouring characters) with its place in the original text
and its forms, one a *channel*: ``exact`` (as spelled, small letters), ``folded`` (without marks, ``ə`` as ``e``),
``folded_a`` (``ə`` as ``a``), ``stem`` and ``stem_a`` (of those, without the endings of the language).

Always true: the same text and tag give the same tokens; a text is analysed alike when it is stored and when it is
asked for; nothing here raises on any text; whoever changes what a text gives raises ``VERSION``.
"""

from .analyser import CHANNELS, MOST_WORDS, VERSION, Token, analyse

__all__ = ["CHANNELS", "MOST_WORDS", "VERSION", "Token", "analyse"]
