"""The editors' and translators' door: the Django admin, its forms, boards and theme.

Always true: no rule lives here. A view asks ``accounts`` whether, calls one verb of a lower room, and renders.
"""
