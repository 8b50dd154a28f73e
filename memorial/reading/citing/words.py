"""Words that go into a format of lines or of fields: one line each, without what no reader can see."""

import unicodedata


def in_one_line(text: str) -> str:
    """Return ``text`` with every run of spaces and line ends as one space, and without control characters.

    Format characters stay: the zero-width non-joiner is a letter's form in Persian, a direction mark keeps an order.
    """
    spaced = "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in text)
    return " ".join(spaced.split())
