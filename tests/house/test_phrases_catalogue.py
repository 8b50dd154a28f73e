"""The shipped catalogue of sources: of today's code and templates, and right about who sees what."""

import re
import shutil
from pathlib import Path

from django.apps import apps

from memorial.languages.phrases.collect import SHOWN_CHOICES, collect
from memorial.languages.phrases.places import place_of
from memorial.languages.phrases.source import CATALOGUE, part_of, sources
from tests.browser import require

ROOT = Path(__file__).resolve().parents[2]
READERS = [
    *(ROOT / "memorial" / "reading").rglob("*.py"),
    *(ROOT / "templates" / "reading").glob("*.html"),
    *(ROOT / "templates" / "components").glob("*.html"),
    *(ROOT / "templates").glob("*.html"),
]


def test_the_catalogue_of_sources_is_up_to_date() -> None:
    if shutil.which("xgettext") is None:
        require("gettext", "gettext")
    assert collect().decode() == CATALOGUE.read_text(), "run “make messages”"


def test_the_labels_of_choices_that_readers_see_are_public() -> None:
    shown = {name.rpartition(".")[0].split(".")[1] + "." + name.rpartition(".")[2] for name in SHOWN_CHOICES}
    found = set()
    for path in READERS:
        text = path.read_text()
        for model, choices in re.findall(r"(\w+)\.(\w+)\(\w+\)\.label\b", text):
            found.add(f"{model}.{choices.lower()}")
        for field in re.findall(r"get_(\w+)_display", text):
            models = [model for model in apps.get_models() if any(f.name == field for f in model._meta.fields)]
            found |= {f"{model.__name__}.{field}" for model in models if f"{model.__name__}.{field}" in shown} or {
                field
            }
    assert len(found) >= 4
    assert found == shown


def test_every_source_has_a_place_and_the_public_ones_a_page_of_readers() -> None:
    by_part: dict[str, int] = {}
    for source in sources().values():
        assert source.references, source.singular
        assert all(source.places), source.singular
        by_part[source.part] = by_part.get(source.part, 0) + 1
        if source.part == "public":
            assert any(place_of(reference).is_public for reference in source.references)
    assert by_part["public"] > 100
    assert by_part["desk"] > 100
    assert by_part["django"] > 50


def test_every_template_and_module_for_readers_is_public_and_the_desk_is_not() -> None:
    for path in READERS:
        reference = str(path.relative_to(ROOT))
        if "templates/403" not in reference:
            assert part_of((reference,)) == "public", reference
    assert part_of(("templates/desk/text.html", "memorial/desk/site.py", "templates/403.html")) == "desk"
    assert part_of(("django/utils/dates.py",)) == "django"
    assert part_of(("django/utils/dates.py", "memorial/desk/site.py")) == "desk"
    assert part_of(("memorial/desk/site.py", "templates/base.html")) == "public"
