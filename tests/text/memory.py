"""A search engine over a few documents in memory: what the condition of a query means, said once in plain Python."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from memorial.text.analysis import Token, analyse
from memorial.text.analysis.condition import And, Not, Or, Phrase, Term, Tree, Variants, condition, name_keys
from memorial.text.analysis.query import parse

LANGUAGES = ["az", "ru", "en", "tr", "fa", "ar", "zh"]
FILES = Path(__file__).with_name("relevance")


@dataclass(frozen=True)
class Document:
    """What is looked for."""

    id: str
    language: str
    title: str
    body: str
    names: list[str] = field(default_factory=list)

    @cached_property
    def fields(self) -> list[tuple[str, list[Token]]]:
        """The tokens of each field; no phrase reaches from one into the next."""
        tokens = [("title", analyse(self.title, self.language)), ("body", analyse(self.body, self.language))]
        return [*tokens, *(("names", analyse(name, self.language)) for name in self.names)]

    def matches(self, tree: Tree) -> bool:
        """Say whether the document is one that ``tree`` asks for."""
        match tree:
            case Not(positive, negative):
                return self.matches(positive) and not self.matches(negative)
            case And(parts):
                return all(self.matches(part) for part in parts)
            case Or(parts):
                return any(self.matches(part) for part in parts)
            case Term():
                return any(_is(token, tree) for name, tokens in self.fields for token in tokens if _in(tree, name))
            case Phrase(terms):
                return any(_has_run(terms, tokens) for _, tokens in self.fields)


@dataclass(frozen=True)
class Wish:
    """A query, and which documents answer it."""

    file: str
    text: str
    languages: tuple[str, ...]
    expected: frozenset[str]
    is_exact: bool = False

    def __str__(self) -> str:
        return f"{self.file}: {self.text}{' (exact)' if self.is_exact else ''}"


@dataclass(frozen=True)
class Archive:
    """The documents of one file, the queries asked of them, and the names that are spelled in several ways."""

    documents: list[Document]
    wishes: list[Wish]
    spellings: list[list[str]]

    def found(self, wish: Wish) -> frozenset[str]:
        """Return the ids of the documents that answer ``wish``."""
        tree = condition(
            parse(wish.text), list(wish.languages), is_exact=wish.is_exact, variants=self._variants(wish.languages)
        )
        if tree is None:
            return frozenset()
        languages = set(wish.languages)
        return frozenset(doc.id for doc in self.documents if doc.language in languages and doc.matches(tree))

    def _variants(self, languages: tuple[str, ...]) -> Variants:
        known: dict[tuple[str, ...], list[str]] = {}
        for names in self.spellings:
            for name in names:
                for key in name_keys(name, languages):
                    known.setdefault(key, []).extend(other for other in names if other != name)
        return lambda words: known.get(words, [])


@cache
def archives() -> dict[str, Archive]:
    """Return the archive of each file, by its name (``az``, ``second/az``); ``names`` is asked in all languages."""
    return {_name(path): _archive(path) for path in sorted(FILES.rglob("*.toml"))}


def _name(path: Path) -> str:
    return path.relative_to(FILES).with_suffix("").as_posix()


def _archive(path: Path) -> Archive:
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    own = [path.stem] if path.stem in LANGUAGES else LANGUAGES
    return Archive(
        [
            Document(doc["id"], doc.get("language", own[0]), doc["title"], doc["body"], doc.get("names", []))
            for doc in read["documents"]
        ],
        [
            Wish(
                _name(path),
                query["text"],
                tuple(query.get("languages", own)),
                frozenset(query["expected"]),
                query.get("is_exact", False),
            )
            for query in read["queries"]
        ],
        [group["names"] for group in read.get("spellings", [])],
    )


def wishes() -> Iterator[Wish]:
    """Yield all queries of all files."""
    for archive in archives().values():
        yield from archive.wishes


def _in(term: Term, name: str) -> bool:
    return term.field is None or term.field == name


def _is(token: Token, term: Term) -> bool:
    form: str = getattr(token, term.channel)
    return form.startswith(term.text) if term.is_prefix else form == term.text


def _has_run(terms: tuple[Term, ...], tokens: list[Token]) -> bool:
    return any(
        all(_is(token, term) for token, term in zip(tokens[start:], terms, strict=False))
        for start in range(len(tokens) - len(terms) + 1)
    )
