"""The number that sorts entries, from the newest statement to the oldest; the words of an entry are called by it.

From the highest bit: 22 for the day of the statement, 32 for the edition, 8 for how often its words were written
again; 62 in all. Days and editions are counted down, so that an index that is read upwards begins with the newest.
"""

from datetime import date

_DAYS, _EDITIONS, _AGAIN = 1 << 22, 1 << 32, 1 << 8
#: How many times words may be written again before the index has to be made anew.
MOST_TIMES = _AGAIN - 1


def sequence_of(day: date, edition: int) -> int:
    """Return the first sequence of an edition. Raises OverflowError beyond four thousand million editions."""
    if edition >= _EDITIONS:
        raise OverflowError(edition)
    return ((_DAYS - 1 - day.toordinal()) * _EDITIONS + (_EDITIONS - 1 - edition)) * _AGAIN


def lowest_on(day: date) -> int:
    """Return the lowest sequence that a statement of this day, or of an earlier one, can have."""
    return (_DAYS - 1 - day.toordinal()) * _EDITIONS * _AGAIN
