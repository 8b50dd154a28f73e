"""The desk's first page: what waits for whoever comes in."""

from collections.abc import Callable

from django.test import Client

from memorial.accounts.models import User
from tests.desk.many_texts import an_archive

Enter = Callable[[User], Client]


def test_it_opens(editor: User, persian_translator: User, enter: Enter) -> None:
    an_archive(30, by=persian_translator, reviewer=editor)
    for user in (editor, persian_translator):
        answer = enter(user).get("/admin/")
        assert answer.status_code == 200
        assert enter(user).get("/admin/grid/").status_code == 200
