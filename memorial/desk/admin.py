"""Registers every admin class of the desk."""

import django.contrib.auth.admin  # noqa: F401 registers first, so that people.py may take Django's groups away

from . import gaps, labels, people, sources, statements
from .languages import listed

__all__ = ["gaps", "labels", "listed", "people", "sources", "statements"]
