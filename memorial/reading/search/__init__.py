"""Search: an index of what is sealed, the same on SQLite and PostgreSQL, and the engine that asks it.

Words: an *entry* is one edition in the index; its *words* are the forms that ``text.analysis`` makes of its text, by
*channel* (how the form was made) and *field* (title, names, body); a *wish* is what a reader asks; the *window* is the
newest part of what matches, within which hits are ranked and counted; a *hit* is one statement.

Always true: an entry holds only what is sealed; a hit is in ``Edition.objects.visible()``; a name's other spellings
are looked up when somebody asks, so that editing a label never makes the index old.
"""
