"""What the readers' door does when something happens on a lower floor."""

from typing import Any

from django.dispatch import receiver

from memorial.publishing.models import Edition
from memorial.publishing.signals import editions_sealed

from .citing.card.kept import keep_cards


@receiver(editions_sealed)
def draw_cards(sender: object, *, editions: list[Edition], **kwargs: Any) -> None:
    """Draw the cards of what was published; that comes after the publication, which no card can undo."""
    keep_cards(editions)
