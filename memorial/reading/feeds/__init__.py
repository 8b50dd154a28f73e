"""Feeds: what is new, and what has changed, for programs that ask again (Atom, RFC 4287; iCalendar, RFC 5545)."""
