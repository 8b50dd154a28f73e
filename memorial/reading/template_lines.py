"""Templates without the lines that print nothing: a page is not sent the spaces of what it was written from.

A line of ``{% load %}``, ``{% if %}`` or ``{% include %}`` alone would leave an empty line in every page, some sixty
of them in a statement's. They are left out when a template is read, so that rendering has fewer parts to put together.
A part that continues a line (``components/basis.html``) says the space before it where it is included.
"""

import re

from django.template.base import Origin
from django.template.loaders import filesystem

_NAMES = "load|extends|if|elif|else|endif|for|empty|endfor|with|endwith|block|endblock|once|endonce|include"
_INSIDE = r"(?:[^\n%]|%(?!\}))"
_TAG = rf"\{{% (?:(?:{_NAMES})\b{_INSIDE}*|(?!blocktrans){_INSIDE}+ as \w+ )%\}}"
_IDLE = re.compile(rf"^[ \t]*(?:{_TAG}[ \t]*)+\n", re.MULTILINE)


def without_idle_lines(template: str) -> str:
    """Return the template without the lines that hold tags and nothing else, of which none prints a word itself.

    What is included or stands in a block ends with a line end of its own.
    """
    return _IDLE.sub(lambda line: line[0].strip(" \t\n"), template)


class Loader(filesystem.Loader):
    """Reads as Django does, from the folders of the settings, but the readers' pages without idle lines."""

    def get_contents(self, origin: Origin) -> str:
        """Return the text of the template. Raises TemplateDoesNotExist."""
        contents: str = super().get_contents(origin)
        name = str(origin.template_name)
        is_ours = name.endswith(".html") and name.startswith(("base.", "components/", "reading/"))
        return without_idle_lines(contents) if is_ours else contents
