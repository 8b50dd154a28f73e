"""Texts and their revisions: a statement in one language, and every saved state of it.

Words: a *text* is a statement in one language, the original among them; a *revision* is one saved state, append-only;
the *head* is the newest; the *base* is the revision of the source text that a translation was made from; its *stage*
is where the review of the head stands; a *ready* revision is one that translators work from; a *private draft* is what
somebody has typed and not saved.

Always true: saving one language writes only that language, and never over somebody else's newer revision; stages and
what is outdated are derived from steps, marks and bases, never stored and never taken from clocks.
"""
