"""What this room says to those above it."""

from django.dispatch import Signal

# Sent inside the transaction of a publication, when its editions are stored: what is kept of them in this database
# (an index for search) is written with them or not at all. ``editions``: the list of what is sealed together.
editions_sealing = Signal()
# Sent once for each publication, after its transaction: ``editions`` is the list of what was sealed together.
editions_sealed = Signal()
# Sent inside the transaction of a withdrawal: ``editions`` is the list of those that it withdraws, of all languages.
editions_withdrawing = Signal()
# The first two for sources that are sealed by themselves: ``editions`` is a list of SourceEdition.
sources_sealing = Signal()
sources_sealed = Signal()
