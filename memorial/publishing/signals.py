"""What this room says to those above it."""

from django.dispatch import Signal

# Sent once for each publication, after its transaction: ``editions`` is the list of what was sealed together.
editions_sealed = Signal()
