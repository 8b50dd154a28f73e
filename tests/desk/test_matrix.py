"""Who gets through which door of the desk: every address, every role, in the own language and from another.

A column is a person, in the order of ``doors.PEOPLE``; a letter is a verdict:

    s  sees the page                       l  is asked to log in
    w  sends it, and something is stored   .  is refused (403)
    r  is led to another page              -  there is nothing (404)        m  not in this way (405)

Every address is asked about Persian, so the Russian team shows what somebody of another language may do. A POST carries
columns of Azerbaijani, Russian and Turkish under every name that a form might read. A new address of the desk fails
these tests until it has its row. What is done by forms that are filled properly: ``test_deeds.py``.
"""

import pytest

from .doors import PEOPLE, SMUGGLED, an_archive, asked, doors, letters, logged_in, someone, stored

pytestmark = pytest.mark.django_db

# Verdicts that many addresses have in common.
#           nobody    Persian team      Russian team      all languages
#           | no role contributor       contributor       editor
#           | |       | translator      | translator      | publisher
#           | |       | | reviewer      | | reviewer      | | language manager
#           | |       | | | lead        | | | lead        | | | administrator
SEEN = "    l l       s s s s           s s s s           s s s s"
MOVED = "   l l       r r r r           r r r r           r r r r"
UNHEARD = " l l       m m m m           m m m m           m m m m"
NOTHING = " l l       - - - -           - - - -           - - - -"
CLOSED = "  l l       . . . .           . . . .           . . . ."
EDITED = "  l l       . . . .           . . . .           s s . s"
ERASED = "  l l       . . . .           . . . .           w w . w"
# A label's form shows two languages, each to be changed by those who work in it. The Russian team's bar shows Russian,
# which they may well change; Persians change nothing by sending other languages' columns.
NAMED = "   l l       . r r r           . w w w           s s . s"
ROWS = "    l l       . s s s           . s s s           s s . s"  # with rows below that are not sent here
FIGURE = "  l l       . r r r           . r r r           s s . s"
TEXT = "    l l       s s s s           . . . .           s s . s"
TEAM = "    l l       s s s s           . . . .           s s s s"
LED = "     l l       . . . -           . . . .           . . - -"  # names nobody
RESTORED = "l l       - - - -           . . . .           - - . -"  # of a revision that is not named
MARKED = "  l l       . . . s           . . . .           s s . s"
DECIDED = " l l       . . . .           . . . .           . . s s"
MANAGED = " l l       . . . .           . . . .           . . s s"
SHEET = "   l l       . r r r           . . . .           r r . r"
PHRASES = " l l       . r r r           . . . .           . . r r"
SAID = "    l l       . s s s           . . . .           . . s s"
PEOPLE_ = " l l       . . . .           . . . .           . . . s"


def of_records(model: str, *, change: str) -> dict[str, tuple[str, str]]:
    """The addresses of a kind of record: everybody looks, editors add and delete."""
    name = f"statements_{model}"
    return {
        f"{name}_changelist": (SEEN, SEEN),
        f"{name}_add": (EDITED, EDITED),
        f"{name}_change": (SEEN, change),
        f"{name}_delete": (EDITED, ERASED),
        f"{name}_history": (SEEN, SEEN),
        f"statements/{model}/<path:object_id>/": (MOVED, MOVED),
    }


