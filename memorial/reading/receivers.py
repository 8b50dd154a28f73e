"""What this room hears from those below it."""

from typing import Any

from memorial.publishing.models import Edition
from memorial.publishing.signals import editions_sealed

from .citing.card.kept import keep_cards


def draw_cards(sender: object, editions: list[Edition], **kwargs: Any) -> None:
    """Draw the cards of what was published; that comes after the publication, which no card can undo."""
    keep_cards(editions)


def connect() -> None:
    """Begin to listen; called once, when the room is ready."""
    editions_sealed.connect(draw_cards, dispatch_uid="reading.draw_cards")
