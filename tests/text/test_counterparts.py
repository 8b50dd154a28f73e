"""Paragraphs beside each other in two texts that share no keys."""

from memorial.text.counterparts import Counterparts

ONE = "<p>Lamps were lit in four towns.</p><p>The bells were rung at noon.</p><p>Nobody was asked.</p>"
OTHER = "<p>At noon, the bells were rung.</p><p>Lamps were lit in five towns.</p><p>Ships lowered their flags.</p>"


def test_a_paragraph_stands_beside_its_counterpart_or_alone() -> None:
    found = Counterparts.of(ONE, OTHER)
    assert {(row.first_number, row.second_number) for row in found} == {(1, 2), (2, 1), (3, 0), (0, 3)}
    assert [row.second_number for row in found if row.second] == [1, 2, 3], "in the order of the second"
    assert sum(row.is_moved for row in found) == 1
    assert all(row.is_changed for row in found)


def test_the_pieces_of_each_side_are_the_whole_of_it() -> None:
    for row in Counterparts.of(ONE, OTHER):
        sides = ("".join(piece.text for piece in pieces) for pieces in (row.of_first, row.of_second))
        assert tuple(sides) == tuple(text or "" for text in row.texts)


def test_keys_are_not_looked_at() -> None:
    for row in Counterparts.of(ONE, ONE.replace("<p>", '<p data-key="p9">', 1)):
        assert row.first_number == row.second_number
        assert not row.is_changed
        assert not row.is_moved
