"""The order in which the words of a line are seen: the bidirectional algorithm of Unicode (UAX 9), by python-bidi."""

from collections.abc import Sequence

from bidi import algorithm as uax9


def levels(text: str, direction: str) -> list[int]:
    """The level of direction of each character (UAX 9, rules up to I2), in a line of this base direction."""
    base = 1 if direction == "rtl" else 0
    storage = uax9.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, ("L", "R")[base]
    uax9.get_embedding_levels(text, storage)
    characters = storage["chars"]
    for index, each in enumerate(characters):
        each["index"] = index
    for rule in (
        uax9.explicit_embed_and_overrides,
        uax9.resolve_weak_types,
        uax9.resolve_neutral_types,
        uax9.resolve_implicit_levels,
    ):
        rule(storage, False)
    found = {each["index"]: each["level"] for each in storage["chars"]}
    everywhere: list[int] = []
    for index in range(len(text)):  # rule X9 takes the joiners away: they stand where the letter before them stands
        everywhere.append(found.get(index, everywhere[-1] if everywhere else base))
    return everywhere


def in_visual_order(runs: Sequence[tuple[str, int, str]]) -> list[tuple[str, int, str]]:
    """The runs from left to right (UAX 9, rule L2)."""
    ordered = list(runs)
    highest = max((level for _name, level, _run in ordered), default=0)
    for threshold in range(highest, 0, -1):
        start = 0
        while start < len(ordered):
            end = start
            while end < len(ordered) and ordered[end][1] >= threshold:
                end += 1
            ordered[start:end] = reversed(ordered[start:end])
            start = max(end, start + 1)
    return ordered