# Name of the address: what a GET is answered, and a POST of nothing but other languages' columns.
MATRIX: dict[str, tuple[str, str]] = {
    "index": (SEEN, SEEN),
    "app_list": (SEEN, SEEN),
    "anything-else": (NOTHING, NOTHING),
    "view_on_site": (NOTHING, NOTHING),
    "jsi18n": (SEEN, UNHEARD),
    "autocomplete": (SEEN, UNHEARD),
    # -- oneself -------------------------------------------------------------------------------------------------------
    "login": ("s s  r r r r  r r r r  r r r r", "s s  s s s s  s s s s  s s s s"),
    "logout": ("r r  m m m m  m m m m  m m m m", "r r  s s s s  s s s s  s s s s"),
    "password_change": (SEEN, SEEN),
    "password_change_done": (SEEN, UNHEARD),
    "language": (UNHEARD, MOVED),  # chooses none, as before
    # -- the record ----------------------------------------------------------------------------------------------------
    **of_records("statement", change=ROWS),
    **of_records("source", change=ROWS),
    "statements_source_publish": (SEEN, SEEN),
    **of_records("figure", change=FIGURE),
    **of_records("gap", change=NAMED),
    **of_records("issuer", change=ROWS),
    **of_records("occasion", change=NAMED),
    **of_records("event", change=ROWS),
    **of_records("place", change=ROWS),
    **of_records("person", change=ROWS),
    # -- seeing the whole ----------------------------------------------------------------------------------------------
    "grid": (SEEN, SEEN),
    # -- texts ---------------------------------------------------------------------------------------------------------
    "statements_statement_text": (SEEN, TEXT),
    "statements_statement_text_history": (SEEN, UNHEARD),
    "statements_statement_text_draft": (TEXT, TEXT),
    "statements_statement_text_differences": (NOTHING, UNHEARD),  # of two revisions that are not named
    "statements_statement_text_difference": (SEEN, UNHEARD),
    "statements_statement_text_restore": (TEXT, RESTORED),
    "statements_statement_text_preview": (SEEN, UNHEARD),
    "statements_statement_text_ready": (MARKED, MARKED),
    "statements_statement_publish": (SEEN, SEEN),
    "statements_statement_withdraw": (SEEN, SEEN),
    # -- languages -----------------------------------------------------------------------------------------------------
    "languages_language_changelist": (SEEN, SEEN),
    "languages_language_add": (CLOSED, CLOSED),
    "languages_language_change": (SEEN, CLOSED),
    "languages_language_delete": (CLOSED, CLOSED),
    "languages_language_history": (SEEN, SEEN),
    "languages/language/<path:object_id>/": (MOVED, MOVED),
    "language_add": (SEEN, SEEN),
    "language_requests": (SEEN, SEEN),
    "language_request": (SEEN, DECIDED),
    "language_board": (SEEN, SEEN),
    "language_describe": (MANAGED, MANAGED),
    "language_formats": (SEEN, SEEN),
    "must_have": (SEEN, SEEN),
    "names": (SEEN, SHEET),
    "phrases": (SEEN, PHRASES),
    "phrases_file": (SEEN, SAID),
    "phrases_upload": (MOVED, SAID),
    "language_team": (TEAM, LED),
    # -- people --------------------------------------------------------------------------------------------------------
    "accounts_user_changelist": (PEOPLE_, PEOPLE_),
    "accounts_user_add": (PEOPLE_, PEOPLE_),
    "accounts_user_change": (PEOPLE_, PEOPLE_),
    "accounts_user_delete": (CLOSED, CLOSED),
    "accounts_user_history": (PEOPLE_, PEOPLE_),
    "auth_user_password_change": (PEOPLE_, PEOPLE_),
    "accounts/user/<path:object_id>/": (MOVED, MOVED),
}
# What an address must be asked to answer at all.
QUERY = {"autocomplete": "?app_label=statements&model_name=statement&field_name=issuer"}


def test_every_address_of_the_desk_has_its_row_and_every_row_an_address() -> None:
    assert {door.name for door in doors()} == MATRIX.keys()


def test_every_row_says_something_about_everybody() -> None:
    assert [name for name, row in MATRIX.items() if {len(letters(verdicts)) for verdicts in row} != {len(PEOPLE)}] == []


@pytest.mark.parametrize("who", PEOPLE)
def test_each_door_opens_to_exactly_whom_the_table_says(who: str) -> None:
    archive, user = an_archive(), someone(who)
    client, column = logged_in(user), PEOPLE.index(who)
    found, expected, before = {}, {}, stored()
    for door in doors():
        address = door.address(archive) + QUERY.get(door.name, "")
        expected[door.name] = tuple(letters(verdicts)[column] for verdicts in MATRIX[door.name])
        found[door.name] = (asked(client, "GET", address, before), asked(client, "POST", address, before, SMUGGLED))
        if door.name == "logout":
            client = logged_in(user)
    assert found == expected
