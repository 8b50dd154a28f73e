"""Templates are read without the lines that print nothing; what readers see stays as it was written."""

import re

import pytest
from django.test import Client

from memorial.reading.template_lines import without_idle_lines
from memorial.statements.models import Statement

from .conftest import address


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{% load i18n %}\n<p>a</p>\n", "{% load i18n %}<p>a</p>\n"),
        ("<p>a</p>\n  {% if b %}\n<p>b</p>\n{% endif %}\n", "<p>a</p>\n{% if b %}<p>b</p>\n{% endif %}"),
        ('<p>\n{% translate "A" as a %}{% url "b" as c %}\n<b>', '<p>\n{% translate "A" as a %}{% url "b" as c %}<b>'),
        ('<p>\n{% include "c.html" only %}\n</p>\n', '<p>\n{% include "c.html" only %}</p>\n'),
    ],
)  # fmt: skip
def test_a_line_of_tags_that_print_nothing_is_left_out(written: str, read: str) -> None:
    assert without_idle_lines(written) == read


@pytest.mark.parametrize(
    "written",
    [
        '{% translate "One" %}\n{% translate "Two" %}\n',
        "{{ one }}\n{{ two }}\n",
        "{% if a %}one{% endif %}\n{% if b %}two{% endif %}\n",
        '{% once a %}<p>{% translate "One" %}\n<a href="/">two</a>{% endonce %}\n',
        "{% blocktranslate trimmed with a=b as c %}\none\n{% plural %}\nmany\n{% endblocktranslate %}\n",
        "one\n\ntwo\n",
    ],
)
def test_the_space_between_words_stays(written: str) -> None:
    assert without_idle_lines(written) == written


def test_a_statement_page_has_hardly_an_empty_line(client: Client, statement: Statement) -> None:
    page = client.get(address(statement, "en")).content.decode()
    assert "<h1>Title in en</h1>" in page
    assert len(re.findall(r"\n(?=\s*\n)", page)) < 8, "there were some sixty"
