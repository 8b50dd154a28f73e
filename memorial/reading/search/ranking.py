"""In which order hits stand: how well the words fit, then the newer statement.

The words fit best where all of them stand in the title as they were typed; then in the title in any form; then in
title and names; then anywhere. Nothing else weighs, neither how often a word stands there nor how rare it is: readers
can see why a hit stands where it does, and both databases give the same order.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from memorial.text.analysis.condition import Tree

from .tree import in_field
from .window import Row

#: How many fits are told apart before ``anywhere``.
ANYWHERE = 3


def trees(tree: Tree, as_typed: Tree | None) -> list[Tree]:
    """Return the conditions of the fits, the best first; ``as_typed`` is what asks for exact spelling."""
    return [in_field(as_typed or tree, "title"), in_field(tree, "title"), in_field(tree, "title", "names")]


def ranked(rows: Sequence[Row], fits: Mapping[int, int]) -> dict[int, list[Row]]:
    """Return the statements in their order, each with its entries; ``fits`` are by edition."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.statement_id].append(row)

    def place(statement: int) -> tuple[int, int, int]:
        fit = min(fits.get(row.edition_id, ANYWHERE) for row in found[statement])
        return fit, -max(row.earliest for row in found[statement]).toordinal(), -statement

    return {statement: found[statement] for statement in sorted(found, key=place)}
