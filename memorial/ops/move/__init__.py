"""Moving the site from one database to another: every row, and nothing but what the site itself has stored.

Words: the *source* is the database of DATABASE_URL, the *target* the one the site is moved to; a row is *refused* where
the target has no place for a value. Sessions stay behind; the index for search is made anew.

Always true: nothing is written to the source; nobody else writes there while it is read; the target gets everything
in one transaction, which ends well only when both databases say the same.
"""
