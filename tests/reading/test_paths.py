"""Paths are those that Django would make."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse

from memorial.reading.paths import path_to

SHA = "0" * 64


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("root", {}),
        ("home", {"lang": "az"}),
        ("statement", {"lang": "pt-br", "sid": "h5r9zc3b", "slug": "of-20-january_2"}),
        ("edition", {"lang": "az", "sid": "h5r9zc3b", "slug": "x", "number": 12}),
        ("difference", {"lang": "az", "sid": "h5r9zc3b", "slug": "x", "before": 1, "after": 2}),
        ("citation", {"lang": "az", "sid": "h5r9zc3b", "slug": "x", "suffix": "csl.json"}),
        ("attachment", {"sid": "h5r9zc3b", "sha256": SHA, "name": "plain.pdf"}),
        ("attachment", {"sid": "h5r9zc3b", "sha256": SHA, "name": "Şəhid & 100% «a b» ?#.pdf"}),
        ("issuer_feed", {"lang": "az", "slug": "x"}),
        ("event_changes", {"slug": "x", "lang": "az"}),
    ],
)
def test_a_path_is_the_one_that_django_makes(name: str, values: dict[str, str | int]) -> None:
    assert path_to(name, **values) == reverse(f"reading:{name}", kwargs=values)
    assert path_to(name, **dict(reversed(values.items()))) == path_to(name, **values)
    in_template = Template(
        f"{{% url 'reading:{name}' {' '.join(f'{key}={key}' for key in values)} %}}"
    )  # fmt: skip
    assert in_template.render(Context(values, autoescape=False)) == path_to(name, **values)


def test_values_may_stand_in_the_order_of_the_pattern() -> None:
    assert path_to("compare", "az", "x", "h5r9zc3b", "h5r9zc3c") == "/az/occasions/x/compare/h5r9zc3b..h5r9zc3c/"
    shown = Template("{% url 'reading:issuer' 'az' slug as path %}[{{ path }}]").render(Context({"slug": "x"}))
    assert shown == "[/az/issuers/x/]"


def test_what_has_no_path_is_refused_as_django_refuses_it() -> None:
    with pytest.raises(NoReverseMatch):
        path_to("issuer", lang="az", slug="")
    with pytest.raises(NoReverseMatch):
        path_to("issuer", lang="az")
    with pytest.raises(NoReverseMatch):
        path_to("nothing", lang="az")
    with pytest.raises(NoReverseMatch):
        Template("{% url 'reading:issuer' 'az' slug %}").render(Context({"slug": "a/b"}))
    assert Template("{% url 'reading:issuer' 'az' '' as path %}[{{ path }}]").render(Context()) == "[]"


def test_a_path_in_a_page_is_escaped() -> None:
    values = {"sid": "h5r9zc3b", "sha256": SHA, "name": "a&b.pdf"}
    shown = Template("{% url 'reading:attachment' sid sha256 name %}").render(Context(values))
    assert shown.endswith("/a&amp;b.pdf")
