"""Where cards are: each under the SHA-256 of its edition, drawn once."""

import logging
from collections.abc import Sequence
from time import monotonic

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from memorial.publishing.models import Edition
from memorial.reading.paths import path_to
from memorial.statements.storage import StorageAway

__all__ = ["HEIGHT", "WIDTH", "address_of_card", "keep_cards", "kept_card"]

logger = logging.getLogger(__name__)
# Part of the name of a kept card: a card drawn in another way has another name, and the old ones are left alone.
FORM = 1
PATIENCE = 2.0  # seconds
WIDTH, HEIGHT = 1200, 630
# More editions than that are no publication but an archive that is entered at once.
MOST_AT_ONCE = 100


def address_of_card(edition: Edition) -> str:
    """Return the path of an edition's card."""
    return path_to("card", sid=edition.statement.sid, sha256=edition.sha256)


def kept_card(edition: Edition) -> bytes:
    """Return an edition's card (PNG), from the storage; draw and keep it if it is not there.

    While the storage is out of reach the card is drawn for whoever asks.
    """
    try:
        return _kept_or_drawn(edition)
    except StorageAway as error:
        logger.error("The card of edition %s could not be looked for: %s", edition.pk, error)
        return _drawn(edition)


def keep_cards(editions: Sequence[Edition]) -> None:
    """Draw and keep the cards of what was published, while the publisher waits: no longer than PATIENCE.

    Those that are left, those of a whole archive, and a card that fails, which is logged, are drawn when somebody
    asks for them.
    """
    until = monotonic() + PATIENCE
    for edition in editions if len(editions) <= MOST_AT_ONCE else ():
        if monotonic() > until:
            return
        try:
            _kept_or_drawn(edition)
        except StorageAway as error:
            logger.error("The cards of what was published could not be kept: %s", error)
            return
        except Exception:  # a full disk, a font: no publication may fail for a picture
            logger.exception("The card of edition %s could not be drawn.", edition.pk)


def _kept_or_drawn(edition: Edition) -> bytes:
    """The card as it was kept, else a new one. Raises StorageAway where nobody can say whether it was kept."""
    name = _name(edition)
    try:
        with default_storage.open(name, "rb") as file:
            kept: bytes = file.read()
            return kept
    except FileNotFoundError:
        picture = _drawn(edition)
    try:
        default_storage.save(name, ContentFile(picture))  # whoever drew it meanwhile drew the same
    except OSError:  # a full disk: the reader has the card, the next one is drawn again
        logger.exception("The card of edition %s could not be kept.", edition.pk)
    return picture


def _drawn(edition: Edition) -> bytes:
    # What draws is large, and a site that is only read never asks for it.
    from .picture import draw

    return draw(edition)


def _name(edition: Edition) -> str:
    return f"cards/{FORM}/{edition.sha256[:2]}/{edition.sha256}.png"
