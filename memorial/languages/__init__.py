"""Languages as data: which there are, their columns at run time, their names, directions and formats.

Words: a *language* is a row with a BCP 47 *tag*, its own name, script, direction, fallbacks and a *state* (preparing,
public, retired, leaving). A *column* is the translation of one *base field* in one language. The *version* of the
language set changes when columns do; a process that notices asks its server for a graceful reload. *Phrases*, the
strings of the interface, have a number of their own: a process that notices reads them anew and goes on. A *request* is
somebody's wish for a language, from being asked for to being added, declined or failed.

Always true: only this room joins a field name and a language code, no migration contains a code, and adding or
removing a language is one transaction under the schema lock.
"""
