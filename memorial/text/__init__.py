"""What a text is, without Django.

Words: a *block* is one paragraph, heading or list item; its *key* (``p1``, ``p2`` ...) is given once, inherited by
translations, never renumbered. A *canonical form* is the one sequence of bytes that is hashed when an edition is
sealed. A *stated date* is a date exactly as precise as its source gives it (EDTF), never more.

Always true: nothing here knows Django, a database or the site's languages.
"""
