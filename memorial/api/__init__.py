"""The machines' door, read only. Nothing is served here yet: the pages' own formats are in ``reading``."""
