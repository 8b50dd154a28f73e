"""English: Snowball's stemmer, and the words that it takes for one another."""

import snowballstemmer

_SNOWBALL = snowballstemmer.stemmer("english")


def stem(form: str) -> str:
    """Return the stem of a folded word."""
    return str(_SNOWBALL.stemWord(form))
