"""What a statement is called at the desk."""

from collections.abc import Iterable

from memorial.languages.columns import column_name, languages
from memorial.languages.formats import language_here, language_name
from memorial.languages.labels import Label, direction
from memorial.statements.models import Statement
from memorial.text.case import capitalised


def shown_title(statement: Statement) -> Label:
    """The title in the desk's language, else in the original's, else in any; else the permanent id."""
    here = language_here()
    known = languages()
    order: Iterable[str] = dict.fromkeys([here, statement.original_language, *known])
    for tag in order:
        title = getattr(statement, column_name("title", tag)) if tag in known else ""
        if title:
            return Label(title, tag, direction(tag), tag != here)
    return Label(statement.sid, "", "ltr", False)


def title_of_page(message: str, language: str, **values: str) -> str:
    """The title of a page about a text: ``message`` with the text's language, beginning with a capital letter."""
    here = language_here()
    return capitalised(message % {"language": language_name(language, here, in_sentence=True), **values}, here)
