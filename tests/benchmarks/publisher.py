"""A publisher who goes on publishing: each line read is the next thing to do, each line written the moment it was done.

``publish``, ``sid``, ``language`` and ``title``, with tabs between them, publish a statement under a new title, in the
transaction in which its text is saved; ``withdraw`` with ``sid``, ``language`` and a reason puts a notice on it, and
``remove`` with the same takes the text away; ``retire`` and a language take all pages of that language from readers.
"""

import os
import sys
import time

import django

django.setup()

from django.db import transaction  # noqa: E402 after the settings

from memorial.accounts.models import Role, User  # noqa: E402
from memorial.languages.enrol import retire_language  # noqa: E402
from memorial.publishing.release import publish  # noqa: E402
from memorial.publishing.withdrawal import withdraw  # noqa: E402
from memorial.statements.models import Statement  # noqa: E402
from memorial.translations.models import Text  # noqa: E402
from memorial.translations.save import save_text  # noqa: E402
from tests.builders import a_user  # noqa: E402


def main() -> None:
    """Publish until there is nothing more to read."""
    by = a_user(f"publisher-{os.getpid()}", Role.EDITOR, Role.ADMINISTRATOR)
    _say("ready")
    for line in sys.stdin:
        match line.rstrip("\n").split("\t"):
            case ["retire", language]:
                retire_language(language, by=by)
            case ["publish", sid, language, title]:
                with transaction.atomic():
                    _publish(Statement.objects.get(sid=sid), language, title, by)
            case ["withdraw" | "remove" as how, sid, language, reason]:
                statement = Statement.objects.get(sid=sid)
                withdraw(statement, [language], by=by, reason=reason, keeps_text=how == "withdraw")
        _say(f"{time.time()}")


def _publish(statement: Statement, language: str, title: str, by: User) -> None:
    head = Text.objects.get(statement=statement, language=language).head
    assert head is not None
    save_text(statement, language, title=title, summary=head.summary, body=head.body, seen=head, by=by)
    publish(statement, [language], by=by, note="Yeni.", change="correction")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
