"""Two people's changes of one text side by side, block by block, and the text that comes of choosing between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal

from lxml import etree

from .blocks import blocks, inside, leaves
from .clean import clean, tree
from .keys import assign
from .runs import start_tag

Kind = Literal["same", "mine", "theirs", "both-same", "conflict"]
Side = Literal["base", "mine", "theirs"]

_SIDES: tuple[Side, ...] = ("base", "mine", "theirs")


@dataclass(frozen=True)
class _Container:
    """A list, an item or a quotation around a block. ``place`` tells it from the others of its text."""

    start: str
    end: str
    place: int


@dataclass(frozen=True)
class _Placed:
    """A block with its element and what is around it, outermost first."""

    element: str
    around: tuple[_Container, ...] = ()

    def html(self) -> str:
        return "".join(each.start for each in self.around) + self.element + "".join(e.end for e in self.around[::-1])


@dataclass(frozen=True)
class Choice:
    """One block in the common base, in mine and in theirs: HTML that stands alone, or None where a text lacks it.

    ``same``: nobody changed it; ``mine``, ``theirs``: one of us did; ``both-same``: both did, alike; ``conflict``: both
    did, differently. ``key`` is the block's key, or ``new1``, ``new2`` ... for a block of mine that has none yet.
    """

    key: str
    base: str | None
    mine: str | None
    theirs: str | None
    kind: Kind
    placed: Mapping[Side, _Placed] = field(default_factory=dict, repr=False, compare=False)


def merge(base_html: str, mine_html: str, theirs_html: str, *, source_html: str | None = None) -> list[Choice]:
    """Lay two changed texts beside the one that both were made from; the choices are in the order of reading.

    ``base_html`` (empty: there was none) and ``theirs_html`` are stored texts; ``mine_html`` is a cleaned one that is
    not saved yet, so its blocks are first recognised by the rules of ``keys.py``, those of ``source_html`` among them.
    """
    texts: dict[Side, dict[str, _Placed]] = {"base": _placed(base_html), "theirs": _placed(theirs_html)}
    texts["mine"] = _recognised(mine_html, base_html, source_html, texts["theirs"])
    return [_choice(key, {side: texts[side][key] for side in _SIDES if key in texts[side]}) for key in _order(texts)]


def merge_words(key: str, base: str, mine: str, theirs: str) -> Choice:
    """Lay two changed titles or summaries beside the one that both were made from, as if they were one block."""
    return Choice(key, base, mine, theirs, _kind(base, mine, theirs))


def words_taken(choice: Choice, taken: str | None) -> str:
    """Return the title or summary that was chosen; of ``both``, and where nothing was, all that the two say."""
    side = _default(choice) if taken not in ("mine", "theirs", "both") else taken
    if side == "both":
        return "\n".join(dict.fromkeys(each for each in (choice.theirs, choice.mine) if each))
    return (choice.mine if side == "mine" else choice.theirs) or ""


def assemble(choices: Sequence[Choice], taken: Mapping[str, str]) -> str:
    """Return the text made of what was chosen: by key ``mine``, ``theirs`` or ``both``; it is a cleaned one.

    Where nothing was chosen, the side that has changed is taken, and of a conflict both, so that nothing is lost.
    Blocks that stand in one list or quotation in the text they come from stay in one.
    """
    links = _links(choices)
    written: list[str] = []
    before = _Taken(_Placed(""), {})
    for each in [each for choice in choices for each in _taken(choice, taken.get(choice.key))]:
        shared = _shared(before, each, links)
        written += [container.end for container in reversed(before.placed.around[shared:])]
        written += [container.start for container in each.placed.around[shared:]]
        written.append(each.placed.element)
        before = each
    written += [container.end for container in reversed(before.placed.around)]
    return clean("".join(written))


@dataclass(frozen=True)
class _Taken:
    """A block as it is written, and what is around it in every text that has it just so."""

    placed: _Placed
    around: Mapping[Side, tuple[_Container, ...]]


def _placed(html: str) -> dict[str, _Placed]:
    """The blocks of a stored text by their keys."""
    elements = [element for element, _ in leaves(tree(html))]
    return _by_key(elements, [element.get("data-key", "") for element in elements])


def _recognised(
    html: str, base_html: str, source_html: str | None, theirs: Mapping[str, _Placed]
) -> dict[str, _Placed]:
    """The blocks of a text that is not saved yet, by the keys of the blocks that they are."""
    base = blocks(base_html)
    known = {block.key for block in base}
    added = [block for key, each in theirs.items() if key not in known for block in blocks(each.html())]
    previous, source, mine = [*base, *added], blocks(source_html or ""), blocks(html)
    last = max((int(block.key[1:]) for block in (*previous, *source, *mine) if block.key), default=0)
    keys, _ = assign(mine, previous=previous, source=source, last=last)
    carried = {block.key for block in (*previous, *source)}
    for place, block in enumerate(mine):
        if int(keys[place][1:]) > last:
            # Not recognised: a block that has a key of its own already, or one that is wholly new.
            is_its_own = block.key and block.key not in carried
            keys[place] = block.key if is_its_own else ""
            carried.add(block.key)
    return _by_key([element for element, _ in leaves(tree(html))], keys)


def _by_key(elements: Sequence[etree._Element], keys: Sequence[str]) -> dict[str, _Placed]:
    found: dict[str, _Placed] = {}
    places: dict[etree._Element, int] = {}
    new = 0
    for element, key in zip(elements, keys, strict=True):
        around = [each for each in element.iterancestors() if each.getparent() is not None][::-1]
        containers = tuple(_container(each, places.setdefault(each, len(places))) for each in around)
        is_keyed = key and key not in found
        new += not is_keyed
        found[key if is_keyed else f"new{new}"] = _Placed(_written(element, key if is_keyed else ""), containers)
    return found


def _written(element: etree._Element, key: str) -> str:
    others = {str(name): str(value) for name, value in element.items() if name != "data-key"}
    start = start_tag(str(element.tag), {**({"data-key": key} if key else {}), **others})
    return f"{start}{inside(element)}</{element.tag}>"


def _container(element: etree._Element, place: int) -> _Container:
    attributes = {str(name): str(value) for name, value in element.items()}
    return _Container(start_tag(str(element.tag), attributes), f"</{element.tag}>", place)


def _choice(key: str, placed: Mapping[Side, _Placed]) -> Choice:
    base, mine, theirs = (placed[side].html() if side in placed else None for side in _SIDES)
    return Choice(key, base, mine, theirs, _kind(base, mine, theirs), placed)


def _kind(base: str | None, mine: str | None, theirs: str | None) -> Kind:
    if mine == theirs:
        return "same" if base == mine else "both-same"
    if mine == base:
        return "theirs"
    return "mine" if theirs == base else "conflict"


def _order(texts: Mapping[Side, Mapping[str, _Placed]]) -> list[str]:
    """All keys in the order of theirs, or of mine where I have moved blocks; the others after their neighbours."""
    base, mine, theirs = (list(texts[side]) for side in _SIDES)
    has_moved = [key for key in mine if key in texts["base"]] != [key for key in base if key in texts["mine"]]
    first, second = (mine, theirs) if has_moved else (theirs, mine)
    order = list(first)
    for keys in (second, base):
        place = 0
        for key in keys:
            if key in order:
                place = order.index(key) + 1
            else:
                order.insert(place, key)
                place += 1
    return order


def _default(choice: Choice) -> str:
    return {"theirs": "theirs", "conflict": "both"}.get(choice.kind, "mine")


def _taken(choice: Choice, taken: str | None) -> list[_Taken]:
    """The blocks to write for one choice: none, one, or of a conflict both, theirs first; it keeps the key."""
    how = taken if taken in ("mine", "theirs", "both") else _default(choice)
    sides: tuple[Side, ...] = ("mine",) if how == "mine" else ("theirs",) if how == "theirs" else ("theirs", "mine")
    found: dict[str, _Taken] = {}
    for side in sides:
        if (placed := choice.placed.get(side)) and placed.html() not in found:
            alike = {other: each.around for other, each in choice.placed.items() if each.html() == placed.html()}
            element = placed.element.replace(f' data-key="{choice.key}"', "", 1) if found else placed.element
            found[placed.html()] = _Taken(_Placed(element, placed.around), alike)
    return list(found.values())


def _links(choices: Sequence[Choice]) -> set[tuple[int, int]]:
    """Which list or quotation of mine is which of theirs: those around a block that both have."""
    return {
        (mine.place, theirs.place)
        for choice in choices
        if "mine" in choice.placed and "theirs" in choice.placed
        for mine, theirs in zip(choice.placed["mine"].around, choice.placed["theirs"].around, strict=False)
        if mine.start == theirs.start
    }


def _shared(before: _Taken, after: _Taken, links: set[tuple[int, int]]) -> int:
    """How many of the lists and quotations around a block go on around the next one.

    Of the texts that have both blocks just so, the one that has changed it decides; where none has both, lists and
    quotations of mine and theirs are one if they have a block in common.
    """
    both = {side: _common(before.around[side], after.around[side]) for side in before.around if side in after.around}
    if both:
        mine, theirs, base = both.get("mine"), both.get("theirs"), both.get("base")
        depth = theirs if mine is None or (mine == base and theirs is not None) else mine
    else:
        depth = _linked(before, after, links)
    pairs = zip(before.placed.around[:depth], after.placed.around[:depth], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].start == pair[1].start, pairs))


def _common(one: Sequence[_Container], other: Sequence[_Container]) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].place == pair[1].place, pairs))


def _linked(before: _Taken, after: _Taken, links: set[tuple[int, int]]) -> int:
    pairs = list(zip(before.placed.around, after.placed.around, strict=False))
    if "mine" in after.around:
        pairs = [(mine, theirs) for theirs, mine in pairs]
    return sum(1 for _ in takewhile(lambda pair: (pair[0].place, pair[1].place) in links, pairs))
