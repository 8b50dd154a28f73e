"""A publisher who goes on publishing: each line read is the title of the next edition, each line written its moment.

After the title may stand ``@`` and the moment for which it is published, in seconds since 1970.
"""

import os
import sys
import time
from datetime import UTC, datetime

import django

django.setup()

from memorial.publishing.release import publish  # noqa: E402 after the settings
from memorial.statements.models import Statement  # noqa: E402
from memorial.translations.models import Text  # noqa: E402
from memorial.translations.save import save_text  # noqa: E402
from tests.builders import a_user  # noqa: E402

BODY = "<p>Bu, birinci abzasdır.</p><p>{}</p>"


def main() -> None:
    """Publish until there is nothing more to read."""
    by = a_user(f"publisher-{os.getpid()}", "editor")
    statement = Statement.objects.get()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        title, _, moment = line.strip().partition("@")
        at = datetime.fromtimestamp(float(moment), UTC) if moment else None
        head = Text.objects.get(statement=statement, language="az").head
        save_text(statement, "az", title=title, summary="Qısa.", body=BODY.format(title), seen=head, by=by)
        publish(statement, ["az"], by=by, note="Yeni.", at=at)
        sys.stdout.write(f"{time.time()}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
