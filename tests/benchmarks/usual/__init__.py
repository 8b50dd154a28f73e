"""The usual way: a small site on Django and modeltranslation as tutorials and documentation write one.

Generic views, translated fields as columns of the rows, `get_absolute_url`, `i18n_patterns`, the middleware of
`startproject`, templates that inherit. It shows the same content as this project's pages: title, summary, text, issuer,
occasion, dates, figures, events, places, sources, neighbours, related statements, languages, a way back, a citation.
What it leaves out is what such a site leaves out: `select_related`, indexes beyond those of unique fields and foreign
keys, a cache. Read its numbers as those of a site before anybody has measured it.
"""
