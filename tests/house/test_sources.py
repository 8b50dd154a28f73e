"""What the code promises as a whole: sizes, names, docstrings, and who may know about languages."""

import ast
import itertools
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("text", "accounts", "languages", "statements", "translations", "publishing", "reading", "desk", "api", "ops")
CODE = sorted(
    path
    for folder in ("memorial", "config", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if "__pycache__" not in path.parts
)
OURS = [path for path in CODE if "migrations" not in path.parts]
MIGRATIONS = [path for path in CODE if "migrations" in path.parts and path.name != "__init__.py"]
# Style sheets are not counted: a reader's page makes one request for one sheet, and its layers divide it.
TEMPLATES_AND_SCRIPTS = [*(ROOT / "memorial").rglob("*.js"), *(ROOT / "templates").rglob("*.html")]


def name(path: Path) -> str:
    """The path as it is spoken of."""
    return str(path.relative_to(ROOT))


def test_the_top_level_holds_the_allowed_entries_and_nothing_else() -> None:
    allowed = {"manage.py", "pyproject.toml", "README.md", "memorial", "config", "templates", "tests"}
    allowed |= {"Makefile", "requirements.lock", "requirements-dev.lock", "LICENSE", "CHANGELOG.md"}
    made_here = {"var", "test-results"}  # git ignores both
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - made_here <= allowed
    assert allowed - {"templates"} <= found


def test_no_module_is_longer_than_400_lines() -> None:
    long = {
        name(path): lines
        for path in [*OURS, *TEMPLATES_AND_SCRIPTS]
        if (lines := len(path.read_text().splitlines())) > 400
    }
    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    forbidden = {"utils", "helpers", "common", "misc", "services", "managers", "base", "util", "helper", "lib"}
    assert [name(path) for path in CODE if path.stem in forbidden or path.parent.name in forbidden] == []


def test_every_room_opens_with_its_docstring_and_nothing_else() -> None:
    rooms = sorted(path.parent.name for path in (ROOT / "memorial").glob("*/__init__.py"))
    assert rooms == sorted(ROOMS)
    for room in rooms:
        tree = ast.parse((ROOT / "memorial" / room / "__init__.py").read_text())
        assert ast.get_docstring(tree), f"{room} says nothing about itself"
        assert len(tree.body) == 1, f"memorial/{room}/__init__.py holds code"


def test_every_module_opens_with_a_sentence() -> None:
    silent = []
    for path in OURS:
        text = path.read_text()
        if not text.strip():
            assert path.name == "__init__.py", f"{name(path)} is empty"
            continue
        docstring = ast.get_docstring(ast.parse(text))
        if not docstring or not docstring.splitlines()[0].rstrip().endswith((".", "?", ":")):
            silent.append(name(path))
    assert silent == []


def _joins_field_and_language(node: ast.AST) -> bool:
    """``f"title_{tag}"``, ``"title_" + tag``, ``"title_%s" % tag``, ``"{}_{}".format(name, tag)``."""
    if isinstance(node, ast.JoinedStr):
        for before, after in itertools.pairwise(node.values):
            if isinstance(after, ast.FormattedValue) and isinstance(before, ast.Constant):
                joined = str(before.value).endswith("_")
                if joined and re.search(r"lang|tag|code|locale", ast.unparse(after.value), re.IGNORECASE):
                    return True
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        left, right = ast.unparse(node.left), ast.unparse(node.right)
        return bool(re.search(r"_(%s)?'$", left) and re.search(r"lang|tag|code|locale", right, re.IGNORECASE))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        template = ast.unparse(node.func.value)
        arguments = " ".join(ast.unparse(argument) for argument in node.args)
        return "_{" in template and bool(re.search(r"lang|tag|code|locale", arguments, re.IGNORECASE))
    return False


@pytest.mark.parametrize(
    ("source", "joins"),
    [
        ('f"title_{tag}"', True),
        ('f"{name}_{language}"', True),
        ('"title_" + code', True),
        ('"title_%s" % language.tag', True),
        ('"{}_{}".format(name, lang)', True),
        ('f"p{number}"', False),
        ('f"/{tag}/statements/"', False),
        ('column_name("title", tag)', False),
    ],
)
def test_the_rule_about_joining_sees_what_it_should(source: str, *, joins: bool) -> None:
    assert any(_joins_field_and_language(node) for node in ast.walk(ast.parse(source))) is joins


def test_only_the_languages_room_joins_a_field_name_and_a_language() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in OURS
        if "tests" not in path.relative_to(ROOT).parts[:1] and "languages" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.expr) and _joins_field_and_language(node)
    ]
    assert found == []


def test_no_code_outside_languages_asks_for_the_base_column_builder() -> None:
    found = [
        name(path)
        for path in OURS
        if path.is_relative_to(ROOT / "memorial")
        and "languages" not in path.parts
        and re.search(r"build_localized_fieldname|build_lang\b", path.read_text())
    ]
    assert found == []


def test_no_migration_names_a_language() -> None:
    tags = r"az|en|ru|tr|fa|de|fr|ar|ka|hy|zh|es"
    # A language's English name is a column of its own, not a translation: the one exception.
    suspicious = re.compile(rf"""["'](?!name_en)(\w+_)?({tags})["']""")
    found = [f"{name(path)}: {match.group()}" for path in MIGRATIONS for match in suspicious.finditer(path.read_text())]
    assert found == []


def test_no_model_signal_is_heard() -> None:
    pattern = re.compile(r"signals(\.| import .*)\b((pre|post)_(save|delete|init)|m2m_changed)\b")
    assert [name(path) for path in OURS if "tests" not in path.parts and pattern.search(path.read_text())] == []


def test_nothing_prints_or_waits_for_a_debugger() -> None:
    pattern = re.compile(r"\bbreakpoint\(|\bpdb\b")
    assert [name(path) for path in OURS if path != Path(__file__) and pattern.search(path.read_text())] == []


def test_no_test_is_switched_off() -> None:
    pattern = re.compile(r"mark\.(skip|xfail)|importorskip")
    assert [name(path) for path in OURS if path != Path(__file__) and pattern.search(path.read_text())] == []
