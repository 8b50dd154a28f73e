"""Phrases: the strings of the interface as data, which translators complete and correct.

Words: a *source* is a string in the code, English, with its context and, where it counts something, its plural; a
*phrase* is what the site says for it in one language, one form for each of the language's plural categories (CLDR). The
*shipped* catalogues are where every language starts from; a phrase comes before them.
"""
