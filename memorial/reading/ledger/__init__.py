"""The ledger of an event: every figure about it as its claimant states it, by whom, when, and where it stands.

Words: a *row* is one figure of one claimant; a *panel* is the drawing of the rows that count the same.

Always true: rows are never merged, added up, averaged or ranked; table, drawing and files are made of the same rows.
"""

from .asked import FILTERS, Asked
from .rows import LedgerRow, rows

__all__ = ["FILTERS", "Asked", "LedgerRow", "rows"]
